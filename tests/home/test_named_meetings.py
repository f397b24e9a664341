"""A methodology that calls its visit and its closing otherwise is spoken of by its own words."""

from dataclasses import replace

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import FOLDER, NOW
from tests.other import by
from tests.visits import Visitor, words
from varpa.kernel.text import TranslatedText
from varpa.methodology import Fact, load
from varpa.methodology.model import Methodology
from varpa.pairs.actions.pairs import settle_fact
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_own_words

pytestmark = pytest.mark.django_db
NAMES = {
    "visit": TranslatedText(lv="Pie kaimiņa", lt="Pas kaimyną", en="At the neighbour’s"),
    "closing": TranslatedText(lv="Ražas svētki", lt="Derliaus šventė", en="Harvest feast"),
}


def garden() -> Methodology:
    """The seed's calendar with meetings of other names."""
    seed = load(FOLDER)
    kinds = (replace(each, name=NAMES.get(each.acts, each.name)) for each in seed.kinds)
    return replace(seed, kinds=tuple(kinds))


@pytest.fixture
def cast() -> Cast:
    assembled = assemble()
    for fact in (Fact.FIRST_MEETING_HELD, Fact.PLAN_AGREED, Fact.GOALS_SET, Fact.HOURS_REACHED):
        settle_fact(pair=assembled.pair, fact=fact, holds=True, now=NOW)
    return assembled


PLANNED = [
    ("lv", "Ieplānojiet tikšanos „Pie kaimiņa”", "Ieplānojiet tikšanos „Ražas svētki”"),
    ("lt", "Suplanuokite susitikimą „Pas kaimyną“", "Suplanuokite susitikimą „Derliaus šventė“"),
    ("en", "Plan the meeting “At the neighbour’s”", "Plan the meeting “Harvest feast”"),
]


@pytest.mark.parametrize(("language", "visit", "closing"), PLANNED)
def test_the_mentor_is_led_to_it_by_its_name(cast: Cast, language: str, visit: str, closing: str) -> None:
    by(garden(), cast.programme)
    shown = words(Visitor(cast.andris, language=language).get("/"))
    assert visit in shown
    assert closing in shown


def test_where_it_is_called_as_usual_the_usual_sentence_stands(cast: Cast) -> None:
    shown = words(Visitor(cast.andris, language="en").get("/"))
    assert "Plan the visit to your company" in shown


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("lv", "Pāri, kuru tikšanās „Pie kaimiņa” ir notikusi."),
        ("lt", "Poros, kurių susitikimas „Pas kaimyną“ įvyko."),
        ("en", "Pairs that have held the meeting “At the neighbour’s”."),
    ],
)
def test_the_board_says_so_what_it_counts(cast: Cast, language: str, counted: str) -> None:
    programme = by(garden(), cast.programme)
    address = f"/programmes/{programme.ref}/activities/organises_visit/"
    assert counted in words(Visitor(cast.inga, language=language).get(address))


AGREED = [
    ("lv", "Vienojieties kopā: „Vienošanās”", "Izlasi un apstiprini: „Vienošanās”"),
    ("lt", "Susitarkite kartu: „Susitarimas“", "Perskaityk ir patvirtink: „Susitarimas“"),
    ("en", "Agree together: “Agreement”", "Read and confirm: “Agreement”"),
]


@pytest.mark.parametrize(("language", "agree", "confirm"), AGREED)
def test_a_plan_of_another_title_is_agreed_by_its_title(language: str, agree: str, confirm: str) -> None:
    seed, cast = load(FOLDER), assemble()
    title = TranslatedText(lv="Vienošanās", lt="Susitarimas", en="Agreement")
    by(replace(seed, plan=replace(seed.plan, title=title)), cast.programme)
    make.held(cast.pair, days=1)
    settle_fact(pair=cast.pair, fact=Fact.GOALS_SET, holds=True, now=NOW)
    assert agree in words(Visitor(cast.andris, language=language, days=2).get("/"))
    plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
    write_own_words(plan=plan, text="Reizi nedēļā.", revision=0, by=cast.andris, now=NOW)
    confirm_plan(plan=plan, by=cast.andris, now=NOW)
    assert confirm in words(Visitor(cast.elina, language=language, days=2).get("/"))
    shared = words(Visitor(cast.andris, language=language).get(f"/pairs/{cast.pair.ref}/share/"))
    assert title.within(language) in shared
