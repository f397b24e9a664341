"""A browser for the journeys: the Chromium of the machine, over a site of the tests' own.

`visit` opens a page as somebody, in a language, at a width, with or without scripts; `clean` asks axe;
`time` is the hour that the site believes it is.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright

from tests.make import NOW
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.ui import styles

# Playwright runs a loop of its own in this thread; Django would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = (390, 844)
DESKTOP = (1280, 900)
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# axe's rules for WCAG 2.2 AA and its good practice; what it finds in order is not told one by one.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASKED = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest walks begin first: one begun last would keep everybody waiting for it alone."""
    longest = ("test_whole_way.py", "test_matching.py")
    items.sort(key=lambda item: item.path.name not in longest)


# Whatever can be tapped and is lower than a finger, but for a word within a sentence. A box is tapped by its
# label; links in a text that somebody wrote are the text's own.
LOW = """() => [...document.querySelectorAll(
  "a[href], button, summary, select, textarea, input:not([type=hidden])"
)].map((each) => [each, (each.matches("[type=radio], [type=checkbox]") && each.labels[0]) || each])
  .filter(([each, shown]) => {
    const { width, height } = shown.getBoundingClientRect();
    const within = each.parentElement.textContent.trim().length > each.textContent.trim().length;
    const inText = getComputedStyle(each).display === "inline" && within || each.closest(".prose, svg");
    return width && height && height < 43.5 && !inText && !each.matches(".skip, .visually-hidden");
  }).map(([each]) => each.outerHTML.slice(0, 120))"""

# Whatever one writes in or taps, and would stand on paper (look: print).
PRINTED = """() => [...document.querySelectorAll(
  "input:not([type=hidden]), select, textarea:not([readonly]), button, .button, .seek, main .fold:not([open])"
)].filter((each) => each.getClientRects().length).map((each) => each.outerHTML.slice(0, 120))"""


@dataclass
class Visitor:
    """Opens pages of the site under test."""

    browser: Browser
    address: str

    def __call__(
        self,
        path: str = "/",
        *,
        person: Person | None = None,
        language: str = "lv",
        size: tuple[int, int] = PHONE,
        script: bool = True,
        theme: str = "light",
        worker: bool = True,
    ) -> Page:
        """A page as this person would see it; nobody is signed in where there is none.

        Without `worker` the browser takes none for when there is no connection: it belongs to one person.
        """
        width, height = size
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme="dark" if theme == "dark" else "light",
            locale=language,
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            extra_http_headers={"Accept-Language": language},
            service_workers="allow" if worker else "block",
        )
        self._sign_in(context, person)
        page = context.new_page()
        page.goto(path)
        return page

    def turn(
        self, page: Page, path: str, *, person: Person | None, size: tuple[int, int], theme: str
    ) -> None:
        """Hand an open page to somebody else, who goes to another address; nothing is left of who was there.

        A browser's window of one's own costs it eight times as much processor as the page that it shows.
        """
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.context.clear_cookies()
        self._sign_in(page.context, person)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.goto(path)

    def _sign_in(self, context: BrowserContext, person: Person | None) -> None:
        if person is not None:
            client = Client()
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])


def launch(kind: BrowserType, **options: Any) -> Browser:
    """The Chromium of the machine."""
    found = next(filter(None, map(shutil.which, CHROMIUM)))
    # As root Chromium refuses its sandbox; what it shows is ours alone.
    arguments = [] if os.geteuid() else ["--no-sandbox"]
    return kind.launch(executable_path=found, args=arguments, **options)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a process."""
    with sync_playwright() as playwright:
        started = launch(playwright.chromium)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def gathered_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one stylesheet lies in no folder: the server of the tests is handed it, as if collected."""
    serve = StaticFilesHandler.serve

    def with_styles(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        if request.path == static(styles.NAME):
            kept = {"Cache-Control": "max-age=3600"}
            return HttpResponse(styles.gathered(), content_type="text/css", headers=kept)
        return serve(self, request)

    monkeypatch.setattr(StaticFilesHandler, "serve", with_styles)


@pytest.fixture
def visit(browser: Browser, live_server: Any, settings: Any) -> Iterator[Visitor]:
    """Opens pages; what was opened is closed afterwards. The links of letters lead to the same site."""
    settings.SITE_URL = live_server.url
    yield Visitor(browser, live_server.url)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def clean() -> Callable[[Page], None]:
    """Fails where axe finds something, or where the page scrolls sideways.

    So it does where what one taps is lower than 44 px, or stands on paper.
    """

    def ask(page: Page) -> None:
        # What sticks to the foot of the screen covers whatever happens to lie there; one scrolls it free.
        page.evaluate("document.querySelectorAll('.tabs, .saved').forEach(x => x.style.position = 'static')")
        found = Axe().run(page, options=ASKED).response["violations"]
        told = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]
        assert told == [], page.url
        sideways = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not sideways, f"{page.url} scrolls sideways"
        assert page.evaluate(LOW) == [], page.url
        page.emulate_media(media="print")
        printed = page.evaluate(PRINTED)
        page.emulate_media(media="screen")
        assert printed == [], page.url

    return ask


class Time:
    """The hour at which the site lives; whoever signs in does so at the real one."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.is_now(NOW)

    def is_now(self, moment: datetime) -> None:
        """From here on it is this moment, in every thread of the server: a default holds in all of them."""
        self.patch.setattr(clock, "_moved", ContextVar("moved", default=moment))

    def in_vilnius(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        """From here on it is this hour of the autumn of 2025 in Vilnius."""
        self.is_now(datetime(2025, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Vilnius")))


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The time of the cast, moved by the test alone."""
    return Time(monkeypatch)
