"""Text that people write, as safe HTML."""

import re
from typing import Final

import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_TAGS: Final = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "ul"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def markdown(text: object) -> SafeString:
    """Markdown as safe HTML: no raw HTML, no pictures, links only to http, https and mail."""
    html = _MARKDOWN.render(str(text or ""))
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)


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
