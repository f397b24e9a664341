"""Calendar parts, read back by a calendar: the hour on the wall stays, whatever the clocks do."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.post.conftest import NOW
from varpa.post.calendar import Entry, feed, invitation
from varpa.post.days import day_part

DAY = date(2025, 10, 20)
OCTOBER = datetime(2025, 10, 17, 16, 0)


def request(**changes: Any) -> str:
    asked: dict[str, Any] = {
        "uid": "m4k2@varpa.example",
        "sequence": 3,
        "summary": "Tikšanās: Andris Ozols, Elīna Bērziņa",
        "description": "Videozvans\nhttps://varpa.example/meetings/m4k2/",
        "location": "Māls un uguns, Ķekava; 2. stāvs",
        "starts_local": OCTOBER,
        "zone": "Europe/Riga",
        "minutes": 50,
        "organizer": ("Varpa", "varpa@varpa.example"),
        "attendees": [("Andris Ozols", "andris@imone.example"), ("Elīna Bērziņa", "elina@skola.example")],
        "method": "REQUEST",
        "now": NOW,
        **changes,
    }
    return invitation(**asked)


def read(text: str) -> tuple[Any, Any]:
    calendar: Any = Calendar.from_ical(text)
    return calendar, next(iter(calendar.walk("VEVENT")), None)


def test_an_invitation_says_what_when_where_and_who() -> None:
    calendar, event = read(request())
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == "m4k2@varpa.example"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Tikšanās: Andris Ozols, Elīna Bērziņa"
    assert event["DESCRIPTION"] == "Videozvans\nhttps://varpa.example/meetings/m4k2/"
    assert event["LOCATION"] == "Māls un uguns, Ķekava; 2. stāvs"
    assert event["DURATION"].dt == timedelta(minutes=50)
    assert event["DTSTAMP"].dt == NOW
    assert str(event["ORGANIZER"]) == "mailto:varpa@varpa.example"
    assert [str(each) for each in event["ATTENDEE"]] == [
        "mailto:andris@imone.example",
        "mailto:elina@skola.example",
    ]
    assert event["ATTENDEE"][1].params["CN"] == "Elīna Bērziņa"


def test_the_text_is_as_the_standard_asks() -> None:
    raw = request().encode()
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert b"DTSTART;TZID=Europe/Riga:20251017T160000" in lines
    assert b"DTSTAMP:20251014T060000Z" in lines


def test_taking_back_bears_the_same_name_and_a_higher_number() -> None:
    calendar, event = read(request(method="CANCEL", sequence=4))
    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("m4k2@varpa.example", 4, "CANCELLED")


def offset(calendar: Any, local: datetime) -> timedelta:
    """The offset that the calendar's own VTIMEZONE gives for a local time."""
    zone = next(iter(calendar.walk("VTIMEZONE"))).to_tz(lookup_tzid=False)
    found = zone.utcoffset(local.replace(tzinfo=zone))
    assert found is not None
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("zone", ["Europe/Riga", "Europe/Vilnius"])
@pytest.mark.parametrize(
    ("local", "hours"),
    [
        (datetime(2025, 1, 1, 10, 0), 2),
        (datetime(2025, 3, 30, 2, 59), 2),
        (datetime(2025, 3, 30, 4, 0), 3),
        (datetime(2025, 10, 17, 16, 0), 3),
        (datetime(2025, 10, 26, 10, 0), 2),
        (datetime(2025, 12, 31, 23, 0), 2),
        (datetime(2013, 7, 24, 10, 0), 3),
        (datetime(2014, 3, 31, 10, 0), 3),
    ],
)
def test_the_hour_on_the_wall_stays_across_a_clock_change(zone: str, local: datetime, hours: int) -> None:
    calendar, event = read(request(starts_local=local, zone=zone))
    assert event["DTSTART"].dt.replace(tzinfo=None) == local
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=hours)
    assert offset(calendar, local) == timedelta(hours=hours)


