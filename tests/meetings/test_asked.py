"""What the form of a meeting asks for, and offers."""

import pytest

from tests import other
from tests.cast import Cast
from tests.meetings.conftest import page, text
from varpa.kernel.text import folded

pytestmark = pytest.mark.django_db


def test_a_host_is_asked_for_only_where_there_are_visits(cast: Cast) -> None:
    asked = "Kas uzņem viesi"
    at = f"/pairs/{cast.pair.ref}/meetings/new/"
    assert asked in text(page(cast.andris, at))
    other.by(other.workshop(), cast.programme)
    assert asked not in text(page(cast.andris, at))


def test_time_zones_stand_by_their_cities_each_once(cast: Cast) -> None:
    shown = page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/").context["form"].fields["zone"].choices
    cities = [city for _zone, city in shown]
    assert len(set(cities)) == len(cities)
    assert cities[0] == "Rīga"
    rest = [folded(city) for city in cities[2:]]
    assert rest == sorted(rest)
