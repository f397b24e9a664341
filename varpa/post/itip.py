"""What calendar programs answer to our invitations (RFC 5546): REPLY and COUNTER, by UID and SEQUENCE."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from varpa.post.charsets import decoded
from varpa.post.envelope import address_of_house
from varpa.post.replies import CalendarReply

if TYPE_CHECKING:
    from icalendar import Event

SAID = ("ACCEPTED", "TENTATIVE", "DECLINED", "DELEGATED")


def reply_in(content: bytes, sender: str = "") -> CalendarReply | None:
    """What a calendar part answers; None where it is no answer, or cannot be read.

    Of several who are named in it, what `sender` says is taken.
    """
    if b"BEGIN:VCALENDAR" not in content.upper():
        return None
    # The library takes a quarter of a second to load, which only a mail with a calendar part is worth.
    from icalendar import Calendar, Event

    try:
        calendar = Calendar.from_ical(decoded(content, "utf-8"))
        method = str(calendar.get("METHOD", "")).upper()
        event = next(iter(calendar.walk("VEVENT")), None)
        return (
            _read(event, method, sender)
            if isinstance(event, Event) and method in ("REPLY", "COUNTER")
            else None
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        # A stranger's calendar may be broken in any way; then it is a mail like any other.
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
    starts, stamp = _moment(event, "DTSTART"), _moment(event, "DTSTAMP")
    return CalendarReply(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        attendee=_address(attendee),
        said=said,
        comment=str(comment[0] if isinstance(comment, list) else comment).strip(),
        starts=starts,
        minutes=_minutes(event, starts),
        place=" ".join(str(event.get("LOCATION", "")).split()),
        stamped_at=stamp.replace(tzinfo=stamp.tzinfo or UTC) if stamp else None,
    )


def _moment(event: "Event", name: str) -> datetime | None:
    """An hour of the event; a day without one is none."""
    found = getattr(event.get(name), "dt", None)
    return found if isinstance(found, datetime) else None


def _minutes(event: "Event", starts: datetime | None) -> int | None:
    """How long the event is, by its end or its length; None where neither makes one."""
    ends, length = _moment(event, "DTEND"), getattr(event.get("DURATION"), "dt", None)
    if starts and ends and bool(starts.tzinfo) == bool(ends.tzinfo):
        # Between two moments, not two hours on a wall: the clocks may change meanwhile.
        length = ends.astimezone(UTC) - starts.astimezone(UTC) if ends.tzinfo else ends - starts
    minutes = length // timedelta(minutes=1) if isinstance(length, timedelta) else 0
    return minutes if minutes > 0 else None


def _address(attendee: object) -> str:
    return str(attendee or "").lower().removeprefix("mailto:")
