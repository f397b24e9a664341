"""What is sent: plain POST without a script; told at the field, nothing lost; twice is once (R13)."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, page, plan, send, text, wall
from varpa.kernel.refs import new_ref
from varpa.meetings.actions.preparation import add_topic, prepare_meeting, write_notes
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import (
    HourLine,
    Meeting,
    MeetingState,
    Move,
    Notes,
    Promise,
    Review,
    Topic,
)
from varpa.meetings.queries import hours_of
from varpa.pairs.actions.pairs import pause_pair
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

LATER = NOW + 4 * DAY
LONG = "ā" * 10_001


def planned(**changes: Any) -> dict[str, Any]:
    return {
        "ref": new_ref(),
        "kind": "regular",
        "starts": "2025-10-17T16:00",
        "minutes": "45",
        "means": "video",
        "place": "https://meet.example/abc",
        "zone": "Europe/Riga",
        "agenda": "1. Cena",
        **changes,
    }


def reviewed(**changes: Any) -> dict[str, Any]:
    return {"revision": "0", "text": "Runājām par cenu.", "minutes": "50", **changes}


class TestPlan:
    def test_one_form_plans_and_invites(self, cast: Cast) -> None:
        answer = send(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/", planned())
        meeting = Meeting.objects.get()
        assert answer["Location"] == f"/meetings/{meeting.ref}/"
        assert (meeting.starts_local, meeting.minutes, meeting.agenda) == (wall(3, 16), 45, "1. Cena")
        assert Letter.objects.filter(kind="meetings.invited").count() == 2

    def test_twice_is_once(self, cast: Cast) -> None:
        data = planned()
        first, second = (send(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/", data) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert Meeting.objects.count() == 1

    def test_a_visit_is_in_person_and_has_a_host(self, cast: Cast) -> None:
        data = planned(kind="visit", means="video", host="Līga Krūze")
        send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/", data)
        meeting = Meeting.objects.get()
        assert (meeting.means, meeting.host) == ("in_person", "Līga Krūze")

    def test_no_other_meeting_has_a_host(self, cast: Cast) -> None:
        send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/", planned(host="Līga Krūze"))
        assert Meeting.objects.get().host == ""

    def test_ones_own_zone_counts(self, cast: Cast) -> None:
        send(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/", planned(zone="Europe/Oslo"))
        assert Meeting.objects.get().starts_at.hour == 14

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"starts": ""}, "Jāizvēlas diena un stunda."),
            ({"starts": "rīt"}, "Jāraksta diena un stunda"),
            ({"starts": "2025-10-13T16:00"}, "Šis laiks jau ir pagājis."),
            ({"starts": "2026-03-29T03:30"}, "šīs stundas nav"),
            ({"minutes": ""}, "Minūtes jāraksta ar skaitli"),
            ({"minutes": "stundu"}, "Minūtes jāraksta ar skaitli"),
            ({"minutes": "800"}, "ne vairāk kā 720 minūtes"),
            ({"minutes": "99999"}, "ne vairāk kā 720 minūtes"),
            ({"kind": ""}, "Jāizvēlas no saraksta."),
            ({"kind": "first"}, "Jāizvēlas no saraksta."),
            ({"means": "balodis"}, "Jāizvēlas no saraksta."),
            ({"zone": "Mars/Olympus"}, "Jāizvēlas no saraksta."),
            ({"place": "x" * 301}, "300"),
            ({"agenda": LONG}, "10001 rakstzīmes"),
            ({"ref": "x"}, "Lapa atvērta pārāk sen."),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(
        self, cast: Cast, changes: dict[str, str], words: str
    ) -> None:
        data = {**planned(place="Kafejnīca Bauskā"), **changes}
        shown = text(send(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/", data))
        assert words in shown
        assert not Meeting.objects.exists()
        kept = {name: value for name, value in data.items() if name in ("place", "agenda", "minutes")}
        assert [name for name, value in kept.items() if value not in shown] == []

    def test_a_refusal_stands_at_its_field(self, cast: Cast) -> None:
        plan(cast)
        data = planned(starts="2025-10-17T10:15")
        shown = text(send(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/", data))
        assert 'id="id_starts_why"' in shown
        assert "jau ir cita kopīga tikšanās" in shown

    def test_in_a_pair_that_rests_nothing_is_planned(self, cast: Cast) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        send(cast.elina, f"/pairs/{cast.pair.ref}/meetings/new/", planned())
        assert not Meeting.objects.exists()

    def test_who_is_signed_out_meanwhile_keeps_the_words(self, cast: Cast) -> None:
        answer = send(None, f"/pairs/{cast.pair.ref}/meetings/new/", planned(agenda="Runāt par krāsni"))
        assert answer.status_code == 403
        assert "Runāt par krāsni" in text(answer)


class TestLog:
    def test_a_length_and_one_box_are_enough(self, cast: Cast) -> None:
        data = planned(starts="2025-10-18T10:00", text="Runājām par cenu.")
        address = f"/pairs/{cast.pair.ref}/meetings/log/"
        for _click in range(2):
            send(cast.andris, address, data, now=LATER)
        meeting = Meeting.objects.get()
        assert meeting.state == MeetingState.HELD
        assert (HourLine.objects.get().minutes, Review.objects.get().text) == (45, "Runājām par cenu.")

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"starts": "2025-10-19T10:00"}, "Tikšanās vēl nav sākusies."),
            ({"starts": "2025-10-13T10:00"}, "kopīgais darbs vēl nebija sācies"),
            ({"minutes": ""}, "Minūtes jāraksta ar skaitli"),
            ({"text": LONG}, "10001 rakstzīmes"),
            ({"means": ""}, "Jāizvēlas no saraksta."),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(
        self, cast: Cast, changes: dict[str, str], words: str
    ) -> None:
        data = {**planned(starts="2025-10-18T10:00", text="Runājām par cenu."), **changes}
        shown = text(send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/log/", data, now=NOW + 4 * DAY))
        assert words in shown
        assert data["text"] in shown
        assert not Meeting.objects.exists()


class TestChanges:
    def moved(self, meeting: Meeting, **changes: Any) -> dict[str, Any]:
        stands = {"sequence": meeting.sequence, "minutes": meeting.minutes, "means": meeting.means}
        return {**stands, "starts": "2025-10-20T12:00", "zone": "Europe/Riga", "place": "", **changes}

    def test_move_works_from_a_letter_and_once(self, cast: Cast) -> None:
        meeting = plan(cast)
        data = self.moved(meeting)
        for _click in range(2):
            answer = send(cast.elina, f"/meetings/{meeting.ref}/move/", data)
            assert answer["Location"] == f"/meetings/{meeting.ref}/"
        assert Move.objects.count() == 1

    def test_who_moves_what_the_other_moved_is_told_and_sees_it(self, cast: Cast) -> None:
        meeting = plan(cast)
        send(cast.andris, f"/meetings/{meeting.ref}/move/", self.moved(meeting))
        shown = text(
            send(cast.elina, f"/meetings/{meeting.ref}/move/", self.moved(meeting, starts="2025-10-21T12:00"))
        )
        assert "Pa to laiku šeit kaut kas ir mainījies." in shown
        assert "20.\u00a0oktobrī plkst.\u00a012.00" in shown
        assert "2025-10-21T12:00" in shown

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"starts": "2025-10-13T12:00"}, "Šis laiks jau ir pagājis."),
            ({"starts": ""}, "Jāizvēlas diena un stunda."),
            ({"minutes": "nav"}, "Minūtes jāraksta ar skaitli"),
            ({"means": "balodis"}, "Jāizvēlas no saraksta."),
        ],
    )
    def test_what_is_wrong_is_told_at_the_field(
        self, cast: Cast, changes: dict[str, str], words: str
    ) -> None:
        meeting = plan(cast)
        data = self.moved(meeting, place="Kafejnīca Bauskā", **changes)
        shown = text(send(cast.elina, f"/meetings/{meeting.ref}/move/", data))
        assert words in shown
        assert "Kafejnīca Bauskā" in shown
        assert not Move.objects.exists()

    def test_cancel_asks_once_and_a_second_click_shows_what_stands(self, cast: Cast) -> None:
        meeting = plan(cast)
        assert "Vai atcelt tikšanos?" in text(page(cast.elina, f"/meetings/{meeting.ref}/cancel/"))
        for _click in range(2):
            answer = send(cast.elina, f"/meetings/{meeting.ref}/cancel/", {"reason": "Slimoju."})
            assert answer["Location"] == f"/meetings/{meeting.ref}/"
        assert Letter.objects.filter(kind="meetings.cancelled").count() == 2

    def test_a_late_cancel_leads_to_missed(self, cast: Cast) -> None:
        meeting = plan(cast)
        answer = page(cast.elina, f"/meetings/{meeting.ref}/cancel/", now=LATER)
        assert answer["Location"] == f"/meetings/{meeting.ref}/miss/"
        shown = text(send(cast.elina, f"/meetings/{meeting.ref}/cancel/", {"reason": "Slimoju."}, now=LATER))
        assert "laiks jau ir pagājis" in shown
        assert "Slimoju." in shown

    def test_miss_asks_who_and_keeps_the_word(self, cast: Cast) -> None:
        meeting = plan(cast)
        address = f"/meetings/{meeting.ref}/miss/"
        shown = text(send(cast.elina, address, {"missed_by": "", "reason": "Autobuss."}, now=LATER))
        assert "Jāizvēlas no saraksta." in shown
        assert "Autobuss." in shown
        send(cast.elina, address, {"missed_by": "mentee", "reason": "Autobuss."}, now=LATER)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.missed_by, meeting.reason) == ("missed", "mentee", "Autobuss.")

    def test_what_the_other_counted_is_not_missed(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        shown = text(send(cast.elina, f"/meetings/{meeting.ref}/miss/", {"missed_by": "both"}, now=LATER))
        assert "iebildumu raksta stundu uzskaitē" in shown


class TestBeforeAndDuring:
    def test_a_topic_from_any_page_comes_back_there(self, cast: Cast) -> None:
        meeting = plan(cast)
        address = f"/meetings/{meeting.ref}/topics/"
        for _click in range(2):
            answer = send(cast.elina, address, {"text": "Cena?", "next": "/"})
            assert answer["Location"] == "/"
        assert Topic.objects.count() == 1
        answer = send(cast.elina, address, {"text": "Telpas?", "next": "https://evil.example/"})
        assert answer["Location"] == f"/meetings/{meeting.ref}/"

    @pytest.mark.parametrize(
        ("words", "told"), [(" ", "Šeit kaut kas jāuzraksta."), ("ā" * 2001, "2001 rakstzīmes")]
    )
    def test_an_empty_or_endless_topic_is_told(self, cast: Cast, words: str, told: str) -> None:
        meeting = plan(cast)
        shown = text(send(cast.elina, f"/meetings/{meeting.ref}/topics/", {"text": words}))
        assert told in shown
        assert words.strip() in shown

    def test_ones_own_topic_is_taken_back_the_others_not(self, cast: Cast) -> None:
        meeting = plan(cast)
        topic = add_topic(meeting=meeting, text="Cena?", by=cast.elina, now=NOW)
        address = f"/meetings/{meeting.ref}/topics/{topic.ref}/"
        send(cast.andris, address, {})
        assert Topic.objects.get().withdrawn_at is None
        send(cast.elina, address, {})
        assert Topic.objects.get().withdrawn_at is not None
        strange = f"/meetings/{plan(cast, starts_local=wall(9)).ref}/topics/{topic.ref}/"
        assert send(cast.elina, strange, {}).status_code == 404

    def test_both_agendas_stand_on_the_page_and_then_one(self, cast: Cast) -> None:
        meeting = plan(cast)
        prepare_meeting(
            meeting=meeting, agenda="1. Cena", goals="", resources="", revision=0, by=cast.andris, now=NOW
        )
        address = f"/meetings/{meeting.ref}/preparation/"
        mine = {"revision": "0", "agenda": "1. Telpas", "goals": "Izlemt", "resources": ""}
        shown = text(send(cast.elina, address, mine))
        for words in ("1. Cena", "1. Telpas", "Izlemt"):
            assert words in shown
        assert 'name="revision" value="1"' in shown
        merged = {**mine, "revision": "1", "agenda": "1. Cena\n2. Telpas"}
        assert send(cast.elina, address, merged).status_code == 302
        meeting.refresh_from_db()
        assert (meeting.agenda, meeting.goals) == ("1. Cena\n2. Telpas", "Izlemt")

    def test_a_too_long_agenda_is_told_and_kept(self, cast: Cast) -> None:
        meeting = plan(cast)
        data = {"revision": "0", "agenda": LONG, "goals": "Izlemt", "resources": ""}
        shown = text(send(cast.elina, f"/meetings/{meeting.ref}/preparation/", data))
        assert "10001 rakstzīmes" in shown
        assert LONG in shown
        assert "Izlemt" in shown

    def test_notes_save_themselves(self, cast: Cast) -> None:
        meeting = plan(cast)
        during, address = meeting.starts_at + HOUR / 4, f"/meetings/{meeting.ref}/notes/"
        auto = {"X-Autosave": "1"}
        answer = send(cast.andris, address, {"revision": "0", "notes": "Cena 25."}, now=during, **auto)
        assert answer.json() == {"revision": 1, "saved_at": "plkst.\u00a010.15"}
        again = send(cast.andris, address, {"revision": "0", "notes": "Cena 30."}, now=during, **auto)
        assert again.json() == {"conflict": True}
        long = send(cast.andris, address, {"revision": "1", "notes": LONG}, now=during, **auto)
        assert long.json() == {"refused": True}
        assert Notes.objects.get().text == "Cena 25."

    def test_notes_go_by_the_button_too_and_two_devices_see_both(self, cast: Cast) -> None:
        meeting = plan(cast)
        during, address = meeting.starts_at + HOUR / 4, f"/meetings/{meeting.ref}/notes/"
        write_notes(meeting=meeting, notes="No telefona.", revision=0, by=cast.elina, now=during)
        shown = text(send(cast.elina, address, {"revision": "0", "notes": "No datora."}, now=during))
        assert "No telefona." in shown
        assert "No datora." in shown
        answer = send(cast.elina, address, {"revision": "1", "notes": "Abi."}, now=during)
        assert answer["Location"] == f"/meetings/{meeting.ref}/"

    def test_in_a_pair_that_rests_notes_are_refused_in_words(self, cast: Cast) -> None:
        meeting = plan(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        answer = send(
            cast.elina,
            f"/meetings/{meeting.ref}/notes/",
            {"revision": "0", "notes": "x"},
            **{"X-Autosave": "1"},
        )
        assert answer.json() == {"refused": True}


class TestReview:
    def test_one_box_and_a_length(self, cast: Cast) -> None:
        meeting = plan(cast)
        data = reviewed(
            **{"promise-1": "Nosūtīšu", "promise-1-due": "2025-10-20", "promise-1-ref": new_ref()}
        )
        for _click in range(2):
            answer = send(cast.andris, f"/meetings/{meeting.ref}/review/", data, now=LATER)
            assert answer["Location"] == f"/meetings/{meeting.ref}/"
        assert HourLine.objects.get().minutes == 50
        assert [(each.text, each.due, each.side) for each in Promise.objects.all()] == [
            ("Nosūtīšu", date(2025, 10, 20), "mentor")
        ]

    def test_the_others_length_stands_in_the_form_and_confirms(self, cast: Cast) -> None:
        meeting = make.held(cast.pair, minutes=75)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/review/", now=LATER))
        assert 'value="75"' in shown
        assert "Andris pierakstīja: 1\u00a0h 15\u00a0min." in shown
        send(cast.elina, f"/meetings/{meeting.ref}/review/", reviewed(minutes="75"), now=LATER)
        assert hours_of(cast.pair).confirmed == 75

    def test_once_confirmed_the_length_is_no_longer_asked(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        send(cast.elina, f"/meetings/{meeting.ref}/review/", reviewed(minutes="60"), now=LATER)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/review/", now=LATER))
        assert 'name="minutes"' not in shown
        send(cast.elina, f"/meetings/{meeting.ref}/review/", reviewed(text="Vēl.", revision="1"), now=LATER)
        assert hours_of(cast.pair).confirmed == 60

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"minutes": ""}, "Minūtes jāraksta ar skaitli"),
            ({"minutes": "0"}, "Minūtes jāraksta ar skaitli"),
            ({"minutes": "800"}, "ne vairāk kā 720 minūtes"),
            ({"results": LONG}, "10001 rakstzīmes"),
            ({"promise-1": "x" * 301}, "300"),
            ({"promise-1": "Zvanīšu", "promise-1-due": "rīt"}, "diena.mēnesis.gads"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(
        self, cast: Cast, changes: dict[str, str], words: str
    ) -> None:
        meeting = plan(cast)
        data = {**reviewed(progress="Uz priekšu."), **changes}
        shown = text(send(cast.andris, f"/meetings/{meeting.ref}/review/", data, now=LATER))
        assert words in shown
        assert "Runājām par cenu." in shown
        assert "Uz priekšu." in shown
        assert all(value in shown for value in changes.values())
        assert not Review.objects.exists()

    def test_two_devices_see_both_texts_and_keep_the_rest(self, cast: Cast) -> None:
        meeting = plan(cast)
        review_meeting(meeting=meeting, by=cast.andris, now=LATER, minutes=50, text="No telefona.")
        data = reviewed(text="No datora.", **{"promise-1": "Zvanīšu", "promise-1-ref": new_ref()})
        address = f"/meetings/{meeting.ref}/review/"
        shown = text(send(cast.andris, address, data, now=LATER))
        assert "No telefona." in shown
        assert "No datora." in shown
        assert 'name="promise-1" value="Zvanīšu"' in shown
        assert not Promise.objects.exists()
        send(cast.andris, address, {**data, "revision": "1", "text": "Abi."}, now=LATER)
        assert (Review.objects.get().text, Promise.objects.count()) == ("Abi.", 1)

    def test_not_before_its_hour(self, cast: Cast) -> None:
        meeting = plan(cast)
        assert (
            page(cast.andris, f"/meetings/{meeting.ref}/review/")["Location"] == f"/meetings/{meeting.ref}/"
        )
        shown = text(send(cast.andris, f"/meetings/{meeting.ref}/review/", reviewed()))
        assert "Tikšanās vēl nav sākusies." in shown
        assert not Review.objects.exists()
