"""The people whom matching looks at, as plain values: whatever they were read from, they are told alike.

An empty set or text means that nobody has said it: unknown, never nought.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

Names = frozenset[str]
NOBODY: Names = frozenset()


@dataclass(frozen=True)
class Mentee:
    """A mentee without a mentor. `interests` are codes of sectors, or folded words that have no code.

    `wishes` name a mentor, a company or a field that the mentee would like, in own words; `name` is looked at
    only to find whom the other side has wished for.

    `travel`: kilometres that the mentee can go for the visit to the company; None: not said. `lacking`: means
    that go best at a computer, of a mentee who has none at home: told beside a proposal, never counted.
    """

    key: str
    name: str = ""
    school: str = ""
    languages: Names = NOBODY
    interests: tuple[str, ...] = ()
    means: Names = NOBODY
    region: str = ""
    availability: Names = NOBODY
    topic: str = ""
    travel: int | None = None
    lacking: Names = NOBODY
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mentor:
    """A mentor and the number of places that are still free. `wishes` name a mentee, a school or a field."""

    key: str
    name: str = ""
    company: str = ""
    languages: Names = NOBODY
    sectors: tuple[str, ...] = ()
    means: Names = NOBODY
    region: str = ""
    availability: Names = NOBODY
    experience: str = ""
    capacity: int = 1
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What must hold whatever it costs. Keys are those of mentee and mentor, in this order.

    `locks` are pairs that somebody has decided already; `vetoes` (asked in confidence), `forbidden` (by the
    staff), `refused` (one of the two said "rather not") and `parted` (they were a pair that was ended early)
    are never proposed. `apart` forbids a mentor whose company is the mentee's school. `furthest` is in
    kilometres; None asks for no distance. `within_travel` keeps to what each mentee can travel.
    """

    shared_language: bool = True
    shared_means: bool = True
    apart: bool = False
    furthest: int | None = None
    within_travel: bool = False
    locks: Mapping[str, str] = field(default_factory=dict)
    vetoes: frozenset[tuple[str, str]] = frozenset()
    forbidden: frozenset[tuple[str, str]] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()
    parted: frozenset[tuple[str, str]] = frozenset()

    @property
    def named(self) -> dict[str, frozenset[tuple[str, str]]]:
        """The single pairs that are not possible, by the name of the rule."""
        return {
            "veto": self.vetoes,
            "forbidden": self.forbidden,
            "refused": self.refused,
            "parted": self.parted,
        }


@dataclass(frozen=True)
class Cohort:
    """Both sides in the order of their keys: a list that comes in another order gives the same pairs."""

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    rules: Rules = Rules()

    @cached_property
    def with_place(self) -> list[bool]:
        """Which mentors have a place at all."""
        return [mentor.capacity > 0 for mentor in self.mentors]

    @property
    def places(self) -> int:
        """How many mentees all mentors together would take."""
        return sum(mentor.capacity for mentor in self.mentors)


def cohort(mentees: list[Mentee], mentors: list[Mentor], rules: Rules | None = None) -> Cohort:
    """A cohort in its own order."""
    by_key = sorted(mentees, key=lambda each: each.key), sorted(mentors, key=lambda each: each.key)
    return Cohort(tuple(by_key[0]), tuple(by_key[1]), rules or Rules())


def plain(who: Mentee | Mentor) -> dict[str, Any]:
    """What was known of somebody, as it can be kept: without key and name, which belong to the person."""
    found = {each.name: getattr(who, each.name) for each in fields(who) if each.name not in ("key", "name")}
    return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    return (
        sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value
    )


def mentee_of(key: str, kept: Mapping[str, Any]) -> Mentee:
    """A mentee again from what `plain` gave; what was erased since is unknown."""
    names = ("languages", "means", "availability", "lacking")
    return Mentee(key, **_again(kept, names=names, rows=("interests", "wishes")))


def mentor_of(key: str, kept: Mapping[str, Any]) -> Mentor:
    """A mentor again from what `plain` gave; what was erased since is unknown."""
    return Mentor(
        key, **_again(kept, names=("languages", "means", "availability"), rows=("sectors", "wishes"))
    )


def _again(kept: Mapping[str, Any], *, names: tuple[str, ...], rows: tuple[str, ...]) -> dict[str, Any]:
    read = dict(kept)
    read |= {name: frozenset(kept[name]) for name in names if name in kept}
    return read | {name: tuple(kept[name]) for name in rows if name in kept}
