"""Signing in by an account of the school, there and back; and where one is signed in, seen and ended."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.cast import Cast, assemble
from tests.journeys.conftest import DESKTOP, Visitor
from tests.providers.conftest import BACK, School, answering, school

__all__ = ["answering", "school"]


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_mentee_signs_in_by_the_account_of_the_school(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast, school: School, script: bool
) -> None:
    school.has("e1", "elina@varpa.example")
    page = visit("/sign-in/?next=/me/", script=script)
    if script:
        clean(page)
    page.get_by_role("button", name="Rīgas skola").click()
    page.locator("input[name=sub]").fill("e1")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url("**/me/")
    assert page.locator("summary.me").inner_text().startswith("Elīna")


def test_whoever_stops_at_the_provider_comes_back_to_a_page_that_says_so(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast, school: School
) -> None:
    page = visit("/sign-in/")
    page.get_by_role("button", name="Rīgas skola").click()
    page.locator("input[name=sub]").wait_for()
    state = parse_qs(urlsplit(page.url).query)["state"][0]
    # The provider of the tests sends nobody back by this button with the state that it was given.
    page.goto(f"{visit.address}{BACK}?error=access_denied&state={state}")
    assert "Pieslēgšanās tika pārtraukta (Rīgas skola)." in page.locator("main").inner_text()
    clean(page)
    page.get_by_role("link", name="Uz pieslēgšanās lapu").click()
    assert page.locator("h1").inner_text() == "Pieslēgties"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_whoever_is_not_known_reads_what_to_do(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast, school: School, language: str, theme: str
) -> None:
    school.has("zz", "nobody@varpa.example")
    page = visit("/sign-in/", language=language, theme=theme)
    page.get_by_role("button", name="Rīgas skola").click()
    page.locator("input[name=sub]").fill("zz")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"**{BACK}*")
    clean(page)
    assert "Rīgas skola" in page.locator("main").inner_text()
    assert not page.locator("summary.me").count()


def test_a_provider_that_is_down_leaves_the_code_by_mail(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast, school: School, settings: Any
) -> None:
    settings.SIGN_IN_PROVIDERS = (replace(settings.SIGN_IN_PROVIDERS[0], server="http://localhost:9"),)
    page = visit("/sign-in/", size=DESKTOP)
    page.get_by_role("button", name="Rīgas skola").click()
    assert page.locator("h1").inner_text() == "Neatbild: Rīgas skola"
    clean(page)
    page.get_by_role("link", name="Uz pieslēgšanās lapu").click()
    page.locator("input[name=email]").fill("elina@varpa.example")
    page.get_by_role("button", name="Sūtīt kodu").click()
    assert page.locator("input[name=code]").count()


def test_nothing_is_asked_of_the_provider_by_a_page(visit: Visitor, cast: Cast, school: School) -> None:
    page = visit("/sign-in/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert asked
    assert [each for each in asked if school.server in each] == []


def test_one_sees_the_own_account_and_removes_it(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast, school: School
) -> None:
    school.has("e1", "elina@varpa.example")
    page = visit("/sign-in/?next=/me/sign-in/")
    page.get_by_role("button", name="Rīgas skola").click()
    page.locator("input[name=sub]").fill("e1")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url("**/me/sign-in/")
    clean(page)
    assert "Rīgas skola" in page.locator("#accounts").inner_text()
    page.locator("#accounts button").click()
    assert "Ar šo kontu vairs nevar pieslēgties." in page.locator("main").inner_text()
    assert not page.locator("#accounts").count()


def test_one_signs_out_on_the_computer_of_the_school(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast
) -> None:
    school, phone = (visit("/me/", person=cast.elina) for _browser in range(2))
    clean(phone)
    assert "Šī ierīce" in phone.locator("#signed-in").inner_text()
    phone.get_by_role("button", name="Atslēgties tur").click()
    assert "Tur pieslēgšanās ir pārtraukta." in phone.locator("main").inner_text()
    assert not phone.get_by_role("button", name="Atslēgties tur").count()
    school.goto(f"{visit.address}/me/")
    assert school.locator("h1").inner_text() == "Pieslēgties"
    clean(phone)
