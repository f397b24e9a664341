"""The agenda that both order, line by line, before and during a meeting (methodology §8, R5, R13)."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, follow, page, plan, send, speak, text
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions import agenda as verbs
from varpa.meetings.actions.agenda import add_to_agenda, move_on_agenda, take_off_agenda
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.preparation import add_topic, prepare_meeting
from varpa.meetings.actions.reviews import make_promise
from varpa.meetings.models import Meeting
from varpa.meetings.order import lines_of, moved, with_line, without
from varpa.pairs.actions.goals import set_goal
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairRests, pause_pair
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

THREE = "- Cena\n- Krāsns\n- Kas tālāk"


def written(cast: Cast, words: str = THREE) -> Meeting:
    return plan(cast, agenda=words)


def lines(meeting: Meeting) -> list[str]:
    return lines_of(Meeting.objects.get(pk=meeting.pk).agenda)


def shown(who: Person, meeting: Meeting, **at: Any) -> str:
    return text(page(who, f"/meetings/{meeting.ref}/", **at))


class TestOrder:
    """A text of lines: the words move, the marks and the empty lines stay."""

    @pytest.mark.parametrize(
        ("agenda", "after"),
        [
            (THREE, "- Krāsns\n- Cena\n- Kas tālāk"),
            ("1. Cena\n2. Krāsns\n3. Kas tālāk", "1. Krāsns\n2. Cena\n3. Kas tālāk"),
            ("Cena\n\nKrāsns\nKas tālāk", "Krāsns\n\nCena\nKas tālāk"),
            ("Cena\n– Krāsns", "Krāsns\n– Cena"),
        ],
    )
    def test_a_line_goes_higher(self, agenda: str, after: str) -> None:
        assert moved(agenda, "Krāsns", 1, 0) == after

    def test_a_day_is_no_number_of_a_line(self) -> None:
        assert lines_of("24. aprīlis\n3. maijs") == ["24. aprīlis", "3. maijs"]
        assert lines_of("1. Cena\n2. Krāsns") == ["Cena", "Krāsns"]

    def test_a_place_that_is_not_there_is_the_last_or_the_first(self) -> None:
        assert moved(THREE, "Cena", 0, 99) == "- Krāsns\n- Kas tālāk\n- Cena"
        assert moved(THREE, "Krāsns", 1, -5) == "- Krāsns\n- Cena\n- Kas tālāk"

    def test_of_two_lines_alike_the_nearer_is_meant(self) -> None:
        agenda = "Cena\nKrāsns\nCena"
        assert moved(agenda, "Cena", 2, 1) == "Cena\nCena\nKrāsns"
        assert without(agenda, "Cena", 0) == "Krāsns\nCena"

    def test_a_new_line_is_marked_as_the_one_above(self) -> None:
        assert with_line("", "Cena") == "- Cena"
        assert with_line("1. Cena\n2. Krāsns", "Tālāk") == "1. Cena\n2. Krāsns\n3. Tālāk"
        assert with_line("* Cena", "Tālāk") == "* Cena\n* Tālāk"
        assert with_line("Par cenu.", "Tālāk") == "Par cenu.\nTālāk"

    def test_what_is_taken_off_leaves_no_hole_in_the_numbers(self) -> None:
        assert without("1. Cena\n2. Krāsns\n3. Tālāk", "Cena", 0) == "1. Krāsns\n2. Tālāk"
        assert without("- Cena", "Cena", 0) == ""
        assert without(THREE, "Skursteņi", 0) is None


class TestActions:
    def test_both_add_and_both_order(self, cast: Cast) -> None:
        meeting = written(cast, "")
        add_to_agenda(meeting=meeting, text="Cena", by=cast.andris, now=NOW)
        add_to_agenda(meeting=meeting, text="  Krāsns\n 15 min ", by=cast.elina, now=NOW)
        assert lines(meeting) == ["Cena", "Krāsns 15 min"]
        move_on_agenda(meeting=meeting, line="Krāsns 15 min", was=1, to=0, by=cast.elina, now=NOW)
        assert lines(meeting) == ["Krāsns 15 min", "Cena"]
        move_on_agenda(meeting=meeting, line="Cena", was=1, to=0, by=cast.andris, now=NOW)
        assert lines(meeting) == ["Cena", "Krāsns 15 min"]
        found = Line.objects.filter(thing_ref=meeting.ref).values_list("verb", flat=True)
        assert list(found).count("meeting.order_agenda") == 2
        assert list(found).count("meeting.add_to_agenda") == 2

    def test_a_second_click_changes_nothing(self, cast: Cast) -> None:
        meeting = written(cast)
        before = Line.objects.count()
        for _time in range(2):
            add_to_agenda(meeting=meeting, text="- Skursteņi", by=cast.elina, now=NOW)
        for _time in range(2):
            move_on_agenda(meeting=meeting, line="Skursteņi", was=3, to=2, by=cast.elina, now=NOW)
        for _time in range(2):
            take_off_agenda(meeting=meeting, line="Krāsns", was=1, by=cast.andris, now=NOW)
        assert lines(meeting) == ["Cena", "Skursteņi", "Kas tālāk"]
        assert Line.objects.count() == before + 3

    def test_what_the_other_did_meanwhile_stays(self, cast: Cast) -> None:
        """Each looked at the first order; each sees both changes."""
        meeting = written(cast)
        mine, theirs = (Meeting.objects.select_related("pair").get(pk=meeting.pk) for _time in range(2))
        move_on_agenda(meeting=mine, line="Kas tālāk", was=2, to=1, by=cast.andris, now=NOW)
        add_to_agenda(meeting=theirs, text="Skursteņi", by=cast.elina, now=NOW)
        move_on_agenda(meeting=theirs, line="Krāsns", was=1, to=0, by=cast.elina, now=NOW)
        assert lines(meeting) == ["Krāsns", "Cena", "Kas tālāk", "Skursteņi"]

    def test_a_line_that_was_rewritten_is_told(self, cast: Cast) -> None:
        meeting = written(cast)
        given = {"goals": "", "resources": "", "agenda": "- Pašizmaksa\n- Krāsns"}
        prepare_meeting(meeting=meeting, revision=meeting.revision, by=cast.andris, now=NOW, **given)
        with pytest.raises(verbs.LineGone):
            move_on_agenda(meeting=meeting, line="Cena", was=0, to=1, by=cast.elina, now=NOW)
        assert lines(meeting) == ["Pašizmaksa", "Krāsns"]

    def test_whoever_wrote_the_whole_meanwhile_sees_both(self, cast: Cast) -> None:
        meeting = written(cast)
        open_before = meeting.revision
        move_on_agenda(meeting=meeting, line="Krāsns", was=1, to=0, by=cast.elina, now=NOW)
        given = {"goals": "", "resources": "", "agenda": THREE + "\n- Vēl"}
        with pytest.raises(Conflict) as told:
            prepare_meeting(meeting=meeting, revision=open_before, by=cast.andris, now=NOW, **given)
        assert told.value.stored["agenda"].startswith("- Krāsns")

    def test_nothing_empty_and_no_roll_of_paper(self, cast: Cast) -> None:
        meeting = written(cast, "\n".join(f"- {n} rinda" for n in range(verbs.MOST)))
        with pytest.raises(verbs.EmptyLine):
            add_to_agenda(meeting=meeting, text=" \n ", by=cast.elina, now=NOW)
        with pytest.raises(verbs.AgendaFull):
            add_to_agenda(meeting=meeting, text="Vēl viena", by=cast.elina, now=NOW)

    def test_not_by_others_not_in_a_pause_not_when_called_off(self, cast: Cast) -> None:
        meeting = written(cast)
        for who in (cast.inga, cast.dace, cast.gabija):
            with pytest.raises(NotOneOfTheTwo):
                move_on_agenda(meeting=meeting, line="Cena", was=0, to=1, by=who, now=NOW)
        other = plan(cast, starts_local=meeting.starts_local + DAY, agenda=THREE)
        cancel_meeting(meeting=other, by=cast.elina, now=NOW)
        with pytest.raises(AlreadyMoved):
            take_off_agenda(meeting=other, line="Cena", was=0, by=cast.andris, now=NOW)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        with pytest.raises(PairRests):
            add_to_agenda(meeting=meeting, text="Skursteņi", by=cast.andris, now=NOW)
        assert lines(meeting) == lines(other) == ["Cena", "Krāsns", "Kas tālāk"]


class TestPage:
    def test_each_of_the_two_has_buttons_with_names(self, cast: Cast) -> None:
        meeting = written(cast)
        for who in (cast.andris, cast.elina):
            speak("en", who)
            for now in (NOW, meeting.starts_at + HOUR / 4):
                words = shown(who, meeting, now=now)
                for name in ("Krāsns", "Kas tālāk"):
                    assert f'Higher<span class="visually-hidden">: {name}</span>' in words
                for name in ("Cena", "Krāsns"):
                    assert f'Lower<span class="visually-hidden">: {name}</span>' in words
                assert 'Higher<span class="visually-hidden">: Cena<' not in words
                assert 'Lower<span class="visually-hidden">: Kas tālāk<' not in words

    def test_the_buttons_work_without_a_script(self, cast: Cast) -> None:
        meeting = written(cast)
        address = f"/meetings/{meeting.ref}/agenda/"
        answer = send(cast.elina, f"{address}place/", {"line": "Kas tālāk", "was": "2", "to": "1"})
        assert answer["Location"] == f"/meetings/{meeting.ref}/#line-2"
        assert lines(meeting) == ["Cena", "Kas tālāk", "Krāsns"]
        send(cast.andris, address, {"text": "Skursteņi"})
        told = text(follow(cast.andris, f"{address}removal/", {"line": "Cena", "was": "0"}))
        assert "No darba kārtības noņemts: Cena" in told
        assert lines(meeting) == ["Kas tālāk", "Krāsns", "Skursteņi"]

    def test_a_line_with_quotes_and_signs_moves_too(self, cast: Cast) -> None:
        odd = 'Cena & "krāsns" <b>, 15 min'
        meeting = written(cast, f"- {odd}\n- Tālāk")
        form = shown(cast.elina, meeting).split('id="line-1"')[1]
        given = form.split('name="line" value="')[1]
        assert given.startswith(odd)
        send(cast.elina, f"/meetings/{meeting.ref}/agenda/place/", {"line": odd, "was": "0", "to": "1"})
        assert lines(meeting) == ["Tālāk", odd]

    def test_what_was_refused_is_said_and_the_words_stay(self, cast: Cast) -> None:
        meeting = written(cast)
        place = f"/meetings/{meeting.ref}/agenda/place/"
        told = text(follow(cast.elina, place, {"line": "Nav tādas", "was": "0", "to": "1"}))
        assert "šīs rindas tajā vairs nav" in told
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        kept = text(send(cast.elina, f"/meetings/{meeting.ref}/agenda/", {"text": "Mans jautājums"}))
        assert 'value="Mans jautājums"' in kept

    @pytest.mark.parametrize("given", [{}, {"line": "Cena"}, {"line": "Cena", "was": "-1", "to": "x"}])
    def test_nonsense_changes_nothing(self, cast: Cast, given: dict[str, str]) -> None:
        meeting = written(cast)
        for name in ("place/", "removal/", ""):
            answer = send(cast.elina, f"/meetings/{meeting.ref}/agenda/{name}", given)
            assert answer.status_code in (200, 302)
        assert lines(meeting) == ["Cena", "Krāsns", "Kas tālāk"]

    @pytest.mark.parametrize("who", ["zane", "rimantas", "gabija", "tomas", "inga", "dace"])
    def test_nobody_else_reaches_it(self, cast: Cast, who: str) -> None:
        meeting = written(cast)
        given = {"line": "Cena", "was": "0", "to": "1", "text": "X"}
        for name in ("", "place/", "removal/"):
            answer = send(getattr(cast, who), f"/meetings/{meeting.ref}/agenda/{name}", given)
            assert answer.status_code == 404
        assert lines(meeting) == ["Cena", "Krāsns", "Kas tālāk"]

    def test_afterwards_it_is_only_read(self, cast: Cast) -> None:
        meeting = written(cast)
        words = shown(cast.elina, meeting, now=meeting.starts_at + DAY)
        assert "/agenda/place/" not in words
        assert "Krāsns" in words


class TestWhatIsThereAlready:
    def test_questions_promises_and_goals_go_on_it_with_one_tap(self, cast: Cast) -> None:
        meeting = written(cast)
        add_topic(meeting=meeting, text="Cik maksā\nkrāsns?", by=cast.elina, now=NOW)
        late = (NOW - DAY).date()
        make_promise(pair=cast.pair, text="Atnesīšu paraugu", due=late, by=cast.andris, now=NOW - 9 * DAY)
        set_goal(pair=cast.pair, text="Atrast trīs veikalus", due=None, by=cast.elina, now=NOW)
        speak("en", cast.elina)
        words = shown(cast.elina, meeting)
        for line in ("Cik maksā krāsns?", "Atnesīšu paraugu", "Atrast trīs veikalus"):
            assert f'name="text" value="{line}"' in words
            send(cast.elina, f"/meetings/{meeting.ref}/agenda/", {"text": line})
        assert "Put on the agenda" not in shown(cast.elina, meeting)
        assert len(lines(meeting)) == 6
        # Late is shown to its maker only (R5): here stands the wording and the day.
        assert "Promise: Andris" in words
        assert "late" not in words.split("Promise: Andris")[1][:120].lower()

    def test_the_page_asks_the_same_however_much_there_is(self, cast: Cast) -> None:
        meeting = written(cast)
        few = _queries(cast.elina, meeting)
        for n in range(30):
            add_topic(meeting=meeting, text=f"Jautājums {n}", by=cast.elina, now=NOW)
            make_promise(pair=cast.pair, text=f"Solījums {n}", due=None, by=cast.andris, now=NOW)
        assert _queries(cast.elina, meeting) == few


def _queries(who: Person, meeting: Meeting) -> int:
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW), CaptureQueriesContext(connection) as asked:
        client.get(f"/meetings/{meeting.ref}/")
    return len(asked)


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Pielikt darba kārtībai"), ("lt", "Pridėti į darbotvarkę"), ("en", "Add to the agenda")],
)
def test_it_speaks_three_languages(cast: Cast, language: str, words: str) -> None:
    meeting = written(cast)
    speak(language, cast.elina)
    assert words in shown(cast.elina, meeting)
