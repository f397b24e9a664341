"""Whose words stand in which language is said only where it is known: never guessed from the interface."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Cast
from tests.guidelines.conftest import ADVICE, OWN, from_diary, in_own_words
from tests.guidelines.test_surveys import asked, recommend, words_of
from tests.make import NOW
from varpa.diary.models import Entry
from varpa.guidelines.actions.guidelines import draft, publish
from varpa.guidelines.exporting import exported
from varpa.guidelines.forms import OfferForm
from varpa.guidelines.showing import quotation, quoted
from varpa.guidelines.springs import spring_of
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
MARKS = ("(angliski)", "(angliškai)", "(in English)")


@pytest.fixture
def reading_english(cast: Cast) -> Cast:
    """Andris and Elīna write Latvian, and have the interface in English."""
    Person.objects.filter(pk__in=[cast.andris.pk, cast.elina.pk]).update(language="en")
    cast.andris.refresh_from_db()
    cast.elina.refresh_from_db()
    return cast


def test_words_are_not_in_the_language_of_the_interface(reading_english: Cast, entry: Entry) -> None:
    cast = reading_english
    for made in (from_diary(cast, cast.andris, entry), in_own_words(cast, cast.elina)):
        assert made.language == ""
        for language in ("lv", "lt", "en"):
            assert "(" not in quotation(cast.programme, quoted(made), language)


def test_nor_do_the_guidelines_and_the_folder_say_so(reading_english: Cast, entry: Entry) -> None:
    cast = reading_english
    from_diary(cast, cast.andris, entry)
    in_own_words(cast, cast.elina)
    version = publish(
        guidelines=draft(programme=cast.programme, by=cast.inga, now=NOW), by=cast.inga, now=NOW
    )
    files = exported(version, Path(settings.METHODOLOGIES)).files
    told = [*files.values(), *(text for texts in version.texts.values() for text in texts.values())]
    assert any(ADVICE in text for text in told)
    assert any(OWN in text for text in told)
    assert not [text for text in told if any(mark in text for mark in MARKS)]


def test_of_an_answer_the_manager_says_the_language_or_leaves_it(cast: Cast) -> None:
    at = words_of(asked(cast, 10))
    assert recommend(cast, at, 1, ref="said", language="lv").language == "lv"
    assert recommend(cast, at, 1, ref="left").language == ""
    spring = spring_of(cast.programme, cast.inga, at)
    assert spring is not None
    form = OfferForm(None, spring=spring, may_be_named=True, programme=cast.programme)
    assert form["language"].value() is None
    assert form.fields["language"].required is False
