"""Somebody on the way through the site: presses, follows, writes, and looks at every page that comes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import polib
from playwright.sync_api import ConsoleMessage, Locator, Page, Response

ROOMS = Path(__file__).parents[2] / "varpa"
REF = re.compile(r"/[a-z0-9]{12}(?=/|$)")
# What is asked of every page, in one question: its language and words, whether it scrolls sideways, and of
# which kinds of elements it is made.
STANDS = """(() => ({
  language: document.documentElement.lang,
  words: document.body.innerText,
  sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  parts: [...new Set([...document.querySelectorAll("body *")].map(
    each => `${each.tagName}.${each.getAttribute("class")}`))],
}))()"""
# A sentence's own words, without what is put into it; shorter ones are words of other languages too.
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd%]")
SENTENCE = 14
# Seconds of somebody in no hurry (after the keystroke-level model of Card, Moran and Newell): to take in a
# page, to find and tap something, to type a letter with the thumbs.
LOOK, TAP, LETTER = 3.0, 1.5, 0.4


@dataclass
class Walker:
    """Counts `clicks`, `fields` and `screens`; `troubles` is what the browser complained of.

    `looked_at` are the parts that axe has seen at each kind of address, whoever came there.
    """

    page: Page
    clean: Callable[[Page], None] | None = None
    clicks: int = 0
    fields: int = 0
    screens: int = 0
    letters: int = 0
    troubles: list[str] = field(default_factory=list)
    looked_at: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("response", self._response)

    def _console(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.troubles.append(f"{self.page.url}: {said.text}")

    def _response(self, answer: Response) -> None:
        if answer.status >= 400:
            self.troubles.append(f"{answer.url}: {answer.status}")

    @property
    def seconds(self) -> float:
        """How long a person would have taken; the machine's own time says nothing."""
        taps = self.clicks + self.fields
        return LOOK * self.screens + TAP * taps + LETTER * self.letters

    @property
    def text(self) -> str:
        """What stands on the page, as it is read."""
        return self.page.locator("main").inner_text()

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def open(self, address: str) -> None:
        """The link of a letter, or the address typed in."""
        self.page.goto(address)
        self.arrive()

    def home(self) -> None:
        """To what is next for me."""
        self._go(self.page.locator("a.brand"))

    def next(self, sentence: str) -> None:
        """Go where the first page leads by this sentence: the largest thing on it, or one of those below."""
        self.home()
        if self.heading == sentence:
            self._go(self.page.locator("section.next a.button"))
        else:
            self.follow(sentence)

    def press(self, name: str, *, inside: str = "main") -> None:
        """Press the button of this name, and read the page that comes."""
        self._go(self.page.locator(inside).get_by_role("button", name=name, exact=True))

    def follow(self, name: str, *, inside: str = "main") -> None:
        """Follow the link of this name, and read the page that comes."""
        self._go(self.page.locator(inside).get_by_role("link", name=name, exact=True))

    def press_first(self, beginning: str) -> None:
        """Press the first button whose name begins with these words."""
        self._go(self.page.locator("main").get_by_role("button", name=re.compile(f"^{beginning}")))

    def follow_first(self, beginning: str) -> None:
        """Follow the first link that begins with these words."""
        self._go(self.page.locator("main").get_by_role("link", name=re.compile(f"^{beginning}")))

    def _go(self, what: Locator) -> None:
        self.clicks += 1
        with self.page.expect_navigation():
            what.first.click()
        self.arrive()

    def unfold(self, name: str) -> None:
        """Open what is folded under this name."""
        self.clicks += 1
        self.page.locator("main summary").filter(has_text=name).first.click()

    def tick(self, name: str) -> None:
        """Tick the box, or choose the circle, of this name."""
        self.clicks += 1
        self.page.locator("main").get_by_text(name, exact=True).first.click()

    def write(self, label: str, text: str) -> None:
        """Write into the field of this name."""
        self.fields += 1
        self.letters += len(text)
        self.page.locator("main").get_by_label(label, exact=True).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from the list of this name."""
        self.fields += 1
        self.page.locator("main").get_by_label(label, exact=True).first.select_option(label=option)

    def arrive(self) -> None:
        """Every page: in Lithuanian, no wider than the phone, and nothing that axe or the browser finds."""
        self.screens += 1
        here, stands = self.page.url, self.page.evaluate(STANDS)
        assert stands["language"] == "lt", here
        assert untranslated(stands["words"]) == [], here
        assert ".." not in stands["words"], here
        assert not stands["sideways"], here
        if self.clean and self._is_new(set(stands["parts"])):
            self.clean(self.page)
        assert self.troubles == []

    def _is_new(self, parts: set[str]) -> bool:
        """Whether something stands here that axe has not seen at this kind of address."""
        seen = self.looked_at.setdefault(REF.sub("/…", urlsplit(self.page.url).path), set())
        new = not parts <= seen
        seen |= parts
        return new


@cache
def english() -> frozenset[str]:
    """The longer English sentences of all rooms; none of them may stand on a Lithuanian page."""
    told = set()
    for catalogue in ROOMS.glob("*/locale/lt/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(catalogue)):
            parts = [part.strip() for part in PLACE.split(entry.msgid)]
            told.update(part for part in parts if len(part) >= SENTENCE and " " in part)
    return frozenset(told)


def untranslated(text: str) -> list[str]:
    """The English sentences of the interface that stand in a text."""
    return [sentence for sentence in english() if sentence in text]
