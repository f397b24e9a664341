"""The timetable of lessons and practice: written, copied, taken back, and left out of proposed times."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.absences import actions
from varpa.absences.models import TakenHours
from varpa.absences.queries import hours_taken
from varpa.absences.timetable import parity_of, taken_by, week_of
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.times import to_utc
from varpa.meetings.calendars import calendars, fitting_day
from varpa.meetings.telling import told
from varpa.messaging.actions import want_quiet
from varpa.people.models import Person
from varpa.programmes.models import Participation
from varpa.times.queries import suggested_times

pytestmark = pytest.mark.django_db
RIGA = "Europe/Riga"
PAGE = "/me/timetable/"
EIGHT, THREE, FIVE = time(8, 30), time(15, 10), time(17, 0)
SCHOOL_DAYS = ("mon", "tue", "wed", "thu", "fri")


@pytest.fixture
def cast() -> Cast:
    """Elīna goes to school in Latvia."""
    return assemble()


def lessons(person: Person, *days: str, **changes: Any) -> None:
    given = {"days": days or SCHOOL_DAYS, "begins": EIGHT, "ends": THREE, "now": NOW}
    actions.add_lessons(person=person, **{**given, **changes})


def practice(person: Person, **changes: Any) -> None:
    given = {"days": SCHOOL_DAYS, "begins": time(8), "ends": FIVE, "now": NOW, "place": "Kafejnīca Rūta"}
    when = {"first": date(2025, 11, 3), "last": date(2025, 11, 28)}
    actions.add_practice(person=person, **{**given, **when, **changes})


def standing(person: Person) -> list[TakenHours]:
    return list(hours_taken([person.pk], NOW.date()))


def text_of(answer: Any) -> str:
    return words(answer).replace("\u00a0", " ")


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return to_utc(datetime(2025, month, day, hour, minute), RIGA)


def told_to(cast: Cast, side: str, moment: datetime, language: str = "en") -> list[str]:
    with translation.override(language):
        return told(calendars(cast.pair, NOW), moment, 60, side)


# Writing down


def test_lessons_of_several_days_are_written_once_however_often_one_clicks(cast: Cast) -> None:
    for _click in range(2):
        lessons(cast.elina, "wed", "mon")
    assert [each.days for each in standing(cast.elina)] == ["mon", "wed"]
    assert Line.objects.filter(verb="lessons.add").count() == 1


def test_one_day_is_copied_to_the_working_days_that_have_none(cast: Cast) -> None:
    lessons(cast.elina, "mon")
    lessons(cast.elina, "mon", begins=time(16), ends=time(17))
    lessons(cast.elina, "wed", ends=time(13))
    for _click in range(2):
        actions.spread_lessons(person=cast.elina, day="mon", now=NOW)
    week = {each.key: [hours.ends for hours in each.lessons] for each in week_of(standing(cast.elina), ())}
    both = [THREE, FIVE]
    assert week == {"mon": both, "tue": both, "wed": [time(13)], "thu": both, "fri": both}
    assert Line.objects.filter(verb="lessons.spread").count() == 1


def test_a_day_without_lessons_has_none_to_copy(cast: Cast) -> None:
    actions.spread_lessons(person=cast.elina, day="no day", now=NOW)
    assert standing(cast.elina) == []


def test_practice_is_written_once_and_taken_back_once(cast: Cast) -> None:
    for _click in range(2):
        practice(cast.elina)
    (hours,) = standing(cast.elina)
    assert (hours.days, hours.place) == ("mon tue wed thu fri", "Kafejnīca Rūta")
    for _click in range(2):
        actions.take_hours_back(hours=hours, by=cast.elina, now=NOW)
    assert standing(cast.elina) == []
    verbs = Line.objects.filter(verb__startswith="practice").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["practice.add", "practice.take_back"]


def test_practice_that_is_over_stands_there_no_more(cast: Cast) -> None:
    practice(cast.elina)
    assert not hours_taken([cast.elina.pk], date(2025, 11, 29))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends": time(8)}, actions.EndsBeforeItBegins),
        ({"first": date(2025, 11, 29)}, actions.LastBeforeFirst),
        ({"first": date(2025, 10, 1), "last": date(2025, 10, 13)}, actions.OverAlready),
        ({"last": date(2027, 1, 1)}, actions.PracticeTooLong),
        ({"first": date(2027, 1, 1), "last": date(2027, 1, 2)}, actions.TooFarAhead),
    ],
)
def test_practice_that_cannot_be(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        practice(cast.elina, **changes)


def test_lessons_end_after_they_begin(cast: Cast) -> None:
    with pytest.raises(actions.EndsBeforeItBegins):
        lessons(cast.elina, ends=EIGHT)


def test_no_more_than_can_be_read(cast: Cast) -> None:
    for each in range(actions.MOST_HOURS // 5):
        lessons(cast.elina, begins=time(8, each))
    lessons(cast.elina, begins=time(8, 0))
    with pytest.raises(actions.TooManyHours):
        lessons(cast.elina, "sat")


WRONG: list[dict[str, Any]] = [
    {"ends": EIGHT},
    {"days": ""},
    {"parity": 2},
    {"first": NOW.date(), "last": NOW.date()},
    {"kind": "practice"},
    {"kind": "practice", "first": date(2025, 11, 3)},
    {"kind": "practice", "first": date(2025, 11, 3), "last": date(2025, 11, 2)},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_the_database_holds_no_hours_that_cannot_be(cast: Cast, wrong: dict[str, Any]) -> None:
    row = {"kind": "lessons", "days": "mon", "begins": EIGHT, "ends": THREE, "at": NOW}
    TakenHours.objects.create(person=cast.elina, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenHours.objects.create(person=cast.elina, **{**row, **wrong})


# What is taken


def always(_day: date) -> bool:
    return True


def test_a_meeting_that_touches_lessons_falls_into_them(cast: Cast) -> None:
    lessons(cast.elina, "wed")
    taken = standing(cast.elina)
    for begins, minutes, expected in (
        (at(15, 8), 30, ""),
        (at(15, 8), 31, "lessons"),
        (at(15, 15, 9), 60, "lessons"),
        (at(15, 15, 10), 60, ""),
        (at(16, 10), 60, ""),
    ):
        assert taken_by(taken, begins, minutes, RIGA, always) == expected


def test_lessons_stay_at_their_hour_when_the_clocks_change(cast: Cast) -> None:
    lessons(cast.elina, "fri", "mon")
    taken = standing(cast.elina)
    # The clocks go back on 26 October: 8:30 is 5:30 in UTC before it, and 6:30 after.
    for day, hour in ((24, 5), (27, 6)):
        first = datetime(2025, 10, day, hour, 30, tzinfo=UTC)
        assert taken_by(taken, first - timedelta(minutes=60), 60, RIGA, always) == ""
        assert taken_by(taken, first - timedelta(minutes=59), 60, RIGA, always) == "lessons"


def test_an_hour_that_the_night_skips_or_has_twice_breaks_nothing(cast: Cast) -> None:
    lessons(cast.elina, "sun", begins=time(3, 15), ends=time(3, 45))
    taken = standing(cast.elina)
    assert taken_by(taken, datetime(2026, 3, 29, 0, tzinfo=UTC), 180, RIGA, always) == "lessons"
    assert taken_by(taken, datetime(2025, 10, 26, 0, tzinfo=UTC), 30, RIGA, always) == "lessons"


def test_a_meeting_over_midnight_meets_the_lessons_of_the_next_day(cast: Cast) -> None:
    lessons(cast.elina, "tue", begins=time(0, 30), ends=time(1))
    assert taken_by(standing(cast.elina), at(13, 23), 120, RIGA, always) == "lessons"


def test_lessons_of_every_other_week(cast: Cast) -> None:
    lessons(cast.elina, "wed", parity=parity_of(date(2025, 10, 15)))
    taken = standing(cast.elina)
    found = [taken_by(taken, at(day, 10), 60, RIGA, always) for day in (15, 22, 29)]
    assert found == ["lessons", "", "lessons"]


def test_weeks_that_take_turns_do_so_over_new_year() -> None:
    """2026 has 53 weeks: by their numbers two odd ones would follow each other."""
    assert parity_of(date(2026, 12, 31)) != parity_of(date(2027, 1, 4))
    assert parity_of(date(2026, 12, 28)) == parity_of(date(2027, 1, 3))


# What is told, and proposed


def test_the_other_is_told_of_lessons_and_of_nothing_more(cast: Cast) -> None:
    lessons(cast.elina)
    assert told_to(cast, "mentor", at(15, 10)) == ["Elīna has lessons then."]
    assert told_to(cast, "mentee", at(15, 10), "lv") == ["Tev tad ir stundas."]
    assert told_to(cast, "mentor", at(15, 10), "lt") == ["Elīna: tada vyksta pamokos."]
    assert told_to(cast, "mentor", at(15, 16)) == []


def test_a_mentor_may_have_lessons_too(cast: Cast) -> None:
    lessons(cast.andris)
    assert told_to(cast, "mentee", at(15, 10)) == ["Andris has lessons then."]
    assert told_to(cast, "mentor", at(15, 10), "lv") == ["Jums tad ir stundas."]


def test_practice_is_told_and_its_place_is_not(cast: Cast) -> None:
    practice(cast.elina)
    assert told_to(cast, "mentor", at(5, 10, month=11)) == ["Elīna has practice then."]
    assert told_to(cast, "mentee", at(5, 10, month=11), "lt") == ["Tada turi praktiką."]
    assert told_to(cast, "mentor", at(8, 10, month=11)) == []


def test_in_school_holidays_lessons_do_not_count_and_practice_does(cast: Cast) -> None:
    lessons(cast.elina)
    practice(cast.elina, first=date(2025, 10, 22), last=date(2025, 10, 22))
    days = {"first": date(2025, 10, 20), "last": date(2025, 10, 24)}
    for country in ("LV", "LT"):
        added = {"programme": cast.programme, "country": country, "by": cast.inga, "now": NOW}
        if country == "LT":
            days = {"first": date(2025, 10, 27), "last": date(2025, 10, 31)}
        actions.add_school_holiday(**added, **days)
    cast.pair.refresh_from_db()
    assert told_to(cast, "mentor", at(21, 10)) == ["Elīna has school holidays then."]
    assert told_to(cast, "mentor", at(22, 10)) == [
        "Elīna has school holidays then.",
        "Elīna has practice then.",
    ]
    assert told_to(cast, "mentor", at(28, 10)) == ["Elīna has lessons then."]


def test_nobody_has_lessons_on_a_public_holiday_nor_while_away(cast: Cast) -> None:
    lessons(cast.elina)
    actions.say_away(person=cast.elina, first=date(2025, 10, 15), last=date(2025, 10, 15), now=NOW)
    assert told_to(cast, "mentor", at(15, 10)) == ["Elīna is away then."]
    assert not any("lessons" in each for each in told_to(cast, "mentor", at(18, 10, month=11)))


def suggested(cast: Cast, usual: datetime) -> list[datetime]:
    return suggested_times(calendars(cast.pair, NOW), cast.andris, usual, 60, NOW)


def test_no_times_are_proposed_in_lessons(cast: Cast) -> None:
    lessons(cast.elina)
    usual = datetime(2025, 10, 20, 10, 0)
    assert [each.hour for each in suggested(cast, usual)] == [16, 16, 16]
    for member in (cast.mentor, cast.mentee):
        free = {"availability": ["mon-morning", "mon-afternoon", "wed-morning"]}
        Participation.objects.update_or_create(membership=member, defaults=free)
    assert {(each.weekday(), each.hour) for each in suggested(cast, usual)} == {(0, 16)}


def test_nor_in_practice(cast: Cast) -> None:
    practice(cast.elina, first=date(2025, 10, 14))
    assert [each.hour for each in suggested(cast, datetime(2025, 10, 20, 16, 0))] == [18, 18, 18]


def test_a_plan_begins_after_lessons_rather_than_weeks_later(cast: Cast) -> None:
    lessons(cast.elina)
    usual = datetime(2025, 10, 20, 10, 0)
    assert fitting_day(calendars(cast.pair, NOW), usual, RIGA, 60) == usual.replace(hour=16)


def test_a_meeting_into_lessons_is_planned_and_said(cast: Cast) -> None:
    lessons(cast.elina)
    visitor = Visitor(cast.andris, language="en")
    address = f"/pairs/{cast.pair.ref}/meetings/new/"
    form = next(each for each in forms(visitor.get(address)) if "starts" in each.fields)
    asked = {"kind": "regular", "means": "video", "zone": RIGA, "minutes": "60", "ref": new_ref()}
    sent = visitor.send(form, **{**asked, "starts": "2025-10-22T10:00"})
    assert "Elīna has lessons then. This meeting can be moved." in words(visitor.get(sent.url))
    assert cast.pair.meetings.count() == 1


def test_the_mentor_sees_days_and_place_of_practice_where_times_are_proposed(cast: Cast) -> None:
    lessons(cast.elina)
    practice(cast.elina)
    address = f"/pairs/{cast.pair.ref}/times/"
    page = text_of(Visitor(cast.andris, language="en").get(address))
    assert "Elīna has practice (Kafejnīca Rūta): from 3 November to 28 November" in page
    assert "8:30" not in page
    assert "Kafejnīca" not in text_of(Visitor(cast.elina).get(address))


def test_where_it_is_waits_while_the_mentor_wants_no_said(cast: Cast) -> None:
    want_quiet(pair=cast.pair, by=cast.andris, now=NOW)
    practice(cast.elina)
    page = text_of(Visitor(cast.andris, language="en").get(f"/pairs/{cast.pair.ref}/times/"))
    assert "Elīna has practice" in page
    assert "Kafejnīca" not in page
