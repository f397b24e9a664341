import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from tests.ui.conftest import LANGUAGES
from varpa.kernel.paging import Page
from varpa.site import catalogues
from varpa.site.navigation import Language

UI = Path(catalogues.CODE) / "ui"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading"), [("lv", "Sastāvdaļas"), ("lt", "Sudedamosios dalys"), ("en", "Components")]
)
def test_the_gallery_in_three_languages(client: Client, language: str, heading: str) -> None:
    answer = client.get("/gallery/", {"language": language, "theme": "dark"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f"<h1>{heading}</h1>" in html
    assert f'<html lang="{language}" data-theme="dark">' in html


@pytest.mark.django_db
def test_the_gallery_takes_nonsense(client: Client) -> None:
    html = client.get("/gallery/", {"language": "xx", "theme": '"><script>'}).content.decode()
    assert "<script>" not in html
    assert "data-theme=" not in html


@pytest.mark.django_db
def test_the_theme_comes_from_its_cookie(client: Client) -> None:
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/gallery/").content.decode()


@pytest.mark.django_db
def test_nothing_is_inline(client: Client) -> None:
    html = client.get("/gallery/").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", html)


def test_every_text_is_translated() -> None:
    missing = catalogues.missing()
    assert [room for room in missing if room[0] == "ui"] == []


def test_the_page_needs_no_context() -> None:
    html = render_to_string("ui/page.html")
    assert '<main id="main">' in html
    assert 'href="#main"' in html
    assert "<nav" not in html


def test_the_frame_of_somebody_signed_in() -> None:
    person = {"is_authenticated": True, "first_name": "Elīna", "ref": "abc"}
    ways = [{"url": "/a/", "label": "Now", "current": True}, {"url": "/b/", "label": "Together"}]
    languages = tuple(Language(code, code, code == "en") for code in LANGUAGES)
    shown = {"person": person, "navigation": ways, "languages": languages, "demonstration": True}
    html = render_to_string("ui/page.html", {**shown, "demonstration_note": "Made up.", "growth": (3, 9)})
    assert "Elīna" in html
    assert html.count('aria-current="page"') == 2  # the wide menu and the tabs
    assert html.count('name="language"') == 3
    assert "Made up. It is still growing: 3 of 9." in html
    assert 'data-person="abc"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading"),
    [("lv", "Šīs lapas šeit nav"), ("lt", "Šio puslapio čia nėra"), ("en", "This page is not here")],
)
def test_a_missing_page_says_what_to_do(client: Client, language: str, heading: str) -> None:
    client.cookies["language"] = language
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert heading in answer.content.decode()


def test_the_page_of_a_mistake_stands_alone() -> None:
    source = (UI / "templates/500.html").read_text()
    assert "{%" not in source
    assert "{{" not in source
    assert all(f'lang="{language}"' in source for language in LANGUAGES)


def test_messages_are_notices() -> None:
    shown = [Message(constants.SUCCESS, "Saved."), Message(constants.ERROR, "<Not> saved.")]
    html = render_to_string("ui/page.html", {"messages": shown})
    assert 'class="notice good" role="status"' in html
    assert 'class="notice bad" role="alert"' in html
    assert "&lt;Not&gt; saved." in html


def test_paging_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/people/?who=ann&page=2")
    request.user = AnonymousUser()
    page: Page[None] = Page([], 2, True)  # type: ignore[type-var]  # the rows do not matter here
    html = render_to_string("ui/pages.html", {"page": page}, request)
    assert 'href="?who=ann&amp;page=1"' in html
    assert 'href="?who=ann&amp;page=3"' in html
    alone = render_to_string("ui/pages.html", {"page": Page([], 1, False)}, request)
    assert "<nav" not in alone


def test_an_empty_list_says_so_and_offers_a_way() -> None:
    html = render_to_string("ui/empty.html", {"text": "No letters", "url": "/new/", "action": "Write"})
    assert "No letters" in html
    assert '<a class="button" href="/new/">Write</a>' in html
    assert "<a" not in render_to_string("ui/empty.html", {"text": "No letters"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_saving_bar_in_three_languages(language: str) -> None:
    with translation.override(language):
        html = render_to_string("ui/saved.html", {"form": "entry", "button": "Keep"})
    assert 'form="entry"' in html
    assert re.findall(r'data-when="([\w-]+)"', html) == [
        "saved",
        "saving",
        "offline",
        "signed-out",
        "refused",
        "conflict",
    ]


def test_the_fonts_are_light() -> None:
    fonts = list((UI / "static/ui/fonts").glob("*.woff2"))
    assert sum(font.stat().st_size for font in fonts) <= 120_000
    assert len(list((UI / "static/ui/fonts").glob("*OFL.txt"))) == 2
