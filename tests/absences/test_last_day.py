"""Until when a timetable holds: by default the school year, as the programme knows it; all taken back."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from tests.absences.test_timetable import PAGE, at, lessons, practice, standing, text_of, told_to
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, ask, forms
from varpa.absences import actions
from varpa.absences.models import TakenHours
from varpa.absences.queries import hours_taken, school_year_ends
from varpa.history.models import Line
from varpa.meetings.calendars import calendars
from varpa.programmes.models import Membership, MembershipState

pytestmark = pytest.mark.django_db
SUMMER = date(2026, 6, 1), date(2026, 8, 31)
LAST = date(2026, 5, 31)


@pytest.fixture
def cast() -> Cast:
    """Elīna goes to school in Latvia."""
    return assemble()


def holidays(cast: Cast, first: date, last: date, country: str = "LV") -> None:
    given = {"programme": cast.programme, "country": country, "first": first, "last": last}
    actions.add_school_holiday(**given, by=cast.inga, now=NOW)


def lasts(cast: Cast) -> set[date | None]:
    return {each.last for each in standing(cast.elina)}


# What the product knows


def test_lessons_hold_until_the_summer_holidays(cast: Cast) -> None:
    holidays(cast, date(2025, 10, 20), date(2025, 10, 24))
    holidays(cast, date(2025, 12, 22), date(2026, 1, 5))
    holidays(cast, *SUMMER)
    lessons(cast.elina)
    assert lasts(cast) == {LAST}


def test_where_nobody_wrote_them_lessons_hold_until_they_are_taken_back(cast: Cast) -> None:
    holidays(cast, *SUMMER, country="LT")
    holidays(cast, date(2025, 6, 1), date(2025, 8, 31))
    lessons(cast.elina)
    assert lasts(cast) == {None}


@pytest.mark.parametrize("changes", [{"country": ""}, {"state": MembershipState.WITHDRAWN}])
def test_whose_school_nobody_knows_has_no_end_of_it(cast: Cast, changes: dict[str, Any]) -> None:
    holidays(cast, *SUMMER)
    assert school_year_ends(cast.elina, NOW.date()) == LAST
    assert school_year_ends(cast.andris, NOW.date()) is None
    Membership.objects.filter(pk=cast.mentee.pk).update(**changes)
    assert school_year_ends(cast.elina, NOW.date()) is None


# Saying it


def test_one_day_for_all_lessons_also_for_those_written_later(cast: Cast) -> None:
    holidays(cast, *SUMMER)
    lessons(cast.elina, "mon")
    practice(cast.elina)
    for _click in range(2):
        actions.say_last_day(person=cast.elina, last=date(2026, 1, 23), now=NOW)
    lessons(cast.elina, "tue")
    actions.spread_lessons(person=cast.elina, day="tue", now=NOW)
    own = [each for each in standing(cast.elina) if each.kind == "lessons"]
    assert {each.last for each in own} == {date(2026, 1, 23)}
    assert len(own) == 5
    assert Line.objects.filter(verb="lessons.last_day").count() == 1
    practised = TakenHours.objects.get(kind="practice")
    assert practised.last == date(2025, 11, 28)
    actions.say_last_day(person=cast.elina, last=None, now=NOW)
    assert {each.last for each in standing(cast.elina) if each.kind == "lessons"} == {None}


@pytest.mark.parametrize(
    ("last", "refusal"),
    [(date(2025, 10, 13), actions.OverAlready), (date(2027, 1, 1), actions.TooFarAhead)],
)
def test_a_day_that_cannot_be(cast: Cast, last: date, refusal: type[Exception]) -> None:
    lessons(cast.elina)
    with pytest.raises(refusal):
        actions.say_last_day(person=cast.elina, last=last, now=NOW)
    assert lasts(cast) == {None}


def test_after_the_last_day_lessons_take_no_time(cast: Cast) -> None:
    lessons(cast.elina)
    assert any("lessons" in each for each in told_to(cast, "mentor", at(20, 10)))
    actions.say_last_day(person=cast.elina, last=date(2025, 10, 17), now=NOW)
    assert any("lessons" in each for each in told_to(cast, "mentor", at(17, 10)))
    assert not any("lessons" in each for each in told_to(cast, "mentor", at(20, 10)))
    after = NOW + timedelta(days=5)
    assert not hours_taken([cast.elina.pk], after.date())
    assert not calendars(cast.pair, after).taken_by("mentee", at(20, 10), 60)


def test_a_new_year_of_school_begins_anew(cast: Cast) -> None:
    lessons(cast.elina)
    actions.say_last_day(person=cast.elina, last=date(2025, 10, 17), now=NOW)
    lessons(cast.elina, "mon", now=NOW + timedelta(days=5))
    assert [each.last for each in hours_taken([cast.elina.pk], date(2025, 10, 19))] == [None]


# Taking all back


def test_all_lessons_are_taken_back_at_once_and_practice_stays(cast: Cast) -> None:
    lessons(cast.elina)
    lessons(cast.andris, "mon")
    practice(cast.elina)
    for _click in range(2):
        actions.take_lessons_back(person=cast.elina, now=NOW)
    assert [each.kind for each in standing(cast.elina)] == ["practice"]
    assert len(standing(cast.andris)) == 1
    assert Line.objects.filter(verb="lessons.take_all_back").count() == 1


# The page


@pytest.mark.parametrize(
    ("language", "holds", "button"),
    [
        ("lv", "Stundas ir spēkā līdz 2026. gada 31. maijam", "Atsaukt visas stundas"),
        ("lt", "Pamokos galioja iki 2026 m. gegužės 31 d.", "Atšaukti visas pamokas"),
        ("en", "The lessons end by 31 May 2026", "Take all lessons back"),
    ],
)
def test_the_page_says_until_when_and_asks_once(cast: Cast, language: str, holds: str, button: str) -> None:
    holidays(cast, *SUMMER)
    elina = Visitor(cast.elina, language=language)
    assert button not in text_of(elina.get(PAGE))
    lessons(cast.elina)
    page = elina.get(PAGE)
    assert holds in text_of(page)
    until = next(form for form in forms(page) if form.action.endswith("/until/"))
    assert until.fields["last"] == ["2026-05-31"]
    assert elina.send(until, last="2026-01-23").status_code == 302
    assert lasts(cast) == {date(2026, 1, 23)}
    assert elina.send(until, last="").status_code == 302
    assert lasts(cast) == {None}
    assert button in text_of(elina.get(PAGE))
    asked = elina.get(f"{PAGE}removal/")
    assert len(standing(cast.elina)) == 5
    (form,) = [form for form in forms(asked) if form.action.endswith("/removal/")]
    assert elina.send(form).status_code == 302
    assert standing(cast.elina) == []
    assert elina.get(f"{PAGE}removal/").status_code == 302


def test_a_day_that_has_passed_is_told_and_stays_in_its_field(cast: Cast) -> None:
    lessons(cast.elina)
    page = ask(cast.elina, f"{PAGE}until/", {"last": "2025-10-01"}, "en")
    assert "These days have passed" in text_of(page)
    assert 'value="2025-10-01"' in page.content.decode()


def test_once_it_is_over_the_page_says_so(cast: Cast) -> None:
    lessons(cast.elina)
    actions.say_last_day(person=cast.elina, last=date(2025, 10, 17), now=NOW)
    page = text_of(Visitor(cast.elina, language="en", days=5).get(PAGE))
    assert "The lessons that stood here ended by 17 October" in page


def test_nobody_else_takes_them_back(cast: Cast) -> None:
    lessons(cast.elina)
    for who in (cast.andris, cast.inga):
        ask(who, f"{PAGE}removal/", {})
        ask(who, f"{PAGE}until/", {"last": "2025-10-20"})
    assert ask(None, f"{PAGE}removal/").status_code == 302
    assert (len(standing(cast.elina)), lasts(cast)) == (5, {None})


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_last_day_while_lessons_are_added(cast: Cast) -> None:
    """Whichever comes first, all hold until the day that was said."""
    lessons(cast.elina, "mon")
    day = date(2026, 1, 23)
    at_once(
        lambda: actions.say_last_day(person=cast.elina, last=day, now=NOW),
        lambda: lessons(cast.elina, "tue", begins=time(9)),
    )
    assert lasts(cast) == {day}
