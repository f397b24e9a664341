"""What a pupil's phone shows, and when: a slow processor, a slow mobile line, an empty cache.

Chromium with a four times slower processor, 150 ms each way and back, 1.6 Mbit a second down and 0.75 up (the
"slow 4G" of Lighthouse). For each page, three times: how long until the largest thing is painted, how much
moved, and how long a tap or a letter waits until the page shows it (W3C Largest Contentful Paint, Layout
Instability and Event Timing). A page that is asked for by a tap waits for the line besides: it is only shown.
"""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from bench._report import Row, report
from bench._site import Site, folder, session

PAINTED, MOVED, ANSWERED = 2.0, 0.0, 200.0
TIMES, SLOWER = 3, 4
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
WATCH = """
window.seen = {painted: 0, moved: 0, answered: 0};
const watch = (type, tell, more) =>
  new PerformanceObserver(list => list.getEntries().forEach(tell)).observe({type, buffered: true, ...more});
watch("largest-contentful-paint", each => seen.painted = each.startTime);
watch("layout-shift", each => seen.moved += each.hadRecentInput ? 0 : each.value);
watch("event", each => seen.answered = Math.max(seen.answered, each.interactionId ? each.duration : 0),
  {durationThreshold: 16});
"""
FOLDED, BOXES, MARKS = "main summary:visible", "main textarea:visible", "main input[type=radio]:visible"


@dataclass(frozen=True)
class Seen:
    """Of one opening: seconds to the largest paint, the layout's shift, milliseconds of the slowest answer.

    `answered` is None where nothing on the page can be tapped but what leads elsewhere.
    """

    painted: float
    moved: float
    answered: float | None


def main() -> None:
    with folder():
        from varpa.site import wal
        from varpa.site.replay.living import live

        live(running=2, ended=1)
        pages = chosen()
        wal.checkpoint()
        site = Site()
        try:
            rows = measured_on_a_phone(site, pages)
        finally:
            site.close()
    report("phone", rows)


def measured_on_a_phone(site: Site, pages: dict[str, tuple[str, str]]) -> list[Row]:
    """The figures of all pages, in one browser."""
    from tests.journeys.conftest import launch

    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        rows = [row for name, visit in pages.items() for row in measured(browser, site, name, *visit)]
        browser.close()
    return rows


def chosen() -> dict[str, tuple[str, str]]:
    """The pages that somebody opens on a phone: name, address and the cookie of who opens it."""
    from django.urls import reverse

    from varpa.businessplans.models import BusinessPlan
    from varpa.meetings.models import Meeting
    from varpa.pairs.models import Pair, PairState

    pair = Pair.objects.filter(state=PairState.ACTIVE).order_by("pk")[0]
    mentee, mentor = session(pair.mentee.person), session(pair.mentor.person)
    meeting = Meeting.objects.filter(pair=pair).order_by("-starts_at")[0]
    plan = BusinessPlan.objects.get(membership=pair.mentee)
    return {
        "the sign-in page": (reverse("account_login"), ""),
        "the front door": (reverse("calls:call", args=[pair.programme.ref]), ""),
        "the mentee's home": ("/", mentee),
        "the mentor's home": ("/", mentor),
        "the pair's room": (reverse("home:room", args=[pair.ref]), mentee),
        "the cooperation plan": (reverse("pairs:plan", args=[pair.ref]), mentee),
        "a meeting": (reverse("meetings:meeting", args=[meeting.ref]), mentor),
        "a page of the diary": (reverse("diary:new", args=[pair.ref]), mentor),
        "the business plan": (reverse("businessplans:plan", args=[plan.ref]), mentee),
        "the conversations": (reverse("messaging:threads", args=[pair.ref]), mentee),
    }


def measured(browser: Browser, site: Site, name: str, path: str, cookie: str) -> list[Row]:
    """The figures of one page: the middle of its openings, each on a phone that was never here."""
    seen = [opened(browser, site, path, cookie) for _ in range(TIMES)]
    rows = [
        Row(f"{name}: painted", statistics.median(each.painted for each in seen), "s", PAINTED),
        Row(f"{name}: moved", max(each.moved for each in seen), "", MOVED),
    ]
    taps = [each.answered for each in seen if each.answered is not None]
    if taps:
        rows.append(Row(f"{name}: a tap is answered", statistics.median(taps), "ms", ANSWERED))
    return rows


def opened(browser: Browser, site: Site, path: str, cookie: str) -> Seen:
    """Open a page for the first time and use it: unfold, choose, write."""
    page = phone(browser, site, cookie)
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{path} answers {answer and answer.status}")
    painted, moved = page.evaluate("[seen.painted, seen.moved]")
    used = [page.locator(each).first for each in (FOLDED, MARKS, BOXES) if page.locator(each).count()]
    for each in used:
        each.tap()
    if page.locator(BOXES).count():
        page.keyboard.type("Staliai", delay=30)
    # An event is told of with the next picture.
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    answered = page.evaluate("seen.answered") if used else None
    page.context.close()
    return Seen(painted / 1000, moved, answered)


def phone(browser: Browser, site: Site, cookie: str) -> Page:
    """An empty page of a phone that was never here, on a slow line."""
    from tests.journeys.conftest import PHONE

    address = f"http://127.0.0.1:{site.port}"
    context = browser.new_context(
        base_url=address,
        viewport={"width": PHONE[0], "height": PHONE[1]},
        has_touch=True,
        is_mobile=True,
        locale="lt",
        service_workers="block",
    )
    if cookie:
        name, value = cookie.split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    page.add_init_script(WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


if __name__ == "__main__":
    main()
