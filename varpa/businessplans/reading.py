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
_BLOCK_END = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(f"{_OPEN}([{_NUMBERS}-\uf8ff])|{_CLOSE}([{_NUMBERS}-\uf8ff])")


def shown(text: str, remarks: Iterable[Placed]) -> SafeString:
    """The text as safe HTML; each placed remark marks its words and has a number that leads to it.

    Words that run over the end of a paragraph are marked up to it.
    """
    source = _PRIVATE.sub(lambda found: " " * len(found[0]), text)
    placed = [each for each in remarks if each.at]
    for each in sorted(placed, key=lambda each: -(each.at.start if each.at else 0)):
        source = _marked(source, each)
    marked = _MARK.sub(_tags({each.number: each for each in placed}), str(prose.markdown(source)))
    # A mark may have crossed other tags: they are set right, and nothing else was let in.
    allowed = {**prose.ATTRIBUTES, "mark": {"class"}, "a": {"href", "title", "class", "aria-label"}}
    return mark_safe(
        nh3.clean(marked, tags=prose.TAGS | {"mark"}, attributes=allowed, url_schemes=prose.SCHEMES)
    )


def _marked(source: str, placed: Placed) -> str:
    assert placed.at
    start, end = placed.at.start, placed.at.end
    block = _BLOCK_END.search(source, start, end)
    end = block.start() if block else end
    number = chr(ord(_NUMBERS) + placed.number)
    return f"{source[:start]}{_OPEN}{number}{source[start:end]}{_CLOSE}{number}{source[end:]}"


def _tags(remarks: dict[int, Placed]) -> Callable[[re.Match[str]], str]:
    """What stands in the page for the two letters around some words."""

    def tag(found: re.Match[str]) -> str:
        number = ord(found[1] or found[2]) - ord(_NUMBERS)
        placed = remarks.get(number)
        if found[1]:
            return "<mark>" if placed and placed.remark.settled_at else '<mark class="open">'
        return f'</mark><a class="anchor" href="#remark-{number}">{number}</a>'

    return tag
