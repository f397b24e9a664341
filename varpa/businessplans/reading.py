"""A part as one reads it: Markdown, with the words marked that remarks are about."""

import re
from collections.abc import Callable, Iterable
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe

from varpa.businessplans.queries import Placed
from varpa.ui import prose

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Letters of the private area stand for the marks while Markdown is read; nobody can type them in."""
_NUMBERS: Final = "\ue010"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BLOCK_END = re.compile(r"\n[ \t]*(?:\n|[-*+>|#]|\d+[.)])")
_SIGN = re.compile(r"[ \t]*(?:[-*+>|]|#+|\d+[.)])[ \t]*")
_LINK = re.compile(r"\[[^\[\]\n]*\]\([^)\n]*\)|<[^>\s]*>")
_MARK = re.compile(f"{_OPEN}([{_NUMBERS}-\uf8ff])|{_CLOSE}([{_NUMBERS}-\uf8ff])")


def shown(text: str, remarks: Iterable[Placed]) -> SafeString:
    """The text as safe HTML; each placed remark marks its words and has a number that leads to it.

    Words that run over the end of a paragraph, an item or a row are marked up to it.
    """
    source = _PRIVATE.sub(lambda found: " " * len(found[0]), text)
    placed = [each for each in remarks if each.at]
    links = [found.span() for found in _LINK.finditer(source)]
    points = sorted(point for each in placed for point in _points(source, each, links))
    for place, letters in reversed(points):
        source = f"{source[:place]}{letters}{source[place:]}"
    marked = _MARK.sub(_tags({each.number: each for each in placed}), str(prose.markdown(source)))
    # A mark may have crossed other tags: they are set right, and nothing else was let in.
    allowed = {**prose.ATTRIBUTES, "mark": {"class"}, "a": {"href", "title", "class", "aria-label"}}
    return mark_safe(
        nh3.clean(marked, tags=prose.TAGS | {"mark"}, attributes=allowed, url_schemes=prose.SCHEMES)
    )


def _points(source: str, placed: Placed, links: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Where the two letters of a mark go in: round a whole link, and not before a sign of a list.

    The number at the end is a link itself: within another one it would cut that in two.
    """
    assert placed.at
    start, end = placed.at.start, placed.at.end
    block = _BLOCK_END.search(source, start, end)
    end = block.start() if block else end
    if start == 0 or source[start - 1] == "\n":
        sign = _SIGN.match(source, start, end)
        start = sign.end() if sign else start
    start = next((first for first, last in links if first < start < last), start)
    end = next((last for first, last in links if first < end < last), end)
    if start >= end:
        return []
    number = chr(ord(_NUMBERS) + placed.number)
    return [(start, f"{_OPEN}{number}"), (end, f"{_CLOSE}{number}")]


def _tags(remarks: dict[int, Placed]) -> Callable[[re.Match[str]], str]:
    """What stands in the page for the two letters around some words."""

    def tag(found: re.Match[str]) -> str:
        number = ord(found[1] or found[2]) - ord(_NUMBERS)
        placed = remarks.get(number)
        if found[1]:
            return "<mark>" if placed and placed.remark.settled_at else '<mark class="open">'
        return f'</mark><a class="anchor" href="#remark-{number}">{number}</a>'

    return tag
