"""The scripts in a real browser. Each page is handed over by the test: there is no server."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect

from varpa.site.catalogues import CODE
from varpa.site.kept import Field
from varpa.ui.styles import NAME, gathered

STATIC = CODE / "ui" / "static"
SITE = "http://varpa.test"
PERSON = {"is_authenticated": True, "first_name": "Andris", "ref": "abc"}
TWO_TEXTS = (
    '<form method="post" action="/entry/"><fieldset class="merge"><textarea name="notes">both</textarea>'
    "</fieldset><button>Save both</button></form>"
)


def served(name: str) -> bytes:
    """A static file as the server would hand it out."""
    return gathered().encode() if name == NAME else (STATIC / name).read_bytes()


class Desk:
    """A form at `/entry/`; its posts are `sent`, and answered in turn by `answers`, at last by a page.

    An answer is JSON, a status, None (no network), "two texts" (R13), "not here" with the words, or "later"
    (`waiting` is held).
    """

    def __init__(self, page: Page, kind: str) -> None:
        self.page = page
        self.kind = kind
        self.answers: list[dict[str, Any] | int | str | None] = []
        self.sent: list[str] = []
        self.stored = ""
        self.waiting: Route | None = None
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(SITE).split("?")[0]
        if path.startswith("/static/"):
            kind = {".css": "text/css", ".js": "text/javascript"}.get(Path(path).suffix, "image/svg+xml")
            route.fulfill(body=served(path.removeprefix("/static/")), content_type=kind)
        elif path == "/entry/" and request.method == "POST":
            self.sent.append(request.post_data or "")
            self.post(route)
        elif path == "/entry/":
            route.fulfill(body=self.html(), content_type="text/html")
        else:
            route.fulfill(body=self.other(), content_type="text/html")

    def post(self, route: Route) -> None:
        said = self.answers.pop(0) if self.answers else 200
        if said is None:
            route.abort()
        elif said == "later":
            self.waiting = route
        elif said == "two texts":
            route.fulfill(body=self.frame(TWO_TEXTS), content_type="text/html")
        elif said == "not here":
            page = {"person": PERSON, "words": [Field("notes", "a long question")]}
            route.fulfill(status=404, body=render_to_string("404.html", page), content_type="text/html")
        elif isinstance(said, int):
            route.fulfill(status=said, body=self.other(), content_type="text/html")
        else:
            route.fulfill(body=json.dumps(said), content_type="application/json")

    def html(self) -> str:
        form = (
            f'<form id="entry" method="post" action="/entry/" {self.kind}>'
            '<input type="hidden" name="revision" value="3">'
            f'<textarea name="notes" aria-label="Notes">{self.stored}</textarea></form>'
        )
        bar = render_to_string("ui/saved.html", {"form": "entry", "button": "Keep it"})
        return self.frame(form + bar)

    def other(self) -> str:
        return self.frame("<h1>Elsewhere</h1>")

    def frame(self, main: str) -> str:
        html = render_to_string("ui/page.html", {"person": PERSON})
        return html.replace('<main id="main">', f'<main id="main">{main}', 1)

    def open(self, path: str = "/entry/") -> None:
        self.page.goto(SITE + path)

    def write(self, text: str) -> None:
        self.page.get_by_label("Notes").fill(text)

    @property
    def kept(self) -> list[str]:
        # A page forgets what was saved by a script, which runs after its words are there.
        self.page.wait_for_load_state()
        return list(self.page.evaluate("Object.values(localStorage)"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_a_form_saves_itself_as_it_is_typed(page: Page) -> None:
    desk = Desk(page, "data-autosave")
    desk.answers = [{"revision": 4, "saved_at": "10:52"}]
    desk.open()
    desk.write("a thought")
    expect(page.get_by_text("Saved 10:52")).to_be_visible()
    assert "a thought" in desk.sent[0]
    expect(page.locator("[name=revision]")).to_have_value("4")
    assert desk.kept == []


def test_without_network_the_text_stays_on_the_device_and_comes_back(page: Page) -> None:
    desk = Desk(page, "data-autosave")
    desk.answers = [None]
    desk.open()
    desk.write("written in a tunnel")
    expect(page.get_by_text("No network, kept on this device")).to_be_visible()
    assert len(desk.kept) == 1
    desk.answers = [{"revision": 4, "saved_at": "10:55"}]
    desk.open()
    expect(page.get_by_label("Notes")).to_have_value("written in a tunnel")
    expect(page.get_by_text("Saved 10:55")).to_be_visible()
    assert desk.kept == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"conflict": True}, "Changed elsewhere meanwhile"),
        ({"refused": True}, "Not saved yet"),
        (401, "You are signed out."),
        (403, "press the button to see why"),
        (503, "No network"),
    ],
)
def test_what_happened_is_said(page: Page, answer: dict[str, Any] | int, words: str) -> None:
    desk = Desk(page, "data-autosave")
    desk.answers = [answer]
    desk.open()
    desk.write("a thought")
    expect(page.get_by_text(words)).to_be_visible()
    assert len(desk.kept) == 1


def test_the_button_sends_the_form_and_what_was_kept_goes(page: Page) -> None:
    desk = Desk(page, "data-autosave")
    desk.open()
    desk.write("a thought")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert desk.kept == []


def test_the_button_waits_for_a_saving_that_is_under_way(page: Page) -> None:
    desk = Desk(page, "data-autosave")
    desk.answers = ["later"]
    desk.open()
    with page.expect_request("**/entry/"):
        desk.write("a thought")
    page.get_by_role("button", name="Keep it").click()
    assert len(desk.sent) == 1
    assert desk.waiting is not None
    desk.waiting.fulfill(
        body=json.dumps({"revision": 4, "saved_at": "10:52"}), content_type="application/json"
    )
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert "revision=4" in desk.sent[1]


def test_an_unsent_text_is_offered_again_after_the_session_ended(page: Page) -> None:
    desk = Desk(page, "data-keep")
    desk.open()
    desk.write("a long question")
    desk.open("/sign-in/")
    desk.open()
    expect(page.get_by_label("Notes")).to_have_value("")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Notes")).to_have_value("a long question")


def test_what_a_page_that_is_not_here_could_not_take_stays_on_the_device(page: Page) -> None:
    """Whoever was withdrawn meanwhile may copy it there, and finds it again if that was a mistake."""
    desk = Desk(page, "data-keep")
    desk.answers = ["not here"]
    desk.open()
    desk.write("a long question")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_label("What you wrote")).to_have_value("a long question")
    assert "a long question" in desk.kept[0]
    desk.open()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Notes")).to_have_value("a long question")


def test_an_unsent_text_can_be_thrown_away(page: Page) -> None:
    desk = Desk(page, "data-keep")
    desk.open()
    desk.write("a long question")
    desk.open()
    page.get_by_role("button", name="Throw it away").click()
    assert desk.kept == []


def test_signing_out_leaves_none_of_ones_texts_on_the_device(page: Page) -> None:
    desk = Desk(page, "data-keep")
    desk.open()
    page.evaluate(
        "localStorage.setItem('varpa:xyz:/entry/#entry', JSON.stringify({at: Date.now(), entries: []}))"
    )
    desk.write("a word about somebody")
    assert len(desk.kept) == 2
    page.get_by_text("Andris").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    # What another person of this device has not sent yet is that person's.
    assert len(desk.kept) == 1
    assert "a word about somebody" not in desk.kept[0]


def test_what_is_written_after_signing_out_elsewhere_is_kept_again(page: Page) -> None:
    desk = Desk(page, "data-autosave")
    desk.answers = [401]
    desk.open()
    desk.write("the session has ended")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    desk.open("/sign-in/")
    assert len(desk.kept) == 1


def test_two_clicks_send_once(page: Page) -> None:
    desk = Desk(page, "")
    desk.open()
    page.evaluate(
        "() => { const button = document.querySelector('[form=entry]'); button.click(); button.click(); }"
    )
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert len(desk.sent) == 1


def test_the_theme_is_kept_in_a_cookie(page: Page) -> None:
    desk = Desk(page, "")
    desk.open()
    page.get_by_text("Andris").click()
    page.get_by_label("Dark").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "theme=dark" in page.evaluate("document.cookie")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Dark")).to_be_hidden()


def test_words_that_could_not_be_saved_are_offered_again_to_whoever_leaves_the_page(page: Page) -> None:
    desk = Desk(page, "data-keep")
    desk.answers = ["two texts"]
    desk.open()
    desk.write("mine, while the other wrote too")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("fieldset.merge")).to_be_visible()
    assert page.locator("[data-kept]").count() == 0
    desk.open()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Notes")).to_have_value("mine, while the other wrote too")


def test_once_the_two_texts_are_one_nothing_is_offered(page: Page) -> None:
    desk = Desk(page, "data-keep")
    desk.answers = ["two texts"]
    desk.open()
    desk.write("mine, while the other wrote too")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Save both").click()
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert desk.kept == []


def test_words_that_are_marked_go_into_the_form_with_what_stands_before_them(page: Page) -> None:
    """Of two equal passages the second is marked; the number of another remark is no word of the text."""
    script = (CODE / "businessplans/static/businessplans/quote.js").read_text("utf-8")
    page.set_content(
        '<article data-quotes="remark"><div data-words><p>Vasarā cena ir 5 eiro.<a class="anchor">1</a></p>\n'
        '<p>Ziemā <b id="second">cena ir 5 eiro</b>.</p></div></article>'
        '<form id="remark"><input name="ahead" type="hidden"><textarea name="quote"></textarea></form>'
    )
    page.add_script_tag(content=script, type="module")
    page.evaluate("getSelection().selectAllChildren(document.getElementById('second'))")
    expect(page.locator("[name=quote]")).to_have_value("cena ir 5 eiro")
    expect(page.locator("[name=ahead]")).to_have_value("Vasarā cena ir 5 eiro. Ziemā ")
