"""Through the door: a code by mail, in the language one reads, with and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import make
from tests.journeys.conftest import DESKTOP, Visitor
from varpa.post.models import Letter

WORDS = {"lv": "Pieslēgties", "lt": "Prisijungti", "en": "Sign in"}


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_signing_in_by_a_mailed_code(visit: Visitor, script: bool) -> None:
    make.person("Elīna Bērziņa", "elina@varpa.example")
    page = visit("/", script=script)
    page.locator("input[name=email]").fill("elina@varpa.example")
    page.locator("main form button[type=submit]").first.click()
    code = re.search(r"\b\d{6}\b", Letter.objects.get().text)
    assert code
    page.locator("input[name=code]").fill(code.group())
    page.locator("main form button[type=submit]").first.click()
    assert page.locator("summary.me").inner_text().startswith("Elīna")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_door_reads_well_in_each_language(
    visit: Visitor, clean: Callable[[Page], None], language: str, theme: str
) -> None:
    page = visit("/sign-in/", language=language, theme=theme)
    assert page.locator("h1").inner_text() == WORDS[language]
    clean(page)


def test_the_language_is_chosen_at_the_door(visit: Visitor) -> None:
    page = visit("/sign-in/", language="en", size=DESKTOP)
    page.locator("button[name=language][value=lt]").click()
    assert page.locator("html").get_attribute("lang") == "lt"
