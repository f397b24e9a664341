"""A mentee who is withdrawn mid-sentence reads what happened, keeps the words, and knows whom to ask."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.businessplans.actions.plans import begin_plan
from varpa.pairs.actions.readiness import pause_unprepared_pairs
from varpa.programmes.actions.memberships import withdraw_member

pytestmark = pytest.mark.django_db
SENTENCE = "Kiek kainuoja degimo krosnis ir kas ją"
PAIR = {
    "lv": "Viens no abiem programmā vairs nepiedalās",
    "lt": "Vienas iš dviejų programoje nebedalyvauja",
    "en": "One of the two no longer takes part in the programme",
}
OWN = {
    "lv": "Tu programmā vairs nepiedalies",
    "lt": "Programoje nebedalyvauji",
    "en": "You no longer take part in the programme",
}
COPY = {"lv": "ja dalība programmā ir beigusies", "lt": "jei dalyvavimas programoje baigėsi"}


def withdrawn(cast: Cast) -> None:
    withdraw_member(membership=cast.mentee, by=cast.inga, now=NOW)


def sent(elina: Visitor, address: str, **asked: Any) -> str:
    return words(elina.post(address, {"text": SENTENCE, "problems": SENTENCE, "revision": "0"}, **asked))


@pytest.mark.parametrize("language", ["lv", "lt"])
def test_the_page_of_the_session_that_ended_is_in_the_mentees_language(cast: Cast, language: str) -> None:
    """The browser speaks English, as many do; a saving by itself comes before the press of the button."""
    elina = Visitor(cast.elina, language=language)
    elina.get("/")
    withdrawn(cast)
    address, english = f"/pairs/{cast.pair.ref}/topic/", {"Accept-Language": "en"}
    elina.post(address, {"text": SENTENCE}, headers={"X-Autosave": "1", **english})
    told = sent(elina, address, headers=english)
    assert f'<html lang="{language}"' in told
    assert SENTENCE in told
    assert COPY[language] in told.lower()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("rests", [False, True])
def test_in_the_pair_it_says_that_one_has_left(cast: Cast, language: str, rests: bool) -> None:
    withdrawn(cast)
    if rests:
        pause_unprepared_pairs(NOW)
    told = sent(Visitor(cast.elina, language=language), f"/pairs/{cast.pair.ref}/topic/")
    assert PAIR[language] in told
    assert "Inga Liepa" in told
    assert SENTENCE in told


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_in_the_plan_it_does_not_say_that_the_programme_is_over(cast: Cast, language: str) -> None:
    plan = begin_plan(membership=cast.mentee, title="Māls", by=cast.elina, now=NOW)
    withdrawn(cast)
    told = sent(Visitor(cast.elina, language=language), f"/business-plans/{plan.ref}/parts/idea/")
    assert OWN[language] in told
    assert "Inga Liepa" in told
    assert SENTENCE in told


def test_a_saving_by_itself_leads_to_the_button_that_says_why(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    withdrawn(cast)
    saved = Visitor(cast.elina).post(
        f"/meetings/{meeting.ref}/notes/", {"notes": SENTENCE, "revision": "0"}, headers={"X-Autosave": "1"}
    )
    assert saved.json() == {"refused": True}
