"""A lead partner writes an own version of the methodology, and begins a programme from it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.cast import Cast, assemble
from tests.journeys.conftest import DESKTOP, PHONE, Visitor
from tests.make import NOW
from varpa.drafts.models import Draft
from varpa.programmes.models import OwnVersion, Programme
from varpa.programmes.queries import methodology_of

SAID = {"lv": "Vai abi bijāt laikā?", "lt": "Ar abu buvote laiku?", "en": "Were you both in time?"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_a_version_to_a_programme_by_an_own_one(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast, size: tuple[int, int], script: bool
) -> None:
    page = visit("/programmes/", person=cast.dace, language="lv", size=size, script=script)

    def follow(link: str) -> None:
        page.get_by_role("link", name=link).first.click()
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if script:
            clean(page)

    follow("Metodoloģijas")
    page.get_by_role("button", name="Veidot no šīs savu").first.click()
    follow("Dienasgrāmatas jautājumi")
    follow("Vai abi ieradāties laikā?")
    page.locator("[name=text_lt]").fill("")
    page.get_by_role("button", name="Saglabāt melnrakstā").click()
    follow("Mentoringa metodoloģija")
    assert page.get_by_role("link", name="Dienasgrāmatas jautājumi: Vai abi ieradāties laikā?").count() == 1
    follow("Dienasgrāmatas jautājumi: Vai abi ieradāties laikā?")
    for language, words in SAID.items():
        page.locator(f"[name=text_{language}]").fill(words)
    page.get_by_role("button", name="Saglabāt melnrakstā").click()
    follow("Mentoringa metodoloģija")
    follow("Skatīt, kas mainās, un publicēt")
    page.get_by_role("button", name="Publicēt redakciju").click()
    follow("Sākt programmu")
    _begin(page)
    own = OwnVersion.objects.get(organisation=cast.organisation).version
    programme = Programme.objects.get(methodology_version=own)
    assert Draft.objects.get().became == own
    assert methodology_of(programme).diary.questions[0].text.as_dict() == SAID
    running = Programme.objects.get(pk=cast.programme.pk)
    assert methodology_of(running).diary.questions[0].text.lv == "Vai abi ieradāties laikā?"


def _begin(page: Page) -> None:
    page.get_by_label(", 1.1. redakcija").check()
    for language in SAID:
        page.locator(f"[name=name_{language}]").fill("2026")
    page.locator("[name=starts]").fill((NOW + timedelta(days=30)).date().isoformat())
    page.locator("[name=ends]").fill((NOW + timedelta(days=300)).date().isoformat())
    page.get_by_role("button", name="Sākt melnrakstu").click()
    page.wait_for_load_state()