def test_a_zone_without_summer_time_has_its_offset_too() -> None:
    calendar, _event = read(request(zone="UTC"))
    if list(calendar.walk("VTIMEZONE")):
        assert offset(calendar, OCTOBER) == timedelta(0)


@pytest.mark.parametrize(
    "name",
    [
        'Andris "Māls" Ozols',
        "Ozols; Andris: x",
        "A,B",
        "x\r\nATTENDEE:mailto:y@z.example",
        "a\x00b",
        "^n",
        "",
    ],
)
def test_a_name_adds_nothing_to_the_calendar(name: str) -> None:
    calendar, event = read(request(attendees=[(name, "a@b.example")]))
    assert str(event["ATTENDEE"]) == "mailto:a@b.example"
    assert len(list(calendar.walk("VEVENT"))) == 1


@pytest.mark.parametrize(
    "words", ["a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a\x00\x07b", "a\\nb;c,d", "\u202eabc", "🙂" * 60]
)
def test_what_people_write_adds_nothing_to_the_calendar(words: str) -> None:
    text = request(summary=words, location=words, description=words)
    assert "\x00" not in text
    assert "\x07" not in text
    calendar, event = read(text)
    assert len(list(calendar.walk("VEVENT"))) == 1
    assert event["UID"] == "m4k2@varpa.example"


def entry(**changes: Any) -> Entry:
    made: dict[str, Any] = {
        "uid": "m4k2@varpa.example",
        "sequence": 1,
        "summary": "Susitikimas",
        "description": "",
        "location": "",
        "starts_local": OCTOBER,
        "zone": "Europe/Vilnius",
        "minutes": 60,
        "changed": NOW,
        **changes,
    }
    return Entry(**made)


def test_a_feed_holds_every_date_and_each_zone_once() -> None:
    entries = [
        entry(),
        entry(uid="b", zone="Europe/Riga"),
        entry(uid="c", starts_local=datetime(2027, 7, 1, 9, 0)),
        entry(uid="d", cancelled=True),
    ]
    calendar, _first = read(feed(entries, "Varpa, Gabija"))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "Varpa, Gabija"
    assert calendar["NAME"] == "Varpa, Gabija"
    assert sorted(zone["TZID"] for zone in calendar.walk("VTIMEZONE")) == ["Europe/Riga", "Europe/Vilnius"]
    events = {event["UID"]: event for event in calendar.walk("VEVENT")}
    assert sorted(events) == ["b", "c", "d", "m4k2@varpa.example"]
    assert events["d"]["STATUS"] == "CANCELLED"
    assert "ATTENDEE" not in events["b"]
    vilnius = next(each for each in calendar.walk("VTIMEZONE") if each["TZID"] == "Europe/Vilnius")
    late = datetime(2027, 7, 1, 9, 0)
    there = vilnius.to_tz(lookup_tzid=False)
    assert there.utcoffset(late.replace(tzinfo=there)) == timedelta(hours=3)


def test_an_empty_feed_is_a_calendar() -> None:
    calendar, event = read(feed([], "Varpa"))
    assert calendar.name == "VCALENDAR"
    assert event is None


def test_the_same_meeting_gives_the_same_text() -> None:
    assert request() == request()


def test_a_day_asks_for_no_answer_and_takes_no_hours() -> None:
    calendar, event = read(day_part("promise-abc", sequence=2, summary="Diena", day=DAY, now=NOW).text)
    assert calendar["METHOD"] == "PUBLISH"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DAY, DAY + timedelta(days=1))
    assert (event["TRANSP"], event["SEQUENCE"], event["STATUS"]) == ("TRANSPARENT", 2, "CONFIRMED")
    assert "ORGANIZER" in event, "which RFC 5546 asks of PUBLISH"
    assert "ATTENDEE" not in event


def test_the_same_thing_has_the_same_name_in_every_letter() -> None:
    first, second = (
        read(day_part("promise-abc", sequence=number, summary="Diena", day=DAY, now=NOW).text)[1]
        for number in (0, 1)
    )
    assert first["UID"] == second["UID"]
