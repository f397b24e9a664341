"""When all has happened, or was answered by a reason, the next thing is to end the cooperation (R3)."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, queries, words
from varpa.closing.actions import agree_excuse, end_cooperation, excuse, withdraw_excuse
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import dissolve_pair, settle_fact
from varpa.pairs.models import PairState
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
REQUIRED = (
    Fact.PLAN_AGREED,
    Fact.VISIT_HELD,
    Fact.ROLE_SWAP_HELD,
    Fact.HOURS_REACHED,
    Fact.CLOSING_REVIEW,
    Fact.DIARY_HANDED_OVER,
)
VISIT = {"requirement": "visit", "reason": "Uzņēmums pārcēlās."}


@pytest.fixture
def cast() -> Cast:
    """Andris and Elīna have met, and all has happened but the visit."""
    assembled = assemble()
    make.held(assembled.pair, days=1)
    for fact in REQUIRED:
        if fact != Fact.VISIT_HELD:
            settle_fact(pair=assembled.pair, fact=fact, holds=True, now=NOW)
    return assembled


def test_where_completion_asks_for_nothing_no_heading_stands_over_nothing(cast: Cast) -> None:
    asks_nothing = replace(methodology_of(cast.programme), requirements=())
    version = take_methodology(methodology=asks_nothing, now=NOW)
    Programme.objects.filter(pk=cast.programme.pk).update(methodology_version=version)
    for address in (f"/pairs/{cast.pair.ref}/", f"/pairs/{cast.pair.ref}/closing/"):
        for who in (cast.andris, cast.elina):
            shown = words(Visitor(who, days=2, language="en").get(address))
            assert "What is still ahead" not in shown, address
            assert "What was done" not in shown, address
            assert re.search(r"<ul[^>]*>\s*</ul>", shown) is None, address
    room = words(Visitor(cast.inga, days=2, language="en").get(f"/pairs/{cast.pair.ref}/"))
    assert "What is still ahead" not in room


def heading(answer: Any) -> str:
    return words(answer).split("<h1>")[1].split("</h1>")[0]


def leads_to_the_end(cast: Cast, who: str) -> bool:
    shown = words(Visitor(getattr(cast, who), days=30, language="en").get("/"))
    return "End the cooperation" in shown


@pytest.mark.parametrize("who", ["andris", "elina"])
def test_an_excused_visit_leads_to_the_end(cast: Cast, who: str) -> None:
    assert not leads_to_the_end(cast, who)
    excuse(pair=cast.pair, by=cast.andris, now=NOW, **VISIT)
    assert not leads_to_the_end(cast, who)
    agree_excuse(pair=cast.pair, by=cast.elina, now=NOW, **VISIT)
    assert leads_to_the_end(cast, who)
    withdraw_excuse(pair=cast.pair, requirement="visit", by=cast.elina, now=NOW)
    assert not leads_to_the_end(cast, who)


def test_what_the_page_leads_to_can_be_done(cast: Cast) -> None:
    excuse(pair=cast.pair, by=cast.andris, now=NOW, **VISIT)
    agree_excuse(pair=cast.pair, by=cast.elina, now=NOW, **VISIT)
    visitor = Visitor(cast.andris, days=30, language="en")
    assert heading(visitor.get("/")) == "End the cooperation"
    assert heading(visitor.get(f"/pairs/{cast.pair.ref}/")) == "End the cooperation"
    end_cooperation(pair=cast.pair, by=cast.andris, now=visitor.now)
    assert cast.pair.state == PairState.ENDED


def test_nobody_is_asked_for_what_was_excused(cast: Cast) -> None:
    mentor = Visitor(cast.andris, days=30, language="en")
    assert "Plan the visit to your company" in words(mentor.get("/"))
    excuse(pair=cast.pair, by=cast.andris, now=NOW, **VISIT)
    assert "Plan the visit" not in words(mentor.get("/"))
    agree_excuse(pair=cast.pair, by=cast.elina, now=NOW, **VISIT)
    shown = words(mentor.get("/"))
    assert "Plan the visit" not in shown
    assert "Plan the next meeting" not in shown
    assert "Plan the closing meeting" not in shown


def test_a_pair_that_never_met_is_led_to_the_end_too(cast: Cast) -> None:
    for key in ("plan", "visit", "role_swap", "hours", "closing_review", "diary"):
        reason = {"requirement": key, "reason": "Slimība."}
        excuse(pair=cast.neighbours, by=cast.rimantas, now=NOW, **reason)
        agree_excuse(pair=cast.neighbours, by=cast.gabija, now=NOW, **reason)
    for who in (cast.rimantas, cast.gabija):
        assert heading(Visitor(who, days=30, language="en").get("/")) == "End the cooperation"


def test_the_other_is_asked_whether_it_is_so(cast: Cast) -> None:
    excuse(pair=cast.pair, by=cast.andris, now=NOW, **VISIT)
    asked = "Say whether it is so that something did not happen"
    assert asked in words(Visitor(cast.elina, days=30, language="en").get("/"))
    assert asked not in words(Visitor(cast.andris, days=30, language="en").get("/"))


def test_the_pages_stay_within_their_queries(cast: Cast) -> None:
    excuse(pair=cast.pair, by=cast.andris, now=NOW, **VISIT)
    make.meeting(cast.pair, kind="regular", days=40)
    for who in (cast.andris, cast.elina):
        for address in ("/", f"/pairs/{cast.pair.ref}/"):
            assert queries(who, address, days=30) <= 12


@pytest.mark.parametrize(
    ("who", "language", "sentence"),
    [
        ("andris", "lv", "Neviens netiek vainots. Ja kas nav skaidrs, rakstiet projekta vadītājam."),
        ("elina", "lv", "Neviens netiek vainots. Ja kas nav skaidrs, raksti projekta vadītājam."),
        ("andris", "lt", "Niekas dėl to nekaltinamas. Jei kas neaišku, parašykite projekto vadovui."),
        ("elina", "lt", "Niekas dėl to nekaltinamas. Jei kas neaišku, parašyk projekto vadovui."),
        ("andris", "en", "Nobody is blamed. If anything is unclear, write to the project manager."),
        ("elina", "en", "Nobody is blamed. If anything is unclear, write to the project manager."),
    ],
)
def test_after_an_early_end_the_room_says_what_the_letter_says(
    cast: Cast, who: str, language: str, sentence: str
) -> None:
    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    visitor = Visitor(getattr(cast, who), days=1, language=language)
    for address in (f"/pairs/{cast.pair.ref}/", f"/pairs/{cast.pair.ref}/closing/"):
        page = words(visitor.get(address))
        assert sentence in page
        assert "Pārcēlās." not in page
