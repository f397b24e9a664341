"""Whose data: a person with everything by which the rooms know them."""

from dataclasses import dataclass

from django.db.models import Q

from varpa.guardians.models import Guardian
from varpa.merges.models import Merge, MergeState
from varpa.people.models import Person
from varpa.programmes.models import Membership


@dataclass(frozen=True)
class Whom:
    """`people`: the person and every row that was put together with them; `members` their memberships.

    `names` and `addresses` are the words by which letters of others name them; a name of one word is many
    people's.
    """

    people: tuple[int, ...]
    members: tuple[int, ...]
    names: tuple[str, ...]
    addresses: tuple[str, ...]


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
