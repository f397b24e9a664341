"""Who of a programme may be here twice; only people of programmes that the reader runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from varpa.duplicates.likeness import Alike, Known, Why, alike
from varpa.duplicates.models import Different
from varpa.history.remembering import until_changed
from varpa.kernel.refs import is_ref
from varpa.people.models import Person
from varpa.programmes.access import managed_ids
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import STAFF


@dataclass(frozen=True)
class Twice:
    """Two people who may be one: `first` came before; `memberships` of either that the reader may see."""

    first: Person
    second: Person
    why: Why
    memberships: dict[int, list[Membership]]

    @property
    def both(self) -> list[tuple[Person, list[Membership]]]:
        return [(each, self.memberships.get(each.pk, [])) for each in (self.first, self.second)]


def found(programme: Programme, reader: Person, now: datetime) -> list[Alike]:
    """Who may be in the programme twice, or here and in another programme that the reader runs.

    What is compared is remembered until the programme changes: mostly one query.
    """
    told = list(_compared(programme, now))
    if all(programme.pk in each.first.programmes & each.second.programmes for each in told):
        return told
    mine = frozenset(managed_ids(reader).values_list("pk", flat=True))
    return [each for each in told if each.first.programmes & mine and each.second.programmes & mine]


def like(membership: Membership, reader: Person, now: datetime) -> list[Alike]:
    """Who may be the same as a member."""
    who = membership.person_id
    told = found(membership.programme, reader, now)
    return [each for each in told if who in (each.first.person, each.second.person)]


def shown(some: Iterable[Alike], reader: Person) -> list[Twice]:
    """These people with what a page says of them: two queries."""
    asked = list(some)
    keys = {each.person for two in asked for each in two[:2]}
    people = Person.objects.in_bulk(keys)
    mine = Membership.objects.filter(person__in=keys, programme__in=managed_ids(reader))
    memberships: dict[int, list[Membership]] = {}
    for each in mine.select_related("programme").order_by("applied_at", "pk"):
        memberships.setdefault(each.person_id, []).append(each)
    return [
        Twice(people[one.person], people[other.person], why, memberships)
        for one, other, why in asked
        if one.person in people and other.person in people
    ]


def person_within(ref: str, reader: Person) -> Person | None:
    """Somebody of a programme that the reader runs; None for anybody else, and for whoever does not exist."""
    mine = Membership.objects.filter(programme__in=managed_ids(reader)).values("person")
    return Person.objects.filter(ref=ref, pk__in=mine).first() if is_ref(ref) else None


def told_different(programme: Programme) -> list[Different]:
    """Whom of the programme somebody said to be two, the newest first."""
    here = Membership.objects.filter(programme=programme).values("person")
    standing = Different.objects.filter(withdrawn_at=None, first__in=here, second__in=here)
    return list(standing.select_related("first", "second", "by")[:50])


@until_changed
def _compared(programme: Programme, _now: datetime) -> tuple[Alike, ...]:
    """Everybody of the programme against everybody of the organisation, but for those said to be two."""
    members = Membership.objects.filter(programme__organisation=programme.organisation_id)
    columns = ("person_id", "programme_id", "person__name", "person__email", "person__born")
    people: dict[int, tuple[str, str, date | None]] = {}
    programmes: dict[int, set[int]] = {}
    for pk, where, name, email, born in members.exclude(role__in=STAFF).order_by().values_list(*columns):
        people[pk] = (name, email or "", born)
        programmes.setdefault(pk, set()).add(where)
    known = [Known(pk, *told, frozenset(programmes[pk])) for pk, told in people.items()]
    two = set(Different.objects.filter(withdrawn_at=None).values_list("first", "second"))
    return tuple(
        each
        for each in alike(known)
        if programme.pk in each.first.programmes | each.second.programmes
        and (each.first.person, each.second.person) not in two
    )
