"""The promised results of a programme: how far each is, what says so, and who is missing (methodology §6)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.diary.models import Entry, EntryState
from varpa.evaluation.forms import called
from varpa.evaluation.measures import at_once
from varpa.evaluation.models import Evidence
from varpa.evaluation.queries import counted_members, counted_pairs
from varpa.kernel.text import TranslatedText
from varpa.methodology import EvidenceKind, Fact
from varpa.methodology.reports import Result, ResultKind
from varpa.pairs.models import Happening
from varpa.pairs.queries import with_people
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of, today_of
from varpa.reports.models import Edition, Report
from varpa.surveys.queries import figures as surveys
from varpa.ui import words

NAMED: Final = 5
STATES: Final = {
    "reached": ("done", gettext_lazy("Reached")),
    "partly": ("going", gettext_lazy("Partly")),
    "missing": ("ahead", gettext_lazy("Missing")),
}


@dataclass(frozen=True)
class PromisedResult:
    """One promised result. `state`: reached, partly or missing; `done` of `of` show it.

    `evidence`: what counts, from where, as of when, in a sentence. `missing`: the first few who lack it, by
    name; all of them are `missing_rows`, where it is people or pairs who lack.
    """

    key: str
    name: TranslatedText
    text: TranslatedText
    state: str
    done: int
    of: int
    evidence: str
    missing: list[str]
    kind: str = ""

    @property
    def drawn(self) -> str:
        """As ui's `state` tag draws it."""
        return STATES[self.state][0]

    @property
    def word(self) -> str:
        return str(STATES[self.state][1])

    @property
    def lists(self) -> bool:
        """Whether those who lack it can be listed."""
        return self.kind in _LACKING and self.done < self.of


def promised_results(programme: Programme, now: datetime) -> list[PromisedResult]:
    """Each of the methodology's promised results as it stands: a fixed number of questions."""
    found = _Found(programme, now)
    return [_result(found, each) for each in methodology_of(programme).results]


def missing_rows(programme: Programme, kind: str) -> QuerySet[Any] | None:
    """Members or pairs that lack what shows a result; None where it is no matter of people."""
    return _LACKING[kind](programme) if kind in _LACKING else None


class _Found:
    """What the results are counted from, read once."""

    def __init__(self, programme: Programme, now: datetime) -> None:
        self.programme, self.now = programme, now
        self.day = words.dated(today_of(programme, now))
        pairs, mentees = counted_pairs(programme), counted_members(programme, Role.MENTEE)
        kept = Entry.objects.filter(diary__pair=OuterRef("pk"), state=EntryState.KEPT)
        editions = Edition.objects.filter(report__programme=programme, report__published_at__isnull=False)
        rows: list[QuerySet[Any]] = [
            mentees,
            pairs,
            lacking_plan(programme),
            lacking_profile(programme),
            lacking_diary(programme),
            pairs.filter(Exists(kept)),
            Report.objects.filter(programme=programme),
            editions,
            _guidelines(programme),
        ]
        (
            self.mentees,
            self.pairs,
            self.without_plan,
            self.without_profile,
            self.without_diary,
            self.diaries_kept,
            self.reports,
            self.editions,
            self.guidelines,
        ) = at_once(programme, [(each, Count("pk")) for each in rows])


Told = tuple[int, int, str]


def _result(found: _Found, result: Result) -> PromisedResult:
    done, of, evidence = _TELLERS.get(result.shown_by, _untold)(found)
    state = "reached" if 0 < of <= done else "partly" if done else "missing"
    if result.shown_by == ResultKind.REPORT_PUBLISHED and state == "missing" and found.reports:
        state = "partly"
    lacking = _LACKING.get(result.shown_by) if state != "reached" and done < of else None
    names = list(_names(lacking(found.programme)[:NAMED])) if lacking else []
    return PromisedResult(
        result.key, result.name, result.text, state, done, of, evidence, names, result.shown_by
    )


def _names(rows: "QuerySet[Any]") -> Iterator[str]:
    for row in rows:
        yield called(row)


def _untold(_found: _Found) -> Told:
    return 0, 0, _("The methodology does not say what shows this result.")


