"""The board of a run: its pairs with their reasons, what else is possible, what has changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from varpa.matching import words
from varpa.matching.cohort import mentee_of, mentor_of
from varpa.matching.models import ChoiceKind, Entrant, Line, Run
from varpa.matching.queries.choices import Stands, Stated
from varpa.matching.queries.cohorts import NEVER
from varpa.matching.queries.costs import Cost, Costs, kept_costs
from varpa.matching.telling import SHOWN, Facts, Reasons, Unplaced, Without, told, told_without
from varpa.pairs.models import OPEN, Pair
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.queries import methodology_of

NAMED = (
    "run",
    "role",
    "number",
    "values",
    "membership__ref",
    "membership__state",
    "membership__person__name",
)
"""As much of an entrant as a board tells."""
VACANT = 50
"""So many mentors without a mentee are named on the board."""
NEXT = 5
"""So many other mentors are offered on the board; all of them on the mentee's own page."""


@dataclass(frozen=True)
class Other:
    """Another possible mentor, and what the whole would lose; "" where it was too large to know."""

    mentor: Membership
    points: str
    loses: str
    reasons: Reasons | None = None


class OpenPair(NamedTuple):
    """The pair in which somebody is by now: as much as leads to its page."""

    ref: str
    state: str


@dataclass(frozen=True)
class Row:
    """A mentee on the board. `pair` is an open one by now, `choices` what stands about the mentee.

    `apart` says that the two are not to be together, decided or said perhaps since the run (kept_apart).
    """

    line: Line
    mentee: Membership
    mentor: Membership | None
    points: str
    reasons: Reasons | None
    without: Unplaced | None
    others: list[Other]
    mentor_next: tuple[str, str] | None
    pair: OpenPair | None = None
    choices: list[Stated] = field(default_factory=list)
    apart: str = ""
    helpers: list[Membership] = field(default_factory=list)

    @property
    def has_left(self) -> bool:
        both = [self.mentee, self.mentor] if self.mentor else [self.mentee]
        return any(each.state != MembershipState.ACCEPTED for each in both)

    @property
    def lock(self) -> Stated | None:
        return next((each for each in self.choices if each.kind == ChoiceKind.LOCK), None)

    @property
    def can_be_locked(self) -> bool:
        """Whether to keep the two together would not be refused, and is not decided already."""
        here = self.mentor is not None and self.apart not in NEVER
        return here and not (self.lock and self.mentor and self.lock.mentor_id == self.mentor.pk)

    @property
    def can_be_proposed(self) -> bool:
        return bool(self.mentor) and not (self.pair or self.has_left or self.apart)


