"""A passkey made on the own page, and signing in by it; an app with codes of whoever runs programmes."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from tests.cast import Cast, assemble
from tests.factors.conftest import half_minute, shown
from tests.journeys.conftest import DESKTOP, Visitor
from varpa.people.models import Person
from varpa.post.models import Letter

__all__ = ["half_minute"]


@pytest.fixture
def cast() -> Cast:
    return assemble()


def with_device(page: Page) -> None:
    """The browser has a device that keeps passkeys and knows its owner's finger."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    owns = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    sees = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**owns, **sees}})


def by_mail(page: Page, person: Person) -> None:
    page.locator("input[name=email]").fill(person.email or "")
    page.get_by_role("button", name="Sūtīt kodu").click()
    code = re.search(r"\b\d{6}\b", Letter.objects.filter(kind="people.code").latest("pk").text)
    assert code
    page.locator("input[name=code]").fill(code.group())
    page.get_by_role("button", name="Pieslēgties", exact=True).click()


def test_a_mentee_makes_a_passkey_and_signs_in_by_it(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast
) -> None:
    page = visit("/sign-in/")
    with_device(page)
    by_mail(page, cast.elina)
    page.goto("/me/")
    page.get_by_role("link", name="Piekļuves atslēgas un otrais solis").click()
    clean(page)
    page.get_by_role("link", name="Pievienot piekļuves atslēgu").click()
    clean(page)
    page.locator("input[name=name]").fill("Mans telefons")
    page.get_by_role("button", name="Pievienot").click()
    page.wait_for_url("**/me/sign-in/codes/")
    clean(page)
    assert page.locator(".factor-codes li").count() == 10
    page.get_by_role("link", name="Kodi ir pierakstīti").click()
    assert page.locator("input[name=name]").input_value() == "Mans telefons"
    clean(page)
    page.goto("/sign-out/")
    page.get_by_role("button", name="Atslēgties").first.click()
    page.goto("/sign-in/?next=/me/")
    page.get_by_role("button", name="Pieslēgties ar piekļuves atslēgu").click()
    page.wait_for_url("**/me/")
    assert page.locator("summary.me").inner_text().startswith("Elīna")


def test_without_a_passkey_on_the_device_the_page_says_that_it_did_not_work(
    visit: Visitor, cast: Cast
) -> None:
    page = visit("/sign-in/")
    with_device(page)
    page.get_by_role("button", name="Pieslēgties ar piekļuves atslēgu").click()
    page.get_by_text("Tas neizdevās vai tika pārtraukts.").wait_for()
    assert page.url.endswith("/sign-in/")


def test_without_scripts_the_page_says_that_a_passkey_needs_them(visit: Visitor, cast: Cast) -> None:
    page = visit("/sign-in/", script=False)
    assert "Piekļuves atslēgai vajag skriptus" in page.locator("main").inner_text()
    by_mail(page, cast.elina)
    assert page.locator("summary.me").inner_text().startswith("Elīna")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_manager_sets_up_an_app_and_signs_in_by_its_code(
    visit: Visitor, clean: Callable[[Page], None], cast: Cast, script: bool
) -> None:
    page = visit("/sign-in/", size=DESKTOP, script=script)
    by_mail(page, cast.inga)
    assert page.locator("h1").inner_text() == "Iestatiet otro soli"
    if script:
        clean(page)
    page.get_by_role("link", name="Iestatīt lietotni").first.click()
    if script:
        clean(page)
    secret = page.locator(".factor-key").inner_text().replace(" ", "")
    page.locator("input[name=code]").fill(shown(secret))
    page.get_by_role("button", name="Iestatīt").click()
    codes = page.locator(".factor-codes li").all_inner_texts()
    assert len(codes) == 10
    page.goto("/sign-out/")
    page.get_by_role("button", name="Atslēgties").first.click()
    cache.clear()
    page.goto("/sign-in/")
    by_mail(page, cast.inga)
    assert page.locator("h1").inner_text() == "Otrais solis"
    if script:
        clean(page)
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Pieslēgties", exact=True).click()
    assert "Kods neder." in page.locator("main").inner_text()
    page.locator("input[name=code]").fill(shown(secret))
    page.get_by_role("button", name="Pieslēgties", exact=True).click()
    assert page.locator("summary.me").inner_text().startswith("Inga")
