"""Each reads the hour of a meeting by their own clock, and which clock that is where the two differ (R12)."""

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.visits import Visitor, words
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
HERE = "plkst.\u00a09.00 (laika josla: Oslo)"
THERE = "plkst.\u00a010.00"


@pytest.fixture
def cast() -> Cast:
    """Andris, Elīna and Inga live by the clock of Oslo; the meeting is at ten by that of Riga."""
    assembled = assemble()
    Person.objects.filter(name__in=["Andris Ozols", "Elīna Bērziņa", "Inga Liepa"]).update(zone="Europe/Oslo")
    return assembled


@pytest.mark.parametrize("who", ["andris", "elina"])
@pytest.mark.parametrize("address", ["/", "/pairs/{ref}/", "/pairs/{ref}/meetings/"])
def test_a_meeting_that_comes(cast: Cast, who: str, address: str) -> None:
    make.meeting(cast.pair)
    shown = words(Visitor(getattr(cast, who), days=1).get(address.format(ref=cast.pair.ref)))
    assert HERE in shown
    assert THERE not in shown


@pytest.mark.parametrize("address", ["/", "/pairs/{ref}/", "/pairs/{ref}/meetings/", "/pairs/{ref}/diary/"])
def test_a_meeting_that_was(cast: Cast, address: str) -> None:
    make.meeting(cast.pair)
    make.meeting(cast.pair, kind="regular", days=1)
    shown = words(Visitor(cast.andris, days=2).get(address.format(ref=cast.pair.ref)))
    assert HERE in shown
    assert THERE not in shown


def test_one_that_was_not_planned(cast: Cast) -> None:
    make.meeting(cast.pair)
    shown = words(Visitor(cast.andris, days=4).get(f"/pairs/{cast.pair.ref}/meetings/log/"))
    assert HERE in shown


def test_the_managers_list_shows_the_managers_hour(cast: Cast) -> None:
    make.meeting(cast.pair)
    for address in (f"/programmes/{cast.programme.ref}/pairs/", f"/pairs/{cast.pair.ref}/"):
        assert "plkst.\u00a09.00" in words(Visitor(cast.inga).get(address))


def test_where_both_clocks_show_the_same_no_zone_is_named(cast: Cast) -> None:
    make.meeting(cast.neighbours)
    shown = words(Visitor(cast.rimantas, days=1).get("/"))
    assert "10.00\u00a0val., pirmasis susitikimas, 1\u00a0h" in shown


def test_the_choice_of_a_zone_names_cities(cast: Cast) -> None:
    shown = words(Visitor(cast.elina, language="lt").get(f"/pairs/{cast.pair.ref}/meetings/new/"))
    assert '<option value="Europe/Riga">Ryga</option>' in shown
    assert '<option value="Europe/Riga">Ryga</option>' in words(Visitor(cast.elina).get("/me/"))
