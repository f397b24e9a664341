"""One line of a roster, cleaned; what is wrong with it is told in plain words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from varpa.applications.rosters.days import read_day
from varpa.applications.rosters.headings import ABILITY, QUESTION, Layout, listed, plain
from varpa.applications.rosters.tables import Row
from varpa.applications.rosters.told import Told
from varpa.documents.tables import untamed
from varpa.kernel.text import folded
from varpa.people.models import Language
from varpa.programmes.actions.participation import MOST_MENTEES
from varpa.programmes.ages import Ages, ages_in, births
from varpa.programmes.models import Role
from varpa.sectors.sectors import codes_of, unknown_in
from varpa.ui.forms import WORDS_LENGTH, clean_words

LENGTHS: Final = {
    "name": 120,
    "email": 254,
    "phone": 40,
    "place": 160,
    "key": 60,
    "region": 80,
    "guardian_name": 120,
    "guardian_email": 254,
    "wishes": 300,
    **dict.fromkeys(("topic", "experience", "expectations"), WORDS_LENGTH),
    **dict.fromkeys(("interests", "times", "languages", "means"), 1000),
}
LONG: Final = ("topic", "experience", "expectations")
ROLES: Final = listed("roles")
LANGUAGES: Final = listed("languages")
SPOKEN: Final = LANGUAGES | listed("spoken")
COUNTRIES: Final = listed("countries")
COMPUTERS: Final = listed("computers")
GENDERS: Final = listed("genders")
LEVELS: Final = listed("levels")
LONGEST_ANSWER: Final = 3000
OWN_LANGUAGE: Final = {"LV": Language.LATVIAN.value, "LT": Language.LITHUANIAN.value}

_EXPONENT = re.compile(r"\d[.,]\d+E\+\d+", re.I)
# Marks of a beginning, of a direction, of a place to break a line: pages and messengers leave them behind.
_UNSEEN: Final = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
_NUMBER = re.compile(r"(\d{1,5})(?:[.,]0+)?(?:\s*km)?")
_BY_COMMA = re.compile(r"[;,/|+&\n]| un | ir | and ")


@dataclass(frozen=True)
class Rules:
    """What a programme says of its rosters; `role` is that of a line that names none, "" where each must.

    So is `country`, for whoever has none yet.
    `means` and `times` of a week are {compared word: key}; `today` is the day in the programme's zone;
    `questions` are the keys of the programme's own, `abilities` those of the methodology;
    `ages` those of its countries; `month_first`: so the slashed days of this list are written;
    `roles` as its methodology calls them, {compared word: role}; `staff`: who runs the programme, by name.
    """

    role: str
    countries: tuple[str, ...]
    means: dict[str, str]
    today: date
    times: dict[str, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    ages: Mapping[str, Ages] = field(default_factory=dict)
    month_first: bool = False
    roles: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    staff: frozenset[str] = frozenset()


@dataclass(slots=True)
class Line:
    """A person as the roster tells; "" and None where it does not say.

    `gender` is a mentee's, for the report of fairness alone; `abilities` a mentor's, as one sees oneself.
    """

    number: int
    name: str
    role: str
    email: str = ""
    language: str = ""
    born: date | None = None
    place: str = ""
    country: str = ""
    topic: str = ""
    phone: str = ""
    means: tuple[str, ...] = ()
    key: str = ""
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    region: str = ""
    travel: int | None = None
    times: tuple[str, ...] = ()
    capacity: int | None = None
    experience: str = ""
    expectations: str = ""
    wishes: str = ""
    computer: str = ""
    gender: str = ""
    guardian_name: str = ""
    guardian_email: str = ""
    abilities: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    def participation(self) -> dict[str, Any]:
        """How the person takes part, {field of Participation: value}: only what the roster says."""
        said = {
            "languages": list(self.languages),
            "interests": list(self.interests),
            "region": self.region,
            "travel_km": self.travel,
            "availability": list(self.times),
            "capacity": self.capacity,
            "experience": self.experience,
            "expectations": self.expectations,
            "wishes": self.wishes,
            "computer": self.computer,
            "gender": self.gender,
            "abilities": dict(self.abilities),
            "answers": dict(self.answers),
        }
        return {name: value for name, value in said.items() if value not in ("", None, [], {})}


_DASHES: Final = " -–—"
"""In one half of a name: there is none, and that is so."""


class _Reader:
    """Reads the cells of one line and gathers what is wrong with it."""

    def __init__(self, row: Row, layout: Layout, rules: Rules, told: Told) -> None:
        self.row, self.layout, self.rules, self.told = row, layout, rules, told
        self.who = ""
        self.wrong = False
        self.passed_over = False

    def fail(self, what: str, **values: str | int) -> None:
        self.wrong = True
        self.told.problem(self.row.number, self.who, what, **values)

    def text(self, name: str) -> str:
        """A cell of one line, not longer than its field."""
        return self.cleaned(name, self.layout.cell(self.row.cells, name))

    def cleaned(self, name: str, cell: str) -> str:
        """What stands in a cell, as a field takes it."""
        cell = untamed(cell.strip()).translate(_UNSEEN)
        value = unicodedata.normalize("NFC", cell)
        asked = name.startswith(QUESTION)
        words = clean_words(value) if asked or name in LONG else " ".join(clean_words(value).split())
        if "\ufffd" in words:
            self.fail("unreadable", text=words[:60])
        most = LONGEST_ANSWER if asked else LENGTHS.get(name, 200)
        if len(words) > most:
            self.fail("too_long", column=name, most=most, length=len(words))
            return ""
        return words

    def name(self) -> str:
        halves = {half: self.text(half) for half in ("first", "last") if half in self.layout.columns}
        name = " ".join(each for each in halves.values() if each.strip(_DASHES))
        missing = next((half for half in halves if name and not halves[half]), "")
        if missing or not name:
            whole = self.text("name") or _turned(self.text("reversed"))
            name, missing = whole or name, missing * (not whole)
        self.who = name[:60]
        if not any(each.isalpha() for each in name):
            self.fail("no_name")
        elif missing:
            self.fail("half_name", column=missing)
        elif any(not _in_names(each) for each in name):
            signs = " ".join(dict.fromkeys(each for each in name if not _in_names(each)))
            self.fail("signs_in_name", signs=signs[:20])
        elif len(name) > LENGTHS["name"]:
            self.fail("too_long", column="name", most=LENGTHS["name"], length=len(name))
        elif not halves and len(name.split()) == 1:
            self.told.note(self.row.number, self.who, "one_word")
        return name

    def role(self) -> str:
        said = self.text("role")
        if not said:
            if not self.rules.role:
                self.fail("no_role")
            return self.rules.role
        role = self.rules.roles.get(plain(said)) or ROLES.get(plain(said), "")
        if role in (Role.MENTOR, Role.MENTEE):
            return role
        if role and folded(self.who) in self.rules.staff:
            # A list that was handed out names whoever runs the programme too.
            self.left_out("staff_stays", said)
            self.passed_over = True
        else:
            self.fail("staff" if role else "role", text=said[:40])
        return ""

    def email(self, name: str = "email") -> str:
        said = self.text(name).removeprefix("mailto:").strip("<>").lower()
        if said:
            try:
                validate_email(said)
            except ValidationError:
                self.fail(name, text=said[:60])
        return said

    def one_of(self, name: str, known: dict[str, str]) -> str:
        said = self.text(name)
        found = known.get(plain(said), "")
        if said and not found:
            self.fail(name, text=said[:40])
        return found

    def country(self) -> str:
        country = self.one_of("country", COUNTRIES)
        if country and self.rules.countries and country not in self.rules.countries:
            self.fail("other_country", text=country, countries=", ".join(self.rules.countries))
        return country

    def born(self) -> date | None:
        said = self.text("born")
        if not said:
            return None
        day = read_day(said, month_first=self.rules.month_first)
        if day is None:
            self.fail("born", text=said[:40])
        elif not date(1900, 1, 1) <= day <= self.rules.today:
            self.fail("born_when", text=said[:40])
        return day

    def phone(self) -> str:
        said = self.text("phone")
        if _EXPONENT.fullmatch(said):
            self.fail("phone", text=said)
        return said

    def means(self) -> tuple[str, ...]:
        return self.several("means", self.rules.means)

    def several(self, name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """The known words of a cell; what is not known is left out, and told."""
        found = {}
        for word in _BY_COMMA.split(self.text(name)):
            key = known.get(plain(word))
            if key:
                found[key] = True
            elif word.strip():
                self.left_out(name, word)
        return tuple(found)

    def times(self) -> tuple[str, ...]:
        """The times of a week; in a grid the heading says the day and the cell the part of it, or turned."""
        found: dict[str, bool] = {}
        for place in self.layout.columns.get("times", ()):
            about = self.layout.about.get(place, "")
            said = self.row.cells[place] if place < len(self.row.cells) else ""
            for word in _BY_COMMA.split(self.cleaned("times", said)):
                ways = (plain(word), f"{about} {plain(word)}", f"{plain(word)} {about}")
                if key := next((self.rules.times[way] for way in ways if way in self.rules.times), ""):
                    found[key] = True
                elif word.strip():
                    self.left_out("times", word)
        return tuple(found)

    def interests(self) -> tuple[str, ...]:
        said = self.text("interests")
        codes = codes_of(said)
        for part in unknown_in(said) if codes else filter(None, [said]):
            self.left_out("interests", part)
        return tuple(codes)

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number of a cell, such as "30 km"; another one is left out, and told."""
        said = self.text(name)
        found = _NUMBER.fullmatch(said)
        if found and least <= int(found[1]) <= most:
            return int(found[1])
        if said:
            self.left_out(name, said)
        return None

    def known(self, name: str, words: Mapping[str, str], told: str = "") -> str:
        """What the word of a cell means; another one is left out, and told."""
        said = self.text(name)
        found = words.get(plain(said), "")
        if said and not found:
            self.left_out(told or name, said)
        return found

    def abilities(self) -> dict[str, str]:
        """How a mentor sees the own abilities, by their keys."""
        keys = self.rules.abilities
        said = {key: self.known(f"{ABILITY}{key}", LEVELS, "abilities") for key in keys}
        return {key: level for key, level in said.items() if level}

    def guardian(self, born: date | None, country: str) -> tuple[str, str]:
        """The name and address of who has something to permit; one without the other is told."""
        name, address = self.text("guardian_name"), self.email("guardian_email")
        if bool(name) != bool(address):
            self.left_out("guardian", name or address)
        elif (
            address
            and born
            and born <= births(self.rules.today, self._ages(country or self.rules.country)).grown
        ):
            self.left_out("guardian_not_asked", name)
        else:
            return name, address
        return "", ""

    def _ages(self, country: str) -> Ages:
        return self.rules.ages.get(country) or ages_in(country, {})

    def answers(self) -> dict[str, str]:
        """The answers to the programme's own questions, by their keys."""
        said = {key: self.text(f"{QUESTION}{key}") for key in self.rules.questions}
        return {key: text for key, text in said.items() if text}

    def left_out(self, name: str, said: str) -> None:
        self.told.note(self.row.number, self.who, name, text=said.strip()[:40])


