"""No letter can say that letters do not go out: whoever manages reads it at home."""

from datetime import timedelta

import pytest

from tests.cast import Cast, assemble
from tests.home.test_pages import page, queries, speak, text
from tests.make import NOW
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db
WORDS = {
    "lv": "Vēstules netiek nosūtītas.",
    "lt": "Laiškai neišsiunčiami.",
    "en": "Letters do not go out.",
}


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    Letter.objects.update(state=LetterState.SENT, sent_at=NOW - timedelta(days=1))
    return cast


def waits(since: timedelta) -> None:
    first = Letter.objects.earliest("pk")
    Letter.objects.filter(pk=first.pk).update(state=LetterState.QUEUED, sent_at=None, not_before=NOW - since)


@pytest.mark.parametrize("language", WORDS)
def test_the_manager_reads_it_in_three_languages(cast: Cast, language: str) -> None:
    waits(timedelta(hours=2))
    speak(cast.inga, language)
    assert WORDS[language] in text(page(cast.inga, "/"))


def test_a_letter_of_this_hour_is_no_news(cast: Cast) -> None:
    waits(timedelta(minutes=40))
    assert WORDS["en"] not in text(page(cast.inga, "/"))


def test_a_mentor_is_not_troubled_with_it(cast: Cast) -> None:
    waits(timedelta(hours=2))
    assert WORDS["lv"] not in text(page(cast.andris, "/"))


def test_how_many_wait_costs_no_question_more(cast: Cast) -> None:
    waits(timedelta(hours=2))
    one = queries(cast.inga, "/")
    Letter.objects.update(state=LetterState.QUEUED, sent_at=None, not_before=NOW - timedelta(hours=2))
    assert queries(cast.inga, "/") == one
