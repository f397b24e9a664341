"""A part of the report as one reads it: Markdown, in which figures, words and gaps are marked."""

from collections.abc import Callable, Mapping
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from varpa.reports.figures import said
from varpa.reports.marks import filled
from varpa.reports.models import Cited
from varpa.reports.quoting import Quote
from varpa.ui import prose

_FIGURE, _GAP, _END = "\ue000", "\ue001", "\ue002"
_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|~"})


def plain(text: str, cited: Mapping[str, Cited], quotes: Mapping[str, Quote]) -> str:
    """The text as Markdown in which every mark says what it stands for: for papers."""
    return filled(
        text,
        figure=lambda key: _value(key, cited),
        quote=lambda ref: _quoted(ref, quotes),
        gap=lambda question: "(" + _("not filled in: %(what)s") % {"what": question.translate(_SIGNS)} + ")",
    )


def shown(text: str, cited: Mapping[str, Cited], quotes: Mapping[str, Quote]) -> SafeString:
    """The text as safe HTML in which figures and gaps can be told from words."""
    source = filled(
        text,
        figure=lambda key: f"{_FIGURE if key in cited else _GAP}{_value(key, cited)}{_END}",
        quote=lambda ref: _quoted(ref, quotes, _open),
        gap=lambda question: f"{_GAP}{question.translate(_SIGNS)}{_END}",
    )
    html = str(prose.markdown(source))
    html = html.replace(_FIGURE, '<strong class="figure">').replace(_GAP, '<mark class="open">')
    # Each mark ends as it began: what was opened last is closed first.
    html = _closed(html)
    allowed = {**prose.ATTRIBUTES, "mark": {"class"}, "strong": {"class"}}
    return mark_safe(
        nh3.clean(html, tags=prose.TAGS | {"mark"}, attributes=allowed, url_schemes=prose.SCHEMES)
    )


def _open(text: str) -> str:
    return f"{_GAP}{text}{_END}"


def _closed(html: str) -> str:
    parts = html.split(_END)
    for at, part in enumerate(parts[:-1]):
        opened = max(("strong", part.rfind("<strong class=")), ("mark", part.rfind("<mark")), key=_place)
        parts[at] = f"{part}</{opened[0]}>"
    return "".join(parts)


def _place(opened: tuple[str, int]) -> int:
    return opened[1]


def _value(key: str, cited: Mapping[str, Cited]) -> str:
    found = cited.get(key)
    return (
        said(found.stands, found.kind).translate(_SIGNS)
        if found
        else _("no such figure: %(key)s") % {"key": key.translate(_SIGNS)}
    )


def _quoted(ref: str, quotes: Mapping[str, Quote], mark: Callable[[str], str] = str) -> str:
    found = quotes.get(ref)
    if found is None:
        return mark("(" + _("these words were taken back") + ")")
    told, text = found.told(), str(found.text).translate(_SIGNS)
    if not told:
        return text
    lines = [f"> {line}" for line in text.splitlines()]
    return "\n".join(["", *lines, ">", f"> – {told}", ""])
