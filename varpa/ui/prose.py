"""Text that people write, as safe HTML."""

import difflib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS: Final = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "ul"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES: Final = {"http", "https", "mailto"}
_ALIKE: Final = 0.35
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def markdown(text: object) -> SafeString:
    """Markdown as safe HTML: no raw HTML, no pictures, links only to http, https and mail."""
    return _markdown(str(text or ""))


@lru_cache(maxsize=256)
def _markdown(text: str) -> SafeString:
    """Guides are long and read often, and the same text is always the same page."""
    html = _reader().render(text)
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return mark_safe(clean)


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def paragraphs(text: object) -> SafeString:
    """Plain text as it was typed: a blank line parts paragraphs, a line end stays one."""
    blocks = _BLANK_LINE.split(str(text or "").replace("\r\n", "\n").strip())
    return mark_safe(
        "".join(
            f"<p>{'<br>'.join(conditional_escape(line) for line in block.strip().split(chr(10)))}</p>"
            for block in blocks
            if block.strip()
        )
    )


def marked(text: object, other: object) -> SafeString:
    """Plain text as `paragraphs` gives it, with the words marked in which it differs from another text.

    Where the two have little in common nothing is marked: all of it differs, and everybody sees that.
    """
    words, others = str(text or "").split(), str(other or "").split()
    compared = difflib.SequenceMatcher(None, _bare(words), _bare(others), autojunk=False)
    if not others or compared.ratio() < _ALIKE:
        return paragraphs(text)
    new = {
        place
        for same, start, end, *_there in compared.get_opcodes()
        if same != "equal"
        for place in range(start, end)
    }
    place, blocks = 0, []
    for block in _BLANK_LINE.split(str(text).replace("\r\n", "\n").strip()):
        lines = []
        for line in block.split("\n"):
            count = len(line.split())
            lines.append(" ".join(_marks(line.split(), {each - place for each in new})))
            place += count
        blocks.append(f"<p>{'<br>'.join(lines)}</p>")
    return mark_safe("".join(blocks))


def _bare(words: list[str]) -> list[str]:
    return [word.casefold().strip(".,;:!?()„“”\"'–-") or word for word in words]


def _marks(words: list[str], new: set[int]) -> Iterator[str]:
    """The words, escaped; those that stand together and differ under one mark."""
    run: list[str] = []
    for place, word in enumerate(words):
        if place in new:
            run.append(str(conditional_escape(word)))
            continue
        if run:
            yield f"<mark>{' '.join(run)}</mark>"
            run = []
        yield str(conditional_escape(word))
    if run:
        yield f"<mark>{' '.join(run)}</mark>"
