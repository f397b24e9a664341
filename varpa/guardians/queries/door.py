"""What the page behind a guardian's link shows: the mentor, the permissions as they stand."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink, Worry
from varpa.guardians.queries.guardians import asked_kinds
from varpa.guardians.words import BLOCKS, PERMITS
from varpa.kernel.compiled import compiled
from varpa.programmes.models import OVER, Membership, Permission, Preparation, Screening, StepKey
from varpa.programmes.queries import is_grown, kinds_to_permit, today_of

LIVE_PAIRS = ("proposed", "accepted", "active", "paused")


@dataclass(frozen=True)
class Mentor:
    """Who is proposed or works with the mentee; `trained_at`: preparation is recorded for that day.

    `screened_on`: the day of a result of screening with which the mentor may take part, nothing else of it.
    """

    name: str
    place: str
    state: str
    trained_at: datetime | None
    screened_on: date | None


@dataclass(frozen=True)
class Permit:
    """One of them. `mine`: this guardian's newest answer, `said_at` when; `against`: another one says no."""

    kind: str
    words: str
    blocks: str
    standing: Permission | None
    mine: bool | None
    said_at: datetime | None
    against: bool

    @property
    def shown(self) -> bool | None:
        """What is marked in the form: nothing before the first answer, nor where it was taken back since."""
        if self.mine is True and not self.standing and not self.against:
            return None
        return self.mine


@dataclass(frozen=True)
class Door:
    """`stands`: asks, grown (decides alone) or over (programme or participation has ended)."""

    guardian: Guardian
    link: GuardianLink
    membership: Membership
    stands: str
    permits: list[Permit]
    mentors: list[Mentor]
    worries: list[Worry]

    @property
    def asked(self) -> list[Permit]:
        """What the form shows: all; of age none; where all is over, what can still be taken back."""
        if self.stands == "asks":
            return self.permits
        return [each for each in self.permits if each.standing] if self.stands == "over" else []

    @property
    def pairs_state(self) -> str:
        """Of all pairs: "active" where one goes, else "paused" where one rests; "" before the first."""
        states = {each.state for each in self.mentors}
        return next((state for state in ("active", "paused") if state in states), "")

    @property
    def taking_part(self) -> Permit:
        return self.permits[0]

    @property
    def begun(self) -> bool:
        """Whether something was answered already: then the answers stand before the notice."""
        return any(each.standing or each.mine is not None for each in self.permits)

    @property
    def said_at(self) -> datetime | None:
        """When this guardian answered last."""
        return max((each.said_at for each in self.permits if each.said_at), default=None)

    @property
    def answered(self) -> bool:
        """Whether nothing waits for an answer."""
        return all(each.standing or each.mine is not None for each in self.permits)


def door_of(link: GuardianLink, now: datetime) -> Door:
    """What a guardian sees by an open link: at most seven queries."""
    guardian = link.guardian
    membership = guardian.membership
    return Door(
        guardian=guardian,
        link=link,
        membership=membership,
        stands=stands_of(membership, now),
        permits=permits_of(guardian),
        mentors=mentors_of(membership),
        worries=list(guardian.worries.all()[:10]),
    )


def stands_of(membership: Membership, now: datetime) -> str:
    """Whether a guardian is asked ("asks"), or why not: "grown" or "over"."""
    if asked_kinds(membership, now):
        return "asks"
    today: date = today_of(membership.programme, now)
    return "grown" if is_grown(membership, today) and membership.programme.state not in OVER else "over"


def permits_of(guardian: Guardian) -> list[Permit]:
    """What is to be permitted as it stands: two queries."""
    rows = Permission.objects.filter(membership=guardian.membership_id, withdrawn_at=None)
    standing, told = {each.kind: each for each in rows}, _told(membership=guardian.membership_id)
    mine = {kind: (given, at) for key, kind, given, at, _gone in told if key == guardian.pk}
    others = {(key, kind): given for key, kind, given, _at, gone in told if key != guardian.pk and not gone}
    against = {kind for (_key, kind), given in others.items() if not given}
    return [
        Permit(kind, str(PERMITS[kind]), str(BLOCKS[kind]), standing.get(kind), given, at, kind in against)
        for kind in kinds_to_permit(guardian.membership.programme)
        for given, at in [mine.get(kind, (None, None))]
    ]


@compiled()
def _told(membership: int) -> "QuerySet[GuardianAnswer, tuple[int, str, bool, datetime, datetime | None]]":
    """What all guardians of a mentee have answered, the newest last; with when one was taken off."""
    told = GuardianAnswer.objects.filter(guardian__membership=membership).order_by("pk")
    return told.values_list("guardian", "kind", "given", "at", "guardian__withdrawn_at")


def mentors_of(membership: Membership) -> list[Mentor]:
    """Mentors of the pairs that are proposed or going: one query.

    `pairs` is a neighbour, its relation has a name.
    """
    pair, mentor = "pairs_as_mentee", "pairs_as_mentee__mentor"
    steps = Preparation.objects.filter(membership=OuterRef(mentor), step=StepKey.TRAINING)
    passed = Screening.objects.filter(membership=OuterRef(mentor), passed=True, replaced_at=None)
    own = Membership.objects.filter(pk=membership.pk, **{f"{pair}__state__in": LIVE_PAIRS})
    asked = (f"{mentor}__person__name", f"{mentor}__place", f"{pair}__state")
    found = own.order_by(f"{pair}__pk").values_list(
        *asked, Subquery(steps.values("at")[:1]), Subquery(passed.values("day")[:1])
    )
    screens = membership.programme.mentors_are_screened
    return [
        Mentor(name, place, state, trained, day if screens else None)
        for name, place, state, trained, day in found
    ]
