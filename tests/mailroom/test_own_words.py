"""Answers about hours and topics in words of people's own: a thank-you is no objection (R14)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from varpa.meetings.actions.reminders import remind
from varpa.meetings.models import HourLine, LineState, Meeting
from varpa.messaging.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def reply(cast: Cast, kind: str, text: str, *, days: float) -> None:
    bring(answer(letter_to(cast.elina, kind), text), now=NOW + days * DAY)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair)


@pytest.fixture
def line(cast: Cast) -> HourLine:
    make.held(cast.pair)
    remind(NOW + DAY * 11)
    return HourLine.objects.get()


@pytest.mark.parametrize(
    "text",
    [
        "Nē, jautājumu nav",
        "Jautājumu nav, paldies!",
        "Labi!",
        "👍",
        "Nezinu, ko jautāt :(",
        "No questions",
    ],
)
def test_that_there_is_no_question_is_none(cast: Cast, meeting: Meeting, text: str) -> None:
    remind(NOW + DAY * 1.5)
    reply(cast, "meetings.topics_due", text, days=1.6)
    assert not meeting.topics.exists()
    assert "var atbildēt vēlreiz" in letter_to(cast.elina, "mailroom.came_back").text


def test_neither_name_nor_signature_is_a_topic(cast: Cast, meeting: Meeting) -> None:
    remind(NOW + DAY * 1.5)
    text = "Sveiki!\n\nCik maksā krāsns?\n\nElīna\n\nAr cieņu,\nElīna Bērziņa\nSIA Keramika\n29123456"
    reply(cast, "meetings.topics_due", text, days=1.6)
    assert meeting.topics.get().text == "Cik maksā krāsns?"


@pytest.mark.parametrize(
    "text",
    [
        "Sveiki, vai varam pārcelt? Man piektdien treniņš.",
        "Gal galima perkelti?",
        "Can we do Monday instead?",
    ],
)
def test_a_wish_to_move_reaches_the_other(cast: Cast, meeting: Meeting, text: str) -> None:
    remind(NOW + DAY * 1.5)
    reply(cast, "meetings.topics_due", text, days=1.6)
    assert not meeting.topics.exists()
    words = [
        *Message.objects.values_list("text", flat=True),
        *meeting.comings.values_list("word", flat=True),
    ]
    assert text in words


@pytest.mark.parametrize(
    "text",
    [
        "Labdien!\n\nJā, viss pareizi.\n\nElīna",
        "Viss pareizi",
        "Nav iebildumu!",
        "No objections",
        "Sveiki! Jā, paldies!",
        "Viskas gerai, ačiū",
        "👍",
        "Labdien, Ozola kungs!\n\nJā, pareizi. Paldies!\n\nElīna",
    ],
)
def test_a_yes_in_other_words_is_one(cast: Cast, line: HourLine, text: str) -> None:
    reply(cast, "meetings.hours_waiting", text, days=11)
    line.refresh_from_db()
    assert line.state == LineState.CONFIRMED


@pytest.mark.parametrize(
    "text",
    ["Paldies, Andri!", "Ok, paskatīšos un atrakstīšu.", "Jā, redzēju. Padomāšu.", "Ko darīsim tālāk?"],
)
def test_what_is_neither_yes_nor_no_is_told_to_the_other_as_words(
    cast: Cast, line: HourLine, text: str
) -> None:
    reply(cast, "meetings.hours_waiting", text, days=11)
    line.refresh_from_db()
    assert line.state == LineState.WAITING
    assert Message.objects.get().text == text
    assert "vēl gaida" in letter_to(cast.elina, "mailroom.came_back").text


@pytest.mark.parametrize("text", ["Nē, mēs tikāmies īsāk", "Tas nav pareizi", "Tajā dienā netikāmies"])
def test_a_no_objects(cast: Cast, line: HourLine, text: str) -> None:
    reply(cast, "meetings.hours_waiting", text, days=11)
    line.refresh_from_db()
    assert (line.state, line.objection) == (LineState.OBJECTED, text)
