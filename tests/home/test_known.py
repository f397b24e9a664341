"""What a manager sees of a pair, and what only where both share it (product §2)."""

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.home.test_pages import MOST_QUERIES, page, queries, speak, text
from tests.make import NOW
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.plans import begin_plan, submit_plan
from varpa.meetings.actions.hours import enter_work
from varpa.meetings.actions.reviews import make_promise
from varpa.pairs.actions.sharing import share

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def room(cast: Cast, days: int = 3) -> str:
    return text(page(cast.inga, f"/pairs/{cast.pair.ref}/", days=days)).split("<main")[1]


def test_that_the_promised_results_exist_and_not_what_they_say(cast: Cast) -> None:
    shown = room(cast)
    for name in ("Biznesa plāns", "Uzņēmuma profils", "Prezentācija", "Mentora dienasgrāmata"):
        assert name in shown
    assert shown.count("Vēl nav iesākts") == 4
    plan = begin_plan(membership=cast.mentee, title="Noslēpums", by=cast.elina, now=NOW)
    write_part(plan=plan, key="idea", text="Krūzes", ready=False, revision=0, by=cast.elina, now=NOW)
    make.entry(cast.pair)
    shown = room(cast)
    assert shown.count("Vēl nav iesākts") == 2
    for word in ("Krūzes", "Runājām par cenu", "Noslēpums"):
        assert word not in shown
    submit_plan(plan=plan, by=cast.elina, now=NOW)
    assert "Iesniegts" in room(cast)


def test_when_they_met_how_long_and_by_which_means(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    enter_work(pair=cast.pair, day=NOW.date(), minutes=25, work="Noslēpums", by=cast.andris, now=NOW)
    shown = room(cast)
    assert "Kad notika tikšanās" in shown
    assert "Trešdien, 15.\u00a0oktobrī, 1\u00a0h" in shown
    assert "videozvans" in shown
    assert "E-mentorings" in shown
    assert "Noslēpums" not in shown


def test_for_how_long_a_pair_has_been_silent(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    assert "Bez tikšanās" not in room(cast, days=10)
    assert "Bez tikšanās 21 dienu" in room(cast, days=22)


def test_promises_open_to_the_manager_only_when_both_share_them(cast: Cast) -> None:
    make_promise(pair=cast.pair, text="Piezvanīt veikaliem", due=NOW.date(), by=cast.elina, now=NOW)
    address = f"/pairs/{cast.pair.ref}/share/"
    share(pair=cast.pair, goals=True, plan=True, promises=False, by=cast.andris, now=NOW)
    share(pair=cast.pair, goals=True, plan=True, promises=True, by=cast.elina, now=NOW)
    assert "Piezvanīt" not in room(cast)
    assert "Solījumi" in text(page(cast.elina, address))
    share(pair=cast.pair, goals=False, plan=False, promises=True, by=cast.andris, now=NOW)
    shown = room(cast, days=9)
    assert "Piezvanīt veikaliem" in shown
    assert "tick late" not in shown
    told = text(page(cast.elina, f"/pairs/{cast.pair.ref}/promises/"))
    assert "un projekta vadītājs redz, kas" in told
    share(pair=cast.pair, goals=False, plan=False, promises=False, by=cast.elina, now=NOW)
    assert "Piezvanīt" not in room(cast)


def test_the_room_of_a_manager_asks_as_often_with_a_long_story(cast: Cast) -> None:
    where = f"/pairs/{cast.pair.ref}/"
    for person in (cast.andris, cast.elina):
        share(pair=cast.pair, goals=True, plan=True, promises=True, by=person, now=NOW)
    few = queries(cast.inga, where)
    for number in range(6):
        make.held(cast.pair, kind="regular", days=number + 1)
        make_promise(pair=cast.pair, text=f"Solu {number}", due=None, by=cast.elina, now=NOW)
    assert queries(cast.inga, where) == few <= MOST_QUERIES


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Solītie rezultāti"), ("lt", "Pažadėti rezultatai"), ("en", "Promised results")],
)
def test_it_is_told_in_the_readers_language(cast: Cast, language: str, words: str) -> None:
    speak(cast.inga, language)
    assert words in room(cast)
