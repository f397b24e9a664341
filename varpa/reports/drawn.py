"""Rows of which a page has hundreds, drawn without a template (docs/decisions/0020-what-a-page-costs.md)."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from varpa.reports.figures import said
from varpa.reports.queries import Standing
from varpa.ui import words


def decided(figures: Iterable[Standing]) -> SafeString:
    """Figures that stand as somebody has accepted or kept them, a line of a list each."""
    # With `decided_by`, as `queries.standings` reads them.
    found: list[tuple[Standing, Any]] = [(each, each.cited) for each in figures if each.cited]
    days = {at: words.day(at) for at in {cited.at for _each, cited in found}}
    row = (
        '<li class="figure-row"><div><strong>{}</strong> <code>{}</code>\n'
        '<p>{} <span class="hint">{}, {}{}</span></p>\n</div></li>\n'
    )
    return mark_safe(
        "".join(
            format_html(
                row,
                str(each.name),
                each.key,
                said(cited.stands, cited.kind),
                days[cited.at],
                cited.decided_by,
                _kept(each, cited.reason),
            )
            for each, cited in found
        )
    )


def _kept(figure: Standing, reason: str) -> SafeString:
    """Why the old figure was kept, and what the source says, where it has one."""
    if not reason:
        return mark_safe("")
    now = figure.now
    source = format_html(" ({}: {})", _("the source says"), said(now.value, now.kind)) if now else ""
    return format_html(". {} {}{}", _("Kept:"), reason, source)
