"""A session that ends while somebody writes: the words go through at the first "Send again"."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.cast import Cast, assemble
from tests.journeys.conftest import Visitor
from varpa.meetings.models import Topic

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Cik maksā krāsns?"


@pytest.fixture
def cast() -> Cast:
    """Elīna's next thing is to write questions for the meeting that comes."""
    assembled = assemble()
    make.meeting(assembled.pair, days=3, now=datetime.now(UTC))
    return assembled


def send(page: Page) -> None:
    page.locator("#question").fill(WORDS)
    page.locator("#question").evaluate("field => field.form.requestSubmit()")


def sign_in_again(visit: Visitor, page: Page, cast: Cast) -> None:
    """In another tab of the same browser: the old token of the first page no longer fits."""
    tab = visit("/", person=cast.elina)
    page.context.clear_cookies()
    page.context.add_cookies(tab.context.cookies())


def test_the_words_are_sent_again_once_signed_in(visit: Visitor, cast: Cast) -> None:
    page = visit("/", person=cast.elina)
    page.context.clear_cookies(name="sessionid")
    send(page)
    expect(page.locator("textarea")).to_have_value(WORDS)
    sign_in_again(visit, page, cast)
    # Sent before its scripts have run, the words count as unsent on the device: better twice than never.
    page.wait_for_load_state("load")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    assert Topic.objects.get().text == WORDS


def test_a_page_left_open_over_a_new_sign_in_still_sends(visit: Visitor, cast: Cast) -> None:
    page = visit("/", person=cast.elina)
    sign_in_again(visit, page, cast)
    send(page)
    expect(page.get_by_text(WORDS).first).to_be_visible()
    assert Topic.objects.get().text == WORDS
