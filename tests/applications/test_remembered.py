"""What columns hold is remembered by heading: a form that grows by a question is asked only of that."""

import pytest

from tests.applications.conftest import text_of
from tests.applications.test_forms import FORM, SAID, form_of, mapped
from tests.applications.test_pages import ask, send, text, upload
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.rosters import map_roster
from varpa.applications.models import Mapping, Roster

pytestmark = pytest.mark.django_db

NEW = "Vai piekrīti noteikumiem?"
GROWN = [[*FORM[0], NEW], *([*row, "Jā"] for row in FORM[1:])]


def test_one_column_more_and_only_that_is_asked(cast: Cast) -> None:
    mapped(cast)
    upload(cast, text_of(GROWN).encode(), role="mentee")
    roster = Roster.objects.latest("pk")
    assert roster.mapped == SAID
    shown = text(ask(cast, "columns", roster.ref))
    assert NEW in shown
    assert "Kur dzīvo?" not in shown
    send(cast, "columns", roster.ref, {"column-9": "wishes"})
    roster.refresh_from_db()
    assert roster.mapped == {**SAID, "vai piekriti noteikumiem": "wishes"}
    assert roster.preview["counts"] == {"new": 2}
    again = form_of(cast, GROWN)
    assert (again.preview["head"]["said"], again.mapped) == (True, roster.mapped)


def test_one_column_less_and_nothing_is_asked(cast: Cast) -> None:
    mapped(cast)
    fewer = form_of(cast, [row[:-1] for row in FORM])
    assert fewer.preview["head"]["said"]
    assert fewer.preview["counts"] == {"new": 2}


def test_sent_twice_what_was_remembered_stays(cast: Cast) -> None:
    mapped(cast)
    roster = form_of(cast, GROWN)
    for _turn in range(2):
        send(cast, "columns", roster.ref, {"column-9": "wishes"})
    roster.refresh_from_db()
    assert roster.mapped == {**SAID, "vai piekriti noteikumiem": "wishes"}


def test_where_nothing_is_new_all_may_be_said_anew(cast: Cast) -> None:
    mapped(cast)
    roster = form_of(cast)
    assert "Kur dzīvo?" in text(ask(cast, "columns", roster.ref))
    map_roster(roster=roster, fields={"kur dzivo": "place"}, by=cast.inga, now=NOW)
    assert roster.mapped == {**SAID, "kur dzivo": "place"}


def test_of_the_same_headings_holds_what_was_said_of_them(cast: Cast) -> None:
    mapped(cast)
    grown = form_of(cast, GROWN)
    map_roster(roster=grown, fields={NEW: "", "kur dzivo": "place"}, by=cast.inga, now=NOW)
    assert Mapping.objects.count() == 2
    assert form_of(cast).mapped["kur dzivo"] == "region"
    assert form_of(cast, [*GROWN[:2]]).mapped["kur dzivo"] == "place"
