"""Signing in by an account of the school: there and back, with and without scripts, stopped, or in vain."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.cast import Cast, assemble
from tests.journeys.conftest import Visitor
from tests.providers.conftest import School, answering, school

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
