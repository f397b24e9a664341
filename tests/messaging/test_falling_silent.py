"""What the conversation forgets, lets through or cannot find."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from varpa.messaging.actions import begin_thread, settle_answer, take_back, write_message
from varpa.messaging.models import Message
from varpa.messaging.queries import owed, threads_of
from varpa.pairs.actions.pairs import PairHasEnded, dissolve_pair

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_after_a_thank_you_that_needs_no_answer_a_question_is_owed(cast: Cast) -> None:
    """Paldies! (no answer needed.) A week later a real question, in the same conversation."""
    thread = begin_thread(pair=cast.pair, by=cast.elina, now=NOW)
    thanks = write_message(thread=thread, text="Paldies!", by=cast.elina, now=NOW)
    settle_answer(message=thanks, by=cast.andris, now=NOW + DAY)
    asked = write_message(thread=thread, text="Kā reģistrēt firmu?", by=cast.elina, now=NOW + 7 * DAY)
    assert [each.message for each in owed(NOW + 21 * DAY)] == [asked]


@pytest.mark.parametrize("asked", ["šodien", "ŠODIEN", "Šodien", "čaikovskis"])
def test_a_word_is_found_whatever_its_case(cast: Cast, asked: str) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.elina, now=NOW)
    write_message(thread=thread, text="Šodien spēlē Čaikovskis.", by=cast.elina, now=NOW)
    assert list(threads_of(cast.pair, "mentor", asked)) == [thread]


def test_after_the_end_no_message_disappears(cast: Cast) -> None:
    """After that nothing of the pair can be changed, only read by those two (closing)."""
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    message = write_message(thread=thread, text="Es tev apsolu darbu.", by=cast.andris, now=NOW)
    dissolve_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY, reason="Beidzās.")
    with pytest.raises(PairHasEnded):
        take_back(message=message, by=cast.andris, now=NOW + 60 * DAY)
    assert Message.objects.get().text == "Es tev apsolu darbu."
