from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from varpa.kernel import clock
from varpa.ui import words

DAY = date(2013, 10, 17)
MOMENT = datetime(2013, 10, 17, 7, 5, tzinfo=UTC)
IN_2013 = datetime(2013, 9, 1, tzinfo=UTC)
IN_2014 = datetime(2014, 1, 2, tzinfo=UTC)


def said(language: str, write: object, *args: object, now: datetime = IN_2013) -> str:
    """What a function of words says in a language, with plain blanks."""
    assert callable(write)
    with translation.override(language), clock.moved_to(now):
        return str(write(*args)).replace(words.JOIN, " ")


@pytest.mark.parametrize(
    ("language", "write", "expected"),
    [
        ("lv", words.day, "17. oktobrī"),
        ("lt", words.day, "spalio 17 d."),
        ("en", words.day, "17 October"),
        ("lv", words.by_day, "līdz 17. oktobrim"),
        ("lt", words.by_day, "iki spalio 17 d."),
        ("en", words.by_day, "by 17 October"),
        ("lv", words.from_day, "no 17. oktobra"),
        ("lt", words.from_day, "nuo spalio 17 d."),
        ("en", words.from_day, "from 17 October"),
        ("lv", words.day_of, "17. oktobra"),
        ("lv", words.weekday_day, "ceturtdien, 17. oktobrī"),
        ("lt", words.weekday_day, "ketvirtadienį, spalio 17 d."),
        ("en", words.weekday_day, "Thursday, 17 October"),
    ],
)
def test_a_day_is_written_as_its_sentence_needs_it(language: str, write: object, expected: str) -> None:
    assert said(language, write, DAY) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("lv", "2013. gada 17. oktobrī"), ("lt", "2013 m. spalio 17 d."), ("en", "17 October 2013")],
)
def test_another_year_is_named(language: str, expected: str) -> None:
    assert said(language, words.day, DAY, now=IN_2014) == expected


def test_the_words_of_a_day_stay_together() -> None:
    with translation.override("lt"), clock.moved_to(IN_2013):
        assert words.day(DAY) == "spalio\u00a017\u00a0d."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("lv", "no 2013. gada 1. marta līdz 2014. gada 30. aprīlim"),
        ("lt", "nuo 2013 m. kovo 1 d. iki 2014 m. balandžio 30 d."),
        ("en", "from 1 March 2013 to 30 April 2014"),
    ],
)
def test_a_stretch_of_days(language: str, expected: str) -> None:
    later = datetime(2020, 1, 1, tzinfo=UTC)
    assert said(language, words.span, date(2013, 3, 1), date(2014, 4, 30), now=later) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("lv", "17. oktobrī plkst. 10.05"),
        ("lt", "spalio 17 d. 10.05 val."),
        ("en", "17 October at 10:05"),
    ],
)
def test_a_moment_is_shown_in_the_readers_time_zone(language: str, expected: str) -> None:
    with timezone.override(ZoneInfo("Europe/Riga")):
        assert said(language, words.day_time, MOMENT) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("lv", "ceturtdien, 17. oktobrī plkst. 8.05 (laika josla: Londona)"),
        ("lt", "ketvirtadienį, spalio 17 d. 8.05 val. (laiko juosta: Londonas)"),
        ("en", "Thursday, 17 October at 8:05 (time zone: London)"),
    ],
)
def test_who_reads_another_clock_than_the_two_have_agreed_is_told_which(language: str, expected: str) -> None:
    with timezone.override(ZoneInfo("Europe/London")):
        assert said(language, words.weekday_time, MOMENT, "Europe/Riga") == expected


def test_two_zones_with_one_clock_are_not_told_apart() -> None:
    with timezone.override(ZoneInfo("Europe/Vilnius")):
        assert said("en", words.day_time, MOMENT, "Europe/Riga") == "17 October at 10:05"


@pytest.mark.parametrize(
    ("language", "expected"), [("lv", "Rīga, Viļņa"), ("lt", "Ryga, Vilnius"), ("en", "Riga, Vilnius")]
)
def test_a_zone_has_the_name_of_its_city(language: str, expected: str) -> None:
    with translation.override(language):
        assert ", ".join(map(words.zone, ("Europe/Riga", "Europe/Vilnius"))) == expected
        assert words.zone("America/Argentina/Buenos_Aires") == "Buenos Aires"


