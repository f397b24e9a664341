"""Calendars and clocks looked at by somebody who means no good (R1, R12, product §2)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation
from icalendar import Calendar

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, move_to, page, plan, send, speak, text, wall
from varpa.kernel.refs import new_ref
from varpa.meetings.actions import meetings as verbs
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import Meeting
from varpa.meetings.queries import lately, seen
from varpa.pairs.actions.pairs import pause_pair
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def events(meeting: Meeting, address: str) -> list[Any]:
    """Each calendar part that somebody got about a meeting, read back."""
    letters = Letter.objects.filter(about=f"meeting:{meeting.ref}", to_address=address).order_by("pk")
    return [Calendar.from_ical(letter.calendar) for letter in letters]


class TestInvitation:
    def test_nobodys_address_is_given_to_the_other(self, cast: Cast) -> None:
        meeting = plan(cast)
        for own, other in ((cast.andris, cast.elina), (cast.elina, cast.andris)):
            letter = Letter.objects.get(about=f"meeting:{meeting.ref}", to_address=own.email)
            event = events(meeting, own.email)[0].walk("VEVENT")[0]
            assert str(event["ATTENDEE"]) == f"mailto:{own.email}"
            assert other.name in event["SUMMARY"]
            assert other.email not in letter.calendar + letter.text + letter.html

    def test_one_life_one_name_and_a_number_that_rises(self, cast: Cast) -> None:
        meeting = plan(cast)
        move_to(meeting, wall(4), cast.elina, now=NOW + HOUR)
        move_to(meeting, wall(4), cast.andris, now=NOW + 2 * HOUR, place="Pie skolas")
        cancel_meeting(meeting=meeting, by=cast.elina, now=NOW + 3 * HOUR)
        for who in (cast.andris, cast.elina):
            got = events(meeting, who.email)
            told = [each.walk("VEVENT")[0] for each in got]
            assert [each["METHOD"] for each in got] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
            assert [each["SEQUENCE"] for each in told] == [0, 1, 2, 3]
            assert len({str(each["UID"]) for each in told}) == 1
            assert [each["STATUS"] for each in told] == ["CONFIRMED"] * 3 + ["CANCELLED"]
            stamps = [each["DTSTAMP"].dt for each in told]
            assert stamps == sorted(set(stamps))
            # RFC 5546: who organizes, who is asked, when it was to be.
            assert all("ORGANIZER" in each and "ATTENDEE" in each and "DTSTART" in each for each in told)


class TestClocks:
    @pytest.mark.parametrize(
        ("starts", "utc"),
        [
            (datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
            (datetime(2026, 3, 29, 4, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
            (datetime(2025, 10, 26, 2, 30), datetime(2025, 10, 25, 23, 30, tzinfo=UTC)),
            (datetime(2025, 10, 26, 3, 30), datetime(2025, 10, 26, 0, 30, tzinfo=UTC)),
            (datetime(2025, 10, 26, 4, 0), datetime(2025, 10, 26, 2, 0, tzinfo=UTC)),
        ],
    )
    def test_a_meeting_on_the_night_of_the_clocks_lasts_as_long_as_it_lasts(
        self, cast: Cast, starts: datetime, utc: datetime
    ) -> None:
        meeting = plan(cast, starts_local=starts, minutes=90)
        at = seen(meeting, "mentor", utc)
        assert (meeting.starts_at, meeting.starts_local) == (utc, starts)
        assert (at.ends_at - meeting.starts_at) == 1.5 * HOUR
        event = events(meeting, cast.andris.email)[0].walk("VEVENT")[0]
        assert event["DTSTART"].dt.astimezone(UTC) == utc
        review_meeting(meeting=meeting, by=cast.andris, now=at.ends_at, minutes=90)
        assert meeting.hours.get().day == starts.date()

    @pytest.mark.parametrize(
        "now", [datetime(2026, 3, 29, 1, 20, tzinfo=UTC), datetime(2025, 10, 26, 1, 20, tzinfo=UTC)]
    )
    def test_what_has_just_ended_began_an_hour_ago(self, now: datetime) -> None:
        began = lately("Europe/Riga", 60, now)
        assert began.hour in (2, 3)
        assert began == {3: datetime(2026, 3, 29, 2, 15), 10: datetime(2025, 10, 26, 3, 15)}[now.month]

    @pytest.mark.parametrize("starts", ["2052-10-20T10:00", "2200-12-31T23:59", "2026-10-20T10:00"])
    def test_a_wrong_year_is_asked_about(self, cast: Cast, starts: str) -> None:
        given = {"ref": new_ref(), "kind": "regular", "starts": starts, "minutes": "45", "means": "video"}
        answer = send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/", {**given, "zone": "Europe/Riga"})
        with translation.override("lv"):
            assert str(verbs.TooFarAhead()) in text(answer)
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"minutes": "0"},
            {"minutes": "25 h"},
            {"minutes": "13 h"},
            {"minutes": "9" * 40},
            {"starts": "2025-10-13T10:00"},
            {"starts": "1900-01-01T00:00"},
            {"zone": "Mars/Olympus"},
            {"kind": "party"},
            {"means": "telepathy"},
            {"ref": "' OR 1=1"},
            {"place": "x" * 301},
        ],
    )
    def test_nothing_wrong_is_planned_and_all_of_it_is_told(
        self, cast: Cast, changes: dict[str, str]
    ) -> None:
        given = {"ref": new_ref(), "kind": "regular", "starts": "2025-10-20T10:00", "minutes": "45"}
        given |= {"means": "video", "zone": "Europe/Riga", **changes}
        answer = send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/", given)
        assert answer.status_code == 200
        assert 'class="why"' in text(answer) or 'class="notice bad"' in text(answer)
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize("number", ["9" * 30, "-1", "1e3", "", "٣"])
    def test_hidden_numbers_that_are_none(self, cast: Cast, number: str) -> None:
        meeting = plan(cast)
        given = {"notes": "Cena.", "agenda": "Cena.", "text": "Labi.", "minutes": "45", "means": "video"}
        given |= {"zone": "Europe/Riga", "starts": "2025-10-21T10:00"}
        for name in ("notes", "preparation", "review", "move"):
            hidden = {"revision": number, "sequence": number}
            answer = send(
                cast.elina, f"/meetings/{meeting.ref}/{name}/", {**given, **hidden}, now=NOW + 3 * DAY
            )
            assert answer.status_code in (200, 302), name


class TestPause:
    def test_nobody_is_told_to_meet(self, cast: Cast) -> None:
        meeting = plan(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        for language, words in (("lv", "notiek tagad"), ("lt", "vyksta dabar"), ("en", "is on now")):
            speak(language, cast.elina)
            shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=meeting.starts_at + HOUR / 4))
            assert words not in shown
            assert "data-timer" not in shown
        assert "The pair is resting" in shown


class TestRoleSwap:
    """Afterwards a sentence from each on what it changed; no more (R7)."""

    @pytest.mark.parametrize(
        ("language", "words"),
        [("lv", "Kas pēc lomu maiņas mainījās?"), ("lt", "Ką pakeitė"), ("en", "What did it change?")],
    )
    def test_one_sentence_is_asked_and_no_more(self, cast: Cast, language: str, words: str) -> None:
        speak(language, cast.andris)
        address, later = f"/meetings/{make.meeting(cast.pair, kind='role_swap').ref}/", NOW + 4 * DAY
        shown = text(page(cast.andris, f"{address}review/", now=later))
        assert words in shown
        assert 'name="results"' not in shown
        given = {"revision": "0", "text": "Klausos vairāk.", "minutes": "45"}
        assert send(cast.andris, f"{address}review/", given, now=later).status_code == 302
        assert "Klausos vairāk." in text(page(cast.andris, address, now=later))

    def test_the_mentor_brings_a_question_of_the_firm(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair, kind="role_swap")
        shown = text(page(cast.andris, f"/meetings/{meeting.ref}/"))
        assert "Kuru uzņēmuma jautājumu ņemat līdzi?" in shown
