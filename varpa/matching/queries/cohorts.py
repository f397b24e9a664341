"""Who could be matched now: accepted mentees without an open pair, free places of mentors, and the rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from varpa.history.remembering import until_changed
from varpa.kernel.compiled import compiled
from varpa.matching.cohort import NOBODY, Cohort, Mentee, Mentor, Names, Rules, cohort
from varpa.matching.models import Choice, ChoiceKind
from varpa.matching.queries.aparts import asked_apart
from varpa.matching.sayings import wishes_of
from varpa.pairs.models import ENDED_EARLY, Pair
from varpa.pairs.places import with_free_places, with_places
from varpa.programmes.models import Computer, Membership, MembershipState, Programme, Role
from varpa.programmes.queries import methodology_of, said_by

REFUSED = "refused"
PARTED = "parted"
"""Beside the kinds of choices: one of the two has said "rather not"; the two were a pair that was ended."""
NEVER = (ChoiceKind.VETO, ChoiceKind.FORBID)
"""What stands above a lock: deciding it would be refused."""


@dataclass(frozen=True)
class Waiting:
    """How many wait for each other, and of how many something is not known: [(what, mentees, mentors)].

    `wishes`: how many of both have written one.
    """

    mentees: int
    mentors: int
    places: int
    unknown: list[tuple[str, int, int]]
    wishes: int


def free(programme: Programme, *roles: str) -> QuerySet[Membership]:
    """Accepted members of a role, or of both, who may still be paired, each with `left`, how many times."""
    return with_free_places(_accepted(programme, *(roles or (Role.MENTEE, Role.MENTOR))))


def _accepted(programme: Programme, *roles: str) -> QuerySet[Membership]:
    return Membership.objects.filter(programme=programme, role__in=roles, state=MembershipState.ACCEPTED)


def places_left(membership: Membership) -> int:
    """How many mentees a mentor, read by `free`, may still take."""
    return max(int(getattr(membership, "left", 0)), 0)


def read_cohort(programme: Programme, rules: Mapping[str, Any]) -> tuple[Cohort, dict[str, Membership]]:
    """The cohort as it is now, and everybody in it by key, which is the membership's reference.

    `rules` are those of a run; locks, vetoes and what is forbidden are read from the choices that stand.
    Mentors whose places are taken are in it without one: a place more with them may be what helps. Six
    queries, seven where somebody has a wish.
    """
    sides = free(programme, Role.MENTEE), with_places(_accepted(programme, Role.MENTOR))
    mentees, mentors = (
        list(side.select_related("participation", "person").order_by("ref")) for side in sides
    )
    known = {each.ref: each for each in [*mentees, *mentors]}
    asked = Rules(
        shared_language=bool(rules.get("shared_language")),
        shared_means=bool(rules.get("shared_means")),
        apart=bool(rules.get("apart")),
        within_travel=bool(rules.get("within_travel")),
        furthest=rules.get("furthest"),
        **_chosen(programme, known),
    )
    at_computer = frozenset(each.key for each in methodology_of(programme).means if each.computer)
    ours = [_mentee(each, at_computer) for each in mentees]
    return cohort(ours, [_mentor(each) for each in mentors], asked), known


def _chosen(programme: Programme, known: Mapping[str, Membership]) -> dict[str, Any]:
    """The standing choices about people who can be matched now; a lock that came true is none any more."""
    keys = {each.pk: key for key, each in known.items()}
    locks = standing(programme).filter(kind=ChoiceKind.LOCK).values_list("mentee", "mentor")
    apart = kept_apart(programme)

    def of_kind(kind: str) -> frozenset[tuple[str, str]]:
        both = {two for two, why in apart.items() if why == kind}
        return frozenset((keys[one], keys[other]) for one, other in both if {one, other} <= keys.keys())

    return {
        # A mentor who cannot be matched now is told as a lock that cannot be kept.
        "locks": {keys[one]: keys.get(other, "") for one, other in locks if one in keys},
        "vetoes": of_kind(ChoiceKind.VETO),
        "forbidden": of_kind(ChoiceKind.FORBID),
        "refused": of_kind(REFUSED),
        "parted": of_kind(PARTED),
    }


@compiled()
def _before(programme: Programme) -> QuerySet[Pair, tuple[int, int, datetime | None]]:
    """Mentee and mentor of every proposal to which one said no, and of every pair that was ended early."""
    early = Q(active_at__isnull=False, outcome__in=ENDED_EARLY)
    ended = Pair.objects.filter(Q(answers__yes=False) | early, programme=programme)
    return ended.values_list("mentee", "mentor", "active_at")


@compiled()
def _decided(programme: Programme) -> QuerySet[Choice, tuple[str, int, int]]:
    return standing(programme).order_by().values_list("kind", "mentee", "mentor")


def kept_apart(
    programme: Programme, decided: Iterable[tuple[str, int, int]] | None = None
) -> dict[tuple[int, int], str]:
    """Who is not proposed to whom, by the keys of mentee and mentor, and why.

    VETO where anybody asked, else FORBID. Else, where no lock puts them together again, REFUSED where one of
    the two said no before, and PARTED where their pair was ended before its time. `decided`: kind, mentee and
    mentor of the choices that stand, where they are read.
    """
    by_kind: dict[str, set[tuple[int, int]]] = {kind: set() for kind in ChoiceKind.values}
    for kind, mentee, mentor in _decided(programme=programme) if decided is None else decided:
        by_kind[kind].add((mentee, mentor))
    vetoes = by_kind[ChoiceKind.VETO] | asked_apart(programme)
    before = {
        (mentee, mentor): PARTED if active_at else REFUSED
        for mentee, mentor, active_at in _before(programme=programme)
        if (mentee, mentor) not in by_kind[ChoiceKind.LOCK]
    }
    return {
        **before,
        **dict.fromkeys(by_kind[ChoiceKind.FORBID], ChoiceKind.FORBID.value),
        **dict.fromkeys(vetoes, ChoiceKind.VETO.value),
    }


def standing(programme: Programme) -> QuerySet[Choice]:
    """The choices that hold."""
    return Choice.objects.filter(programme=programme, undone_at__isnull=True)


def _mentee(membership: Membership, at_computer: Names) -> Mentee:
    said = said_by(membership)
    return Mentee(
        key=membership.ref,
        name=membership.person.name,
        school=membership.place,
        languages=frozenset(said.languages),
        interests=tuple(said.interests),
        means=frozenset(membership.means),
        region=said.region,
        availability=frozenset(said.availability),
        topic=membership.topic,
        travel=said.travel_km,
        lacking=at_computer if said.computer in (Computer.NONE, Computer.PHONE) else NOBODY,
        wishes=wishes_of(said.wishes),
    )


def _mentor(membership: Membership) -> Mentor:
    said = said_by(membership)
    return Mentor(
        key=membership.ref,
        name=membership.person.name,
        company=membership.place,
        languages=frozenset(said.languages),
        sectors=tuple(said.interests),
        means=frozenset(membership.means),
        region=said.region,
        availability=frozenset(said.availability),
        experience=" ".join(filter(None, (membership.topic, said.experience))),
        capacity=places_left(membership),
        wishes=wishes_of(said.wishes),
    )


def waiting(programme: Programme) -> Waiting:
    """How many wait, and what is not known of them: two queries."""
    by_role = {role: _counted(free(programme, role), role) for role in (Role.MENTEE, Role.MENTOR)}
    mentees, mentors = by_role[Role.MENTEE], by_role[Role.MENTOR]
    unknown = [(key, mentees[key], mentors[key]) for key in UNKNOWN if mentees[key] or mentors[key]]
    wishes = mentees["wishes"] + mentors["wishes"]
    return Waiting(mentees["all"], mentors["all"], mentors["places"] or 0, unknown, wishes)


@until_changed
def waiting_now(programme: Programme, _minute: datetime) -> Waiting:
    """The same for a page, counted again after a change of the programme."""
    return waiting(programme)


UNKNOWN = {
    "languages": Q(participation__languages=[]) | Q(participation__isnull=True),
    "interests": Q(participation__interests=[]) | Q(participation__isnull=True),
    "topic": Q(topic=""),
    "region": Q(participation__region="") | Q(participation__isnull=True),
    "availability": Q(participation__availability=[]) | Q(participation__isnull=True),
    "means": Q(means=[]),
}


def _counted(rows: QuerySet[Membership], role: str) -> dict[str, Any]:
    missing = UNKNOWN
    if role == Role.MENTOR:
        # A mentor's experience stands for the topic.
        told = Q(participation__experience="") | Q(participation__isnull=True)
        missing = UNKNOWN | {"topic": Q(topic="") & told}
    counts = {key: Count("pk", filter=each) for key, each in missing.items()}
    counts["wishes"] = Count("pk", filter=Q(participation__wishes__gt=""))
    return rows.aggregate(all=Count("pk"), places=Sum("left"), **counts)
