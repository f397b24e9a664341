"""Without a connection: what is written stays on the device, and goes to the diary when it is back (R13)."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.cast import Cast, assemble
from tests.journeys.conftest import Time, Visitor
from tests.make import NOW
from varpa.diary.actions import begin_entry, write_entry
from varpa.diary.models import Entry
from varpa.diary.queries import minutes_of
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import Meeting

pytestmark = pytest.mark.django_db(transaction=True)
# The policy forbids the waiting of the browser's own kind, which evaluates words.
KEPT = """async () => {
  const until = performance.now() + 20000;
  while (!navigator.serviceWorker.controller || !(await caches.match("/offline/"))) {
    if (performance.now() > until) throw new Error("nothing is ready for the line to go");
    await new Promise((go) => setTimeout(go, 50));
  }
}"""
DAY = date(2025, 10, 7)
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
    # The device has the hour of the site: a page begun there bears its day.
    opened.context.clock.set_fixed_time(NOW)
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


def test_what_is_written_about_one_meeting_never_stands_in_the_page_of_another(
    page: Page, cast: Cast
) -> None:
    first = Meeting.objects.get()
    review_meeting(
        meeting=first, by=cast.andris, now=NOW + timedelta(days=1, hours=3), minutes=60, text="Labi."
    )
    second = make.held(cast.pair, days=2, kind="regular")
    new = f"/pairs/{cast.pair.ref}/diary/new/?meeting="
    page.goto(f"{new}{first.ref}")
    page.locator("#offline-notes").fill(WORDS)
    page.goto(f"{new}{second.ref}")
    expect(page.locator("#offline-notes")).to_have_value("")
    page.context.set_offline(False)
    expect(page.locator("textarea[name=notes]:not(#offline-notes)")).to_have_value("")
    page.goto(f"{new}{first.ref}")
    expect(page.locator("textarea[name=notes]:not(#offline-notes)")).to_have_value(WORDS)
    expect(page.locator("[data-when=saved]:visible").first).to_be_visible()
    kept = Entry.objects.get()
    assert (kept.meeting, kept.notes, minutes_of(kept)) == (first, WORDS, first.minutes)


def test_what_is_added_to_a_page_leaves_its_day_and_its_length(page: Page, cast: Cast) -> None:
    entry = begin_entry(pair=cast.pair, day=DAY, by=cast.andris, now=NOW)
    written = {"texts": {"notes": "Vecais.", "results": "R"}, "answers": {}, "revision": entry.revision}
    write_entry(entry=entry, day=DAY, minutes=45, by=cast.andris, now=NOW, **written)
    page.goto(f"/entries/{entry.ref}/")
    page.locator("#offline-notes").fill(WORDS)
    page.context.set_offline(False)
    expect(page.locator("textarea[name=notes]:not(#offline-notes)")).to_have_value(WORDS)
    page.locator("button[type=submit]:visible").last.click()
    expect(page.locator("fieldset.merge").first).to_be_visible()
    box = page.locator("fieldset.merge textarea:visible:not([readonly])").first
    box.fill(f"Vecais. {WORDS}")
    page.locator("button[type=submit]:visible").last.click()
    expect(page.locator("fieldset.merge")).to_have_count(0)
    entry.refresh_from_db()
    assert (entry.notes, entry.results, entry.day, entry.minutes) == (f"Vecais. {WORDS}", "R", DAY, 45)


def test_what_is_offered_of_a_review_is_added_to_what_stands_there(
    page: Page, cast: Cast, time: Time
) -> None:
    time.is_now(NOW + timedelta(days=1, hours=5))
    meeting = Meeting.objects.get()
    told = {"minutes": 60, "text": "Labi gāja.", "how_it_went": "Labi", "results": "R", "progress": "P"}
    review_meeting(meeting=meeting, by=cast.andris, now=NOW + timedelta(days=1, hours=3), shared=True, **told)
    page.goto(f"/meetings/{meeting.ref}/review/")
    page.locator("#offline-text").fill(WORDS)
    page.context.set_offline(False)
    page.get_by_role("button", name="Ielikt atpakaļ").click()
    expect(page.locator("[name=text]")).to_have_value(f"Labi gāja.\n\n{WORDS}")
    expect(page.locator("[name=shared]")).to_be_checked()
    expect(page.locator("[name=minutes]").first).to_have_value("60")


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
