"""What was written while the line was dead: kept on the device, told on each page, sent once (R13)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.cast import Cast, assemble
from tests.journeys.conftest import Time, Visitor
from tests.journeys.test_offline import KEPT, WORDS
from tests.make import NOW
from varpa.diary.actions import begin_entry, write_entry
from varpa.diary.models import Entry
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import HourLine, Meeting, MeetingState, Review

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "[data-since]"
NOTES = "textarea[name=notes]:not(#offline-notes)"
SAVED = "[data-when=saved]:visible"
CONFLICT = "[data-when=conflict]:visible"
NO_LINE = "[data-no-line]"
NEVER_NOTICES = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true })"
SENT = """async () => {
  const until = performance.now() + 20000;
  while (Object.keys(localStorage).some(key => key.startsWith("varpa:"))) {
    if (performance.now() > until) throw new Error("it was not sent");
    await new Promise((go) => setTimeout(go, 50));
  }
}"""
AGO = """days => Object.keys(localStorage).filter(key => key.startsWith("varpa:")).forEach(key => {
  const draft = JSON.parse(localStorage.getItem(key));
  localStorage.setItem(key, JSON.stringify({ ...draft, at: draft.at - days * 86400000,
    offered: draft.offered && draft.offered - days * 86400000 }));
})"""


@pytest.fixture
def cast(time: Time) -> Cast:
    """Andris met Elīna yesterday, and has not said yet how it was."""
    assembled = assemble()
    make.meeting(assembled.pair, days=1)
    time.is_now(NOW + timedelta(days=1, hours=5))
    return assembled


@pytest.fixture
def opened(visit: Visitor, cast: Cast) -> Callable[[str], Page]:
    """A page as Andris sees it, on a device that is ready for the line to go."""

    def visited(path: str) -> Page:
        page = visit(path, person=cast.andris)
        page.evaluate(KEPT)
        # The device has the hour of the site: a page begun there bears its day.
        page.context.clock.set_fixed_time(NOW + timedelta(days=1, hours=5))
        return page

    return visited


@pytest.fixture
def new(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/diary/new/"


@pytest.fixture
def about(new: str, cast: Cast) -> str:
    meeting = Meeting.objects.get()
    then = NOW + timedelta(days=1, hours=3)
    review_meeting(meeting=meeting, by=cast.andris, now=then, minutes=60, text="Labi.")
    return f"{new}?meeting={meeting.ref}"


def elsewhere(page: Page, path: str = "/") -> Page:
    """The tab is closed; later, with the line there again, another one is opened."""
    other = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    other.goto(path)
    return other


def test_any_page_tells_of_a_diary_page_that_waits_on_this_device(
    opened: Callable[[str], Page], new: str, cast: Cast
) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(new)
    page.locator("#offline-notes").fill(WORDS)
    page = elsewhere(page)
    for path in (f"/pairs/{cast.pair.ref}/", f"/pairs/{cast.pair.ref}/diary/", "/"):
        page.goto(path)
        expect(page.locator(WAITS)).to_have_count(1)
    page.locator("main .notice a").click()
    expect(page.locator(NOTES)).to_have_value(WORDS)
    page.evaluate(SENT)
    page.goto("/")
    expect(page.locator(WAITS)).to_have_count(0)
    assert Entry.objects.get().notes == WORDS


def test_it_can_be_read_and_thrown_away_on_any_page(opened: Callable[[str], Page], new: str) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(new)
    page.locator("#offline-notes").fill(WORDS)
    page = elsewhere(page)
    page.locator("main .notice summary").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("button", name="Izmest").click()
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(WAITS)).to_have_count(0)


def test_nothing_that_waits_is_forgotten_before_it_was_offered_for_thirty_days(
    opened: Callable[[str], Page], new: str
) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(new)
    page.locator("#offline-notes").fill(WORDS)
    page.evaluate(AGO, 40)
    page = elsewhere(page)
    expect(page.locator(WAITS)).to_have_count(1)
    page.evaluate(AGO, 29)
    page.reload()
    expect(page.locator(WAITS)).to_have_count(1)
    page.evaluate(AGO, 2)
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(WAITS)).to_have_count(0)


def test_another_person_on_the_same_device_sees_none_of_it(
    opened: Callable[[str], Page], new: str, visit: Visitor, cast: Cast
) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(new)
    page.locator("#offline-notes").fill(WORDS)
    page = elsewhere(page, "/offline/")
    page.context.clear_cookies()
    visit._sign_in(page.context, cast.elina)
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(WAITS)).to_have_count(0)
    page.context.set_offline(True)
    page.goto("/")
    expect(page.locator("[data-again]")).to_be_visible()
    assert WORDS not in page.locator("body").inner_text()
    expect(page.locator("[data-waits] li")).to_have_count(0)


@pytest.mark.parametrize("about_meeting", [False, True])
def test_a_page_written_before_and_after_the_cut_is_one_entry_that_nobody_changed(
    opened: Callable[[str], Page], new: str, about: str, about_meeting: bool
) -> None:
    page = opened(about if about_meeting else new)
    page.locator(NOTES).fill("Viens.")
    expect(page.locator(SAVED).first).to_be_visible()
    page.context.set_offline(True)
    page.locator(NOTES).fill("Viens. Divi.")
    expect(page.locator("[data-when=offline]:visible")).to_be_visible()
    page.reload()
    expect(page.locator("#offline-notes")).to_have_value("Viens. Divi.")
    page.locator("#offline-notes").fill("Viens. Divi. Trīs.")
    page.context.set_offline(False)
    expect(page.locator(NOTES)).to_have_value("Viens. Divi. Trīs.")
    page.evaluate(SENT)
    expect(page.locator(SAVED).first).to_be_visible()
    assert Entry.objects.get().notes == "Viens. Divi. Trīs."
    page.get_by_role("button", name="Pabeigt ierakstu").last.click()
    page.wait_for_url("**/diary/")
    assert Entry.objects.count() == 1


def test_what_was_begun_elsewhere_meanwhile_is_merged(
    opened: Callable[[str], Page], about: str, cast: Cast
) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(about)
    page.locator("#offline-notes").fill(WORDS)
    meeting = Meeting.objects.get(ref=about.split("=")[1])
    entry = begin_entry(pair=cast.pair, day=date(2025, 10, 14), by=cast.andris, now=NOW, meeting=meeting)
    written = {"texts": {"notes": "No datora."}, "answers": {}, "revision": entry.revision, "minutes": 60}
    write_entry(entry=entry, day=entry.day, by=cast.andris, now=NOW, **written)
    page.context.set_offline(False)
    expect(page.locator(NOTES)).to_have_value(WORDS)
    expect(page.locator(CONFLICT)).to_be_visible()
    page.get_by_role("button", name="Pabeigt ierakstu").last.click()
    box = page.locator("fieldset.merge textarea").first
    expect(box).to_have_value(f"No datora.\n{WORDS}")
    page.get_by_role("button", name="Pabeigt ierakstu").last.click()
    page.wait_for_url("**/diary/")
    page.evaluate(SENT)
    assert Entry.objects.get().notes == f"No datora.\n{WORDS}"


def test_what_is_added_to_an_entry_that_this_device_has_seen_stands_below_it(
    opened: Callable[[str], Page], cast: Cast
) -> None:
    entry = make.entry(cast.pair)
    page = opened(f"/entries/{entry.ref}/")
    page.context.set_offline(True)
    page.reload()
    page.locator("#offline-notes").fill(WORDS)
    page.context.set_offline(False)
    expect(page.locator(NOTES)).to_have_value(f"{entry.notes}\n\n{WORDS}")
    page.evaluate(SENT)
    assert Entry.objects.get().notes == f"{entry.notes}\n\n{WORDS}"


def test_what_is_written_after_the_session_ended_comes_back_by_the_address_where_it_was_begun(
    opened: Callable[[str], Page], about: str, visit: Visitor, cast: Cast
) -> None:
    page = opened(about)
    page.locator(NOTES).fill("Pirmais.")
    expect(page.locator(SAVED).first).to_be_visible()
    page.context.clear_cookies()
    page.locator(NOTES).fill("Pirmais. Otrais.")
    expect(page.locator("[data-when=signed-out]:visible, [data-when=refused]:visible").first).to_be_visible()
    visit._sign_in(page.context, cast.andris)
    page.goto(about)
    expect(page.locator(NOTES)).to_have_value("Pirmais. Otrais.")
    page.evaluate(SENT)
    assert Entry.objects.get().notes == "Pirmais. Otrais."


@pytest.mark.parametrize("reloaded", [False, True])
def test_a_saving_whose_answer_was_lost_is_no_change_of_anybody(
    visit: Visitor, new: str, cast: Cast, reloaded: bool
) -> None:
    page = visit(new, person=cast.andris, worker=False)
    page.route("**/diary/new/**", lambda route: (route.fetch(), route.abort()), times=1)
    page.locator(NOTES).fill("Viens.")
    expect(page.locator("[data-when=offline]:visible")).to_be_visible()
    page.unroute_all()
    assert Entry.objects.get().notes == "Viens."
    page.locator(NOTES).fill("Viens. Divi.")
    if reloaded:
        page.goto(page.url)
    page.evaluate(SENT)
    assert Entry.objects.get().notes == "Viens. Divi."


def test_a_page_left_while_it_saved_itself_claims_nothing(visit: Visitor, new: str, cast: Cast) -> None:
    page = visit(new, person=cast.andris, worker=False)
    page.locator(NOTES).fill(WORDS)
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    page.evaluate(SENT)
    expect(page.locator(WAITS)).to_have_count(0)
    assert Entry.objects.get().notes == WORDS


def test_a_review_saved_without_a_line_is_sent_when_it_is_back(opened: Callable[[str], Page]) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(f"/meetings/{Meeting.objects.get().ref}/review/")
    page.locator("#offline-text").fill(WORDS)
    page.locator("#offline-minutes-text").fill("50")
    page.get_by_role("button", name="Saglabāt").click()
    expect(page.locator("[data-kept-here=send]:visible")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Pierakstīts.")).to_be_visible()
    assert Review.objects.get().text == WORDS
    assert HourLine.objects.get().minutes == 50
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(WAITS)).to_have_count(0)


def test_a_review_that_was_only_begun_waits_for_its_button(opened: Callable[[str], Page], cast: Cast) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(f"/meetings/{Meeting.objects.get().ref}/review/")
    page.locator("#offline-text").fill("Elīna neatnāca.")
    page = elsewhere(page, f"/pairs/{cast.pair.ref}/diary/")
    expect(page.locator(WAITS)).to_have_count(1)
    page.locator("main .notice a").click()
    page.get_by_role("button", name="Ielikt atpakaļ").click()
    expect(page.locator("[name=text]")).to_have_value("Elīna neatnāca.")
    assert Meeting.objects.get().state == MeetingState.PLANNED


@pytest.mark.parametrize("home", [True, False])
@pytest.mark.parametrize("noticed", [True, False])
def test_a_review_saved_while_the_line_is_dead_goes_when_it_is_back(
    opened: Callable[[str], Page], home: bool, noticed: bool
) -> None:
    page = opened("/")
    if not noticed:
        page.add_init_script(NEVER_NOTICES)
    page.goto("/" if home else f"/meetings/{Meeting.objects.get().ref}/review/")
    page.locator("[name=text]").fill(WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Saglabāt").click()
    if noticed:
        expect(page.locator(f"{NO_LINE} [data-said=resend]")).to_be_visible()
    else:
        expect(page.locator("h1")).to_have_text("Pašlaik nav savienojuma")
    page.context.set_offline(False)
    expect(page.get_by_text("Pierakstīts.")).to_be_visible()
    assert Review.objects.get().text == WORDS
    assert HourLine.objects.count() == 1


@pytest.mark.parametrize("noticed", [True, False])
def test_an_entry_finished_while_the_line_is_dead_is_kept_in_plain_words(
    opened: Callable[[str], Page], new: str, noticed: bool
) -> None:
    page = opened("/")
    if not noticed:
        page.add_init_script(NEVER_NOTICES)
    page.goto(new)
    page.context.set_offline(True)
    page.locator(NOTES).fill(WORDS)
    page.get_by_role("button", name="Pabeigt ierakstu").last.click()
    if noticed:
        expect(page.locator(f"{NO_LINE} [data-said=kept]")).to_be_visible()
    else:
        expect(page.locator("#offline-notes")).to_have_value(WORDS)
    page.context.set_offline(False)
    expect(page.locator(NOTES)).to_have_value(WORDS)
    page.evaluate(SENT)
    assert Entry.objects.get().notes == WORDS


def test_signing_out_while_the_line_is_dead_removes_nothing(opened: Callable[[str], Page], new: str) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.goto(new)
    page.locator("#offline-notes").fill(WORDS)
    page = elsewhere(page)
    expect(page.locator(WAITS)).to_have_count(1)
    page.context.set_offline(True)
    page.locator("form[data-leave]").first.evaluate("form => form.requestSubmit()")
    expect(page.locator(NO_LINE)).to_have_count(1)
    assert WORDS in page.evaluate("JSON.stringify(Object.entries(localStorage))")


def test_whoever_opened_only_the_first_page_can_begin_one(opened: Callable[[str], Page]) -> None:
    page = opened("/")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-places] a")).to_have_count(2)
    page.get_by_role("link", name="Mentora dienasgrāmata (Andris, Elīna)").click()
    expect(page.locator("#offline-notes")).to_be_visible()
    page.goto("/")
    page.locator("[data-places] a[href*=review]").click()
    expect(page.locator("#offline-text")).to_be_visible()
