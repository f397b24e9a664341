"""The hours sheet, its lines, and promises, by their forms; the private calendar."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, move_to, page, plan, send, text, wall
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.meetings.actions.hours import enter_work, object_to_hours
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.reviews import make_promise, review_meeting
from varpa.meetings.models import HourLine, LineState, Promise
from varpa.meetings.queries import hours_of
from varpa.people.actions import renew_calendar_key
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

LATER = NOW + 4 * DAY


def worked(**changes: Any) -> dict[str, Any]:
    return {"ref": new_ref(), "work": "Plāna lasīšana", "day": "2025-10-17", "minutes": "30", **changes}


@pytest.fixture
def line(cast: Cast) -> HourLine:
    return enter_work(
        pair=cast.pair, day=NOW.date(), minutes=30, work="Plāna lasīšana", by=cast.andris, now=NOW
    )


class TestSheet:
    def test_e_mentoring_is_entered_once(self, cast: Cast) -> None:
        data = worked()
        for _click in range(2):
            send(cast.andris, f"/pairs/{cast.pair.ref}/hours/", data, now=LATER)
        assert HourLine.objects.get().work == "Plāna lasīšana"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"work": ""}, "Šeit kaut kas jāuzraksta."),
            ({"work": "x" * 201}, "200"),
            ({"day": ""}, "Jāizvēlas diena."),
            ({"day": "2025-10-30"}, "Šī diena vēl nav pienākusi."),
            ({"day": "2025-10-01"}, "kopīgais darbs vēl nebija sācies"),
            ({"minutes": "daudz"}, "Minūtes jāraksta ar skaitli"),
            ({"minutes": "1500"}, "ne vairāk kā 1440 minūtes"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(
        self, cast: Cast, changes: dict[str, str], words: str
    ) -> None:
        data = worked(**changes)
        shown = text(send(cast.andris, f"/pairs/{cast.pair.ref}/hours/", data, now=LATER))
        assert words in shown
        assert all(data[name] in shown for name in ("work", "minutes"))
        assert not HourLine.objects.exists()


class TestLine:
    def test_a_tap_confirms_what_was_seen(self, cast: Cast, line: HourLine) -> None:
        answer = send(cast.elina, f"/hours/{line.ref}/confirm/", {"minutes": "30", "next": "/"})
        assert answer["Location"] == "/"
        assert hours_of(cast.pair).confirmed == 30

    def test_what_was_not_seen_is_not_confirmed(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        line = HourLine.objects.get()
        review_meeting(meeting=meeting, by=cast.andris, now=LATER, minutes=300, text="Labi.", revision=1)
        answer = send(cast.elina, f"/hours/{line.ref}/confirm/", {"minutes": "60"}, now=LATER)
        assert answer["Location"] == f"/pairs/{cast.pair.ref}/hours/"
        assert hours_of(cast.pair).confirmed == 0

    def test_ones_own_is_not_confirmed_by_oneself(self, cast: Cast, line: HourLine) -> None:
        send(cast.andris, f"/hours/{line.ref}/confirm/", {})
        assert hours_of(cast.pair).confirmed == 0

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"word": ""}, "Šeit kaut kas jāuzraksta."),
            ({"word": "x" * 301}, "300"),
            ({"minutes": "maz"}, "Minūtes jāraksta ar skaitli"),
        ],
    )
    def test_an_objection_needs_a_word(
        self, cast: Cast, line: HourLine, changes: dict[str, str], words: str
    ) -> None:
        data = {"word": "Bija īsāk", "minutes": "20", **changes}
        shown = text(send(cast.elina, f"/hours/{line.ref}/objection/", data))
        assert words in shown
        assert data["word"] in shown
        assert HourLine.objects.get().state == LineState.WAITING

    def test_objected_and_settled_with_one_tap(self, cast: Cast, line: HourLine) -> None:
        send(cast.elina, f"/hours/{line.ref}/objection/", {"word": "Bija īsāk", "minutes": "20"})
        shown = text(page(cast.andris, f"/hours/{line.ref}/"))
        assert "Bija īsāk" in shown
        assert "Piekrist: 20\u00a0min" in shown
        send(cast.andris, f"/hours/{line.ref}/settlement/", {"minutes": "20"})
        assert hours_of(cast.pair).confirmed == 20

    def test_a_wrong_length_is_told(self, cast: Cast, line: HourLine) -> None:
        object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=NOW)
        shown = text(send(cast.andris, f"/hours/{line.ref}/settlement/", {"minutes": "maz"}))
        assert "Minūtes jāraksta ar skaitli" in shown
        assert 'value="maz"' in shown

    def test_settling_twice_is_told(self, cast: Cast, line: HourLine) -> None:
        object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=NOW, minutes=20)
        send(cast.andris, f"/hours/{line.ref}/settlement/", {"minutes": "20"})
        shown = text(send(cast.andris, f"/hours/{line.ref}/settlement/", {"minutes": "20"}))
        assert "Apstiprināts" in shown

    def test_ones_own_is_taken_back_the_others_not(self, cast: Cast, line: HourLine) -> None:
        send(cast.elina, f"/hours/{line.ref}/withdrawal/", {})
        assert HourLine.objects.get().state == LineState.WAITING
        send(cast.andris, f"/hours/{line.ref}/withdrawal/", {})
        assert HourLine.objects.get().state == LineState.WITHDRAWN

    def test_nothing_is_done_by_opening_an_address(self, cast: Cast, line: HourLine) -> None:
        for name in ("confirm", "withdrawal"):
            assert page(cast.elina, f"/hours/{line.ref}/{name}/").status_code == 405
        for name in ("objection", "settlement"):
            assert page(cast.elina, f"/hours/{line.ref}/{name}/")["Location"] == f"/hours/{line.ref}/"


class TestPromises:
    def test_made_once_and_moved_and_kept(self, cast: Cast) -> None:
        data = {"ref": new_ref(), "text": "Apzvanīt veikalus", "due": "2025-10-20"}
        for _click in range(2):
            send(cast.elina, f"/pairs/{cast.pair.ref}/promises/", data)
        promise = Promise.objects.get()
        send(cast.elina, f"/promises/{promise.ref}/day/", {"due": "24.10.2025"})
        send(cast.elina, f"/promises/{promise.ref}/", {"step": "keep"})
        promise.refresh_from_db()
        assert (promise.state, promise.due) == ("kept", date(2025, 10, 24))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"text": " "}, "Šeit kaut kas jāuzraksta."),
            ({"text": "x" * 301}, "300"),
            ({"due": "drīz"}, "diena.mēnesis.gads"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(
        self, cast: Cast, changes: dict[str, str], words: str
    ) -> None:
        data = {"ref": new_ref(), "text": "Apzvanīt veikalus", "due": "2025-10-20", **changes}
        shown = text(send(cast.elina, f"/pairs/{cast.pair.ref}/promises/", data))
        assert words in shown
        assert data["text"].strip() in shown
        assert data["due"] in shown
        assert not Promise.objects.exists()

    def test_a_wrong_day_or_step_changes_nothing(self, cast: Cast) -> None:
        promise = make_promise(pair=cast.pair, text="Piezvanīšu", due=None, by=cast.elina, now=NOW)
        assert "diena.mēnesis.gads" in text(
            send(cast.elina, f"/promises/{promise.ref}/day/", {"due": "drīz"})
        )
        assert send(cast.elina, f"/promises/{promise.ref}/", {"step": "burn"}).status_code == 200
        for _click in range(2):
            send(cast.elina, f"/promises/{promise.ref}/", {"step": "keep"})
        promise.refresh_from_db()
        assert promise.state == "kept"


class TestFeed:
    def feed(self, who: Person) -> str:
        key = who.calendar_key or renew_calendar_key(person=who, now=NOW)
        with clock.moved_to(NOW):
            answer = Client().get(f"/calendar/{key}.ics")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "private" in answer["Cache-Control"]
        return answer.content.decode().replace("\r\n ", "")

    def test_ones_own_meetings_in_ones_own_language(self, cast: Cast) -> None:
        plan(cast, place="Kafejnīca")
        theirs = plan(cast, pair=cast.neighbours, by=cast.rimantas)
        shown = self.feed(cast.elina)
        assert "SUMMARY:Kārtējā tikšanās: Andris Ozols" in shown
        assert "X-WR-CALNAME:Varpa: Tikšanās" in shown
        assert "LOCATION:Kafejnīca" in shown
        assert theirs.ref not in shown
        assert "SUMMARY:Eilinis susitikimas: Gabija Petrauskaitė" in self.feed(cast.rimantas)

    def test_the_hour_stays_on_the_wall_with_its_zone(self, cast: Cast) -> None:
        plan(cast, starts_local=wall(20, 16))
        shown = self.feed(cast.elina)
        assert "BEGIN:VTIMEZONE" in shown
        assert "DTSTART;TZID=Europe/Riga:20251103T160000" in shown

    def test_what_moved_has_a_higher_sequence_and_what_is_off_says_so(self, cast: Cast) -> None:
        moved, off = plan(cast), plan(cast, starts_local=wall(9))
        move_to(moved, wall(4), cast.elina, now=NOW + DAY)
        cancel_meeting(meeting=off, by=cast.elina, now=NOW)
        events = {
            event.split("UID:meeting-")[1][:12]: event
            for event in self.feed(cast.elina).split("BEGIN:VEVENT")[1:]
        }
        assert "SEQUENCE:1" in events[moved.ref]
        assert "DTSTAMP:20251015T090000Z" in events[moved.ref]
        assert "STATUS:CANCELLED" in events[off.ref]
        assert "STATUS:CONFIRMED" in events[moved.ref]

    def test_a_key_that_nobody_has_is_not_there(self, cast: Cast) -> None:
        old = renew_calendar_key(person=cast.elina, now=NOW)
        renew_calendar_key(person=cast.elina, now=NOW)
        for key in (old, "x", "unknown2345", cast.elina.ref):
            assert Client().get(f"/calendar/{key}.ics").status_code == 404
        assert Client().get("/calendar/.ics").status_code == 404

    def test_a_closed_account_has_no_calendar(self, cast: Cast) -> None:
        key = renew_calendar_key(person=cast.elina, now=NOW)
        Person.objects.filter(pk=cast.elina.pk).update(is_active=False)
        assert Client().get(f"/calendar/{key}.ics").status_code == 404