def read_line(row: Row, layout: Layout, rules: Rules, told: Told) -> Line | None:
    """A line, cleaned; None where something is wrong with it, or somebody of the staff: `told` then knows."""
    reader = _Reader(row, layout, rules, told)
    line = Line(number=row.number, name=reader.name(), role=reader.role())
    line.email, line.key = reader.email(), reader.text("key")
    line.language, line.country = reader.one_of("language", LANGUAGES), reader.country()
    line.born, line.phone, line.means = reader.born(), reader.phone(), reader.means()
    line.place, line.topic = reader.text("place"), reader.text("topic")
    line.languages, line.interests = reader.several("languages", SPOKEN), reader.interests()
    line.region, line.travel = reader.text("region"), reader.number("travel", 0, 2000)
    line.times, line.capacity = (
        reader.times(),
        reader.number("capacity", 1, MOST_MENTEES),
    )
    line.experience, line.expectations = reader.text("experience"), reader.text("expectations")
    line.wishes, line.answers = reader.text("wishes"), reader.answers()
    line.computer = reader.known("computer", COMPUTERS)
    if line.role == Role.MENTEE:
        line.gender = reader.known("gender", GENDERS)
        line.guardian_name, line.guardian_email = reader.guardian(line.born, line.country)
    else:
        line.abilities = reader.abilities()
    if any(cell.strip() for cell in row.cells[layout.width :]):
        reader.fail("too_many_cells", cells=len(row.cells), headings=layout.width)
    return None if reader.wrong or reader.passed_over else line


def same_human(one: str, other: str, *, keyed: bool = False) -> bool:
    """Whether two names can be one human's: the given name stays, or the words stand in another order.

    With the key of a roster (`keyed`) one word is enough: people marry, and clerks mistype.
    """
    a, b = re.split(r"[\s-]+", folded(one)), re.split(r"[\s-]+", folded(other))
    return bool(set(a) & set(b)) if keyed else a[0] == b[0] or set(a) == set(b)


def _turned(name: str) -> str:
    """ "Ozola, Anna" or "Ozola Anna", under a heading that says so, is Anna Ozola."""
    if "," in name:
        last, _comma, first = name.partition(",")
        return f"{first.strip()} {last.strip()}".strip()
    words = name.split()
    return f"{words[1]} {words[0]}" if len(words) == 2 else name


def _in_names(sign: str) -> bool:
    return sign in " -'’`´.,()/" or sign in "‐‑–" or unicodedata.category(sign)[0] in "LM" or sign.isdecimal()
