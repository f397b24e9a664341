"""A browser for the journeys: the Chromium of the machine, over a site of the tests' own.

`visit` opens a page as somebody, in a language, at a width, with or without scripts; `clean` asks axe.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from varpa.people.models import Person

# Playwright runs a loop of its own in this thread; Django would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = (390, 844)
DESKTOP = (1280, 900)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# axe's rules for WCAG 2.2 AA and its good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
    ) -> Page:
        """A page as this person would see it; nobody is signed in where there is none."""
        width, height = size
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme="dark" if theme == "dark" else "light",
            locale=language,
            extra_http_headers={"Accept-Language": language},
        )
        if person is not None:
            client = Client()
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])
        page = context.new_page()
        page.goto(path)
        return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a process."""
    found = next(filter(None, map(shutil.which, CHROMIUM)))
    # As root Chromium refuses its sandbox; what it shows is ours alone.
    arguments = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=arguments)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visitor]:
    """Opens pages; what was opened is closed afterwards."""
    yield Visitor(browser, live_server.url)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def clean() -> Callable[[Page], None]:
    """Fails where axe finds something, or where the page scrolls sideways."""

    def ask(page: Page) -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
        told = [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]
        assert told == [], page.url
        sideways = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not sideways, f"{page.url} scrolls sideways"

    return ask
