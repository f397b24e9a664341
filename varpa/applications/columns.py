"""The columns of the list of people: what may be shown of each person, on the page and in a file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from varpa.applications.queries.people import PersonLine
from varpa.applications.words import MISSING, country_name
from varpa.documents.tables import Value
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import MembershipState, Participation, Partner, Role
from varpa.programmes.partners import partner_of
from varpa.programmes.queries import STAFF
from varpa.programmes.week import time_name
from varpa.sectors.sectors import sector_name
from varpa.ui import words

Read = Callable[[PersonLine, "Names"], Value]


class Names(NamedTuple):
    """What the keys of a programme are called in the reader's language."""

    means: dict[str, TranslatedText]
    partners: list[Partner]


@dataclass(frozen=True)
class Column:
    """`heavy`: its words are long; a page shows their beginning, a file all of them."""

    head: str | Promise
    read: Read
    heavy: bool = False
    takes_part: bool = False


class Cell(NamedTuple):
    """One cell of the page: `key` says what stands in it."""

    key: str
    head: str
    text: str
    heavy: bool


def missing_words(line: PersonLine) -> str:
    """The steps of preparation that are not made yet."""
    return ", ".join(str(MISSING[step]) for step in line.missing)


def _prepared(line: PersonLine, _names: Names) -> str:
    if not line.prepares:
        return ""
    missing = missing_words(line)
    return f"{pgettext('preparation', 'Missing')}: {missing}" if missing else pgettext("person", "Prepared")


def _state(line: PersonLine, _names: Names) -> str:
    """How an application stands; staff are appointed and never applied."""
    staff = line.membership.role in STAFF
    return "" if staff else str(MembershipState(line.membership.state).label)


def _partner(line: PersonLine, names: Names) -> str:
    """Read where somebody takes part: staff belong to the programme."""
    found = partner_of(line.membership, names.partners)
    unsaid = "" if line.membership.role in STAFF else pgettext("partner", "not chosen yet")
    return str(found or unsaid)


def _pair(line: PersonLine, _names: Names) -> str:
    over = pgettext("pair", "ended")
    return ", ".join(f"{each.name} ({over})" if each.ended else each.name for each in line.pairs)


def _part(line: PersonLine) -> Participation | None:
    return getattr(line.membership, "participation", None)


def _languages(line: PersonLine, _names: Names) -> str:
    part = _part(line)
    return ", ".join(words.language_name(code) for code in part.languages) if part else ""


def _interests(line: PersonLine, _names: Names) -> str:
    part = _part(line)
    return ", ".join(sector_name(code) for code in part.interests) if part else ""


def _times(line: PersonLine, _names: Names) -> str:
    part = _part(line)
    return ", ".join(time_name(time) for time in part.availability) if part else ""


def _capacity(line: PersonLine, _names: Names) -> int | None:
    part = _part(line)
    return part.capacity if part and line.membership.role == Role.MENTOR else None


def _travel(line: PersonLine, _names: Names) -> str:
    part = _part(line)
    return f"{part.travel_km} km" if part and part.travel_km is not None else ""


def _means(line: PersonLine, names: Names) -> str:
    return ", ".join(str(names.means.get(key, key)) for key in line.membership.means)


def _computer(line: PersonLine, _names: Names) -> str:
    part = _part(line)
    return str(part.get_computer_display()) if part and part.computer else ""


def _day(when: datetime | None) -> date | None:
    return timezone.localtime(when).date() if when else None


COLUMNS: Final[dict[str, Column]] = {
    "state": Column(_("State"), _state),
    "country": Column(_("Country"), lambda line, _names: country_name(line.membership.country)),
    "partner": Column(_("Partner"), _partner),
    "place": Column(_("School or company"), lambda line, _names: line.membership.place),
    "prepared": Column(pgettext_lazy("person", "Prepared"), _prepared),
    "pair": Column(_("Pair"), _pair),
    "region": Column(_("Town"), lambda line, _names: getattr(_part(line), "region", ""), takes_part=True),
    "travel": Column(_("Can travel"), _travel, takes_part=True),
    "languages": Column(_("Languages"), _languages, takes_part=True),
    "interests": Column(_("Interests"), _interests, takes_part=True),
    "topic": Column(_("Topic"), lambda line, _names: line.membership.topic, heavy=True),
    "capacity": Column(_("Takes mentees"), _capacity, takes_part=True),
    "times": Column(pgettext_lazy("week", "Free"), _times, heavy=True, takes_part=True),
    "means": Column(_("Means of communication"), _means, heavy=True),
    "computer": Column(_("Computer"), _computer, takes_part=True),
    "applied": Column(_("Applied"), lambda line, _names: _day(line.membership.applied_at)),
    "talk": Column(
        _("Asked for a talk"),
        lambda line, _names: _day(line.talk_at),
    ),
    "email": Column(_("E-mail"), lambda line, _names: line.membership.person.email or ""),
    "phone": Column(_("Phone"), lambda line, _names: line.membership.person.phone),
    "born": Column(pgettext_lazy("person", "Born"), lambda line, _names: line.membership.person.born),
    "letters": Column(
        _("Language of letters"), lambda line, _names: words.language_name(line.membership.person.language)
    ),
}
DRAWN: Final = ("prepared", "pair")
"""A page draws these from the line itself; only a file needs their words."""
USUAL: Final = ("state", "country", "place", "prepared", "pair")


def columns_asked(keys: Iterable[str]) -> tuple[str, ...]:
    """The columns of an address, in the order of COLUMNS; where it names none, the usual ones."""
    asked = set(keys)
    return tuple(key for key in COLUMNS if key in asked) or USUAL


def needs_participation(keys: Iterable[str]) -> bool:
    """Whether any of these columns tells how somebody takes part."""
    return any(COLUMNS[key].takes_part for key in keys)


def cells(line: PersonLine, heads: Mapping[str, str], names: Names) -> list[Cell]:
    """What a page shows of a person under these columns: `heads` as the reader's language calls them."""
    return [
        Cell(key, head, "" if key in DRAWN else _shown(COLUMNS[key].read(line, names)), COLUMNS[key].heavy)
        for key, head in heads.items()
    ]


def _shown(value: Value) -> str:
    if isinstance(value, date):
        return words.dated(value)
    return "" if value is None else str(value)
