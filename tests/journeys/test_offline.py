"""Without a connection: what is written stays on the device, and goes to the diary when it is back (R13)."""

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.cast import Cast, assemble
from tests.journeys.conftest import Time, Visitor
from varpa.diary.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
# The policy forbids the waiting of the browser's own kind, which evaluates words.
KEPT = """async () => {
  while (!navigator.serviceWorker.controller || !(await caches.match("/offline/"))) {
    await new Promise((go) => setTimeout(go, 50));
  }
}"""
WORDS = "Pierakstīts autobusā, bez tīkla."


@pytest.fixture
def cast() -> Cast:
    """Andris has met Elīna and has not said yet how it was."""
    assembled = assemble()
    make.meeting(assembled.pair, days=1)
    return assembled


@pytest.fixture
def page(visit: Visitor, cast: Cast, time: Time) -> Page:
    """The mentor has looked at the room, and then the connection goes."""
    opened = visit(f"/pairs/{cast.pair.ref}/", person=cast.andris)
    opened.evaluate(KEPT)
    opened.context.set_offline(True)
    return opened


def test_a_diary_page_begun_without_a_connection_is_sent_when_it_is_back(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Pašlaik nav savienojuma")
    page.locator("[data-places] a").first.click()
    page.locator("#offline-notes").fill(WORDS)
    expect(page.locator("[data-kept-here]").first).to_be_visible()
    page.reload()
    expect(page.locator("#offline-notes")).to_have_value(WORDS)
    page.context.set_offline(False)
    # The page notices by itself that the connection is back.
    expect(page.locator("textarea[name=notes]:not(#offline-notes)")).to_have_value(WORDS)
    expect(page.locator("[data-when=saved]:visible").first).to_be_visible()
    assert Entry.objects.get().notes == WORDS


def test_a_device_that_never_notices_its_network_is_brought_back_all_the_same(page: Page) -> None:
    page.add_init_script("addEventListener('online', (event) => event.stopImmediatePropagation())")
    page.goto("/")
    page.locator("[data-places] a").first.click()
    page.locator("#offline-notes").fill(WORDS)
    page.context.set_offline(False)
    expect(page.locator("textarea[name=notes]:not(#offline-notes)")).to_have_value(WORDS)


def test_whoever_signs_out_leaves_nothing_behind(page: Page) -> None:
    page.goto("/")
    page.locator("[data-places] a").first.click()
    page.locator("#offline-notes").fill(WORDS)
    page.context.set_offline(False)
    expect(page.locator("textarea[name=notes]:not(#offline-notes)")).to_have_value(WORDS)
    page.goto("/me/")
    page.locator("form[data-leave]").first.evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("JSON.stringify(Object.entries(localStorage))").count(WORDS) == 0
    assert page.evaluate("localStorage.getItem('varpa-offline')") is None