def with_programme(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Runs with what `methodology_of` needs, and who asked."""
    return runs.select_related("programme__methodology_version", "programme", "by")


def lines_of(run: Run, show: str = "") -> QuerySet[Line]:
    """The run's mentees by name: those with a mentor; by `show` "left" those without, "all" everybody."""
    named = [f"{side}__{of}" for side in ("mentee", "mentor") for of in NAMED]
    lines = run.lines.select_related("mentee__membership__person", "mentor__membership__person")
    lines = lines.only(*(each.name for each in Line._meta.concrete_fields), *named)
    if show != "all":
        lines = lines.filter(mentor__isnull=show == "left")
    return lines.order_by("mentee__membership__search_text", "pk")


def keys_of(run: Run, show: str = "") -> QuerySet[Line]:
    """The same in the same order with their keys alone: to sort whole lines, a database reads them all."""
    return lines_of(run, show).select_related(None).only("pk", "run")


def rows_of(
    run: Run, listed: Iterable[Line], stands: Stands, *, others: int = NEXT, costs: Costs = kept_costs
) -> list[Row]:
    """Rows of the board for one page of lines, of which no more than the key was read: two queries.

    `costs`: of other mentors as the run has kept it, or `costs_of` for the one who is asked about.
    """
    pairs = Pair.objects.filter(mentee=OuterRef("mentee__membership"), state__in=OPEN)
    opened = {f"pair_{of}": Subquery(pairs.values(of)[:1]) for of in OpenPair._fields}
    lines = list(lines_of(run, "all").filter(pk__in=[line.pk for line in listed]).annotate(**opened))
    known = _entrants(run, lines, others)
    chosen: dict[int, list[Stated]] = {}
    for choice in stands.choices:
        if choice.kind != ChoiceKind.VETO:
            chosen.setdefault(choice.mentee_id, []).append(choice)
    means = {each.key: each.name for each in methodology_of(run.programme).means}
    return [
        Row(
            line=line,
            mentee=line.mentee.membership,
            mentor=line.mentor.membership if line.mentor else None,
            points=words.points(line.points),
            reasons=_reasons(line.mentee, line.mentor, line.facts, means),
            without=_without(line, known),
            others=_others(line, line.others[:others], known, means, stands.apart, costs(run, line)),
            mentor_next=_mentor_next(line, known),
            pair=_open_pair(line),
            choices=chosen.get(line.mentee.membership_id, []),
            apart=_apart(line, stands.apart),
            helpers=_helpers(line, known),
        )
        for line in lines
    ]


def _open_pair(line: Line) -> OpenPair | None:
    found = OpenPair(*(getattr(line, f"pair_{of}") for of in OpenPair._fields))
    return found if found.ref else None


def _apart(line: Line, apart: Mapping[tuple[int, int], str]) -> str:
    return apart.get((line.mentee.membership_id, line.mentor.membership_id), "") if line.mentor else ""


Known = Mapping[tuple[str, int], Entrant]


def _entrants(run: Run, lines: Iterable[Line], others: int) -> Known:
    """Everybody whom these lines name beside their own two, by role and number."""
    mentors = {each["mentor"] for line in lines for each in line.others[:others]}
    mentees = {line.mentor_next[0] for line in lines if line.mentor_next}
    keys = {ref for line in lines for ref in line.without.get("best", [])}
    named = Q(role=Role.MENTOR, number__in=mentors) | Q(role=Role.MENTEE, number__in=mentees)
    named |= Q(role=Role.MENTOR, membership__ref__in=keys)
    found = run.entrants.filter(named).select_related("membership__person").only(*NAMED)
    return {(each.role, each.number): each for each in found}


def _reasons(
    mentee: Entrant, mentor: Entrant | None, facts: Mapping[str, Any], means: Mapping[str, Any]
) -> Reasons | None:
    if mentor is None or not facts:
        return None
    two = mentee_of("", mentee.values), mentor_of("", mentor.values)
    return told(*two, Facts(**facts), means)


def known_reasons(run: Run, mentee: Entrant, mentor: Entrant, facts: Mapping[str, Any]) -> Reasons | None:
    """What speaks for and against two, where the run has kept what was measured of them."""
    means = {each.key: each.name for each in methodology_of(run.programme).means}
    return _reasons(mentee, mentor, facts, means)


def _without(line: Line, known: Known) -> Unplaced | None:
    if line.mentor_id or not line.without:
        return None
    names = {each.membership.ref: each.membership.person.name for each in known.values()}
    return told_without(Without(**line.without), names)


def _helpers(line: Line, known: Known) -> list[Membership]:
    """The mentors with whom one place more would help: on their pages it is entered."""
    best = line.without.get("best", [])[:SHOWN] if line.without.get("more", 1) == 1 else []
    by_ref = {each.membership.ref: each.membership for each in known.values()}
    return [by_ref[ref] for ref in best if ref in by_ref]


def _others(
    line: Line,
    kept: list[dict[str, Any]],
    known: Known,
    means: Mapping[str, Any],
    apart: Mapping[tuple[int, int], str],
    cost: Cost,
) -> list[Other]:
    """The others that can still be decided: of whom nothing has been said since, and who still take part."""
    found = []
    for each in kept:
        mentor = known[(Role.MENTOR, each["mentor"])]
        why = apart.get((line.mentee.membership_id, mentor.membership_id), "")
        if why in NEVER or mentor.membership.state != MembershipState.ACCEPTED:
            continue
        reasons = _reasons(line.mentee, mentor, each.get("facts", {}), means)
        found.append(Other(mentor.membership, words.points(each["points"]), cost(each["mentor"]), reasons))
    return found


def _mentor_next(line: Line, known: Known) -> tuple[str, str] | None:
    if not line.mentor_next:
        return None
    number, placements, points = line.mentor_next
    return known[(Role.MENTEE, number)].membership.person.name, words.lost(placements, points)


@dataclass(frozen=True)
class Vacant:
    """A mentor to whom a run gave no mentee, with the places that were free."""

    ref: str
    name: str
    places: int


def vacant(run: Run) -> tuple[list[Vacant], bool]:
    """The mentors with places and no mentee who still take part, and whether there are more: one query."""
    taken = Line.objects.filter(run=run, mentor=OuterRef("pk"))
    found = run.entrants.filter(
        ~Exists(taken),
        role=Role.MENTOR,
        values__capacity__gt=0,
        membership__state=MembershipState.ACCEPTED,
    )
    rows = found.order_by("membership__search_text", "pk").values_list(
        "membership__ref", "membership__person__name", "values__capacity"
    )
    listed = [Vacant(*row) for row in rows[: VACANT + 1]]
    return listed[:VACANT], len(listed) > VACANT


def runs_of(programme: Programme) -> QuerySet[Run]:
    """The runs of a programme, newest first."""
    return Run.objects.filter(programme=programme).select_related("by").order_by("-pk")


def only_in(run: Run, other: Run) -> QuerySet[Line]:
    """The mentees whom this run knew and the other did not, with what it found for them."""
    there = Line.objects.filter(run=other, mentee__membership=OuterRef("mentee__membership"))
    lines = Line.objects.filter(~Exists(there), run=run)
    both = "mentee__membership__person", "mentor__membership__person"
    return lines.select_related(*both).order_by("mentee__membership__search_text", "pk")


def differing(run: Run, other: Run) -> QuerySet[Line]:
    """The mentees for whom two runs found another mentor, or whom only this one knew, each with `before`.

    `before` is the name of the other run's mentor, None for nobody; `was_there` whether it knew the mentee.
    """
    there = Line.objects.filter(run=other, mentee__membership=OuterRef("mentee__membership"))
    both = "mentee__membership__person", "mentor__membership__person"
    lines = (
        Line.objects.filter(run=run)
        .select_related(*both)
        .annotate(
            was_there=Subquery(there.values("pk")[:1]),
            before_key=Subquery(there.values("mentor__membership")[:1]),
            before=Subquery(there.values("mentor__membership__person__name")[:1]),
            points_before=Subquery(there.values("points")[:1]),
        )
    )
    same = Q(before_key=F("mentor__membership")) | Q(
        before_key__isnull=True, mentor__isnull=True, was_there__isnull=False
    )
    # Compared with nothing, a value is neither the same nor another: what is the same is named, not the rest.
    alike = lines.filter(same).values("pk")
    return lines.exclude(pk__in=alike).order_by("mentee__membership__search_text", "pk")
