"""The Back button: after signing out it shows nothing, and what was being written is still there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests import make
from tests.cast import Cast, assemble
from tests.journeys.conftest import Visitor, launch

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Cik maksā krāsns?"


@pytest.fixture
def cast() -> Cast:
    """Elīna's next thing is to write questions for the meeting that comes."""
    assembled = assemble()
    make.meeting(assembled.pair, days=3, now=datetime.now(UTC))
    return assembled


@pytest.fixture
def remembering(browser: Browser, live_server: Any) -> Iterator[Visitor]:
    """A browser that keeps whole pages for its Back button, as people's browsers do; ours is told not to."""
    started = launch(browser.browser_type, ignore_default_args=["--disable-back-forward-cache"])
    yield Visitor(started, live_server.url)
    started.close()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_after_signing_out_back_shows_nothing(remembering: Visitor, cast: Cast, script: bool) -> None:
    page = remembering("/", person=cast.elina, script=script)
    expect(page.locator("#question")).to_be_visible()
    page.locator("summary.me").click()
    page.locator("form[action='/sign-out/'] button").click()
    expect(page.locator("h1")).to_have_text("Pieslēgties")
    page.go_back(wait_until="commit")
    expect(page.locator("h1")).to_have_text("Pieslēgties")
    assert "Elīna" not in page.content()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_what_was_being_written_is_there_after_back(remembering: Visitor, cast: Cast, script: bool) -> None:
    page = remembering("/", person=cast.elina, script=script)
    page.locator("#question").fill(WORDS)
    page.locator("nav.tabs a").nth(2).click()
    expect(page.locator("#question")).to_have_count(0)
    page.go_back()
    expect(page.locator("#question")).to_have_value(WORDS)
    # It stands in its field already: nothing has to be put back.
    assert page.locator("[data-kept]").count() == 0


def test_what_was_being_written_is_offered_after_signing_in_again(visit: Visitor, cast: Cast) -> None:
    page = visit("/", person=cast.elina)
    page.locator("#question").fill(WORDS)
    page.goto("/gallery/")
    page.goto("/")
    expect(page.locator("#question")).to_have_value("")
    page.locator("[data-kept=back]").click()
    expect(page.locator("#question")).to_have_value(WORDS)
