"""A goal with what shows it, and the ways from a goal and from the plan into messages about them."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import send, text
from tests.visits import seeing
from varpa.messaging.models import About, Thread
from varpa.pairs.actions import goals
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.models import Goal

pytestmark = pytest.mark.django_db


def _goal(cast: Cast) -> Goal:
    return goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)


@pytest.mark.parametrize(
    ("language", "asked"),
    [("lv", "Pēc kā tas redzams?"), ("lt", "Iš ko tai matyti?"), ("en", "What shows it?")],
)
def test_both_write_and_read_what_shows_it(cast: Cast, language: str, asked: str) -> None:
    goal = _goal(cast)
    cast.andris.language = cast.elina.language = language
    cast.andris.save()
    cast.elina.save()
    given = {"progress": "Puse.", "evidence": "Trīs pasūtījumi.", "text": "Cena", "due": "", "revision": "0"}
    assert send(cast.elina, "goal", goal.ref, **given).status_code == 302
    for name, ref in (("goal", goal.ref), ("goals", cast.pair.ref)):
        page = text(cast.andris, name, ref)
        assert "Trīs pasūtījumi." in page
        assert asked in page


def test_a_goal_and_the_plan_lead_into_messages_about_them(cast: Cast) -> None:
    goal, begin = _goal(cast), seeing("messaging")
    for who in (cast.andris, cast.elina):
        assert f'value="goal:{goal.ref}"' in text(who, "goal", goal.ref)
        assert f'value="plan:{cast.pair.ref}"' in text(who, "plan", cast.pair.ref)
        assert 'value="question:boundaries"' in text(who, "question", cast.pair.ref, "boundaries")
        for about in (f"goal:{goal.ref}", f"plan:{cast.pair.ref}"):
            begin(who, "begin", cast.pair.ref, post={"about": about})
    assert set(Thread.objects.values_list("about_kind", flat=True)) == {About.GOAL, About.PLAN}
    assert Thread.objects.count() == 2


def test_a_pair_that_rests_is_not_led_there(cast: Cast) -> None:
    goal = _goal(cast)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert "goal:" not in text(cast.elina, "goal", goal.ref)
    assert "plan:" not in text(cast.elina, "plan", cast.pair.ref)
