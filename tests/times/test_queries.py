"""Which times are suggested, and what is told of a time without forbidding it."""

from datetime import date, datetime

import pytest
from django.utils import translation

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import capacity
from varpa.absences.actions import say_away
from varpa.kernel.times import to_utc
from varpa.meetings.calendars import calendars
from varpa.meetings.queries import suggest
from varpa.meetings.telling import told
from varpa.programmes.models import Participation
from varpa.times.queries import suggested_times

pytestmark = pytest.mark.django_db


def free(cast: Cast, mentor: list[str], mentee: list[str]) -> None:
    for member, times in ((cast.mentor, mentor), (cast.mentee, mentee)):
        Participation.objects.update_or_create(membership=member, defaults={"availability": times})


def suggested(cast: Cast) -> list[datetime]:
    return suggested_times(
        calendars(cast.pair, NOW), cast.andris, suggest(cast.pair, "Europe/Riga", NOW).starts_local, 60, NOW
    )


def test_three_times_in_which_both_are_free(cast: Cast) -> None:
    free(cast, ["tue-evening", "thu-afternoon", "wed-morning"], ["thu-afternoon", "tue-evening"])
    found = suggested(cast)
    assert [each.weekday() for each in found] == [3, 1, 3]
    assert [each.hour for each in found] == [16, 18, 16]


def test_days_away_and_holidays_are_not_suggested(cast: Cast) -> None:
    free(cast, [], ["tue-afternoon"])
    say_away(person=cast.elina, first=date(2025, 10, 21), last=date(2025, 10, 21), now=NOW)
    days = [each.date() for each in suggested(cast)]
    # 18 November is the day of Latvia's proclamation.
    assert days == [date(2025, 10, 28), date(2025, 11, 4), date(2025, 11, 11)]
    free(cast, [], ["mon-afternoon", "tue-afternoon"])
    assert date(2025, 11, 18) not in [each.date() for each in suggested(cast)]


def test_where_the_two_never_meet_the_pupils_timetable_counts(cast: Cast) -> None:
    free(cast, ["mon-morning"], ["fri-evening"])
    assert {(each.weekday(), each.hour) for each in suggested(cast)} == {(4, 18)}


def test_who_said_nothing_is_offered_working_days(cast: Cast) -> None:
    free(cast, [], [])
    assert len(suggested(cast)) == 3
    assert all(each.weekday() < 5 for each in suggested(cast))


def test_what_speaks_against_a_time(cast: Cast) -> None:
    free(cast, ["tue-morning"], [])
    say_away(person=cast.elina, first=date(2025, 11, 18), last=date(2025, 11, 19), now=NOW)
    make.meeting(cast.pair, starts_local=datetime(2025, 11, 18, 16, 30))
    known = calendars(cast.pair, NOW)
    hints = known.hints(to_utc(datetime(2025, 11, 18, 16, 0), "Europe/Riga"), 60)
    assert ("taken", "") in hints
    assert ("away", "mentee") in hints
    assert ("not_free", "mentor") in hints
    assert ("holiday", "mentee") in hints


@pytest.mark.parametrize(
    ("country", "day", "language", "own", "others"),
    [
        ("LV", 18, "lv", "Latvijas Republikas Proklamēšanas diena", "Elīna: tā ir svētku diena – "),
        ("LT", 1, "lt", "Visų Šventųjų diena", "Elīna: tai šventinė diena – "),
        ("LV", 18, "en", "Republic of Latvia Proclamation Day", "Elīna has a public holiday then: "),
        # The library has no Lithuanian for Latvia, no Latvian for Lithuania: then the country's own.
        ("LV", 18, "lt", "Latvijas Republikas Proklamēšanas diena", "Elīna: tai šventinė diena – "),
        ("LT", 1, "lv", "Visų Šventųjų diena", "Elīna: tā ir svētku diena – "),
    ],
)
def test_a_holiday_is_told_by_its_name(
    cast: Cast, country: str, day: int, language: str, own: str, others: str
) -> None:
    cast.mentee.country, cast.mentor.country = country, ""
    for member in (cast.mentee, cast.mentor):
        member.save()
    cast.pair.refresh_from_db()
    known = calendars(cast.pair, NOW)
    moment = to_utc(datetime(2025, 11, day, 16, 0), "Europe/Riga")
    with translation.override(language):
        assert f"{others}{own}." in told(known, moment, 60, "mentor")
        assert any(f": {own}." in each for each in told(known, moment, 60, "mentee"))


def test_who_meets_somebody_else_then_is_told_and_not_with_whom(cast: Cast) -> None:
    """A mentor of several mentees is an ordinary case; the hour is not suggested, and not forbidden."""
    free(cast, [], ["tue-afternoon"])
    capacity(cast.mentor, 2)
    mentee = make.member(cast.programme, make.person("Kārlis Koks", born=date(2006, 3, 1)), "mentee")
    hour = datetime(2025, 10, 21, 16, 0)
    make.meeting(make.pair(cast.mentor, mentee), starts_local=hour)
    known, moment = calendars(cast.pair, NOW), to_utc(hour, "Europe/Riga")
    assert hour not in suggested(cast)
    with translation.override("en"):
        assert told(known, moment, 60, "mentor") == ["You have another meeting then."]
        assert told(known, moment, 60, "mentee") == ["Andris is not free then."]
