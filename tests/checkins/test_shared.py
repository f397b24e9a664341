"""What the two chose the project manager sees where both share it: from then on, and without words (§2)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.checkins.test_checkins import ask, begun, cast, look, words
from tests.make import NOW
from varpa.checkins.models import Checkin, Look
from varpa.pairs.actions.sharing import share
from varpa.people.models import Person

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


def ratings(cast: Cast, *people: Person, on: bool = True) -> None:
    """These share what they choose, or take it back."""
    for person in people:
        share(pair=cast.pair, goals=False, plan=False, ratings=on, by=person, now=NOW)


def answered(cast: Cast, checkin: Checkin, shared: bool = True) -> None:
    """Both answer, in words too."""
    look(checkin, cast.andris, "Noslēpums", how="hard", shared=shared)
    look(checkin, cast.elina, "Vēl viens", shared=shared)


def room(cast: Cast) -> str:
    """The pair's room as its manager sees it."""
    client = Client(headers={"accept-language": "lv"})
    client.force_login(cast.inga)
    return words(client.get(f"/pairs/{cast.pair.ref}/"))


def test_the_manager_sees_what_both_chose_and_no_words(cast: Cast) -> None:
    checkin = begun(cast)
    ratings(cast, cast.andris, cast.elina)
    answered(cast, checkin)
    shown = room(cast)
    assert "Andris: Pagaidām grūti." in shown
    assert "Elīna: Labi." in shown
    assert "Noslēpums" not in shown
    assert "Vēl viens" not in shown


def test_one_of_the_two_alone_opens_nothing(cast: Cast) -> None:
    checkin = begun(cast)
    ratings(cast, cast.andris)
    answered(cast, checkin)
    assert not Look.objects.filter(shared=True).exists()
    assert "Andris: " not in room(cast)


def test_what_was_answered_before_stays_with_the_two(cast: Cast) -> None:
    answered(cast, begun(cast), shared=False)
    ratings(cast, cast.andris, cast.elina)
    assert "Andris: " not in room(cast)
    assert "Kopš abi to rāda" in room(cast)


def test_who_read_that_nobody_sees_it_is_taken_at_that_word(cast: Cast) -> None:
    checkin = begun(cast)
    ratings(cast, cast.andris, cast.elina)
    said = {"how": "well", "nearer": "yes", "change": "", "shared": "False"}
    assert ask(cast.andris, checkin.ref, said).status_code == 302
    assert not Look.objects.get().shared


def test_nobody_claims_a_sharing_that_was_taken_back(cast: Cast) -> None:
    checkin = begun(cast)
    said = {"how": "well", "nearer": "yes", "change": "", "shared": "True"}
    ask(cast.andris, checkin.ref, said)
    assert not Look.objects.get().shared


def test_taken_back_it_is_closed_at_once(cast: Cast) -> None:
    checkin = begun(cast)
    ratings(cast, cast.andris, cast.elina)
    answered(cast, checkin)
    ratings(cast, cast.elina, on=False)
    assert "Andris: " not in room(cast)


def test_before_both_have_answered_the_manager_sees_nothing(cast: Cast) -> None:
    checkin = begun(cast)
    ratings(cast, cast.andris, cast.elina)
    look(checkin, cast.andris, shared=True)
    assert "Andris: " not in room(cast)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", "projekta vadītājs tad redzēs"),
        ("lt", "projekto vadovas tada matys"),
        ("en", "the project manager then sees"),
    ],
)
def test_the_page_says_who_sees_it(cast: Cast, language: str, told: str) -> None:
    checkin = begun(cast)
    cast.elina.language = language
    cast.elina.save()
    assert told not in words(ask(cast.elina, checkin.ref, language=language))
    ratings(cast, cast.andris, cast.elina)
    assert told in words(ask(cast.elina, checkin.ref, language=language))


def test_many_looks_cost_no_more_questions(cast: Cast) -> None:
    first = begun(cast)
    ratings(cast, cast.andris, cast.elina)
    answered(cast, first)
    client = Client()
    client.force_login(cast.inga)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/pairs/{cast.pair.ref}/")
        return len(caught)

    asked()
    one = asked()
    for number in range(5):
        due = NOW.date().replace(month=number + 1)
        answered(cast, Checkin.objects.create(pair=cast.pair, due=due, at=NOW))
    assert asked() == one <= 12
