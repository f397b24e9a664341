"""What became of the proposals, and what a proposal would send."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from varpa.matching.models import Asking, Line, Run
from varpa.matching.queries.cohorts import kept_apart
from varpa.pairs.models import BEFORE_THE_START, OPEN, Answer, Pair, PairState
from varpa.programmes.models import MembershipState, Programme

SIDES = ("mentee", "mentor")


@dataclass(frozen=True)
class Preview:
    """What proposing would do: pairs, letters by language, and those who have no address."""

    pairs: int
    letters: int
    languages: list[tuple[str, int]]
    without_address: list[str]


@dataclass(frozen=True)
class Answered:
    """A proposal with what each of the two has said; None: not yet."""

    pair: Pair
    mentee: Answer | None
    mentor: Answer | None

    @property
    def no(self) -> Answer | None:
        return next((each for each in (self.mentee, self.mentor) if each and not each.yes), None)

    @property
    def ran_out(self) -> bool:
        """Ended because an answer did not come in time, and not by anybody's word."""
        pair = self.pair
        in_time = bool(pair.answer_by and pair.ended_at and pair.ended_at >= pair.answer_by)
        return pair.state == PairState.ENDED and not self.no and in_time


def preview(lines: Iterable[Line]) -> Preview:
    """What proposing these lines would send; after a merge one human may stand in two, and is asked once."""
    languages: Counter[str] = Counter()
    without: list[str] = []
    asked: set[int] = set()
    for line in lines:
        if line.mentor is None or line.mentee.membership_id in asked:
            continue
        asked.add(line.mentee.membership_id)
        for person in (line.mentee.membership.person, line.mentor.membership.person):
            if person.email:
                languages[person.language] += 1
            else:
                without.append(person.name)
    return Preview(len(asked), languages.total(), sorted(languages.items()), without)


def proposable(run: Run, lines: QuerySet[Line]) -> QuerySet[Line]:
    """Of these lines those that may be proposed now, with both members: in no open pair, not kept apart."""
    apart = kept_apart(run.programme)
    mentees = run.lines.filter(mentee__membership__in={mentee for mentee, _mentor in apart})
    rows = mentees.values_list("pk", "mentee__membership", "mentor__membership")
    kept = [pk for pk, mentee, mentor in rows if (mentee, mentor) in apart]
    members = [f"{side}__membership__{of}" for side in SIDES for of in ("person", "programme")]
    # Whoever proposes them reads both whole, not only what a board tells.
    return _unpaired(lines).exclude(pk__in=kept).defer(None).select_related(*members)


def anything_proposable(run: Run, apart: Collection[tuple[int, int]]) -> bool:
    """Whether a pair of the run may be proposed now; `apart` is who is kept apart: one query."""
    rows = _unpaired(run.lines.order_by()).values_list("mentee__membership", "mentor__membership")
    return any(two not in apart for two in rows.iterator())


def _unpaired(lines: QuerySet[Line]) -> QuerySet[Line]:
    """Those of whom both take part, and the mentee is in no open pair."""
    paired = Pair.objects.filter(state__in=OPEN, mentee=OuterRef("mentee__membership"))
    both = {f"{side}__membership__state": MembershipState.ACCEPTED for side in SIDES}
    return lines.filter(~Exists(paired), **both)


def waiting(programme: Programme) -> QuerySet[Pair]:
    """Proposals that wait for an answer, the newest first."""
    return _proposed(programme).filter(state__in=BEFORE_THE_START)


def ended(programme: Programme) -> QuerySet[Pair]:
    """Proposals that ended without a pair, the newest first."""
    return _proposed(programme).filter(state=PairState.ENDED)


def _proposed(programme: Programme) -> QuerySet[Pair]:
    asked = Pair.objects.filter(programme=programme, answer_by__isnull=False, active_at__isnull=True)
    names = [f"{side}__person__name" for side in SIDES]
    told = ("programme", "ref", "state", "answer_by", "ended_at", *names)
    listed = asked.select_related("mentee__person", "mentor__person").only(*told)
    return listed.prefetch_related("answers").order_by("-pk")


def answered(pairs: Iterable[Pair]) -> list[Answered]:
    """Each proposal with its two answers, which the list has fetched."""
    found = []
    for pair in pairs:
        said = {each.side: each for each in pair.answers.all()}
        found.append(Answered(pair, said.get("mentee"), said.get("mentor")))
    return found


@dataclass(frozen=True)
class Shown:
    """A proposing of many pairs, and (mentee, name of the refusal) of those that could not be."""

    asking: Asking
    refused: list[tuple[str, str]]


def last_asking(programme: Programme) -> Shown | None:
    """The newest proposing that the worker does or did: one query, two where some could not be."""
    asking = Asking.objects.filter(run__programme=programme).order_by("-pk").first()
    if asking is None:
        return None
    why = {pk: name for pk, name in asking.refused if pk}
    lines = Line.objects.filter(pk__in=why).select_related("mentee__membership__person") if why else []
    return Shown(asking, [(line.mentee.membership.person.name, why[line.pk]) for line in lines])
