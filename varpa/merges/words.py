"""Fields and rows of a merge in the words of a page."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.applications.words import country_name
from varpa.merges.fields import OTHER, Field
from varpa.programmes.models import Computer, Membership
from varpa.programmes.queries import methodology_of
from varpa.programmes.week import time_name
from varpa.sectors.sectors import sector_name
from varpa.ui import words

Words = str | Promise

FIELDS: Final[dict[str, Words]] = {
    "name": _("Name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "language": _("Language of letters"),
    "born": pgettext_lazy("person", "Born"),
    "roster_key": _("Key in the list"),
    "country": _("Country"),
    "place": _("School or company"),
    "topic": _("Topic"),
    "means": _("Means of communication"),
    "languages": _("Languages"),
    "interests": _("Interests"),
    "region": _("Town"),
    "travel_km": _("Can travel"),
    "availability": pgettext_lazy("week", "Free"),
    "capacity": _("Takes mentees"),
    "experience": _("Experience"),
    "expectations": _("Expectations"),
    "computer": _("Computer"),
    "gender": _("Gender"),
    "wishes": _("Wishes"),
}
ROWS: Final[dict[str, Words]] = {
    "calls.Application": _("Applications"),
    "pairs.Pair": _("Pairs, with meetings, plan, goals and diary"),
    "guardians.Guardian": _("Guardians"),
    "programmes.Permission": _("Permissions"),
    "programmes.Preparation": _("Steps of preparation"),
    "programmes.Receipt": _("Reading receipts"),
    "programmes.LessonDone": _("Lessons done"),
    "programmes.Screening": _("Results of screening"),
    "guardians.SchoolWord": _("Words of the school"),
    "guardians.Worry": _("Worries"),
    "applications.Note": _("Notes"),
    "applications.Interview": _("Invitations to a talk"),
    "support.Case": _("What was told"),
    "support.MentorQuestion": _("Questions of mentors"),
    "evaluation.Evidence": _("Evidence"),
    "post.Letter": _("Letters"),
}
_LISTS: Final[dict[str, Callable[[str], str]]] = {
    "languages": words.language_name,
    "interests": sector_name,
    "availability": time_name,
}


def told(field: Field, value: Any, membership: Membership | None = None) -> str:
    """A value as a page says it; a dash where nothing was told."""
    name = field.name
    if value in ("", None, []):
        return "–"
    if isinstance(value, date):
        return words.dated(value)
    if name in _LISTS:
        return ", ".join(_LISTS[name](each) for each in value)
    if name == "means" and membership:
        names = {each.key: str(each.name) for each in methodology_of(membership.programme).means}
        return ", ".join(names.get(each, each) for each in value)
    if name == "language":
        return words.language_name(value)
    if name == "country":
        return country_name(value)
    if name == "gender":
        # It was given to be counted, not to be read.
        return str(_("told, not shown"))
    if name == "computer":
        return str(Computer(value).label)
    if name == "roster_key":
        return str(value).rpartition(":")[2]
    return f"{value} km" if name == "travel_km" else str(value)


class Sides(NamedTuple):
    """A field side by side: `other_stays` where that was chosen."""

    field: Field
    label: Words
    stays: str
    other: str
    other_stays: bool


def sides(
    fields: Iterable[Field], chosen: Mapping[str, str], membership: Membership | None = None
) -> list[Sides]:
    """Fields side by side, with what was chosen."""
    return [
        Sides(
            each,
            FIELDS[each.name],
            told(each, each.stays, membership),
            told(each, each.other, membership),
            chosen.get(each.key) == OTHER,
        )
        for each in fields
    ]


def rows_told(counts: dict[str, int]) -> list[tuple[Words, int]]:
    """What goes along, in words. Wishes in confidence go along too, and are told to nobody."""
    return [(name, counts[model]) for model, name in ROWS.items() if counts.get(model)]
