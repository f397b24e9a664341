"""Kept no longer than needed: years after the end of a programme, a sealed diary until its end."""

from datetime import UTC, date, datetime

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.privacy.conftest import standing
from tests.privacy.test_pages import signed
from varpa.diary.models import Diary
from varpa.guardians.actions.schools import add_contact
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.meetings.models import HourLine
from varpa.post.models import Letter
from varpa.privacy.actions import retaining
from varpa.privacy.models import Retention
from varpa.privacy.queries import due_of
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db

SOONER = datetime(2029, 4, 30, 9, 0, tzinfo=UTC)
THEN = datetime(2031, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def kept(cast: Cast) -> Retention:
    """Five years after its end on 30 April 2026 the programme lets its people go; it is closed."""
    Programme.objects.filter(pk=cast.programme.pk).update(state="closed")
    cast.programme.refresh_from_db()
    return retaining.keep_for(programme=cast.programme, years=5, by=cast.inga, now=NOW)


def test_the_manager_is_asked_once_when_the_years_are_over(kept: Retention, cast: Cast) -> None:
    assert due_of(kept) == date(2031, 4, 30)
    assert retaining.tell_due(SOONER) == 0
    assert retaining.tell_due(THEN) == 1
    assert retaining.tell_due(THEN) == 0
    assert Letter.objects.filter(kind="privacy.term").get().person == cast.inga.pk


def test_without_a_yes_nobody_is_erased(kept: Retention, cast: Cast) -> None:
    with pytest.raises(retaining.NotDue):
        retaining.confirm_term(retention=kept, by=cast.inga, now=SOONER)
    assert retaining.erase_confirmed(THEN) == 0


def test_confirmed_all_who_took_part_are_erased_and_hours_stay(kept: Retention, cast: Cast) -> None:
    make_contact(cast)
    hours = HourLine.objects.count()
    retaining.confirm_term(retention=kept, by=cast.inga, now=THEN)
    retaining.confirm_term(retention=kept, by=cast.inga, now=THEN)
    assert Line.objects.filter(verb="programme.confirm_term").count() == 1
    assert retaining.erase_confirmed(THEN) == 4
    assert standing("Elīna", "El\\u012bna", "Andris", "Gabija", "Rimantas", "maija@skola.example") == set()
    kept.refresh_from_db()
    assert kept.done_at == THEN
    assert HourLine.objects.count() == hours
    cast.inga.refresh_from_db()
    assert cast.inga.name == "Inga Liepa"
    assert retaining.erase_confirmed(THEN) == 0


def make_contact(cast: Cast) -> None:
    asked = {"school": "Jelgavas tehnikums", "name": "Maija Lapa", "address": "maija@skola.example"}
    add_contact(programme=cast.programme, language="lv", by=cast.inga, now=NOW, **asked)


def test_who_is_in_another_programme_too_stays_until_that_one_lets_them_go(
    kept: Retention, cast: Cast
) -> None:
    make.member(cast.elsewhere.programme, cast.andris, "mentor")
    retaining.confirm_term(retention=kept, by=cast.inga, now=THEN)
    assert retaining.erase_confirmed(THEN) == 3
    cast.andris.refresh_from_db()
    assert cast.andris.name == "Andris Ozols"


def test_of_a_programme_that_goes_on_nothing_is_due(kept: Retention, cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state="running")
    kept.programme.refresh_from_db()
    with pytest.raises(retaining.NotDue):
        retaining.confirm_term(retention=kept, by=cast.inga, now=THEN)


@pytest.mark.parametrize("years", [0, 31])
def test_years_are_in_bounds(cast: Cast, years: int) -> None:
    with pytest.raises(retaining.NotInBounds):
        retaining.keep_for(programme=cast.programme, years=years, by=cast.inga, now=NOW)


def test_once_confirmed_the_years_stay(kept: Retention, cast: Cast) -> None:
    retaining.confirm_term(retention=kept, by=cast.inga, now=THEN)
    with pytest.raises(retaining.NotDue):
        retaining.keep_for(programme=cast.programme, years=9, by=cast.inga, now=THEN)


def test_a_sealed_diary_is_erased_once_the_programme_has_ended(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    Diary.objects.filter(pk=entry.diary_id).update(state="sealed")
    assert retaining.erase_sealed(datetime(2026, 4, 30, 9, 0, tzinfo=UTC)) == 0
    assert retaining.erase_sealed(datetime(2026, 5, 1, 9, 0, tzinfo=UTC)) == 1
    entry.refresh_from_db()
    assert (entry.notes, entry.minutes) == ("", 45)
    assert retaining.erase_sealed(THEN) == 0
    assert Line.objects.filter(verb="diary.erase").count() == 1


def test_the_page_takes_the_years_and_the_yes(cast: Cast) -> None:
    client, path = signed(cast.inga), f"/programmes/{cast.programme.ref}/retention/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"years": "nē"}).status_code == 200
    assert client.post(path, {"years": "5"}).status_code == 302
    with clock.moved_to(THEN):
        Programme.objects.filter(pk=cast.programme.pk).update(state="closed")
        assert 'name="confirm"' in client.get(path).content.decode()
        assert client.post(path, {"confirm": "1"}).status_code == 302
        assert retaining.erase_confirmed(THEN) == 4
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("andris", 403), ("zane", 404), ("tomas", 404), ("dace", 200)])
def test_who_says_how_long(cast: Cast, who: str, status: int) -> None:
    path = f"/programmes/{cast.programme.ref}/retention/"
    assert signed(getattr(cast, who)).get(path).status_code == status
