"""A recording whose line is dead, or dies under way: it stays on its page, and goes again, once (0050)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.cast import Cast
from tests.journeys.test_offline import WORDS
from tests.journeys.test_waiting import NEVER_NOTICES, NO_LINE, cast, opened
from tests.messaging.test_actions import VOICE
from varpa.messaging.models import Attachment

__all__ = ["cast", "opened"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("noticed", [True, False])
def test_a_recording_that_cannot_go_stays_on_the_page(
    opened: Callable[[str], Page], cast: Cast, noticed: bool
) -> None:
    page = opened(f"/pairs/{cast.pair.ref}/messages/new/")
    if not noticed:
        page.add_init_script(NEVER_NOTICES)
        page.reload()
    voice = {"name": "voice.webm", "mimeType": "audio/webm", "buffer": VOICE}
    page.locator("input[type=file]").set_input_files(voice)
    page.locator("#message [name=subject]").fill("Cena")
    page.locator("#message [name=text]").fill(WORDS)
    page.context.set_offline(True)
    page.locator("#message button[type=submit]").click()
    expect(page.locator(f"{NO_LINE} [data-said=files]")).to_be_visible()
    assert page.locator("input[type=file]").evaluate("each => each.files.length") == 1
    expect(page.locator("#message [name=text]")).to_have_value(WORDS)
    page.context.set_offline(False)
    if not noticed:
        page.locator("#message button[type=submit]").click()
    page.wait_for_url("**/threads/**")
    assert Attachment.objects.get().message.text == WORDS


@pytest.mark.parametrize("arrived", [False, True])
def test_a_recording_whose_line_dies_under_way_is_sent_again_and_once(
    opened: Callable[[str], Page], cast: Cast, arrived: bool
) -> None:
    """The line held when it was asked, and died while the recording went, or before the answer came."""
    new = f"/pairs/{cast.pair.ref}/messages/new/"
    page = opened(new)
    sent: list[str] = []

    def die(route: Route) -> None:
        if route.request.method != "POST" or sent:
            return route.continue_()
        sent.append(route.request.url)
        if arrived:
            route.fetch(max_redirects=0)
        return route.abort()

    page.route(f"**{new}", die)
    voice = {"name": "voice.webm", "mimeType": "audio/webm", "buffer": VOICE}
    page.locator("input[type=file]").set_input_files(voice)
    page.locator("#message [name=subject]").fill("Cena")
    page.locator("#message [name=text]").fill(WORDS)
    page.locator("#message button[type=submit]").click()
    expect(page.locator(f"{NO_LINE} [data-said=resend]")).to_be_visible()
    assert page.locator("input[type=file]").evaluate("each => each.files.length") == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_url("**/threads/**")
    assert Attachment.objects.get().message.text == WORDS
    assert len(sent) == 1
