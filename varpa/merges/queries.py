"""Two people side by side: who stays, which rows become one, what goes along."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import Any, Final

from django.db.models import Count, Exists, Model, OuterRef, QuerySet, Value

from varpa.duplicates.queries import people_within
from varpa.kernel.compiled import compiled
from varpa.merges.fields import Field, of_member, of_person, part_of
from varpa.merges.models import Merge
from varpa.merges.references import KEYS, MEMBERSHIP, PERSON, Reference
from varpa.people.models import Person
from varpa.people.queries import who_came_in
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
    """`kept` stays, `gone` goes; `came_in`: the keys of those who have, of the two.

    `same`: memberships of which two become one, (stays, other).
    """

    kept: Person
    gone: Person
    came_in: set[int]
    same: list[tuple[Membership, Membership]] = field(default_factory=list)
    along: list[Membership] = field(default_factory=list)
    clashing: list[tuple[Membership, Membership]] = field(default_factory=list)

    @property
    def fields(self) -> list[Field]:
        return of_person(self.kept, self.gone, signed_in=self.kept.pk in self.came_in)

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


def two_of(one: Person, other: Person) -> Two:
    """Two people with their memberships: two queries. Whoever has come in stays, else whoever came first."""
    came_in = who_came_in((one, other))
    kept, gone = sorted((one, other), key=lambda each: (each.pk not in came_in, each.pk))
    two = Two(kept, gone, came_in)
    memberships = list(_memberships(two))
    theirs = {each.programme_id: each for each in memberships if each.person_id == kept.pk}
    for each in memberships:
        known = theirs.get(each.programme_id)
        if known is None:
            two.along.append(each)
        elif known is each:
            continue
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
    asked = [_by_person(key=two.gone.pk)]
    asked += [_by_membership(key=each.pk) for each in (*(other for _stays, other in two.same), *two.along)]
    for model, rows in chain.from_iterable(asked):
        if rows:
            found[model] = found.get(model, 0) + rows
    return found


@compiled()
def _by_person(key: int) -> QuerySet[Any, Any]:
    return _rows_of((*PERSON, *KEYS), key)


@compiled()
def _by_membership(key: int) -> QuerySet[Any, Any]:
    return _rows_of(MEMBERSHIP, key)


def _rows_of(references: Iterable[Reference], key: int) -> QuerySet[Any, Any]:
    """(model, rows) of each reference: some sixty counts in one question."""
    first, *others = (_rows(reference, key) for reference in references)
    return first.union(*others, all=True)


def _rows(reference: Reference, key: int) -> QuerySet[Any, Any]:
    rows = reference.of._base_manager.filter(**{reference.column: key}).order_by()
    # The names are such as no model has.
    named = rows.annotate(_model=Value(reference.model)).values("_model").annotate(_rows=Count("pk"))
    counted: QuerySet[Any, Any] = named.values_list("_model", "_rows")
    return counted


def _memberships(two: Two) -> Iterable[Membership]:
    both = Membership.objects.filter(person__in=[two.kept, two.gone])
    return both.select_related("person", "programme__methodology_version", "participation").order_by("pk")


def people_here(programme: Programme, refs: tuple[str, str], reader: Person) -> tuple[Person, Person] | None:
    """Two people of programmes that the reader runs, one of them at least of this one."""
    here = Exists(Membership.objects.filter(programme=programme, person=OuterRef("pk")))
    found = {each.ref: each for each in people_within(refs, reader).annotate(here=here)}
    if not set(refs) <= set(found):
        return None
    one, other = (found[ref] for ref in refs)
    return (one, other) if one.here or other.here else None


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
