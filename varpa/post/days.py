"""A part for the reader's own calendar that asks for no answer (METHOD:PUBLISH): a day, or some hours."""

from datetime import date, datetime
from functools import partial

from varpa.post import calendar
from varpa.post.envelope import CalendarPart, absolute, address_of_house, organizer


def uid(name: str) -> str:
    """What calendars call something of ours for all of its life (RFC 5545); `name` as "promise-abc"."""
    return f"{name}@{address_of_house()[1].rpartition('@')[2]}"


def day_part(
    name: str, *, sequence: int, summary: str, day: date, now: datetime, link: str = ""
) -> CalendarPart:
    """A whole day that leaves its hours free. `sequence` grows with every letter about the same `name`.

    It may lie open to colleagues or a family: neither words of a pair nor a personal link belong in it.
    """
    text = calendar.published_day(
        uid=uid(name),
        sequence=sequence,
        summary=summary,
        day=day,
        organizer=organizer(),
        now=now,
        url=absolute(link) if link else "",
    )
    return CalendarPart("PUBLISH", text)


def hours_part(
    name: str,
    *,
    sequence: int,
    summary: str,
    description: str,
    location: str,
    starts_local: datetime,
    zone: str,
    minutes: int,
    now: datetime,
    cancelled: bool = False,
) -> CalendarPart:
    """Something with hours, to know of and not to answer; `cancelled` takes it out again."""
    method = "CANCEL" if cancelled else "PUBLISH"
    written = partial(calendar.invitation, organizer=organizer(), attendees=(), method=method, now=now)
    text = written(
        uid=uid(name),
        sequence=sequence,
        summary=summary,
        description=description,
        location=location,
        starts_local=starts_local,
        zone=zone,
        minutes=minutes,
    )
    return CalendarPart(method, text)
