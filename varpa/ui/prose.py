"""Text that people write, as safe HTML."""

import difflib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from varpa.kernel.spoken import language_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

TAGS: Final = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "ul"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}, "p": {"lang"}}
SIGNED: Final = ("—", "–")
"""A paragraph of a quotation that begins so says whose words they are, and is no part of them."""
SCHEMES: Final = {"http", "https", "mailto"}
_ALIKE: Final = 0.35
_SAID: Final = {"text", "code_inline", "image", "fence", "code_block"}
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def markdown(text: object) -> SafeString:
    """Markdown as safe HTML: no raw HTML, no pictures, links only to http, https and mail.

    The words of a quotation carry their language, where they show it (WCAG 3.1.2).
    """
    return _markdown(str(text or ""))


@lru_cache(maxsize=256)
def _markdown(text: str) -> SafeString:
    """Guides are long and read often, and the same text is always the same page."""
    tokens = _reader().parse(text)
    _tell_languages(tokens)
    html = _reader().renderer.render(tokens, _reader().options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return mark_safe(clean)


def _tell_languages(tokens: "list[Token]") -> None:
    """Mark the paragraphs of each quotation, but not the one that says whose words they are."""
    quoted: list[tuple[Token, str]] = []
    for at, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level and tokens[at + 1].content:
            quoted.append((token, tokens[at + 1].content))
        elif token.type == "blockquote_open" and not token.level:
            quoted = []
        elif token.type == "blockquote_close" and not token.level:
            words = [each for each in quoted if not each[1].startswith(SIGNED)]
            lang = language_of(" ".join(said for _token, said in words))
            for paragraph, _said in words if lang else ():
                paragraph.attrSet("lang", lang)


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def unmarked(text: object) -> str:
    """Markdown as a letter says it: words without their marks, a link with its address.

    Items of a list keep their dash, of which a letter makes a list (`post.render`).
    """
    from markdown_it.tree import SyntaxTreeNode

    tokens = _reader().parse(str(text or ""))
    for token in tokens:
        if token.type == "inline":
            # However deep their emphasis is nested, words of a block stand in a row.
            token.content, token.children = _words(token.children or []), None
    blocks = [_block(node) for node in SyntaxTreeNode(tokens).children]
    return "\n\n".join(block for block in blocks if block)


def _block(node: "SyntaxTreeNode") -> str:
    inside = [_block(child) for child in node.children]
    if node.type == "bullet_list":
        return "\n".join(f"- {item}" for item in inside)
    if node.type == "ordered_list":
        first = int(node.attrs.get("start", 1))
        return "\n\n".join(f"{first + at}. {item}" for at, item in enumerate(inside))
    if node.type == "tr":
        return "; ".join(inside)
    return "\n".join(inside) if inside else node.content.rstrip()


def _words(tokens: "list[Token]") -> str:
    said: list[str] = []
    begun, address = 0, ""
    for token in tokens:
        if token.type == "link_open":
            begun, address = len(said), str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            known = address.partition(":")[0] in SCHEMES and address not in said[begun:]
            said += [f" ({address})"] if known else []
        elif token.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif token.type in ("text", "code_inline", "image"):
            said.append(token.content)
    return "".join(said)


@lru_cache(maxsize=256)
def only_words(text: str) -> str:
    """Markdown as its words alone, in one row, for an excerpt: neither marks nor addresses of links."""
    said: list[str] = []
    for token in _reader().parse(text):
        for each in token.children or [token]:
            said.append(" " if each.type.endswith("break") else each.content if each.type in _SAID else "")
        said.append(" ")
    return " ".join("".join(said).split())


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
