"""Runs of one minute, a next best who may not be any more, and a mentor who has left: each is said."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, see, text
from varpa.matching.actions.apart import ask_apart
from varpa.programmes.actions.memberships import withdraw_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    cast.inga.language = "en"
    cast.inga.save()


def test_two_runs_of_one_minute_bear_their_numbers(cast: Cast) -> None:
    mentor(cast, "Andrejs Viens", languages=["lv"])
    mentee(cast, "Elza Pirmā", languages=["lv"])
    first, second = matched(cast), matched(cast)
    start = text(cast.inga, "start", cast.programme.ref)
    compared = see(cast.inga, "compare", second.ref, **{"with": first.ref}).content.decode()
    board = text(cast.inga, "run", second.ref)
    assert "No. 1, " in board
    for page in (start, compared):
        assert "No. 1, " in page
        assert "No. 2, " in page


def test_whoever_is_kept_apart_since_is_nobodys_next_best(cast: Cast) -> None:
    mentor(cast, "Andrejs Viens", languages=["lv"], interests=["62"])
    mentor(cast, "Baiba Divi", languages=["lv"], interests=["10"])
    elza = mentee(cast, "Elza Pirmā", languages=["lv"], interests=["62"])
    mentee(cast, "Fricis Otrais", languages=["lv"], interests=["10"])
    run = matched(cast)
    assert "Next best for the mentor: Elza Pirmā" in " ".join(text(cast.inga, "run", run.ref).split())
    ask_apart(membership=elza, name="Baiba Divi", now=NOW)
    assert "Next best for the mentor: Elza Pirmā" not in " ".join(text(cast.inga, "run", run.ref).split())


def test_a_mentor_who_has_left_is_said_to_have_left(cast: Cast) -> None:
    mentor(cast, "Andrejs Viens", languages=["lv"], interests=["62"])
    baiba = mentor(cast, "Baiba Divi", languages=["lv"], interests=["10"])
    elza = mentee(cast, "Elza Pirmā", languages=["lv"], interests=["62"])
    run = matched(cast)
    asked = {"mentee": elza.ref, "mentor": baiba.ref}
    assert "does not take part now" not in see(cast.inga, "cost", run.ref, **asked).content.decode()
    withdraw_member(membership=baiba, by=cast.inga, now=NOW)
    page = see(cast.inga, "cost", run.ref, **asked).content.decode()
    assert "Baiba Divi does not take part now." in page
    assert 'value="move"' not in page
