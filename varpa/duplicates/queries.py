"""Who of a programme may be here twice; only people of programmes that the reader runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from varpa.duplicates.likeness import PLUS, SAME_HOST, Alike, Known, Why, address_key, alike, name_key
from varpa.duplicates.models import Different
from varpa.history.remembering import until_changed
from varpa.kernel.refs import is_ref
from varpa.people.models import Person
from varpa.programmes.access import managed_ids
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import STAFF

TOLD = ("ref", "name", "email", "born")
"""As much of a person as the page tells."""
LISTED = (
    "ref",
    "role",
    "state",
    "person",
    "programme__name",
    "programme__overrides",
    "programme__methodology_version__digest",
)


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


def like(membership: Membership, reader: Person) -> list[Alike]:
    """Who may be the same as a member, but for those said to be somebody else: one query."""
    who = membership.person
    other = Q(first=who, second=OuterRef("person")) | Q(first=OuterRef("person"), second=who)
    two = Exists(Different.objects.filter(other, withdrawn_at=None))
    name = Q()
    for word in name_key(who.name).split():
        name &= Q(person__search_text__contains=word)
    # Only where a plus or a dot may change nothing can two addresses be one.
    box, _at, host = address_key(who.email or "").partition("@")
    hosts = [host, *(other for other, same in SAME_HOST.items() if same == host)] if host in PLUS else []
    near = name
    for each in hosts:
        near |= Q(person__email__startswith=box[0], person__email__endswith=f"@{each}")
    here = Q(programme__in=managed_ids(reader)) & (near | Q(person=who))
    told = alike(_known(Membership.objects.filter(here, ~two)))
    return [each for each in told if who.pk in (each.first.person, each.second.person)]


def shown(some: Iterable[Alike], reader: Person) -> list[Twice]:
    """These people with what a page says of them: two queries."""
    asked = list(some)
    keys = {each.person for two in asked for each in two[:2]}
    people = Person.objects.only(*TOLD).in_bulk(keys)
    mine = Membership.objects.filter(person__in=keys, programme__in=managed_ids(reader))
    memberships: dict[int, list[Membership]] = {}
    listed = mine.select_related("programme__methodology_version").only(*LISTED)
    for each in listed.order_by("applied_at", "pk"):
        memberships.setdefault(each.person_id, []).append(each)
    return [
        Twice(people[one.person], people[other.person], why, memberships)
        for one, other, why in asked
        if one.person in people and other.person in people
    ]


def people_within(refs: Iterable[str], reader: Person) -> QuerySet[Person]:
    """Of these, who is of a programme that the reader runs; nobody else, nor whoever does not exist."""
    mine = Membership.objects.filter(programme__in=managed_ids(reader)).values("person")
    return Person.objects.filter(ref__in=[ref for ref in refs if is_ref(ref)], pk__in=mine)


def told_different(programme: Programme) -> list[Different]:
    """Whom of the programme somebody said to be two, the newest first."""
    here = Membership.objects.filter(programme=programme).values("person")
    standing = Different.objects.filter(withdrawn_at=None, first__in=here, second__in=here)
    told = [f"{side}__{of}" for side in ("first", "second") for of in TOLD]
    return list(standing.select_related("first", "second", "by").only("at", "by__name", *told)[:50])


@until_changed
def _compared(programme: Programme, _now: datetime) -> tuple[Alike, ...]:
    """Everybody of the programme against everybody of the organisation, but for those said to be two."""
    members = Membership.objects.filter(programme__organisation=programme.organisation_id)
    found = alike(_known(members))
    return tuple(
        _not_two([each for each in found if programme.pk in each.first.programmes | each.second.programmes])
    )


def _known(members: QuerySet[Membership]) -> list[Known]:
    """People as far as they are compared; whoever runs a programme is not."""
    told = ("person__ref", "person__name", "person__email", "person__born")
    rows = members.exclude(role__in=STAFF).order_by().values_list("person_id", "programme_id", *told)
    people: dict[int, tuple[str, str, str, date | None]] = {}
    programmes: dict[int, set[int]] = {}
    for pk, where, ref, name, email, born in rows:
        people[pk] = (ref, name, email or "", born)
        programmes.setdefault(pk, set()).add(where)
    return [Known(pk, *known, frozenset(programmes[pk])) for pk, known in people.items()]


def _not_two(found: list[Alike]) -> list[Alike]:
    """Without those who were said to be two."""
    if not found:
        return []
    two = set(Different.objects.filter(withdrawn_at=None).values_list("first", "second"))
    return [each for each in found if (each.first.person, each.second.person) not in two]
