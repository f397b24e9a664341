"""Inventing people, as a school's roster and entrepreneurs' applications would name them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from varpa.methodology import Methodology
from varpa.programmes.models import Gender, Role
from varpa.site.replay.saying import mentee_says, mentor_says, near_towns, travel_to
from varpa.site.replay.words import Words, ideas, names

OTHER_LANGUAGE = {"lv": "lt", "lt": "lv"}
WISHES = 0.3
"""The share of mentees who name a company that they would like."""
YOUNGEST_DAYS, OLDEST_DAYS = 5700, 7300
"""Pupils are between fifteen and a half and twenty when a programme starts."""


@dataclass(frozen=True)
class Applicant:
    """Somebody who applies. `home` is the language of the country, `language` the one that is read.

    `said` is how they take part: {field of Participation: value}.
    """

    name: str
    email: str
    role: str
    home: str
    language: str
    place: str
    topic: str
    means: tuple[str, ...]
    born: date | None = None
    guardian: str = ""
    roster_key: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def company(self) -> str:
        """A mentor's company, without its town."""
        return self.place.rpartition(", ")[0]

    @property
    def zone(self) -> str:
        return str(names()[self.home]["zone"])

    @property
    def country(self) -> str:
        return self.home.upper()


@dataclass(frozen=True)
class Seeker:
    """A mentee with an idea, and mentors each of whom may be the one by every rule of matching.

    The first applies with the others, the rest wait until somebody is missing; whose mentor each becomes is
    found by matching.
    """

    mentee: Applicant
    idea: str
    mentors: tuple[Applicant, ...]


class Crowd:
    """Invents people with names that do not repeat while there are others."""

    def __init__(self, methodology: Methodology, starts: date, chance: Random) -> None:
        self.chance = chance
        self.starts = starts
        self._means = [each.key for each in methodology.means]
        self._names: set[str] = set()
        self._addresses: set[str] = set()
        self._numbers = {"lv": 0, "lt": 0}

    def seeker(self, number: int, mentors: int) -> Seeker:
        """A mentee and so many mentors; every sixth has them across the border, and English in common."""
        home = ("lv", "lt")[number % 2]
        abroad = number % 6 == 3
        known = ideas("en" if abroad else home)
        idea = known[(number // 2 + self.chance.randrange(2) * 3) % len(known)]
        mentee = self.mentee(idea, home, abroad=abroad)
        theirs = OTHER_LANGUAGE[home] if abroad else home
        read, town = "en" if abroad and number % 4 == 3 else "", mentee.said["region"]
        found = [self.mentor(idea, theirs, read, near=town, abroad=abroad) for _one in range(mentors)]
        said = {**mentee.said, "travel_km": travel_to(town, [each.said["region"] for each in found])}
        if self.chance.random() < WISHES:
            said["wishes"] = found[0].company
        return Seeker(replace(mentee, said=said), idea, tuple(found))

    def mentee(self, idea: str, home: str, *, abroad: bool = False) -> Applicant:
        """A pupil of a vocational school with a topic of their own choice; `abroad`: speaks English."""
        woman, name = self._name(home, young=True)
        words = Words(home, idea, self.chance)
        town, of_town = self.chance.choice(names()[home]["towns"])
        school = self.chance.choice(names()[home]["schools"]).format(of_town=of_town)
        self._numbers[home] += 1
        return Applicant(
            name=name,
            email=self._address(name),
            role=Role.MENTEE,
            home=home,
            language=home,
            place=school,
            topic=f"{words.text('topic')}. {words.text('pitch')}",
            means=self._some_means(),
            born=self.starts - timedelta(days=self.chance.randint(YOUNGEST_DAYS, OLDEST_DAYS)),
            guardian=self._guardian(home, name, woman=woman),
            roster_key=f"{home.upper()}-{self._numbers[home]:04d}",
            said={
                **mentee_says(idea, home, town, self.chance, abroad=abroad),
                "gender": self._gender(home, woman=woman),
            },
        )

    def mentor(
        self, idea: str, home: str, language: str = "", *, near: str = "", abroad: bool = False
    ) -> Applicant:
        """An entrepreneur of the sector, mostly of a town `near` another one; `abroad`: speaks English."""
        _woman, name = self._name(home)
        words = Words(home, idea, self.chance)
        town = self.chance.choice(near_towns(near, home, self.chance))
        return Applicant(
            name=name,
            email=self._address(name),
            role=Role.MENTOR,
            home=home,
            language=language or home,
            place=f"{words.one('companies')}, {town}",
            topic=words.text("knows"),
            means=self._some_means(),
            said=mentor_says(idea, home, town, self.chance, abroad=abroad),
        )

    def again(self, applicant: Applicant) -> Applicant:
        """The same human with another address, who has forgotten the first application."""
        return replace(applicant, email=self._address(applicant.name), roster_key="")

    def know(self, name: str, email: str) -> None:
        """Somebody is there already: nobody else is called so, or has that address."""
        self._names.add(name)
        self._addresses.add(email)

    def staff(self, home: str) -> tuple[str, str]:
        """Name and address of somebody of the lead partner."""
        _woman, name = self._name(home)
        return name, self._address(name)

    def _gender(self, home: str, *, woman: bool) -> str:
        """What is told when it is asked: every seventh of a country leaves it empty."""
        if self._numbers[home] % 7 == 0:
            return ""
        return Gender.WOMAN if woman else Gender.MAN

    def _some_means(self) -> tuple[str, ...]:
        """What one really has: the first means of the methodology, and some of the others."""
        others = self._means[1:]
        taken = self.chance.sample(others, min(len(others), self.chance.randint(2, 4)))
        return tuple(key for key in self._means if key in {self._means[0], *taken})

    def _name(self, home: str, *, young: bool = False) -> tuple[bool, str]:
        table: dict[str, Any] = names()[home]
        for _try in range(30):
            woman = self.chance.random() < 0.5
            first = self.chance.choice(table["women" if woman else "men"])
            forms = self.chance.choice(table["surnames"])
            name = f"{first} {_surname(forms, woman=woman, young=young)}"
            if name not in self._names:
                break
        self._names.add(name)
        return woman, name

    def _guardian(self, home: str, child: str, *, woman: bool) -> str:
        table: dict[str, Any] = names()[home]
        last = child.split(" ", 1)[1]
        at = -1 if woman else 0
        forms = next(each for each in table["surnames"] if each[at] == last)
        mother = self.chance.random() < 0.7
        first = self.chance.choice(table["women" if mother else "men"])
        return f"{first} {_surname(forms, woman=mother, young=False)}"

    def _address(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        local = ".".join(plain.split())
        address, number = f"{local}@varpa.example", 1
        while address in self._addresses:
            number += 1
            address = f"{local}{number}@varpa.example"
        self._addresses.add(address)
        return address


def _surname(forms: list[str], *, woman: bool, young: bool) -> str:
    """As men, women and (in Lithuanian) unmarried women bear it."""
    if not woman:
        return forms[0]
    return forms[-1] if young else forms[1]
