"""The manager's list of a programme's people (S4): sought, filtered, in order, a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from varpa.applications.models import Interview
from varpa.guardians.access import WorryAction
from varpa.guardians.models import SchoolWord, Worry
from varpa.guardians.queries.schools import doubted, words_on
from varpa.kernel.access import allowed
from varpa.kernel.text import folded
from varpa.people.models import Person
from varpa.post.inbound import undeliverable
from varpa.programmes.countries import COUNTRIES
from varpa.programmes.missing import missing_by_member
from varpa.programmes.models import (
    Computer,
    Membership,
    MembershipState,
    Permission,
    PermissionKind,
    Programme,
    Role,
    Screening,
)
from varpa.programmes.partners import undecided
from varpa.programmes.queries import GONE, minors, prepared

PAIRED = (Role.MENTOR, Role.MENTEE)
SHOWN = ("unready", "permission", "worry", "doubted", "talk", "computer", "partner", "unscreened")
ENDED = "ended"
STANDING = Q(kind=PermissionKind.TAKING_PART, withdrawn_at__isnull=True)


@dataclass(frozen=True)
class Sought:
    """What the address of a list asks for; what makes no sense asks for nothing."""

    words: str = ""
    role: str = ""
    state: str = ""
    country: str = ""
    show: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Sought":
        role, state, country, show = (given.get(name, "") for name in ("role", "state", "country", "show"))
        return cls(
            words=" ".join(given.get("q", "").replace("\x00", "").split())[:100],
            role=role if role in Role.values else "",
            state=state if state in MembershipState.values else "",
            country=country if country in dict(COUNTRIES) else "",
            show=show if show in SHOWN else "",
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.role or self.state or self.country or self.show)


@dataclass(frozen=True)
class Partner:
    """The other one of a pair, as a list names them; `ended` where the pair is over."""

    pair_ref: str
    name: str
    ended: bool


@dataclass
class PersonLine:
    """One line of the list: `missing` are the steps of preparation that are not made yet (R1)."""

    membership: Membership
    missing: list[str] = field(default_factory=list)
    pairs: list[Partner] = field(default_factory=list)
    word: SchoolWord | None = None
    undelivered: bool = False

    @property
    def name(self) -> str:
        return self.membership.person.name

    @property
    def talk_at(self) -> datetime | None:
        """Of members who were read by `with_talks`."""
        return getattr(self.membership, "talk_at", None)

    @property
    def prepares(self) -> bool:
        """Whether being prepared is asked of this person now."""
        return self.membership.state == MembershipState.ACCEPTED and self.membership.role in PAIRED


def people_sought(programme: Programme, sought: Sought, today: date, reader: Person) -> QuerySet[Membership]:
    """The memberships that a list asks for, by name: read in the order of one index, however many.

    Of worries only those that `reader` may read are asked for.
    """
    found = Membership.objects.filter(programme=programme).select_related("person")
    if sought.role:
        found = found.filter(role=sought.role)
    if sought.state:
        found = found.filter(state=sought.state)
    if sought.country:
        found = found.filter(country=sought.country)
    for word in folded(sought.words).split():
        found = found.filter(search_text__contains=word)
    accepted = Q(state=MembershipState.ACCEPTED, role__in=PAIRED)
    if sought.show == "unready":
        found = found.filter(accepted & ~prepared(today))
    elif sought.show == "permission":
        permitted = Permission.objects.filter(STANDING, membership=OuterRef("pk"))
        found = found.filter(accepted & minors(today) & ~Q(Exists(permitted)))
    elif sought.show == "worry":
        unread = allowed(WorryAction.READ, reader, Worry.objects.filter(read_at=None))
        found = found.filter(pk__in=unread.order_by().values("membership"))
    elif sought.show == "doubted":
        found = found.filter(pk__in=doubted(found))
    elif sought.show == "computer":
        found = found.filter(participation__computer__in=(Computer.NONE, Computer.PHONE))
    elif sought.show == "partner":
        found = found.filter(pk__in=undecided(programme))
    elif sought.show == "unscreened":
        found = found.filter(accepted & _unscreened())
    elif sought.show == "talk":
        found = found.filter(Exists(Interview.objects.filter(membership=OuterRef("pk"))))
    return found.order_by("search_text", "pk")


def unscreened(members: QuerySet[Membership]) -> QuerySet[Membership]:
    """Those of these who are to be screened and have no result yet."""
    return members.filter(_unscreened()).exclude(state__in=GONE)


def _unscreened() -> Q:
    result = Screening.objects.filter(membership=OuterRef("pk"), replaced_at=None)
    return Q(role=Role.MENTOR, programme__mentors_are_screened=True) & ~Q(Exists(result))


def with_talks(members: QuerySet[Membership]) -> QuerySet[Membership]:
    """Members with `talk_at`: when each was last asked for a talk."""
    asked = Interview.objects.filter(membership=OuterRef("pk")).order_by("-pk")
    return members.annotate(talk_at=Subquery(asked.values("at")[:1]))


def with_partnerless(members: QuerySet[Membership], programme: Programme) -> QuerySet[Membership]:
    """Members with `partnerless`: how many of the whole programme belong to no partner yet, read along."""
    counted = undecided(programme).order_by().values("programme").annotate(n=Count("pk"))
    return members.annotate(partnerless=Subquery(counted.values("n")))


def lines_of_people(programme: Programme, rows: Iterable[Membership], today: date) -> list[PersonLine]:
    """What the list says of each of these: a fixed number of queries, however many they are."""
    lines = {each.pk: PersonLine(each) for each in rows}
    missing = missing_by_member(programme, [line.membership for line in lines.values()], today)
    for pk, line in lines.items():
        line.missing = missing[pk]
    for pk, word in words_on(line.membership for line in lines.values()).items():
        lines[pk].word = word
    unreached = undeliverable([line.membership.person.email or "" for line in lines.values()])
    for line in lines.values():
        line.undelivered = line.membership.person.email in unreached
    for pk, partner in partners(lines):
        lines[pk].pairs.append(partner)
    return list(lines.values())


def partners(members: Iterable[int]) -> list[tuple[int, Partner]]:
    """With whom these members are or were in a pair, pairs that go first.

    `pairs` is a neighbour of this room and is not imported; its relation to a membership has a name.
    """
    columns = ("ref", "state")
    as_mentor = [f"pairs_as_mentor__{name}" for name in (*columns, "mentee__person__name")]
    as_mentee = [f"pairs_as_mentee__{name}" for name in (*columns, "mentor__person__name")]
    either = Q(pairs_as_mentor__isnull=False) | Q(pairs_as_mentee__isnull=False)
    rows = Membership.objects.filter(either, pk__in=list(members)).order_by()
    found = []
    for pk, *values in rows.values_list("pk", *as_mentor, *as_mentee):
        for ref, state, name in (values[:3], values[3:]):
            if ref:
                found.append((pk, Partner(ref, name, state == ENDED)))
    return sorted(found, key=lambda each: (each[1].ended, each[1].name))
