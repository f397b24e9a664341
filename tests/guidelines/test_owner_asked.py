"""A passage that was published before the handover: its new owner is asked, and may refuse the next (R6)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.guidelines.conftest import ADVICE, handed_over
from tests.make import NOW
from varpa.guidelines.actions import recommendations as actions
from varpa.guidelines.actions.guidelines import publish
from varpa.guidelines.models import Guidelines, Recommendation, Version
from varpa.guidelines.owning import own_of
from varpa.guidelines.passages import passages_of
from varpa.guidelines.queries import usable, waiting

pytestmark = pytest.mark.django_db
ASKED = {
    "lv": "tikai tad, ja no šīs puses būs piekrišana",
    "lt": "tik gavus šios pusės sutikimą",
    "en": "only with your word",
}


@pytest.fixture
def published(cast: Cast, guidelines: Guidelines, passage: Recommendation) -> Version:
    """Guidelines with the passage; the diary is handed over afterwards."""
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    handed_over(cast)
    passage.refresh_from_db()
    return version


def test_what_comes_next_does_without_the_passage_until_the_mentee_says_yes(
    cast: Cast, guidelines: Guidelines, published: Version
) -> None:
    assert ADVICE not in [each.text for each in usable(cast.programme)]
    assert passages_of(cast.programme) == []
    assert waiting(cast.programme, NOW) == 1
    again = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    published.refresh_from_db()
    assert (again.number, ADVICE in str(again.texts), ADVICE in str(again.quoted)) == (2, False, False)
    assert ADVICE in str(published.texts)


def test_with_the_word_of_the_mentee_it_is_taken_again(
    cast: Cast, guidelines: Guidelines, published: Version, passage: Recommendation
) -> None:
    actions.consent(recommendation=passage, shown_as="role", by=cast.elina, now=NOW)
    assert ADVICE in [each.text for each in usable(cast.programme)]
    assert [each.both for each in passages_of(cast.programme)] == [True]
    # That the diary was handed over is counted meanwhile; the words are those that were published.
    assert publish(guidelines=guidelines, by=cast.inga, now=NOW).quoted == published.quoted


def test_the_mentee_takes_the_word_back_for_what_comes_next_and_the_mentor_does_not(
    cast: Cast, published: Version, passage: Recommendation
) -> None:
    actions.consent(recommendation=passage, shown_as="role", by=cast.elina, now=NOW)
    actions.take_back(recommendation=passage, by=cast.elina, now=NOW)
    assert passages_of(cast.programme) == []
    with pytest.raises(actions.PublishedAlready):
        actions.take_back(recommendation=passage, by=cast.andris, now=NOW)


@pytest.mark.parametrize("language", ASKED)
def test_the_page_asks_the_mentee(
    cast: Cast, published: Version, passage: Recommendation, language: str
) -> None:
    [own] = [each for each in own_of(cast.programme, cast.elina) if each.recommendation.pk == passage.pk]
    assert (own.mine, own.ready) == (False, False)
    cast.elina.language = language
    cast.elina.save()
    client = Client()
    client.force_login(cast.elina)
    path = reverse("guidelines:recommendations", args=[cast.programme.ref])
    page = client.get(path).content.decode()
    assert ASKED[language] in page
    asked = reverse("guidelines:consent", args=[passage.ref])
    assert asked in page
    assert client.post(asked, {"shown_as": "role"}).status_code == 302
    page = client.get(path).content.decode()
    assert ASKED[language] not in page
    assert reverse("guidelines:take_back", args=[passage.ref]) in page
