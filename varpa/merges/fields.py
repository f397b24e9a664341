"""Which value stays of each field, where two rows become one: chosen, or the one that was told."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.db.models import Model

from varpa.people.models import Person
from varpa.programmes.models import Membership, Participation, Role

OTHER: Final = "other"
"""What a choice says that takes the value of the row that goes."""
PERSON: Final = ("name", "email", "phone", "language", "born", "roster_key")
MEMBER: Final = ("country", "place", "topic", "means")
FILLED: Final = ("abilities", "answers")
"""Of these each answer on its own: of whoever stays, where there is one."""
NOTHING: Final[tuple[Any, ...]] = ("", None, [], {})


class Field(NamedTuple):
    """A field in which two rows differ. `key` names the choice; not `asked`: nobody has to choose."""

    key: str
    name: str
    stays: Any
    other: Any
    asked: bool

    def chosen(self, choices: Mapping[str, str]) -> Any:
        """The value that stays."""
        if self.asked:
            return self.other if choices.get(self.key) == OTHER else self.stays
        return self.other if self.stays in NOTHING else self.stays


def of_person(kept: Person, gone: Person, *, signed_in: bool) -> list[Field]:
    """What two people differ in. The address with which whoever stays has signed in stays."""
    found = differing(kept, gone, PERSON)
    return [
        each._replace(asked=False) if each.name == "email" and signed_in else each
        for each in found
        if not (each.name == "email" and signed_in and each.stays in NOTHING)
    ]


def of_member(stays: Membership, other: Membership) -> list[Field]:
    """What two memberships differ in, and how they take part."""
    found = differing(stays, other, MEMBER, stays.ref)
    parts = part_of(stays), part_of(other)
    if all(each.pk for each in parts):
        said = Participation.SAID
        names = said if stays.role == Role.MENTOR else tuple(name for name in said if name != "capacity")
        found += differing(*parts, names, stays.ref)
    return found


def part_of(membership: Membership) -> Participation:
    """How a member takes part; a row without a key where nothing is told."""
    try:
        return membership.participation
    except Participation.DoesNotExist:
        return Participation(membership=membership)


def filled(stays: Participation, other: Participation) -> dict[str, Any]:
    """The answers of both, those of whoever stays first."""
    return {name: {**getattr(other, name), **getattr(stays, name)} for name in FILLED}


def differing(stays: Model, other: Model, names: tuple[str, ...], of: str = "") -> list[Field]:
    """The fields in which two rows say different things."""
    found = []
    for name in names:
        one, two = getattr(stays, name), getattr(other, name)
        if one != two and not (one in NOTHING and two in NOTHING):
            both = one not in NOTHING and two not in NOTHING
            found.append(Field(f"{of}.{name}" if of else name, name, one, two, both))
    return found
