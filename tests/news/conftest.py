"""A piece of news, published, and a page begun by Elīna."""

from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.kernel.text import TranslatedText
from varpa.news.actions.news import publish_news, write_news
from varpa.news.actions.pages import begin_page
from varpa.news.models import News, Page

HEADLINE = TranslatedText("Aizstāvēšana būs Jelgavā", "Gynimas vyks Jelgavoje", "The defence is in Jelgava")
WORDS = TranslatedText("Tiekamies **20. martā**.", "Susitinkame **kovo 20 d.**", "We meet on **20 March**.")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def draft(cast: Cast, **more: Any) -> News:
    said = {"title": HEADLINE, "text": WORDS, "for_mentors": True, "for_mentees": True, "by_letter": True}
    return write_news(programme=cast.programme, **{**said, **more}, by=cast.inga, now=NOW)


@pytest.fixture
def news(cast: Cast) -> News:
    made = draft(cast)
    publish_news(news=made, by=cast.inga, now=NOW)
    return made


@pytest.fixture
def page(cast: Cast) -> Page:
    said = {"title": "Kur meklēt pircējus", "text": "Tirdziņā un **skolā**.", "language": "lv"}
    return begin_page(programme=cast.programme, **said, by=cast.elina, now=NOW)
