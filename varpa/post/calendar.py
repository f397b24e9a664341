"""Calendar parts: iTIP messages for a letter, and a private feed. A meeting keeps its local hour (R12)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from varpa.kernel.clock import zone_of

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone, vCalAddress

# The library takes a quarter of a second to load, which each process would spend before its first page:
# the functions that need it bring it.

# The standard forbids them, and PostgreSQL keeps no text that holds the first one.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Entry:
    """One date of a feed. `starts_local` is the hour on the wall in `zone`, without a zone of its own."""

    uid: str
    sequence: int
    summary: str
    description: str
    location: str
    starts_local: datetime
    zone: str
    minutes: int
    changed: datetime
    cancelled: bool = False
    url: str = ""


def invitation(
    *,
    uid: str,
    sequence: int,
    summary: str,
    description: str,
    location: str,
    starts_local: datetime,
    zone: str,
    minutes: int,
    organizer: tuple[str, str],
    attendees: Sequence[tuple[str, str]],
    method: str,
    now: datetime,
    url: str = "",
    accepted: bool = False,
) -> str:
    """An iTIP message (RFC 5546): `method` REQUEST invites or moves, PUBLISH tells, CANCEL takes it back.

    `uid` stays the same for the life of a meeting and `sequence` grows with every change. People are
    (name, address); `starts_local` is the hour on the wall in `zone`, without a zone of its own. `accepted`:
    the attendees have said yes, and are not asked once more.
    """
    entry = Entry(
        uid,
        sequence,
        summary,
        description,
        location,
        starts_local,
        zone,
        minutes,
        now,
        method == "CANCEL",
        url,
    )
    event = _event(entry)
    event.add("organizer", _person(organizer))
    for attendee in attendees:
        said = {"PARTSTAT": "ACCEPTED"} if accepted else {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        event.add("attendee", _person(attendee, ROLE="REQ-PARTICIPANT", **said))
    calendar = _calendar([entry], [event])
    calendar.add("method", method)
    return _text(calendar)


def declined_proposal(
    *, uid: str, sequence: int, organizer: tuple[str, str], attendee: tuple[str, str], now: datetime
) -> str:
    """What answers a declined proposal (COUNTER): the invitation of this `sequence` stands (RFC 5546).

    It goes to the `attendee` who proposed, and says nothing else of the event: that is as it was sent.
    """
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("organizer", _person(organizer))
    event.add("attendee", _person(attendee))
    calendar = _calendar([], [event])
    calendar.add("method", "DECLINECOUNTER")
    return _text(calendar)


def published_day(
    *,
    uid: str,
    sequence: int,
    summary: str,
    day: date,
    organizer: tuple[str, str],
    now: datetime,
    url: str = "",
) -> str:
    """A whole day that asks for no answer and leaves the hours free (RFC 5546, PUBLISH)."""
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _clean(summary))
    event.add("status", "CONFIRMED")
    event.add("organizer", _person(organizer))
    if url:
        event.add("url", _clean(url))
    calendar = _calendar([], [event])
    calendar.add("method", "PUBLISH")
    return _text(calendar)


def feed(entries: Iterable[Entry], name: str) -> str:
    """A calendar to subscribe to, called `name`."""
    listed = list(entries)
    calendar = _calendar(listed, [_event(entry) for entry in listed])
    calendar.add("method", "PUBLISH")
    calendar.add("name", _clean(name))
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    return _text(calendar)


def _text(calendar: "Calendar") -> str:
    written: bytes = calendar.to_ical()
    return written.decode()


def _calendar(entries: Sequence[Entry], events: "Sequence[Event]") -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PRODUCT_NAME}//EN")
    calendar.add("version", "2.0")
    for zone in sorted({entry.zone for entry in entries}):
        years = [entry.starts_local.year for entry in entries if entry.zone == zone]
        calendar.add_component(_zone(zone, min(years), max(years)))
    for event in events:
        calendar.add_component(event)
    return calendar


@lru_cache(maxsize=64)
def _zone(zone: str, first: int, last: int) -> "Timezone":
    from icalendar import Timezone

    # From the year before, so that the offset that holds in January is known too.
    return Timezone.from_tzid(zone, first_date=date(first - 1, 1, 1), last_date=date(last + 1, 12, 31))


def _event(entry: Entry) -> "Event":
    from icalendar import Event

    starts = entry.starts_local.replace(tzinfo=zone_of(entry.zone))
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed)
    event.add("dtstart", starts)
    event.add("duration", timedelta(minutes=entry.minutes))
    event.add("summary", _clean(entry.summary))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.description:
        event.add("description", _clean(entry.description))
    if entry.url:
        event.add("url", _clean(entry.url))
    if entry.location:
        event.add("location", _clean(entry.location))
    return event


def _person(who: tuple[str, str], **parameters: str) -> "vCalAddress":
    from icalendar import vCalAddress, vText

    name, address = who
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = vText(_clean(name).replace("\n", " "))
    for key, value in parameters.items():
        person.params[key] = vText(value)
    return person


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))
