"""Templates under the strict policy: nothing inline, every form with its token."""

import re

from tests.house import walk

# A letter is read in a mail program, which has no policy and no stylesheet of ours.
LETTERS = {"varpa/post/templates/post/letter.html"}
# Whoever holds the signed link may stop a kind of letters, by one click of a mail program (RFC 8058).
NO_TOKEN = {"varpa/post/templates/post/stop.html"}

INLINE = {
    "a script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=", re.I),
    "a script address": re.compile(r"javascript:", re.I),
}
POST_FORM = re.compile(r"""<form\b[^>]*method=["']post["'].*?</form>""", re.I | re.S)
ELSEWHERE = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=["'](?:https?:)?//""", re.I)


def _pages() -> list[tuple[str, str]]:
    names = [
        (walk.name(path), path.read_text()) for path in walk.templates() if path.suffix in {".html", ".svg"}
    ]
    return [(name, text) for name, text in names if name not in LETTERS]


def test_nothing_is_inline() -> None:
    found = [
        f"{name}: {what}" for name, text in _pages() for what, shape in INLINE.items() if shape.search(text)
    ]
    assert found == []


def test_nothing_comes_from_elsewhere() -> None:
    assert [name for name, text in _pages() if ELSEWHERE.search(text)] == []


def test_every_form_that_writes_has_its_token() -> None:
    bare = [
        name
        for name, text in _pages()
        if name not in NO_TOKEN
        for form in POST_FORM.findall(text)
        if "{% csrf_token %}" not in form
    ]
    assert bare == []


def test_python_writes_no_inline_style() -> None:
    code = [path for room in walk.rooms() for path in walk.of_room(room)]
    assert [walk.name(path) for path in code if re.search(r"<[a-z][^>]*\sstyle=", path.read_text())] == []
