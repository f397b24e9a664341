"""What is next: where its button leads, what it is called, and by when."""

import re
from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.home.test_pages import page, speak, text
from tests.make import NOW
from varpa.pairs.actions.goals import add_step, change_goal, mark_step, set_goal, withdraw_step
from varpa.pairs.actions.pairs import (
    answer_proposal,
    dissolve_pair,
    pause_pair,
    propose_pair,
    resume_pair,
)
from varpa.pairs.actions.readiness import start_ready_pairs
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def room(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/"


def new(cast: Cast, kind: str = "") -> str:
    return f"/pairs/{cast.pair.ref}/meetings/new/" + (f"?kind={kind}" if kind else "")


class TestPlanning:
    @pytest.mark.parametrize(("kind", "days"), [("visit", 2), ("role_swap", 2), ("closing", 150)])
    def test_the_page_opens_with_the_kind_that_is_next(self, cast: Cast, kind: str, days: int) -> None:
        set_goal(pair=cast.pair, text="Saprast cenu", by=cast.elina, now=NOW)
        make.held(cast.pair, days=1)
        assert f'href="{new(cast, kind)}"' in text(page(cast.andris, "/", days=days))
        planned = text(page(cast.andris, new(cast, kind), days=days))
        assert re.search(rf'<option value="{kind}"[^>]* selected', planned)

    @pytest.mark.parametrize(
        ("language", "first", "swap"),
        [
            ("lv", "pirmā tikšanās", "Lomu maiņa"),
            ("lt", "pirmasis susitikimas", "Apsikeitimas vaidmenimis"),
            ("en", "first meeting", "Role swap"),
        ],
    )
    def test_home_and_room_say_of_which_kind_the_next_meeting_is(
        self, cast: Cast, language: str, first: str, swap: str
    ) -> None:
        for who in (cast.andris, cast.elina):
            speak(who, language)
        make.meeting(cast.pair, days=2)
        for address in ("/", room(cast)):
            assert f", {first}, " in text(page(cast.elina, address, days=1))
        make.meeting(cast.pair, kind="role_swap", days=4)
        for who in (cast.andris, cast.elina):
            assert f'<span class="hint">{swap}</span>' in text(page(who, room(cast), days=3))

    def test_after_the_closing_meeting_no_other_one_is_asked_for(self, cast: Cast) -> None:
        make.held(cast.pair, days=1)
        assert "Ieplānojiet nākamo tikšanos" in text(page(cast.andris, "/", days=2))
        make.held(cast.pair, kind="closing", days=3)
        assert "Ieplānojiet nākamo tikšanos" not in text(page(cast.andris, "/", days=4))

    def test_the_room_has_one_button_for_it(self, cast: Cast) -> None:
        answer = text(page(cast.andris, room(cast)))
        band = answer[answer.index('class="next"') : answer.index("</section>")]
        assert band.count(new(cast)) == 1
        assert "Ieplānot" in band

    def test_no_button_leads_to_the_page_where_it_stands(self, cast: Cast) -> None:
        answer = text(page(cast.elina, room(cast)))
        assert "Padomā, ko gribi pajautāt" in answer
        assert f'class="button" href="{room(cast)}"' not in answer


def test_a_room_that_is_over_looks_back(cast: Cast) -> None:
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
    answer = text(page(cast.elina, room(cast)))
    assert "Kas paveikts" in answer
    assert "Kas vēl jāpaveic" not in answer
    assert "Neviena tikšanās nav ieplānota" not in answer


def test_hours_are_due_when_they_count_by_themselves(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    answer = text(page(cast.elina, "/", days=2)).replace("\xa0", " ")
    assert "līdz 29. oktobrim" in answer
    assert "līdz 15. oktobrim" not in answer


def test_hours_are_due_later_by_the_days_of_a_pause(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW + timedelta(days=2))
    resume_pair(pair=cast.pair, by=cast.inga, now=NOW + timedelta(days=4))
    answer = text(page(cast.elina, "/", days=5)).replace("\xa0", " ")
    assert "līdz 31. oktobrim" in answer


class TestGoals:
    def test_room_and_goals_say_the_same(self, cast: Cast) -> None:
        goal = set_goal(pair=cast.pair, text="Saprast cenu", by=cast.elina, now=NOW)
        pages = (room(cast), f"{room(cast)}goals/", f"/goals/{goal.ref}/")
        for address in pages:
            assert "Iesākts" not in text(page(cast.elina, address))
        written = {"text": goal.text, "progress": "Māls ir saskaitīts.", "due": None, "revision": 0}
        change_goal(goal=goal, by=cast.elina, now=NOW, **written)
        for address in pages:
            assert "Iesākts" in text(page(cast.elina, address))

    def test_a_step_taken_back_is_not_counted(self, cast: Cast) -> None:
        goal = set_goal(pair=cast.pair, text="Saprast cenu", by=cast.elina, now=NOW)
        done, _open, taken_back = [
            add_step(goal=goal, text=each, by=cast.elina, now=NOW) for each in ("Māls", "Laiks", "Krāsns")
        ]
        mark_step(step=done, done=True, by=cast.elina, now=NOW)
        withdraw_step(step=taken_back, by=cast.elina, now=NOW)
        assert "soļi: 1 no 2" in text(page(cast.elina, room(cast)))


class TestBeforeItBegins:
    @pytest.fixture
    def sides(self, cast: Cast) -> tuple[Membership, Membership]:
        """A pair of which both have said yes; the mentee is not prepared yet."""
        mentor = make.member(cast.programme, make.person("Juris Kalns"), Role.MENTOR)
        laura = make.person("Laura Lapa", born=date(2006, 1, 1))
        mentee = make.member(cast.programme, laura, Role.MENTEE, ready=False)
        pair = propose_pair(mentor=mentor, mentee=mentee, by=None, now=NOW)
        for side in (mentor, mentee):
            answer_proposal(pair=pair, yes=True, by=side.person, now=NOW)
        return mentor, mentee

    def test_nobody_is_said_to_prepare_who_is_prepared(
        self, cast: Cast, sides: tuple[Membership, Membership]
    ) -> None:
        mentor, mentee = sides
        assert "viens vēl gatavojas" in text(page(mentor.person, "/"))
        make.prepare(mentee)
        for side in sides:
            answer = text(page(side.person, "/"))
            assert "viens vēl gatavojas" not in answer
            assert "Viss ir sagatavots" in answer
        assert start_ready_pairs(NOW + timedelta(seconds=10)) == 1
        assert "Ieplānojiet pirmo tikšanos" in text(page(mentor.person, "/"))
