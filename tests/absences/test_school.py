"""School holidays: entered by those who run a programme, told where a time is chosen, and waited for."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from tests.together import at_once
from tests.visits import Visitor, ask, forms, queries, words
from varpa.absences import actions
from varpa.absences.school import SchoolHoliday, school_holidays
from varpa.history.models import Line
from varpa.kernel.times import to_utc
from varpa.meetings.calendars import calendars
from varpa.meetings.telling import told
from varpa.messaging.queries import owed
from varpa.programmes.models import Programme
from varpa.times.queries import suggested_times

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 10, 20), date(2025, 10, 24)
RIGA = "Europe/Riga"


@pytest.fixture
def cast() -> Cast:
    """Elīna goes to school in Latvia, Andris works there."""
    found = assemble()
    for member in (found.mentee, found.mentor):
        member.country = "LV"
        member.save()
    found.pair.refresh_from_db()
    return found


def given(cast: Cast, **changes: Any) -> dict[str, Any]:
    days = {"programme": cast.programme, "country": "LV", "first": FIRST, "last": LAST, "by": cast.inga}
    return {**days, "now": NOW, **changes}


def add(cast: Cast, **changes: Any) -> None:
    actions.add_school_holiday(**given(cast, **changes))
    cast.pair.refresh_from_db()


def known(cast: Cast) -> list[SchoolHoliday]:
    return school_holidays(Programme.objects.get(pk=cast.programme.pk))


def address(cast: Cast) -> str:
    return f"/programmes/{cast.programme.ref}/school-holidays/"


def test_the_same_days_are_there_once_and_taken_back_once(cast: Cast) -> None:
    for _click in range(2):
        add(cast)
    add(cast, country="LT", first=date(2025, 10, 6))
    assert known(cast) == [SchoolHoliday("LT", date(2025, 10, 6), LAST), SchoolHoliday("LV", FIRST, LAST)]
    for _click in range(2):
        actions.take_school_holiday_back(**given(cast))
    assert known(cast) == [SchoolHoliday("LT", date(2025, 10, 6), LAST)]
    assert [line.verb for line in Line.objects.filter(verb__startswith="school_holiday").order_by("pk")] == [
        "school_holiday.add",
        "school_holiday.add",
        "school_holiday.take_back",
    ]


def test_no_more_than_can_be_read(cast: Cast) -> None:
    for each in range(actions.MOST):
        add(cast, first=FIRST - timedelta(days=each))
    add(cast)
    with pytest.raises(actions.TooMany):
        add(cast, first=FIRST - timedelta(days=100))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"first": LAST, "last": FIRST}, actions.LastBeforeFirst),
        ({"last": date(2026, 6, 1)}, actions.SchoolTooLong),
        ({"country": "EE"}, actions.NotItsCountry),
    ],
)
def test_days_that_cannot_be(cast: Cast, changes: dict[str, Any], why: type[Exception]) -> None:
    with pytest.raises(why):
        add(cast, **changes)


@pytest.mark.parametrize(
    ("language", "own", "others"),
    [
        ("lv", "Tad ir skolēnu brīvlaiks.", "Elīna: tad ir skolēnu brīvlaiks."),
        ("lt", "Tada yra mokinių atostogos.", "Elīna: tada yra mokinių atostogos."),
        ("en", "There are school holidays then.", "Elīna has school holidays then."),
    ],
)
def test_whoever_chooses_a_time_is_told(cast: Cast, language: str, own: str, others: str) -> None:
    add(cast)
    add(cast, country="LT", first=date(2025, 10, 27), last=date(2025, 10, 31))
    both = calendars(cast.pair, NOW)
    during, after = (to_utc(datetime(2025, 10, day, 16, 0), RIGA) for day in (22, 28))
    with translation.override(language):
        assert others in told(both, during, 60, "mentor")
        assert own in told(both, during, 60, "mentee")
        assert others not in told(both, after, 60, "mentor")


def test_they_keep_nobody_from_meeting(cast: Cast) -> None:
    usual = datetime(2025, 10, 21, 16, 0)
    before = suggested_times(calendars(cast.pair, NOW), cast.andris, usual, 60, NOW)
    add(cast)
    assert suggested_times(calendars(cast.pair, NOW), cast.andris, usual, 60, NOW) == before


def test_a_pupils_days_for_an_answer_wait_and_a_mentors_do_not(cast: Cast) -> None:
    """Written on Thursday the 16th: three working days are over on the 21st, without school on the 28th."""
    add(cast)
    thursday = NOW + timedelta(days=2)
    write(own_thread(cast), cast.andris, now=thursday)
    assert owed(NOW + timedelta(days=8)) == []
    assert [each.by for each in owed(NOW + timedelta(days=15))] == [date(2025, 10, 28)]
    write(own_thread(cast), cast.elina, now=thursday + timedelta(hours=1))
    assert [each.by for each in owed(NOW + timedelta(days=8))] == [date(2025, 10, 21)]


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_manager_adds_and_takes_back_on_the_page(cast: Cast, language: str) -> None:
    inga = Visitor(cast.inga, language=language)
    assert address(cast) in words(inga.get(f"/programmes/{cast.programme.ref}/settings/"))
    wrong = inga.send(forms(inga.get(address(cast)))[0], country="LV", first=f"{LAST}", last=f"{FIRST}")
    assert wrong.status_code == 200
    assert inga.send(forms(wrong)[0], country="LV", first=f"{FIRST}", last=f"{LAST}").status_code == 302
    page = inga.get(address(cast))
    back = next(form for form in forms(page) if form.action.endswith("/removal/"))
    assert inga.send(back).status_code == 302
    assert not known(cast)


def test_who_reaches_it_and_what_it_costs(cast: Cast) -> None:
    add(cast)
    for who, status in ((cast.inga, 200), (cast.dace, 200), (cast.andris, 403), (cast.tomas, 404)):
        assert ask(who, address(cast)).status_code == status
    assert ask(cast.andris, f"{address(cast)}removal/", post={}).status_code == 403
    one = queries(cast.inga, address(cast))
    for each in range(20):
        add(cast, first=FIRST - timedelta(days=each + 1))
    assert queries(cast.inga, address(cast)) == one


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_enter_the_same_days_at_one_moment(cast: Cast) -> None:
    at_once(lambda: add(cast), lambda: add(cast, by=cast.dace))
    assert len(known(cast)) == 1
