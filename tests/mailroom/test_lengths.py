"""How long a meeting was: only what is clearly a length counts, and its writer is told of it."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from varpa.meetings.actions.reminders import remind
from varpa.meetings.models import HourLine, MeetingState
from varpa.meetings.said import length
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=4.6)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("50", 50),
        ("50 min", 50),
        ("60 min.", 60),
        ("1 h 30", 90),
        ("1 h 10 min", 70),
        ("1 val. 20 min.", 80),
        ("1,5 h", 90),
        ("pusotra stunda", 90),
        ("50 min. Runājām par cenām.", 50),
        ("50 min, runājām par cenām", 50),
        ("Jā, 45 min", 45),
        ("Paldies! 45 min.", 45),
        ("Sveiki!\n\n45 min\n\nRunājām par cenām.", 45),
        ("Labi runājām.\nilgums: 45 min", 45),
        ("Trukmė – 1 valanda.\nGerai.", 60),
        ("Bija tikai 45 minūtes, es kavēju.", 45),
        ("Labi runājām. 50 min.", 50),
        ("Length: 1 hour 15 minutes", 75),
        ("Sākām 10 min vēlāk, kopā 1 stunda.", 60),
    ],
)
def test_a_clear_length_counts(text: str, minutes: int) -> None:
    assert length(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "Elīna kavējās 15 min, bet runājām ļoti labi.",
        "Runājām par 8 h darba dienu un pauzēm.",
        "Gerai. Gabija vėlavo 10 min.",
        "Labi. Nākamreiz pietiks ar 30 min.",
        "Bija labi, sapratu, ka prezentācijai būs tikai 5 minūtes.",
        "8 val. darba diena ir gara",
        "Gerai pasikalbėjome. Kitą kartą 10 val. pas mane.",
        "15 min vēlāk sākām.",
        "30 min nākamreiz pietiks",
        "Kavējās par 10 min.",
        "2025",
        "Labi.\n\nElīna\n+371 29 123 456",
        "",
    ],
)
def test_minutes_of_something_else_are_no_length(text: str) -> None:
    assert length(text) is None


def after_the_meeting(cast: Cast, text: str) -> Letter:
    meeting = make.meeting(cast.pair)
    remind(NOW + timedelta(days=4.5))
    bring(answer(letter_to(cast.andris, "meetings.review_due"), text), now=AFTER)
    meeting.refresh_from_db()
    state = MeetingState.HELD if HourLine.objects.exists() else MeetingState.PLANNED
    assert meeting.state == state
    return letter_to(cast.andris, "mailroom.came_back")


def test_the_writer_is_told_which_length_was_written_down(cast: Cast) -> None:
    told = after_the_meeting(cast, "50 min. Elīna kavējās 15 min.")
    assert HourLine.objects.get().minutes == 50
    assert "50" in told.text


def test_the_writer_is_told_that_none_was(cast: Cast) -> None:
    told = after_the_meeting(cast, "Elīna kavējās 15 min, bet runājām ļoti labi.")
    assert not HourLine.objects.exists()
    assert "„50 min”" in told.text


def test_what_was_written_down_is_put_right_by_one_more_answer(cast: Cast) -> None:
    told = after_the_meeting(cast, "50 min")
    bring(answer(told, "45 min"), now=AFTER)
    assert HourLine.objects.get().minutes == 45
