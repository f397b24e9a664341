"""The words of a mail that is written as a page, apart from what it quotes."""

import re
from html.parser import HTMLParser
from typing import Final, NamedTuple

_SILENT = frozenset({"head", "script", "style", "title", "template"})
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote", "hr", "pre"}
)
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr", "base", "area", "source"})
# Boxes in which mail programs put what they quote: Gmail, Apple Mail, Thunderbird, Yahoo, Proton, Zoho.
_QUOTES = re.compile(
    r"\b(gmail_quote|yahoo_quoted|protonmail_quote|zmail_extra|wordsection_quote"
    r"|cf_quote|tutanota_quote)"
)
# What mail programs write themselves: signatures, and who wrote what is quoted.
_BY_PROGRAMS = re.compile(
    r"\b(gmail_signature|gmail_attr|moz-cite-prefix|protonmail_signature_block|moz-signature|ms-outlook-mobile-signature)"
)
# From here on all is quoted: Outlook in its many kinds, and Mail.ru.
_FROM_HERE = re.compile(
    r"^(divrplyfwdmsg|x_divrplyfwdmsg|appendonsend|x_appendonsend|mail-editor-reference|replybelowthisline)"
)
_OUTLOOK_LINE = re.compile(r"border(-top)?:\s*(none;\s*border-top:\s*)?solid\s+#(e1e1e1|b5c4df|ccc)", re.I)


_OWN: Final = ""
_SHUT: Final = "silent"
_BESIDE: Final = "beside"
_CITED: Final = "quoted"


class Page(NamedTuple):
    """The visible words of a page, one block a line: the writer's `own`, the `quoted`, and the `whole`.

    What a mail program writes itself, such as a signature, stands in the whole alone.
    """

    own: str
    quoted: str
    whole: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.own: list[str] = []
        self.quoted: list[str] = []
        self.whole: list[str] = []
        self.within: list[tuple[str, str]] = []
        self.cut = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "") for name, value in attrs}
        self.cut = self.cut or _from_here(given)
        if tag in _BLOCKS:
            self._put("\n")
        if tag == "li":
            self._put("- ")
        if tag not in _VOID:
            self.within.append((tag, _place_of(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        # What was never closed is closed by what stands around it; what was never opened closes nothing.
        if tag in (name for name, _place in self.within):
            while self.within and self.within.pop()[0] != tag:
                continue
        if tag in _BLOCKS:
            self._put("\n")

    def handle_data(self, data: str) -> None:
        self._put(re.sub(r"\s+", " ", data))

    def _put(self, text: str) -> None:
        places = {place for _name, place in self.within}
        if _SHUT in places:
            return
        self.whole.append(text)
        if _BESIDE not in places:
            (self.quoted if self.cut or _CITED in places else self.own).append(text)


def read_page(page: str) -> Page:
    """The visible words of a page, apart from what it marks as a quotation or as not written."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return Page(*(_tidy("".join(pieces)) for pieces in (reader.own, reader.quoted, reader.whole)))


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _place_of(tag: str, given: dict[str, str]) -> str:
    named = f"{given.get('class', '')} {given.get('id', '')}".lower()
    if tag in _SILENT:
        return _SHUT
    if _BY_PROGRAMS.search(named):
        return _BESIDE
    return _CITED if _quotes(tag, given) else _OWN


def _quotes(tag: str, given: dict[str, str]) -> bool:
    named = f"{given.get('class', '')} {given.get('id', '')}".lower()
    # A blockquote that somebody made themselves bears no mark of a mail program.
    cited = tag == "blockquote" and (given.get("type") == "cite" or bool(given.get("cite")))
    return cited or bool(_QUOTES.search(named))


def _from_here(given: dict[str, str]) -> bool:
    named = (given.get("id") or "").lower()
    return bool(_FROM_HERE.match(named) or _OUTLOOK_LINE.search(given.get("style") or ""))