@pytest.mark.parametrize(("language", "expected"), [("lv", "Menas sala"), ("lt", "Meno sala")])
def test_in_the_name_of_an_island_only_the_name_has_a_capital(language: str, expected: str) -> None:
    with translation.override(language):
        assert words.zone("Europe/Isle_of_Man") == expected


def test_a_time_without_zone_stands_as_it_is() -> None:
    with timezone.override(ZoneInfo("Europe/Riga")):
        assert said("lv", words.clock_time, datetime(2013, 10, 27, 3, 30)) == "plkst. 3.30"
        assert said("lt", words.clock_time, time(16, 0)) == "16.00 val."


def test_midnight_in_riga_is_another_day_than_in_utc() -> None:
    late = datetime(2013, 10, 17, 22, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Riga")):
        assert said("en", words.weekday_time, late) == "Friday, 18 October at 1:30"


@pytest.mark.parametrize(
    ("length", "expected"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (450, "7 h 30 min"), (-90, "−1 h 30 min")],
)
def test_lengths_are_short(length: int, expected: str) -> None:
    assert said("lv", words.minutes, length) == expected


@pytest.mark.parametrize(
    ("language", "hours", "expected"),
    [
        ("lv", 1, "no 1 stundas"),
        ("lv", 16, "no 16 stundām"),
        ("lv", 21, "no 21 stundas"),
        ("lv", 11, "no 11 stundām"),
        ("lt", 1, "iš 1 valandos"),
        ("lt", 5, "iš 5 valandų"),
        ("lt", 16, "iš 16 valandų"),
        ("lt", 21, "iš 21 valandos"),
        ("en", 1, "of 1 hour"),
        ("en", 16, "of 16 hours"),
    ],
)
def test_hours_of_a_target_take_the_right_form(language: str, hours: int, expected: str) -> None:
    assert said(language, words.hours_of, hours * 60) == expected


@pytest.mark.parametrize(
    ("language", "length", "expected"),
    [
        ("lv", 61, "1 stunda 1 minūte"),
        ("lv", 22 * 60 + 10, "22 stundas 10 minūtes"),
        ("lv", 0, "0 minūšu"),
        ("lt", 61, "1 valanda 1 minutė"),
        ("lt", 122, "2 valandos 2 minutės"),
        ("lt", 11 * 60 + 30, "11 valandų 30 minučių"),
        ("lt", 21 * 60, "21 valanda"),
        ("en", 61, "1 hour 1 minute"),
        ("en", 450, "7 hours 30 minutes"),
    ],
)
def test_spoken_lengths_take_the_right_plural(language: str, length: int, expected: str) -> None:
    assert said(language, words.spoken_minutes, length) == expected


def test_nothing_is_said_of_nothing() -> None:
    asked = (words.day, words.by_day, words.day_time, words.clock_time, words.minutes, words.weekday_time)
    assert [write(None) for write in asked] == [""] * len(asked)


@pytest.mark.parametrize(
    ("language", "expected"), [("lv", "03.02.2013."), ("lt", "2013-02-03"), ("en", "3 Feb 2013")]
)
def test_on_paper_a_day_has_its_year(language: str, expected: str) -> None:
    with translation.override(language):
        assert words.dated(date(2013, 2, 3)) == expected
        assert words.dated(None) == ""


def test_a_row_of_the_calendar_is_short() -> None:
    whole, part = (date(2013, 6, 1), date(2013, 7, 31)), (date(2013, 6, 28), date(2013, 8, 27))
    over_new_year, single = (date(2013, 11, 1), date(2014, 3, 31)), (date(2013, 6, 1), date(2013, 6, 30))
    rows = (whole, part, over_new_year, single)
    expected = {
        "lv": (
            "2013. gada jūnijs–jūlijs",
            "28.06.–27.08.2013.",
            "2013. gada novembris – 2014. gada marts",
            "2013. gada jūnijs",
        ),
        "lt": (
            "2013 m. birželis–liepa",
            "2013-06-28–08-27",
            "2013 m. lapkritis – 2014 m. kovas",
            "2013 m. birželis",
        ),
        "en": (
            "June–July 2013",
            "28 Jun – 27 Aug 2013",
            "November 2013 – March 2014",
            "June 2013",
        ),
    }
    for language, told in expected.items():
        with translation.override(language):
            said = [words.period(*days).replace(words.JOIN, " ") for days in rows]
        assert tuple(said) == told
