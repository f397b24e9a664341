"""Two people side by side: who stays, which rows become one, what goes along."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.db.models import Model, QuerySet

from varpa.duplicates.queries import person_within
from varpa.merges.fields import Field, of_member, of_person, part_of
from varpa.merges.models import Merge
from varpa.merges.references import KEYS, MEMBERSHIP, PERSON, Reference
from varpa.people.models import Person
from varpa.people.queries import came_in
from varpa.programmes.models import Membership, MembershipState, Programme

UNDONE_WITHIN: Final = timedelta(days=30)
FURTHEST: Final = (
    MembershipState.COMPLETED,
    MembershipState.ACCEPTED,
    MembershipState.WAITING,
    MembershipState.APPLIED,
    MembershipState.WITHDRAWN,
    MembershipState.DECLINED,
)
"""Of two memberships in one role the one that came further stays, with its state."""


@dataclass
class Two:
    """`kept` stays, `gone` goes. `same`: memberships of which two become one, (stays, other)."""

    kept: Person
    gone: Person
    same: list[tuple[Membership, Membership]] = field(default_factory=list)
    along: list[Membership] = field(default_factory=list)
    clashing: list[tuple[Membership, Membership]] = field(default_factory=list)

    @property
    def fields(self) -> list[Field]:
        return of_person(self.kept, self.gone)

    @property
    def mark(self) -> str:
        """What a page showed: it changes with anything that a choice was made on."""
        rows: list[Model] = [self.kept, self.gone, *self.along]
        for stays, other in self.same:
            rows += [stays, other, part_of(stays), part_of(other)]
        told = [
            [(each.attname, getattr(row, each.attname)) for each in row._meta.concrete_fields] for row in rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """Who stays and who goes: whoever has come in stays, else whoever came first."""
    kept, gone = sorted((one, other), key=lambda each: (not came_in(each), each.pk))
    return kept, gone


def two_of(one: Person, other: Person) -> Two:
    """Two people with their memberships: two queries."""
    kept, gone = in_order(one, other)
    two, theirs = Two(kept, gone), {}
    for each in _memberships(kept):
        theirs[each.programme_id] = each
    for each in _memberships(gone):
        known = theirs.get(each.programme_id)
        if known is None:
            two.along.append(each)
        elif known.role == each.role:
            first, second = sorted((known, each), key=lambda one: (FURTHEST.index(one.state), one.pk))
            two.same.append((first, second))
        else:
            two.clashing.append((known, each))
    return two


def fields_of(two: Two) -> list[tuple[Membership, list[Field]]]:
    """What each two memberships that become one differ in."""
    return [(stays, of_member(stays, other)) for stays, other in two.same]


def counted(two: Two) -> dict[str, int]:
    """What goes along with whoever goes, {model: rows}; what is not there is left out."""
    found: dict[str, int] = {}
    for reference in (*PERSON, *KEYS):
        _count(found, reference, two.gone.pk)
    for _stays, other in two.same:
        for reference in MEMBERSHIP:
            _count(found, reference, other.pk)
    for each in two.along:
        for reference in MEMBERSHIP:
            _count(found, reference, each.pk)
    return found


def _count(found: dict[str, int], reference: Reference, pk: int) -> None:
    rows = reference.of._base_manager.filter(**{reference.column: pk}).count()
    if rows:
        found[reference.model] = found.get(reference.model, 0) + rows


def _memberships(person: Person) -> Iterable[Membership]:
    return Membership.objects.filter(person=person).select_related("person", "programme").order_by("pk")


def people_here(programme: Programme, refs: tuple[str, str], reader: Person) -> tuple[Person, Person] | None:
    """Two people of programmes that the reader runs, one of them at least of this one."""
    one, other = (person_within(ref, reader) for ref in refs)
    if one is None or other is None:
        return None
    here = Membership.objects.filter(programme=programme, person__in=[one, other]).exists()
    return (one, other) if here else None


def merge_between(programme: Programme, refs: tuple[str, str]) -> Merge | None:
    """The newest merge of these two."""
    asked = Merge.objects.filter(programme=programme, gone__ref__in=refs, kept__ref__in=refs)
    return asked.first()


def with_people(merges: QuerySet[Merge]) -> QuerySet[Merge]:
    """Merges with what their page needs."""
    return merges.select_related("kept", "gone", "by", "undone_by", "programme").defer("journal", "held")


def merges_of(programme: Programme) -> QuerySet[Merge]:
    """What was put together in a programme, the newest first, as far as a list says it."""
    told = "ref", "state", "at", "kept__name", "by__name"
    return Merge.objects.filter(programme=programme).select_related("kept", "by").only(*told)


def membership_of(merge: Merge) -> Membership | None:
    """Where whoever stays is found in the programme."""
    return Membership.objects.filter(person=merge.kept_id, programme=merge.programme_id).first()
