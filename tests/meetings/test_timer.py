"""While a meeting is on: its timer and the minutes of its agenda, as they read without a script (R5)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import HOUR, page, plan, speak, text
from varpa.meetings.actions.preparation import prepare_meeting
from varpa.meetings.agenda import Point, points_of
from varpa.meetings.models import Meeting

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
AGENDA = "- Kas izdarīts, 15 min\n- Cena un pašizmaksa (30 min)\n\n10 min: kas tālāk"


def agenda(cast: Cast, words: str, **changes: Any) -> Meeting:
    """A meeting of an hour, with an agenda."""
    meeting = plan(cast, **{"minutes": 60, **changes})
    given = {"goals": "", "resources": "", "agenda": words}
    prepare_meeting(meeting=meeting, revision=0, by=cast.andris, now=meeting.starts_at - HOUR, **given)
    return meeting


def unsaved(words: str) -> Meeting:
    return Meeting(agenda=words, starts_at=NOW)


class TestAgenda:
    @pytest.mark.parametrize(
        ("line", "words", "minutes"),
        [
            ("Cena, 15 min", "Cena", 15),
            ("- Cena (15 min.)", "Cena", 15),
            ("• Cena – 1 h 15 min", "Cena", 75),
            ("Cena 45 minūtes", "Cena", 45),
            ("Kaina: 20 minučių", "Kaina", 20),
            ("10 min: cena", "cena", 10),
            ("5 min cena, tad krāsns", "cena, tad krāsns", 5),
            ("Trīs veikali un cena 15", "Trīs veikali un cena 15", None),
            ("Cena 0 min", "Cena 0 min", None),
            ("Cena 999 min", "Cena 999 min", None),
            ("15 min", "15 min", None),
            ("15 minēti veikali", "15 minēti veikali", None),
        ],
    )
    def test_a_line_may_say_its_minutes(self, line: str, words: str, minutes: int | None) -> None:
        found = points_of(unsaved(f"{line}\nJautājumi, 5 min"))[0]
        assert (found.text, found.minutes) == (words, minutes)

    def test_a_list_is_shown_line_by_line_without_its_marks(self) -> None:
        assert points_of(unsaved("- Cena\n\n– Krāsns")) == [Point("Cena"), Point("Krāsns")]

    def test_an_agenda_without_minutes_stays_a_text(self) -> None:
        assert points_of(unsaved("Cena\nKrāsns")) == []
        assert points_of(unsaved("Par cenu un krāsni:\n- Cena\n- Krāsns")) == []
        assert points_of(unsaved("")) == []

    def test_where_every_line_has_minutes_each_has_its_time(self) -> None:
        meeting = unsaved(AGENDA)
        points = points_of(meeting)
        assert [(point.begins, point.ends) for point in points] == [(0, 15), (15, 45), (45, 55)]
        assert points[1].until == meeting.starts_at + 45 * MINUTE
        assert [point.is_on(15) for point in points] == [False, True, False]

    def test_where_one_has_none_no_time_is_made_up(self) -> None:
        points = points_of(unsaved("Cena, 15 min\nKrāsns"))
        assert points == [Point("Cena", 15), Point("Krāsns")]
        assert not any(point.is_on(0) for point in points)

    def test_a_line_as_long_as_a_page_is_read_at_once(self) -> None:
        assert [point.minutes for point in points_of(unsaved("- " * 4900 + "x"))] == [None]


class TestInWords:
    """As it reads without a script: what stays true while nobody reloads."""

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("lv", "Sākums plkst.\u00a010.00, plānots 1\u00a0h, līdz plkst.\u00a011.00"),
            ("lt", "Pradžia 10.00\u00a0val., numatyta 1\u00a0h, iki 11.00\u00a0val."),
            ("en", "Start 10:00, planned 1\u00a0h, until 11:00"),
        ],
    )
    def test_it_says_from_when_until_when(self, cast: Cast, language: str, words: str) -> None:
        speak(language, cast.elina)
        meeting = agenda(cast, AGENDA)
        for minutes in (-10, 0, 59):
            shown = text(
                page(cast.elina, f"/meetings/{meeting.ref}/", now=meeting.starts_at + minutes * MINUTE)
            )
            assert words in shown
            assert '<div data-when="over" hidden>' in shown

    def test_in_the_readers_zone(self, cast: Cast) -> None:
        cast.elina.zone = "Europe/Oslo"
        cast.elina.save()
        meeting = agenda(cast, AGENDA)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=meeting.starts_at))
        assert "Sākums plkst.\u00a09.00" in shown
        assert "15\u00a0min, līdz plkst.\u00a09.15" in shown

    def test_across_the_night_when_the_clocks_go_back(self, cast: Cast) -> None:
        meeting = agenda(cast, "", starts_local=datetime(2025, 10, 26, 2, 30), minutes=120)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=meeting.starts_at))
        assert "Sākums plkst.\u00a02.30, plānots 2\u00a0h, līdz plkst.\u00a03.30" in shown

    def test_the_line_whose_turn_it_is_is_marked(self, cast: Cast) -> None:
        meeting = agenda(cast, AGENDA)
        shown = text(page(cast.andris, f"/meetings/{meeting.ref}/", now=meeting.starts_at + 20 * MINUTE))
        assert shown.count('aria-current="step"') == 1
        assert shown.split('aria-current="step"')[1].startswith('><span class="said">Cena un pašizmaksa<')

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("lv", "Ieplānotais laiks ir pagājis."),
            ("lt", "Numatytas laikas baigėsi."),
            ("en", "The planned time is over."),
        ],
    )
    def test_when_it_is_over_it_says_so_and_shows_the_way_to_the_review(
        self, cast: Cast, language: str, words: str
    ) -> None:
        speak(language, cast.elina)
        meeting = agenda(cast, AGENDA)
        address, ends_at = f"/meetings/{meeting.ref}/", meeting.starts_at + HOUR
        shown = text(page(cast.elina, address, now=ends_at))
        over = shown.split('<div data-when="over">')[1].split("</div>")[0]
        assert words in over
        assert f'href="{address}review/"' in over
        assert "<textarea" in shown
        # A quarter of an hour later the page asks how it was.
        assert "data-timer" not in text(page(cast.elina, address, now=ends_at + 15 * MINUTE))

    def test_before_and_after_there_is_no_timer(self, cast: Cast) -> None:
        meeting = agenda(cast, AGENDA)
        for hours in (-1, 3):
            shown = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=meeting.starts_at + hours * HOUR))
            assert "data-timer" not in shown
            assert "timer.js" not in shown
            assert "Kas izdarīts, 15 min" in shown