def _competences(found: _Found) -> Told:
    changes = [each for each in surveys.changes(found.programme) if not each.role and not each.country]
    told = [each for each in changes if each.n is not None and not each.looking_back]
    # The methodology promises its own; a framework beside them is no promise.
    beside = {each.key for each in methodology_of(found.programme).framework}
    told = [each for each in told if each.question.rpartition(".")[2] not in beside]
    if not told:
        return 0, 0, _("Mentees have not rated their competences at the start and at the end yet.")
    # Raised: the whole interval of 95 % is above nought. Why, the figures do not say.
    done = sum(each.low is not None and each.low > 0 for each in told)
    sentence = _(
        "Competences that mentees rate higher at the end than at the start, the whole 95 %% interval above "
        "nought: %(done)s of %(of)s, by their own assessment, on %(day)s. Answered both times, at most: "
        "%(n)s; not both times: %(missing)s. What caused it, the figures do not say."
    )
    most = max(each.n or 0 for each in told)
    missing = max(each.missing for each in told)
    values = {"done": done, "of": len(told), "day": found.day, "n": most, "missing": missing}
    return done, len(told), sentence % values


def _plans(found: _Found) -> Told:
    done = found.mentees - found.without_plan
    if not found.mentees:
        return 0, 0, _("There are no mentees yet.")
    sentence = _("Mentees whose business plan is submitted: %(done)s of %(of)s, on %(day)s.")
    return done, found.mentees, sentence % {"done": done, "of": found.mentees, "day": found.day}


def _profiles(found: _Found) -> Told:
    done = found.pairs - found.without_profile
    if not found.pairs:
        return 0, 0, _("There are no pairs yet.")
    sentence = _("Pairs whose company profile the mentor has approved: %(done)s of %(of)s, on %(day)s.")
    return done, found.pairs, sentence % {"done": done, "of": found.pairs, "day": found.day}


def _diaries(found: _Found) -> Told:
    done = found.pairs - found.without_diary
    if not found.pairs:
        return 0, 0, _("There are no pairs yet.")
    sentence = _(
        "Diaries handed over to the mentee: %(done)s of %(of)s; diaries with entries: %(kept)s, on %(day)s."
    )
    told = {"done": done, "of": found.pairs, "kept": found.diaries_kept, "day": found.day}
    return done, found.pairs, sentence % told


def _report(found: _Found) -> Told:
    if found.editions:
        return 1, 1, _("The evaluation report is published; editions: %(count)s.") % {"count": found.editions}
    if found.reports:
        return 0, 1, _("The evaluation report is being written and is not published yet.")
    return 0, 1, _("Nobody has begun the evaluation report yet.")


def _guidelines_told(found: _Found) -> Told:
    if found.guidelines:
        return 1, 1, _("The mentoring guidelines are published.")
    return 0, 1, _("The mentoring guidelines are not published yet.")


def lacking_plan(programme: Programme) -> QuerySet[Any]:
    """Mentees who have not submitted a business plan."""
    submitted = BusinessPlan.objects.filter(membership=OuterRef("pk"), set_aside_at=None, state__in=HANDED_IN)
    return counted_members(programme, Role.MENTEE).filter(~Exists(submitted)).order_by("search_text", "pk")


def lacking_profile(programme: Programme) -> QuerySet[Any]:
    """Pairs without an approved profile of the company."""
    approved = Profile.objects.filter(pair=OuterRef("pk"), state=ProfileState.APPROVED)
    return _lacking_pairs(programme, approved)


def lacking_diary(programme: Programme) -> QuerySet[Any]:
    """Pairs whose diary is not handed over."""
    handed = Happening.objects.filter(pair=OuterRef("pk"), fact=Fact.DIARY_HANDED_OVER.value)
    return _lacking_pairs(programme, handed)


def _lacking_pairs(programme: Programme, shown: "QuerySet[Any]") -> "QuerySet[Any]":
    pairs = with_people(counted_pairs(programme).filter(~Exists(shown)))
    return pairs.order_by("mentor__person__name", "pk")


def _guidelines(programme: Programme) -> QuerySet[Evidence]:
    """Records by which the room of guidelines says that they are published."""
    activities = [
        each.key
        for each in methodology_of(programme).activities()
        if each.evidence == EvidenceKind.GUIDELINES_PUBLISHED
    ]
    return Evidence.objects.filter(programme=programme, activity__in=activities, withdrawn_at=None)


_LACKING: Final[dict[str, Callable[[Programme], "QuerySet[Any]"]]] = {
    ResultKind.BUSINESS_PLANS_SUBMITTED: lacking_plan,
    ResultKind.PROFILES_APPROVED: lacking_profile,
    ResultKind.DIARIES_HANDED_OVER: lacking_diary,
}
_TELLERS: Final[dict[str, Callable[[_Found], Told]]] = {
    ResultKind.COMPETENCES_RAISED: _competences,
    ResultKind.BUSINESS_PLANS_SUBMITTED: _plans,
    ResultKind.PROFILES_APPROVED: _profiles,
    ResultKind.DIARIES_HANDED_OVER: _diaries,
    ResultKind.REPORT_PUBLISHED: _report,
    ResultKind.GUIDELINES_PUBLISHED: _guidelines_told,
}
