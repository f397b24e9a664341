"""Every page's sentences end once: read in Lithuanian, whose days and hours bring a stop of their own."""

import re

import pytest

from bench._visits import patterns
from tests.cast import Cast
from tests.journeys.conftest import Time
from tests.journeys.furnished import furnish_whole, tokens_of
from tests.journeys.test_every_page import _guest, _paths, _seen
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
DRAWN = re.compile(r"<(script|style|svg|textarea)\b.*?</\1>|<[^>]*>", re.S)


@pytest.fixture
def cast(time: Time) -> Cast:
    return furnish_whole()


def test_no_sentence_of_a_page_ends_in_two_full_stops(cast: Cast) -> None:
    Person.objects.update(language="lt")
    guests = [_guest(each) for each in (cast.inga, cast.elina, cast.andris, cast.dace, None)]
    clients, tokens = {guest.person: guest.client for guest in guests}, tokens_of()
    found, looked = [], 0
    for name, pattern in patterns():
        for path, person in _seen(_paths(name, pattern, cast, tokens), guests):
            page = clients[person].get(path, headers={"accept-language": "lt"}).content.decode()
            looked += 1
            text = DRAWN.sub("", page)
            found += [(path, text[max(at.start() - 60, 0) : at.end()]) for at in re.finditer(r"\.\.", text)]
    assert (found, looked > 150) == ([], True)
