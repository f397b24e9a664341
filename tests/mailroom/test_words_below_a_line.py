"""What people write themselves and what looks like a quotation, a greeting or a letterhead."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from varpa.meetings.actions.reminders import remind
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    [
        "Mana firma:\n\nAdrese: Māla iela 3\nTālrunis: 29123456\nE-pasts: info@malsunuguns.lv\n\nVai tā der?",
        "Sveiki!\n\n--- Mani jautājumi ---\n\nCik maksā krāsns?\nKur to pērk?",
        "=== 1. nodaļa ===\nIdeja ir keramikas darbnīca.",
        "Par Varpas programmu man ir 3 jautājumi:\nCik ilgi tā būs?\nKas maksā?",
    ],
)
def test_what_is_written_arrives(cast: Cast, text: str) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Kā iet?", by=cast.andris, now=NOW)
    bring(answer(letter_to(cast.elina, "messaging.written"), text))
    assert Message.objects.latest("pk").text == text


@pytest.mark.parametrize(
    "first",
    [
        "Sveiki, gribu runāt par nodokļiem.",
        "Labas, norėčiau aptarti mokesčius.",
        "Hi, I want to talk about taxes.",
    ],
)
def test_a_topic_after_a_greeting_is_a_topic(cast: Cast, first: str) -> None:
    meeting = make.meeting(cast.pair)
    remind(NOW + DAY * 1.5)
    bring(
        answer(letter_to(cast.elina, "meetings.topics_due"), f"{first}\n\nKā atrast telpas?"),
        now=NOW + DAY * 1.6,
    )
    texts = " ".join(meeting.topics.values_list("text", flat=True))
    assert first.split(",")[1].strip() in texts
