"""The page of one's own week: who reaches it, what it costs, in three languages."""

import html
from datetime import date, time

import pytest

from tests.absences.test_timetable import PAGE, SCHOOL_DAYS, lessons, practice, standing, text_of
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, ask, forms, queries
from varpa.absences import actions
from varpa.programmes.models import Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_writes_copies_and_takes_back(cast: Cast, language: str) -> None:
    elina = Visitor(cast.elina, language=language)
    first = forms(elina.get(PAGE))[0]
    assert first.fields["days"] == ["mon"]
    assert elina.send(first, begins="8.30", ends="15:10").status_code == 302
    page = elina.get(PAGE)
    assert "8.30–15.10" in text_of(page) or "8:30–15:10" in text_of(page)
    # Tuesday is next, with the same hours.
    assert [forms(page)[0].fields[name] for name in ("days", "begins", "ends")] == [
        ["tue"],
        ["08:30"],
        ["15:10"],
    ]
    copy = next(form for form in forms(page) if form.action.endswith("/spread/"))
    assert elina.send(copy).status_code == 302
    assert [each.days for each in standing(cast.elina)] == list(SCHOOL_DAYS)
    added = next(form for form in forms(elina.get(PAGE)) if form.action.endswith("/practice/"))
    days = {"practice-first": "2025-11-03", "practice-last": "2025-11-28"}
    assert elina.send(added, **days, **{"practice-place": "Kuldīga"}).status_code == 302
    page = elina.get(PAGE)
    assert "Kuldīga" in text_of(page)
    back = [form for form in forms(page) if form.action.endswith("/back/")]
    assert len(back) == 6
    for form in back:
        assert elina.send(form).status_code == 302
    assert standing(cast.elina) == []


def test_what_is_taken_and_what_is_wished_stand_beside_each_other(cast: Cast) -> None:
    lessons(cast.elina, "mon", "sat")
    free = {"availability": ["mon-afternoon", "sun-evening"]}
    Participation.objects.update_or_create(membership=cast.mentee, defaults=free)
    actions.say_away(person=cast.elina, first=date(2025, 10, 20), last=date(2025, 10, 21), now=NOW)
    page = text_of(Visitor(cast.elina, language="en").get(PAGE))
    assert "Usually free: afternoon" in page
    assert "Sunday" in page
    assert "From 20 October to 21 October" in page
    assert f"/memberships/{cast.mentee.ref}/taking-part/" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"begins": "16:00", "ends": "8:00"}, "The hour at the end is not after the one at the beginning"),
        ({"begins": "", "ends": ""}, "Write the hour as 21:00."),
        ({"begins": "8:00", "ends": "9:00", "parity": "7"}, "Choose from the list."),
    ],
)
def test_a_mistake_is_told_on_the_form(cast: Cast, changes: dict[str, str], said: str) -> None:
    elina = Visitor(cast.elina, language="en")
    assert said in text_of(elina.send(forms(elina.get(PAGE))[0], **changes))
    assert standing(cast.elina) == []


def test_a_mistake_in_practice_opens_its_fold(cast: Cast) -> None:
    wrong = {"practice-first": "2025-11-03", "practice-last": "2025-11-02", "practice-days": "mon"}
    hours = {"practice-begins": "8:00", "practice-ends": "17:00"}
    page = html.unescape(ask(cast.elina, f"{PAGE}practice/", {**wrong, **hours}, "en").content.decode())
    assert "The last day is before the first" in page


def test_who_reaches_it(cast: Cast) -> None:
    lessons(cast.elina, "mon")
    (hours,) = standing(cast.elina)
    for who in (cast.andris, cast.inga, cast.dace, cast.tomas):
        assert ask(who, PAGE).status_code == 200
        assert "8.30" not in ask(who, PAGE).content.decode()
        assert ask(who, f"/taken-hours/{hours.ref}/back/", {}).status_code == 404
    assert ask(None, PAGE).status_code == 302


def test_what_the_pages_cost(cast: Cast) -> None:
    proposing = f"/pairs/{cast.pair.ref}/times/"
    lessons(cast.elina, "mon")
    practice(cast.elina)
    few = queries(cast.elina, PAGE), queries(cast.andris, proposing)
    for each in range(6):
        lessons(cast.elina, begins=time(7, each))
        practice(cast.elina, last=date(2025, 11, 10 + each))
    assert (queries(cast.elina, PAGE), queries(cast.andris, proposing)) == few


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_lessons_twice_at_one_moment(cast: Cast) -> None:
    at_once(lambda: lessons(cast.elina), lambda: lessons(cast.elina))
    assert len(standing(cast.elina)) == 5
