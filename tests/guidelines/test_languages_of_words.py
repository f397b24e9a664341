"""A quotation in another language than the page carries it, on the page and on paper (WCAG 3.1.2)."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.guidelines.conftest import in_own_words
from tests.make import NOW
from varpa.documents.blocks import blocks
from varpa.guidelines.actions.guidelines import draft, open_to_all, publish
from varpa.guidelines.models import Version
from varpa.guidelines.papers import document
from varpa.ui.prose import markdown

pytestmark = pytest.mark.django_db
WORDS = "Vizitą į įmonę reikia rengti jau rugsėjį."


@pytest.fixture
def version(cast: Cast) -> Version:
    in_own_words(cast, cast.rimantas, words=WORDS)
    made = publish(guidelines=draft(programme=cast.programme, by=cast.inga, now=NOW), by=cast.inga, now=NOW)
    open_to_all(version=made, public=True, by=cast.inga, now=NOW)
    return made


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_page_says_in_which_language_a_quotation_is(version: Version, language: str) -> None:
    page = Client().get(f"/guidelines/{version.ref}/open/", {"language": language}).content.decode()
    assert f'<p lang="lt">{WORDS}</p>' in page
    signed = re.search(rf"{re.escape(WORDS)}</p>\s*<p>— ", page)
    assert signed, "whose words they are stands in the language of the page"


def test_the_paper_says_so_too(version: Version) -> None:
    assert b"/Lang(lt)" in document(version, language="en")
    version.texts = {}
    assert b"/Lang(lt)" not in document(version, language="en")


def test_of_words_that_do_not_show_their_language_nothing_is_said() -> None:
    assert "lang" not in markdown("> Susitikime trumpai.\n>\n> — Mentors")
    [quotation] = blocks("> Susitikime trumpai.\n>\n> — Mentors")
    assert {run["lang"] for run in quotation["runs"]} == {""}


def test_nobody_writes_a_language_of_their_own() -> None:
    assert "<p lang" not in markdown('<p lang="lt">Teksts</p>')
