"""The timer of a meeting in a browser, with the clock in the test's hands (R5)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.cast import Cast, assemble
from tests.journeys.conftest import PHONE
from tests.meetings.conftest import HOUR, page, plan
from varpa.meetings.actions.preparation import prepare_meeting
from varpa.meetings.models import Meeting
from varpa.people.models import Person
from varpa.site.catalogues import CODE
from varpa.ui import styles

pytestmark = pytest.mark.django_db

SITE = "http://varpa.test/"
MINUTE = timedelta(minutes=1)
AGENDA = "- Kas izdarīts, 15 min\n- Cena un pašizmaksa (30 min)\n10 min: kas tālāk"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A meeting of an hour, with an agenda."""
    meeting = plan(cast, minutes=60)
    given = {"goals": "", "resources": "", "agenda": AGENDA}
    prepare_meeting(meeting=meeting, revision=0, by=cast.andris, now=meeting.starts_at - HOUR, **given)
    return meeting


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    yield context.new_page()
    context.close()


def show(screen: Page, meeting: Meeting, who: Person, minutes: int) -> None:
    """The page as it comes from the site at a minute, under its own policy, with the clock stopped there."""
    answer = page(who, f"/meetings/{meeting.ref}/", now=meeting.starts_at + minutes * MINUTE)
    policy = {"Content-Security-Policy": answer["Content-Security-Policy"]}

    def fulfil(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == f"static/{styles.NAME}":
            route.fulfill(body=styles.gathered(), content_type="text/css")
        elif path.startswith("static/"):
            kind = "text/javascript" if path.endswith(".js") else "text/css"
            route.fulfill(path=next(CODE.glob(f"*/{path}")), content_type=kind)
        else:
            route.fulfill(body=answer.content, headers={**policy, "Content-Type": "text/html"})

    screen.route("**/*", fulfil)
    screen.clock.install(time=meeting.starts_at + minutes * MINUTE)
    screen.clock.pause_at(meeting.starts_at + minutes * MINUTE + timedelta(seconds=1))
    screen.goto(SITE)


def test_it_counts_by_itself(cast: Cast, meeting: Meeting, screen: Page) -> None:
    show(screen, meeting, cast.elina, -2)
    timer = screen.get_by_role("timer", include_hidden=True)
    expect(timer).to_be_hidden()
    screen.clock.run_for("02:00")
    expect(timer).to_have_text("0\u00a0min no 1 stundas")
    screen.clock.run_for("14:00")
    expect(timer).to_have_text("14\u00a0min no 1 stundas")
    current = screen.locator("[aria-current=step]")
    expect(current).to_contain_text("Kas izdarīts")
    screen.clock.run_for("01:00")
    expect(current).to_have_count(1)
    expect(current).to_contain_text("Cena un pašizmaksa")


def test_it_is_calm_when_the_time_is_over(cast: Cast, meeting: Meeting, screen: Page) -> None:
    show(screen, meeting, cast.elina, 59)
    over = screen.get_by_text("Ieplānotais laiks ir pagājis.")
    expect(over).to_be_hidden()
    screen.clock.run_for("01:00")
    expect(over).to_be_visible()
    expect(screen.get_by_role("timer")).to_be_hidden()
    screen.get_by_role("status").get_by_role("link").focus()
    expect(screen.get_by_label("Piezīmes", exact=True)).to_be_visible()


def test_a_phone_that_slept_and_a_reload_tell_the_same(cast: Cast, meeting: Meeting, screen: Page) -> None:
    show(screen, meeting, cast.elina, 5)
    screen.clock.set_system_time(meeting.starts_at + 40 * MINUTE)
    screen.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(screen.get_by_role("timer")).to_have_text("40\u00a0min no 1 stundas")
    # A page that the browser kept, as after a lost line: it was written at the fifth minute.
    screen.reload()
    expect(screen.get_by_role("timer")).to_have_text("40\u00a0min no 1 stundas")


def test_it_is_quiet_for_those_who_listen(
    cast: Cast, meeting: Meeting, screen: Page, clean: Callable[[Page], None]
) -> None:
    show(screen, meeting, cast.elina, 20)
    # A timer is silent unless it is asked; nothing on the way there may make it speak.
    assert screen.get_by_role("timer").evaluate("each => each.closest('[aria-live], [role=status]')") is None
    written = "() => { window.written = 0; new MutationObserver(all => window.written += all.length)"
    screen.evaluate(
        f"{written}.observe(document.querySelector('[data-timer]'), {{childList: true, subtree: true}}); }}"
    )
    screen.clock.run_for("00:50")
    assert screen.evaluate("window.written") == 0
    screen.clock.run_for("00:10")
    assert screen.evaluate("window.written") == 1
    # The judge of accessibility needs a clock that goes.
    screen.clock.resume()
    clean(screen)
