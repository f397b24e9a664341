"""A broken calendar is a mail like any other: whatever stands in it, reading it raises nothing."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varpa.post.itip import reply_in
from varpa.post.replies import CalendarReply

MAIL = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:meeting-abc@varpa.example
{lines}
ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example
END:VEVENT
END:VCALENDAR
"""


def read(*lines: str, method: str = "COUNTER") -> CalendarReply | None:
    return reply_in(MAIL.format(method=method, lines="\n".join(lines)).replace("\n", "\r\n").encode())


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART;TZID=Europe/Riga:00010101T000000", "DTEND;TZID=Europe/Riga:00010101T010000"),
        ("DTSTART;TZID=America/New_York:99991231T235959", "DTEND;TZID=America/New_York:99991231T235959"),
        ("DTSTART;TZID=Nowhere/Land:20251017T100000", "DTEND;TZID=Nowhere/Land:20251017T110000"),
        ("DTSTART:20251017T100000Z", "DURATION:P999999999999999D"),
        ("DTSTART:20251017T100000Z", "DURATION:P999999999W"),
        ("DTSTART:20251017T100000Z", "RRULE:FREQ=SECONDLY;COUNT=999999999;INTERVAL=0"),
        ("DTSTART:20251017T100000Z", "RRULE:FREQ=NEVER"),
        ("SEQUENCE:99999999999999999999999999",),
        ("SEQUENCE:-1",),
        ("SEQUENCE:" + "9" * 5000,),
        ("DTSTAMP:00010101T000000Z",),
        ("DTSTAMP;TZID=Asia/Tokyo:00010101T000000",),
        ("DTSTART:20251017T100000Z", "DTSTART:20251018T100000Z"),
        ("DTSTAMP:20251017T100000Z", "DTSTAMP:20251018T100000Z"),
        ("LOCATION:a", "LOCATION:b"),
        ("DURATION:PT1H", "DURATION:PT2H"),
        ("UID:other",),
        ("COMMENT:", "COMMENT:"),
        ("ATTENDEE;PARTSTAT=ACCEPTED;PARTSTAT=DECLINED:mailto:a@b.example",),
        ("BEGIN:VEVENT",),
        ("DTSTART;VALUE=PERIOD:20251017T100000Z/PT1H",),
    ],
)
@pytest.mark.parametrize("method", ["REPLY", "COUNTER"])
def test_nothing_is_raised(method: str, lines: tuple[str, ...]) -> None:
    _is_sound(read(*lines, method=method))


ZONE = """BEGIN:VCALENDAR
METHOD:COUNTER
BEGIN:VTIMEZONE
TZID:Own
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:{rule}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:{rule}
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:meeting-abc@varpa.example
DTSTART;TZID=Own:20251017T100000
DTEND;TZID=Own:20251017T110000
ATTENDEE;PARTSTAT=TENTATIVE:mailto:a@b.example
END:VEVENT
END:VCALENDAR
"""
YEARLY = "FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"


def with_rule(rule: str) -> bytes:
    return ZONE.format(rule=rule).replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY",
        "FREQ=YEARLY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3",
        "FREQ=YEARLY;BYMONTHDAY=" + ",".join(str(day) for day in range(1, 32)),
        "FREQ=YEARLY;INTERVAL=0",
        "BYDAY=-1SU",
    ],
)
def test_a_zone_whose_clocks_never_rest_is_not_reckoned_through(rule: str) -> None:
    assert reply_in(with_rule(rule)) is None


def test_a_zone_of_its_own_is_read() -> None:
    reply = reply_in(with_rule(YEARLY))
    assert reply is not None
    assert reply.minutes == 60


def test_the_zone_of_one_mail_is_not_that_of_the_next() -> None:
    """A stranger writes hours of their own under the name that Outlook gives to those of Riga."""
    named = with_rule(YEARLY).replace(b"Own", b"FLE Standard Time")
    strange = named.replace(b"TZOFFSETFROM:+0200", b"TZOFFSETFROM:+1200")
    assert reply_in(strange.replace(b"TZOFFSETTO:+0300", b"TZOFFSETTO:+1300")) is not None
    event = named[named.index(b"BEGIN:VEVENT") :]
    reply = reply_in(b"BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\n" + event)
    assert reply is not None
    assert reply.starts == datetime.fromisoformat("2025-10-17T07:00:00+00:00")


def test_a_calendar_of_a_megabyte_is_not_read() -> None:
    whole = with_rule(YEARLY)
    assert reply_in(whole.replace(b"END:VEVENT", b"X-A:b\r\n" * 150_000 + b"END:VEVENT")) is None


moments = st.one_of(
    st.datetimes().map(lambda at: f"{at:%Y%m%dT%H%M%S}".zfill(15)),
    st.sampled_from(["00010101T000000", "99991231T235959", "20250330T033000", "00000000T000000"]),
    st.from_regex(r"[0-9]{6,9}(T[0-9]{4,7})?", fullmatch=True),
)
zones = st.sampled_from(
    ["", ";TZID=Europe/Riga", ";TZID=Pacific/Kiritimati", ";TZID=America/Adak", ";TZID=../../etc", ";TZID="]
)
ends = st.sampled_from(["", "Z"])
hours = st.builds("{}:{}{}".format, zones, moments, ends)
numbers = st.integers(min_value=-(10**30), max_value=10**30)
lines = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["DTSTART", "DTEND", "DTSTAMP", "RECURRENCE-ID"]), hours),
    st.builds("DURATION:P{}{}".format, numbers, st.sampled_from(["D", "W", "DT1S"])),
    st.builds("DURATION:PT{}{}".format, numbers, st.sampled_from("HMS")),
    st.builds("SEQUENCE:{}".format, numbers),
    st.builds("RRULE:FREQ={};COUNT={}".format, st.sampled_from(["SECONDLY", "DAILY", "X"]), numbers),
    st.builds("{}:{}".format, st.sampled_from(["LOCATION", "COMMENT", "ATTENDEE", "UID", "X-A"]), st.text()),
    st.text(),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(lines, max_size=6), st.sampled_from(["REPLY", "COUNTER"]))
def test_whatever_stands_in_it(lines: list[str], method: str) -> None:
    _is_sound(read(*lines, method=method))


@settings(max_examples=200, deadline=None)
@given(st.binary())
def test_bytes_of_any_kind(content: bytes) -> None:
    _is_sound(reply_in(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" + content))


def _is_sound(reply: CalendarReply | None) -> None:
    """What was read can be reckoned with and be kept."""
    if reply is None:
        return
    assert -(2**31) < reply.sequence < 2**31
    assert reply.minutes is None or 0 < reply.minutes < 2**31
    for at in filter(None, (reply.starts, reply.stamped_at)):
        _is_a_moment(at)
    for text in (reply.uid, reply.comment, reply.place, reply.attendee):
        assert "\x00" not in text
        text.encode()


def _is_a_moment(at: Any) -> None:
    assert isinstance(at, datetime)
    assert 1900 < at.year < 2200
