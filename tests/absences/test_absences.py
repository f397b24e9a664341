"""Days away: one's own to say and take back, without a reason."""

import html
from datetime import date, timedelta

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import ask
from varpa.absences import actions
from varpa.absences.models import Absence
from varpa.absences.queries import away, coming_of, days_away
from varpa.history.models import Line
from varpa.kernel.refs import new_ref

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 10, 20), date(2025, 10, 24)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def test_one_says_the_days_once_however_often_one_clicks(cast: Cast) -> None:
    ref = new_ref()
    for _click in range(2):
        actions.say_away(person=cast.andris, first=FIRST, last=LAST, now=NOW, ref=ref)
    assert Absence.objects.count() == 1
    assert Line.objects.filter(verb="absence.say").count() == 1
    assert away(cast.andris, FIRST)
    assert away(cast.andris, LAST)
    assert not away(cast.andris, LAST + timedelta(days=1))
    assert days_away([cast.andris.pk], date(2025, 10, 23), LAST)[cast.andris.pk] == {date(2025, 10, 23), LAST}


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (LAST, FIRST, actions.LastBeforeFirst),
        (date(2025, 10, 1), date(2025, 10, 13), actions.OverAlready),
        (FIRST, date(2026, 6, 1), actions.TooLong),
        (date(2027, 1, 1), date(2027, 1, 2), actions.TooFarAhead),
    ],
)
def test_days_that_cannot_be(cast: Cast, first: date, last: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.say_away(person=cast.andris, first=first, last=last, now=NOW)


def test_no_more_than_can_be_read(cast: Cast) -> None:
    for each in range(actions.MOST):
        day = FIRST + timedelta(days=each)
        actions.say_away(person=cast.andris, first=day, last=day, now=NOW)
    with pytest.raises(actions.TooMany):
        actions.say_away(person=cast.andris, first=FIRST, last=LAST, now=NOW)


def test_taking_back_counts_once(cast: Cast) -> None:
    absence = actions.say_away(person=cast.andris, first=FIRST, last=LAST, now=NOW)
    for _click in range(2):
        actions.take_back(absence=absence, by=cast.andris, now=NOW)
    assert not away(cast.andris, FIRST)
    assert not coming_of(cast.andris, FIRST)
    assert Line.objects.filter(verb="absence.take_back").count() == 1


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_says_and_takes_back(cast: Cast, language: str) -> None:
    form = {"ref": new_ref(), "first": "20.10.2025", "last": ""}
    assert ask(cast.elina, "/me/away/", form, language).status_code == 302
    absence = Absence.objects.get()
    assert (absence.first, absence.last) == (FIRST, FIRST)
    page = html.unescape(ask(cast.elina, "/me/away/", language=language).content.decode())
    assert absence.ref in page
    assert "20" in page
    assert ask(cast.andris, f"/absences/{absence.ref}/back/", {}).status_code == 404
    assert ask(cast.elina, f"/absences/{absence.ref}/back/", {}).status_code == 302
    assert away(cast.elina, FIRST) is False


def test_a_wrong_order_is_told_on_the_form(cast: Cast) -> None:
    form = {"ref": new_ref(), "first": "24.10.2025", "last": "20.10.2025"}
    assert "The last day is before the first" in ask(cast.elina, "/me/away/", form, "en").content.decode()
    assert ask(None, "/me/away/").status_code == 302
