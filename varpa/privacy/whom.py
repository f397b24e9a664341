"""Whose data: a person with everything by which the rooms know them."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from varpa.calls.models import Application
from varpa.guardians.models import Guardian, SchoolContact
from varpa.merges.models import Merge, MergeState
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership


@dataclass(frozen=True)
class Whom:
    """`people`: the person and every row that was put together with them; `members` their memberships.

    `names` and `addresses` are the words by which letters of others name them; a name of one word is many
    people's. `former`: addresses that were theirs before and are nobody else's since; only erasing asks.
    """

    people: tuple[int, ...]
    members: tuple[int, ...]
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    former: tuple[str, ...] = ()


def whom(person: Person) -> Whom:
    """The person and the rows that went into theirs."""
    people, found = {person.pk}, {person.pk}
    while found:
        merged = Merge.objects.filter(state=MergeState.DONE, kept__in=found)
        found = set(merged.values_list("gone", flat=True)) - people
        people |= found
    rows = (person, *Person.objects.filter(pk__in=people - {person.pk}))
    members = tuple(Membership.objects.filter(person__in=people).order_by("pk").values_list("pk", flat=True))
    return Whom(
        people=tuple(sorted(people)),
        members=members,
        names=tuple(sorted({each.name for each in rows if " " in each.name})),
        addresses=tuple(sorted({each.email for each in rows if each.email})),
    )


def with_former(who: Whom) -> Whom:
    """Also by the addresses that were theirs before: no table holds them, letters and applications do.

    One under which somebody else is known, now or before, is not asked for: what it names may be theirs.
    """
    known = set(Letter.objects.filter(person__in=who.people).values_list("to_address", flat=True))
    known |= set(Application.objects.filter(membership__in=who.members).values_list("address", flat=True))
    former = known - {"", *who.addresses}
    others: tuple[tuple[QuerySet[Any], str], ...] = (
        (Person.objects.exclude(pk__in=who.people), "email"),
        (Letter.objects.exclude(person=None).exclude(person__in=who.people), "to_address"),
        (Guardian.objects.exclude(membership__in=who.members), "address"),
        (SchoolContact.objects.all(), "address"),
        (Application.objects.exclude(membership__in=who.members), "address"),
    )
    for rows, field in others if former else ():
        former -= set(rows.filter(**{f"{field}__in": former}).values_list(field, flat=True))
    return replace(who, former=tuple(sorted(former)))


def guardians_of(who: Whom) -> tuple[str, ...]:
    """The addresses of those who were asked for a person, who may be members themselves."""
    guardians = Guardian.objects.filter(membership__in=who.members).values_list("address", flat=True)
    return tuple(sorted(filter(None, set(guardians))))


def words_in(fields: tuple[str, ...], words: tuple[str, ...]) -> Q:
    """Rows of which a field has one of the words."""
    found = Q(pk__in=[])
    for field in fields:
        for word in words:
            found |= Q(**{f"{field}__contains": word})
    return found
