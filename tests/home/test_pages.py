"""Home, the room, the board, the list of pairs: who sees what, in how many queries, in three languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.methodology.conftest import OTHER
from tests.taking_part import Pupil
from varpa.kernel import clock
from varpa.meetings.actions.hours import enter_work
from varpa.pairs.actions.goals import set_goal
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.actions.sharing import share
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def cast() -> Cast:
    return assemble()


def page(who: Person, address: str, *, days: int = 0) -> Any:
    """A page as somebody sees it, some days after the cast has begun."""
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW + timedelta(days=days)):
        return client.get(address)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def queries(who: Person, address: str) -> int:
    page(who, address)
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW), CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def speak(who: Person, language: str) -> None:
    who.language = language
    who.save(update_fields=["language"])


def test_home_asks_a_stranger_to_sign_in() -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_home_of_a_person_in_no_programme_says_so(cast: Cast) -> None:
    speak(cast.zane, "en")
    assert "You are in no programme now" in text(page(cast.zane, "/"))


@pytest.mark.parametrize(
    ("language", "who", "words"),
    [
        ("lv", "andris", "Ieplānojiet pirmo tikšanos"),
        ("lt", "andris", "Suplanuokite pirmąjį susitikimą"),
        ("en", "andris", "Plan the first meeting"),
        ("lv", "elina", "Padomā, ko gribi pajautāt"),
        ("lt", "elina", "Pagalvok, ko nori paklausti"),
        ("en", "elina", "Think what you want to ask"),
    ],
)
def test_the_first_thing_is_the_first_meeting(cast: Cast, language: str, who: str, words: str) -> None:
    person = getattr(cast, who)
    speak(person, language)
    assert words in text(page(person, "/"))


def test_the_question_field_is_already_there(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    answer = text(page(cast.elina, "/", days=1))
    assert "Sagatavo jautājumus" in answer
    assert f"/meetings/{meeting.ref}/" in answer
    assert "<textarea" in answer


def test_after_its_hour_a_meeting_asks_how_it_was(cast: Cast) -> None:
    make.meeting(cast.pair, days=1)
    for who in (cast.andris, cast.elina):
        assert "kā pagāja tikšanās" in text(page(who, "/", days=2))


def test_hours_entered_by_the_mentor_wait_for_the_mentee(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    answer = text(page(cast.elina, "/", days=2))
    assert "Apstiprini stundas" in answer
    assert "gaida tavu apstiprinājumu" in answer


def test_each_reads_only_the_minutes_that_wait_for_their_own_yes(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    now = NOW + timedelta(days=2)
    enter_work(pair=cast.pair, day=now.date(), minutes=25, work="E-pasti par cenu", by=cast.elina, now=now)
    mentee, mentor = text(page(cast.elina, "/", days=2)), text(page(cast.andris, "/", days=2))
    assert "1\xa0h gaida tavu apstiprinājumu" in mentee
    assert "25\xa0min gaida otra apstiprinājumu" in mentee
    assert "25\xa0min gaida Jūsu apstiprinājumu" in mentor
    assert "1\xa0h gaida otra apstiprinājumu" in mentor


def test_a_manager_comes_home_to_the_board(cast: Cast) -> None:
    answer = text(page(cast.inga, "/"))
    assert 'class="board"' in answer
    assert "Iepazīstas ar metodoloģiju" in answer


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_no_sentence_of_the_board_ends_twice(cast: Cast, language: str) -> None:
    speak(cast.inga, language)
    assert ".." not in text(page(cast.inga, "/"))


def test_staff_of_the_lead_partner_see_the_board(cast: Cast) -> None:
    assert 'class="board"' in text(page(cast.dace, "/"))


@pytest.mark.parametrize(("who", "status"), [("inga", 200), ("dace", 200), ("andris", 403), ("elina", 403)])
def test_who_sees_the_board(cast: Cast, who: str, status: int) -> None:
    assert page(getattr(cast, who), f"/programmes/{cast.programme.ref}/").status_code == status


@pytest.mark.parametrize("who", ["zane", "tomas", "jonas"])
def test_strangers_find_neither_board_nor_room(cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    assert page(person, f"/programmes/{cast.programme.ref}/").status_code == 404
    assert page(person, f"/programmes/{cast.programme.ref}/pairs/").status_code == 404
    assert page(person, f"/pairs/{cast.pair.ref}/").status_code == 404


def test_another_pair_does_not_find_the_room(cast: Cast) -> None:
    assert page(cast.gabija, f"/pairs/{cast.pair.ref}/").status_code == 404
    assert page(cast.rimantas, f"/pairs/{cast.pair.ref}/").status_code == 404


def test_the_manager_sees_no_content_of_a_room(cast: Cast) -> None:
    set_goal(pair=cast.pair, text="Slepens mērķis", by=cast.elina, now=NOW)
    make.held(cast.pair, days=1)
    room = f"/pairs/{cast.pair.ref}/"
    assert "Slepens mērķis" in text(page(cast.elina, room))
    for who in (cast.inga, cast.dace):
        answer = page(who, room, days=2)
        assert answer.status_code == 200
        assert "Slepens" not in text(answer)


def test_goals_open_to_the_manager_only_when_both_share_them(cast: Cast) -> None:
    set_goal(pair=cast.pair, text="Kopīgs mērķis", by=cast.elina, now=NOW)
    share(pair=cast.pair, goals=True, plan=False, by=cast.elina, now=NOW)
    assert "Kopīgs" not in text(page(cast.inga, f"/pairs/{cast.pair.ref}/"))
    share(pair=cast.pair, goals=True, plan=False, by=cast.andris, now=NOW)
    assert "Kopīgs mērķis" in text(page(cast.inga, f"/pairs/{cast.pair.ref}/"))


def test_a_promise_is_late_only_on_its_makers_page(cast: Cast) -> None:
    from varpa.meetings.actions.reviews import make_promise

    make_promise(pair=cast.pair, text="Piezvanīt", due=NOW.date(), by=cast.elina, now=NOW)
    room = f"/pairs/{cast.pair.ref}/"
    assert "tick late" in text(page(cast.elina, room, days=5))
    assert "tick late" not in text(page(cast.andris, room, days=5))


def test_a_resting_pair_is_asked_for_nothing(cast: Cast) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert "Mentorings uz laiku ir apturēts" in text(page(cast.andris, "/"))


def test_a_methodology_without_a_defence_leads_to_none(cast: Cast) -> None:
    assert "/defences/" in text(page(cast.inga, f"/programmes/{cast.programme.ref}/"))
    plain = make.programme(cast.programme.organisation, folder=OTHER)
    make.manager(plain, cast.inga)
    assert "/defences/" not in text(page(cast.inga, f"/programmes/{plain.ref}/"))


def test_silent_pairs_are_named_on_monday_morning(cast: Cast) -> None:
    answer = text(page(cast.inga, f"/programmes/{cast.programme.ref}/", days=20))
    assert "klusē ilgāk par divām nedēļām" in answer
    assert "Andris Ozols, Elīna Bērziņa" in answer
    listed = text(page(cast.inga, f"/programmes/{cast.programme.ref}/pairs/?show=silent", days=20))
    assert "Andris Ozols" in listed


@pytest.mark.parametrize(
    ("language", "said"), [("lv", "piekrišana"), ("lt", "sutikimas"), ("en", "permission")]
)
def test_of_paused_pairs_the_list_names_who_lacks_what(cast: Cast, language: str, said: str) -> None:
    pupil = Pupil(cast)
    address = f"/programmes/{cast.programme.ref}/pairs/?show=paused"
    assert "Krista Liepiņa" not in text(page(cast.inga, address))
    pupil.withdraw("taking_part")
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    listed = text(page(Person.objects.get(pk=cast.inga.pk), address))
    assert f"Krista Liepiņa: {said}" in listed
    assert "Laima Vītola:" not in listed
    assert "Elīna Bērziņa:" not in listed


def test_of_many_that_rest_it_is_named_as_often(cast: Cast) -> None:
    address = f"/programmes/{cast.programme.ref}/pairs/?show=paused"
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    few = queries(cast.inga, address)
    _grow(cast, 30)
    for pair in Pair.objects.filter(programme=cast.programme, state="active"):
        pause_pair(pair=pair, by=cast.inga, now=NOW)
    assert queries(cast.inga, address) == few <= MOST_QUERIES


def _grow(cast: Cast, count: int) -> None:
    for number in range(count):
        mentor = make.person(f"Mentors{number} Kalns", f"m{number}@varpa.example")
        mentee = make.person(f"Audzeknis{number} Lapa", f"a{number}@varpa.example")
        sides = [
            make.member(cast.programme, mentor, Role.MENTOR),
            make.member(cast.programme, mentee, Role.MENTEE),
        ]
        make.pair(*sides)


@pytest.mark.parametrize("address", ["/programmes/{ref}/", "/programmes/{ref}/pairs/"])
def test_the_managers_pages_ask_as_often_with_many_pairs(cast: Cast, address: str) -> None:
    where = address.format(ref=cast.programme.ref)
    few = queries(cast.inga, where)
    _grow(cast, 30)
    assert queries(cast.inga, where) == few <= MOST_QUERIES


def test_home_and_room_ask_as_often_with_a_long_story(cast: Cast) -> None:
    make.meeting(cast.pair)
    counts = {
        who: (queries(getattr(cast, who), "/"), queries(getattr(cast, who), f"/pairs/{cast.pair.ref}/"))
        for who in ("andris", "elina")
    }
    for number in range(12):
        set_goal(pair=cast.pair, text=f"Mērķis {number}", by=cast.elina, now=NOW)
        make.meeting(cast.pair, kind="regular", days=number + 4)
    for who, before in counts.items():
        person = getattr(cast, who)
        after = (queries(person, "/"), queries(person, f"/pairs/{cast.pair.ref}/"))
        assert after == before
        assert max(after) <= MOST_QUERIES


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_every_page_reads_in_every_language(cast: Cast, language: str) -> None:
    make.held(cast.pair, days=1)
    addresses = {
        "andris": ["/", f"/pairs/{cast.pair.ref}/"],
        "elina": ["/", f"/pairs/{cast.pair.ref}/"],
        "inga": ["/", f"/pairs/{cast.pair.ref}/", f"/programmes/{cast.programme.ref}/pairs/"],
    }
    for who, where in addresses.items():
        person = getattr(cast, who)
        speak(person, language)
        for address in where:
            answer = page(person, address, days=2)
            assert answer.status_code == 200
            assert f'<html lang="{language}"' in text(answer)
