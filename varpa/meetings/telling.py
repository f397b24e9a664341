"""What to know of a time, in sentences; each is a hint, and none forbids anything."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.absences.models import Absence, TakenHours, Takes
from varpa.meetings.calendars import Calendars
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.ui import words

SHOWN = 6


def told(
    known: Calendars,
    moment: datetime,
    minutes: int,
    side: str,
    *,
    proposed_by: str = "",
    but: Collection[str] = (),
) -> list[str]:
    """The hints of a time as one side reads them, `but` those of some keys.

    Whoever proposed a time has chosen it, named as free or not: neither of the two is told of that.
    """
    return [
        _holiday(known, moment, whose, side) if key == "holiday" else _sentence(key, whose, known.pair, side)
        for key, whose in known.hints(moment, minutes)
        if key not in but and (key, whose) != ("not_free", proposed_by)
    ]


def away_of(known: Calendars, today: date) -> list[tuple[Person, Absence]]:
    """Who of the two is away, and on which days that are still ahead; the nearest first."""
    people = {member.person_id: member.person for member in (known.pair.mentor, known.pair.mentee)}
    ahead = [each for each in known.absences if each.last >= today]
    return [(people[each.person_id], each) for each in ahead[:SHOWN]]


def practice_of(known: Calendars, side: str, today: date) -> list[TakenHours]:
    """The practice of one side that is not over, the nearest first: the other sees its days and where."""
    ahead = [each for each in known.taken.get(side, ()) if each.last and each.last >= today]
    return sorted(ahead, key=lambda each: (each.first or today, each.pk))[:SHOWN]


def _holiday(known: Calendars, moment: datetime, whose: str, side: str) -> str:
    """Which holiday it is, and whose."""
    facts = {
        "name": known.pair.member(whose).person.first_name,
        "holiday": known.holiday(whose, moment, words.language()),
    }
    if whose == side:
        return _("It is a public holiday in your country: %(holiday)s.") % facts
    return _("%(name)s has a public holiday then: %(holiday)s.") % facts


def _sentence(key: str, whose: str, pair: Pair, side: str) -> str:
    if key == "again":
        return _("That night the clocks go back, and this hour comes twice: the first one is meant.")
    if key == "taken":
        return _("There is another meeting at this time.")
    own = whose == side
    name = pair.member(whose).person.first_name
    familiar = side == "mentee"
    if key == "busy":
        if not own:
            return _("%(name)s is not free then.") % {"name": name}
        text = _("You have another meeting then.")
        return pgettext("mentee", "You have another meeting then.") if familiar else text
    if key == "away":
        if own:
            return pgettext("mentee", "You are away then.") if familiar else _("You are away then.")
        return _("%(name)s is away then.") % {"name": name}
    if key in Takes.values:
        return _taken(key, name, own, familiar)
    if key == "no_school":
        return (
            _("There are school holidays then.")
            if own
            else _("%(name)s has school holidays then.") % {"name": name}
        )
    if own:
        text = _("You have not named this time as free.")
        return pgettext("mentee", "You have not named this time as free.") if familiar else text
    return _("%(name)s has not named this time as free.") % {"name": name}


def _taken(key: str, name: str, own: bool, familiar: bool) -> str:
    """That lessons or practice take the time: the other is told that, and nothing more."""
    if key == Takes.LESSONS:
        if not own:
            return _("%(name)s has lessons then.") % {"name": name}
        return pgettext("mentee", "You have lessons then.") if familiar else _("You have lessons then.")
    if not own:
        return _("%(name)s has practice then.") % {"name": name}
    return pgettext("mentee", "You have practice then.") if familiar else _("You have practice then.")
