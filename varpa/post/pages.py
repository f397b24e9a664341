"""The words of a mail that is written as a page, without what it quotes."""

import re
from html.parser import HTMLParser

CUT = "\x00cut\x00"
_SILENT = frozenset({"head", "script", "style", "title", "template"})
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote", "hr", "pre"}
)
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr", "base", "area", "source"})
# Boxes in which mail programs put what they quote: Gmail, Apple Mail, Thunderbird, Yahoo, Proton, Zoho.
_QUOTES = re.compile(
    r"\b(gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|wordsection_quote"
    r"|cf_quote|tutanota_quote|gmail_signature|protonmail_signature_block|moz-signature)"
)
# From here on all is quoted: Outlook in its many kinds, and Mail.ru.
_FROM_HERE = re.compile(
    r"^(divrplyfwdmsg|x_divrplyfwdmsg|appendonsend|x_appendonsend|ms-outlook-mobile-signature|mail-editor-reference"
    r"|replybelowthisline)"
)
_OUTLOOK_LINE = re.compile(r"border(-top)?:\s*(none;\s*border-top:\s*)?solid\s+#(e1e1e1|b5c4df|ccc)", re.I)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.within: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "") for name, value in attrs}
        if not self._hidden() and _from_here(given):
            self.pieces.append(CUT)
        if tag in _BLOCKS and not self._hidden():
            self.pieces.append("\n")
        if tag == "li" and not self._hidden():
            self.pieces.append("- ")
        if tag not in _VOID:
            self.within.append((tag, tag in _SILENT or _quotes(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        # What was never closed is closed by what stands around it; what was never opened closes nothing.
        if tag in (name for name, _hides in self.within):
            while self.within and self.within.pop()[0] != tag:
                continue
        if tag in _BLOCKS and not self._hidden():
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden():
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _hidden(self) -> bool:
        return any(hides for _name, hides in self.within)


def text_of(page: str) -> str:
    """The visible words of a page, one block a line; quotations and signatures that are marked are gone."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    text = "".join(reader.pieces).split(CUT, 1)[0]
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _quotes(tag: str, given: dict[str, str]) -> bool:
    named = f"{given.get('class', '')} {given.get('id', '')}".lower()
    # A blockquote that somebody made themselves bears no mark of a mail program.
    cited = tag == "blockquote" and (given.get("type") == "cite" or bool(given.get("cite")))
    return cited or bool(_QUOTES.search(named))


def _from_here(given: dict[str, str]) -> bool:
    named = (given.get("id") or "").lower()
    return bool(_FROM_HERE.match(named) or _OUTLOOK_LINE.search(given.get("style") or ""))
