"""What calendar programs answer to our invitations (RFC 5546): REPLY and COUNTER, by UID and SEQUENCE."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from varpa.post.charsets import decoded
from varpa.post.envelope import address_of_house
from varpa.post.replies import CalendarReply

if TYPE_CHECKING:
    from icalendar import Component, Event

SAID = ("ACCEPTED", "TENTATIVE", "DECLINED", "DELEGATED")
LARGEST: Final = 256 * 1024
"""Bytes of a calendar part that is read: answers have a few thousand."""
YEARS: Final = range(1970, 2200)
HIGHEST: Final = 2**31 - 1
# How the change of clocks is written; whatever comes more often would be reckoned through for centuries.
_RULE: Final = {
    "FREQ": 1,
    "INTERVAL": 1,
    "BYDAY": 7,
    "BYMONTH": 2,
    "BYMONTHDAY": 7,
    "UNTIL": 1,
    "COUNT": 1,
    "WKST": 1,
}


def reply_in(content: bytes, sender: str = "") -> CalendarReply | None:
    """What a calendar part answers; None where it is no answer, or cannot be read.

    Of several who are named in it, what `sender` says is taken.
    """
    if len(content) > LARGEST or b"BEGIN:VCALENDAR" not in content.upper():
        return None
    # The library takes a quarter of a second to load, which only a mail with a calendar part is worth.
    from icalendar import Calendar, Event
    from icalendar.timezone import tzp

    # The library remembers zones by their names: those of one mail are not those of the next.
    tzp.use_default()
    try:
        calendar = Calendar.from_ical(decoded(content, "utf-8").replace("\x00", ""))
        _require_zones(calendar)
        method = str(calendar.get("METHOD", "")).upper()
        event = next(iter(calendar.walk("VEVENT")), None)
        return (
            _read(event, method, sender)
            if isinstance(event, Event) and method in ("REPLY", "COUNTER")
            else None
        )
    except Exception:
        # A stranger's calendar may be broken in any way (there is no list of them): a mail like any other.
        return None


def thing_of(uid: str) -> str:
    """What a UID of ours is about, such as "meeting:abc"; "" where it is none of ours."""
    local, _at, domain = uid.partition("@")
    kind, dash, ref = local.partition("-")
    ours = domain.lower() == address_of_house()[1].rpartition("@")[2].lower()
    return f"{kind}:{ref}" if ours and dash else ""


def _read(event: "Event", method: str, sender: str) -> CalendarReply | None:
    named = event.get("ATTENDEE")
    attendees = named if isinstance(named, list) else [named]
    attendee = next((each for each in attendees if _address(each) == sender), attendees[0])
    params = getattr(attendee, "params", {})
    said = "COUNTER" if method == "COUNTER" else str(params.get("PARTSTAT", "")).upper()
    if said != "COUNTER" and said not in SAID:
        return None
    comment = event.get("COMMENT", "") or params.get("X-RESPONSE-COMMENT", "")
    starts, days, stamp = _moment(event, "DTSTART"), _days(event), _moment(event, "DTSTAMP")
    sequence = int(event.get("SEQUENCE", 0))
    if not 0 <= sequence <= HIGHEST:
        raise ValueError(sequence)
    return CalendarReply(
        uid=str(event["UID"]),
        sequence=sequence,
        attendee=_address(attendee),
        said=said,
        comment=str(comment[0] if isinstance(comment, list) else comment).strip(),
        starts=starts,
        days=days,
        minutes=None if days else _minutes(event, starts),
        place=" ".join(str(event.get("LOCATION", "")).split()),
        stamped_at=stamp.replace(tzinfo=stamp.tzinfo or UTC) if stamp else None,
    )


def _require_zones(calendar: "Component") -> None:
    """Raise ValueError for a zone of its own whose clocks change oftener than clocks do."""
    for zone in calendar.walk("VTIMEZONE"):
        for rule in (each.get("RRULE") for each in zone.subcomponents):
            for each in rule if isinstance(rule, list) else [rule] if rule else []:
                much = any(len(values) > _RULE.get(name, 0) for name, values in each.items())
                if much or each["FREQ"] != ["YEARLY"] or min(each.get("INTERVAL", [1])) < 1:
                    raise ValueError("zone")


def _moment(event: "Event", name: str) -> datetime | None:
    """An hour of the event, in UTC unless it names no zone; a day without one is none. Raises ValueError."""
    found = getattr(event.get(name), "dt", None)
    if not isinstance(found, datetime):
        return None
    if found.year not in YEARS:
        raise ValueError(found)
    return found.astimezone(UTC) if found.tzinfo else found


def _days(event: "Event") -> tuple[date, date] | None:
    """The first and the last day of an event without hours; None of any other. Raises ValueError."""
    first, end = getattr(event.get("DTSTART"), "dt", None), getattr(event.get("DTEND"), "dt", None)
    if not isinstance(first, date) or isinstance(first, datetime):
        return None
    if first.year not in YEARS:
        raise ValueError(first)
    # It ends before its DTEND begins (RFC 5545, 3.6.1).
    if not isinstance(end, date) or isinstance(end, datetime):
        return first, first
    return first, max(first, end - timedelta(days=1))


def _minutes(event: "Event", starts: datetime | None) -> int | None:
    """How long the event is, by its end or its length; None where neither makes one."""
    ends, length = _moment(event, "DTEND"), getattr(event.get("DURATION"), "dt", None)
    if starts and ends and bool(starts.tzinfo) == bool(ends.tzinfo):
        # Between two moments, not two hours on a wall: the clocks may change meanwhile.
        length = ends - starts
    minutes = length // timedelta(minutes=1) if isinstance(length, timedelta) else 0
    return min(minutes, HIGHEST) if minutes > 0 else None


def _address(attendee: object) -> str:
    return str(attendee or "").lower().removeprefix("mailto:")
