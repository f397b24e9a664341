"""Whose home it is: the pair that goes, the way into one, the programmes one manages."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from varpa.guardians.models import Guardian
from varpa.home.queries.things import Thing, things_of
from varpa.home.queries.together import Together, together, with_diary
from varpa.kernel.access import allowed
from varpa.kernel.compiled import compiled
from varpa.pairs.models import Answer, Pair, PairState
from varpa.pairs.queries import both_prepared, side_of
from varpa.people.models import Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Membership, MembershipState, Programme, ProgrammeState, Role
from varpa.programmes.preparing import preparing
from varpa.programmes.queries import all_prepared, memberships_of, today_of, with_methodology

ORDER = (PairState.ACTIVE, PairState.PAUSED, PairState.PROPOSED, PairState.ACCEPTED, PairState.ENDED)


@dataclass(frozen=True)
class Home:
    """What the first page after sign-in shows.

    `stage`: active, paused, proposed, answered, waits, begins, prepare, unpaired, applied, ended, none.
    `step`: what is to be prepared next (Preparing.next); `asked_at_home`: a guardian has been written down.
    """

    stage: str
    membership: Membership | None = None
    pair: Pair | None = None
    side: str = ""
    at: Together | None = None
    things: list[Thing] = field(default_factory=list)
    others: list[Pair] = field(default_factory=list)
    step: str = ""
    asked_at_home: bool = False

    @property
    def is_mentee(self) -> bool:
        role = self.membership.role if self.membership else ""
        return self.side == "mentee" or (not self.side and role == Role.MENTEE)


def home_of(person: Person, now: datetime) -> Home:
    """The home of a mentor or a mentee; stage "none" for anybody else."""
    pairs = _pairs(person=person)
    pairs.sort(key=lambda pair: (ORDER.index(PairState(pair.state)), -pair.pk))
    going = [pair for pair in pairs if pair.state != PairState.ENDED]
    if going and going[0].state == PairState.ACTIVE:
        return _active(going[0], going[1:], person, now)
    members = _members(person=person)
    if going:
        return _with_pair(going[0], going[1:], person, members, now)
    waiting = [each for each in members if each.state != MembershipState.COMPLETED]
    if pairs and not waiting:
        return Home("ended", pair=pairs[0], side=side_of(pairs[0], person), others=pairs[1:])
    return _without_pair(waiting, pairs, now)


def managed_by(person: Person) -> QuerySet[Programme]:
    """The programmes that a person manages, those that go first."""
    found = allowed(ProgrammeAction.MANAGE, person, Programme.objects.all())
    going = Case(When(state__in=[ProgrammeState.RUNNING, ProgrammeState.CLOSING], then=0), default=1)
    return with_methodology(found).order_by(going, "-starts", "pk")


@compiled()
def _pairs(person: Person) -> QuerySet[Pair]:
    memberships = Membership.objects.filter(person=person).values("pk")
    own = Q(mentor__in=memberships) | Q(mentee__in=memberships)
    answered = Answer.objects.filter(pair=OuterRef("pk"))
    by_mentor = answered.filter(side="mentor")
    by_mentee = answered.filter(side="mentee")
    return with_diary(Pair.objects.filter(own)).annotate(
        mentor_answered=Exists(by_mentor), mentee_answered=Exists(by_mentee)
    )


@compiled()
def _members(person: Person) -> QuerySet[Membership]:
    alive = (MembershipState.APPLIED, MembershipState.WAITING, MembershipState.ACCEPTED)
    own = memberships_of(person).filter(role__in=[Role.MENTOR, Role.MENTEE])
    return own.filter(state__in=[*alive, MembershipState.COMPLETED])


def _ready(mine: Membership, now: datetime) -> bool:
    return all_prepared([mine], today_of(mine.programme, now))


def _active(pair: Pair, others: list[Pair], person: Person, now: datetime) -> Home:
    side = side_of(pair, person)
    at = together(pair, side, now)
    return Home("active", pair.member(side), pair, side, at=at, things=things_of(at), others=others)


def _with_pair(
    pair: Pair, others: list[Pair], person: Person, members: list[Membership], now: datetime
) -> Home:
    side = side_of(pair, person)
    mine = next((each for each in members if each.pk == pair.member(side).pk), None)
    stage = _stage(pair, side, mine, now)
    if stage == "waits" and both_prepared(pair, now):
        # The worker begins the pair within seconds.
        stage = "begins"
    home = Home(stage, membership=mine, pair=pair, side=side, others=others)
    return _with_step(home, now)


def _with_step(home: Home, now: datetime) -> Home:
    """A home that leads to the preparation says which step comes, and whose it is."""
    mine = home.membership
    if home.stage != "prepare" or mine is None:
        return home
    step = preparing(mine, today_of(mine.programme, now)).next
    asked = Guardian.objects.filter(membership=mine, withdrawn_at=None)
    return replace(home, step=step, asked_at_home=step == "permission" and asked.exists())


def _stage(pair: Pair, side: str, mine: Membership | None, now: datetime) -> str:
    if pair.state == PairState.PROPOSED:
        return "answered" if getattr(pair, f"{side}_answered", False) else "proposed"
    if pair.state == PairState.ACCEPTED:
        return "waits" if mine is None or _ready(mine, now) else "prepare"
    return str(pair.state)


def _without_pair(members: list[Membership], ended: list[Pair], now: datetime) -> Home:
    mine = next(iter(members), None)
    if mine is None:
        return Home("none", others=ended)
    if mine.state in (MembershipState.APPLIED, MembershipState.WAITING):
        return Home("applied", membership=mine, others=ended)
    home = Home("unpaired" if _ready(mine, now) else "prepare", membership=mine, others=ended)
    return _with_step(home, now)
