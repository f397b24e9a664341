"""What the rows of an event's lists are called."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from varpa.events.models import AgendaItem, Event, How, InvitationState
from varpa.kernel.times import to_local
from varpa.programmes.countries import COUNTRIES
from varpa.ui import words

_COUNTRIES: Final = dict(COUNTRIES)


def country_name(code: str) -> str:
    """A country in the reader's language; an unknown code as it is."""
    return str(_COUNTRIES.get(code, code))


def answer_name(state: str | None, *, earlier: bool = False) -> str:
    """What somebody has answered, and whether before the event was changed; "" for who was not invited."""
    said = str(InvitationState(state).label) if state else ""
    return f"{said} ({_('said before the event was changed')})" if earlier else said


def how_name(how: str | None) -> str:
    """How it is known that somebody was there; "" for whoever was not."""
    return str(How(how).label) if how else ""


def local_start(event: Event) -> datetime:
    """When it begins, by the clock where it is: who prints a list hangs it up there."""
    return to_local(event.starts_at, event.zone)


def local_end(event: Event) -> datetime:
    """When it ends, there."""
    return to_local(event.starts_at + timedelta(minutes=event.minutes), event.zone)


def when_of(item: AgendaItem) -> str:
    """When a part of an agenda is; the day too, where there are several."""
    day = words.weekday_day(item.on) if item.event.lasts_days else ""
    return f"{day} {words.clock_time(item.begins)}".strip()


def when(event: Event) -> str:
    """The day with both hours, or both days with theirs, by the clock where it is."""
    begins, ends = local_start(event), local_end(event)
    if event.lasts_days:
        days = (
            f"{words.weekday_day(each.date())} {words.clock_time(each.time())}" for each in (begins, ends)
        )
        return " – ".join(days)
    hours = f"{words.clock_time(begins.time())} – {words.clock_time(ends.time())}"
    return f"{words.weekday_day(begins.date())}, {hours}"
