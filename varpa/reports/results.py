"""The promised results of a programme: how far each is, what says so, and who is missing (methodology §6)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.diary.models import Entry, EntryState
from varpa.evaluation.forms import called
from varpa.evaluation.measures import at_once
from varpa.evaluation.models import Evidence
from varpa.evaluation.queries import counted_members, counted_pairs
from varpa.history.remembering import until_changed
from varpa.kernel.text import TranslatedText
from varpa.methodology import EvidenceKind, Fact
from varpa.methodology.reports import Result, ResultKind
from varpa.pairs.models import Happening
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of, today_of
from varpa.reports.asked import asked_of
from varpa.reports.models import Edition, Report
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
    def more(self) -> int:
        """How many lack it beside those that are named."""
        return self.of - self.done - len(self.missing) if self.lists else 0

    @property
    def lists(self) -> bool:
        """Whether those who lack it can be listed."""
        return self.kind in _LACKING and self.done < self.of


class Counts(NamedTuple):
    """How many there are of what shows the results."""

    mentees: int
    pairs: int
    without_plan: int
    without_profile: int
    without_diary: int
    diaries_kept: int
    reports: int
    editions: int
    guidelines: int


def count(programme: Programme, _now: datetime) -> Counts:
    """One question for all of them."""
    pairs = counted_pairs(programme)
    kept = Entry.objects.filter(diary__pair=OuterRef("pk"), state=EntryState.KEPT)
    rows: list[QuerySet[Any]] = [
        counted_members(programme, Role.MENTEE),
        pairs,
        lacking_plan(programme),
        lacking_profile(programme),
        lacking_diary(programme),
        pairs.filter(Exists(kept)),
        Report.objects.filter(programme=programme),
        Edition.objects.filter(report__programme=programme, report__published_at__isnull=False),
        _guidelines(programme),
    ]
    return Counts(*at_once(programme, [(each, Count("pk")) for each in rows]))


known_counts: Final = until_changed(count)


def promised_results(
    programme: Programme, now: datetime, counts: Counts | None = None
) -> list[PromisedResult]:
    """Each of the methodology's promised results as it stands: a fixed number of questions.

    `counts`: of a page that has them from `known_counts`; else they are counted now.
    """
    found = _Found(programme, now, counts or count(programme, now))
    return [_result(found, each) for each in methodology_of(programme).results]


def missing_rows(programme: Programme, kind: str) -> QuerySet[Any] | None:
    """Members or pairs that lack what shows a result; None where it is no matter of people."""
    return _LACKING[kind](programme) if kind in _LACKING else None


@dataclass(frozen=True)
class _Found:
    """What the results are told from."""

    programme: Programme
    now: datetime
    counts: Counts

    @property
    def day(self) -> str:
        return words.dated(today_of(self.programme, self.now))

    def dated(self, sentence: str) -> str:
        """A sentence without a day, with the one on which it was counted."""
        return f"{sentence} {_('Counted: {day}').format(day=self.day)}"


Told = tuple[int, int, str]


def _result(found: _Found, result: Result) -> PromisedResult:
    done, of, evidence = _TELLERS.get(result.shown_by, _untold)(found)
    state = "reached" if 0 < of <= done else "partly" if done else "missing"
    if result.shown_by == ResultKind.REPORT_PUBLISHED and state == "missing" and found.counts.reports:
        state = "partly"
    lacking = _LACKING.get(result.shown_by) if state != "reached" and done < of else None
    names = list(_names(lacking(found.programme)[:NAMED])) if lacking else []
    return PromisedResult(
        result.key, result.name, result.text, state, done, of, evidence, names, result.shown_by
    )


def _names(rows: "QuerySet[Any]") -> Iterator[str]:
    for row in rows:
        yield called(row)


def _untold(found: _Found) -> Told:
    return 0, 0, found.dated(_("The methodology does not say what shows this result."))


def _competences(found: _Found) -> Told:
    asked = asked_of(found.programme, found.now)
    # The methodology promises its own; a framework beside them is no promise.
    beside = {each.key for each in methodology_of(found.programme).framework}
    told, hidden = (
        [each for each in among if each.question.rpartition(".")[2] not in beside]
        for among in (asked.changes, asked.hidden)
    )
    other = [each for each in asked.reworded if each.question.rpartition(".")[2] not in beside]
    promised = len(told) + len(hidden) + len(other)
    if not promised:
        nothing = _("Mentees have not rated their competences at the start and at the end yet.")
        return 0, 0, found.dated(nothing)
    named = {"names": ", ".join(str(each.name) for each in other)}
    otherwise = _("Not compared, for they were asked in other words at the end: %(names)s.") % named
    if not told:
        few = _("Too few mentees have rated their competences both times: no change can be told.")
        nothing = " ".join([*([few] if hidden else []), *([otherwise] if other else [])])
        return 0, promised, found.dated(nothing)
    # Raised: the whole interval of 95 % is above nought. Why, the figures do not say.
    done = sum(each.low is not None and each.low > 0 for each in told)
    sentence = _(
        "Competences that mentees rate higher at the end than at the start, the whole 95 %% interval above "
        "nought: %(done)s of %(of)s, by their own assessment, on %(day)s. Answered both times, at most: "
        "%(n)s; not both times: %(missing)s. What caused it, the figures do not say."
    )
    most = max(each.n or 0 for each in told)
    missing = max(each.missing for each in told)
    values = {"done": done, "of": promised, "day": found.day, "n": most, "missing": missing}
    parts = [sentence % values]
    if hidden:
        # One that nobody may see is not one that rose.
        few = _("Only %(told)s of %(of)s could be compared: of the others too few have answered.")
        parts.append(few % {"told": len(told), "of": len(told) + len(hidden)})
    if other:
        parts.append(otherwise)
    return done, promised, " ".join(parts)


def _plans(found: _Found) -> Told:
    done = found.counts.mentees - found.counts.without_plan
    if not found.counts.mentees:
        return 0, 0, found.dated(_("There are no mentees yet."))
    sentence = _("Mentees who have not left, with a submitted business plan: %(done)s of %(of)s, on %(day)s.")
    return done, found.counts.mentees, sentence % {"done": done, "of": found.counts.mentees, "day": found.day}


def _profiles(found: _Found) -> Told:
    done = found.counts.pairs - found.counts.without_profile
    if not found.counts.pairs:
        return 0, 0, found.dated(_("There are no pairs yet."))
    sentence = _(
        "Pairs that did not end early, with a company profile that the mentor has approved: %(done)s of "
        "%(of)s, on %(day)s."
    )
    return done, found.counts.pairs, sentence % {"done": done, "of": found.counts.pairs, "day": found.day}


def _diaries(found: _Found) -> Told:
    done = found.counts.pairs - found.counts.without_diary
    if not found.counts.pairs:
        return 0, 0, found.dated(_("There are no pairs yet."))
    sentence = _(
        "Pairs that did not end early, with a diary handed over to the mentee: %(done)s of %(of)s; with "
        "entries: %(kept)s, on %(day)s."
    )
    told = {"done": done, "of": found.counts.pairs, "kept": found.counts.diaries_kept, "day": found.day}
    return done, found.counts.pairs, sentence % told


def _report(found: _Found) -> Told:
    if found.counts.editions:
        told = _("The evaluation report is published; editions: %(count)s.")
        return 1, 1, found.dated(told % {"count": found.counts.editions})
    if found.counts.reports:
        return 0, 1, found.dated(_("The evaluation report is being written and is not published yet."))
    return 0, 1, found.dated(_("Nobody has begun the evaluation report yet."))


def _guidelines_told(found: _Found) -> Told:
    if found.counts.guidelines:
        return 1, 1, found.dated(_("The mentoring guidelines are published."))
    return 0, 1, found.dated(_("The mentoring guidelines are not published yet."))


def lacking_plan(programme: Programme) -> QuerySet[Any]:
    """Mentees who have not submitted a business plan."""
    submitted = BusinessPlan.objects.filter(membership=OuterRef("pk"), set_aside_at=None, state__in=HANDED_IN)
    lacking = counted_members(programme, Role.MENTEE).filter(~Exists(submitted))
    return lacking.only("ref", "person__name").order_by("search_text", "pk")


def lacking_profile(programme: Programme) -> QuerySet[Any]:
    """Pairs without an approved profile of the company."""
    approved = Profile.objects.filter(pair=OuterRef("pk"), state=ProfileState.APPROVED)
    return _lacking_pairs(programme, approved)


def lacking_diary(programme: Programme) -> QuerySet[Any]:
    """Pairs whose diary is not handed over."""
    handed = Happening.objects.filter(pair=OuterRef("pk"), fact=Fact.DIARY_HANDED_OVER.value)
    return _lacking_pairs(programme, handed)


def _lacking_pairs(programme: Programme, shown: "QuerySet[Any]") -> "QuerySet[Any]":
    pairs = counted_pairs(programme).filter(~Exists(shown)).select_related("mentor__person", "mentee__person")
    named = pairs.only("ref", "mentor__person__name", "mentee__person__name")
    return named.order_by("mentor__person__name", "pk")


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
