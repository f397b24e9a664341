"""Amounts as bars, drawn on the server; a table beside them always says the same."""

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 200
OVER, UNDER = "#3b469e", "#a93420"
"""The colours on paper; on a page the styles have theirs."""
FILLED: Final = 0.7


def bars(amounts: Sequence[int], label: str) -> SafeString:
    """One bar an amount, above or below nought; `label` says in words what they show."""
    most, least = max(0, *amounts), min(0, *amounts)
    span = (most - least) or 1
    nought = round(HEIGHT * most / span, 1)
    step = WIDTH / len(amounts)
    drawn = (
        (_bar(place * step, step * FILLED, amount, nought, HEIGHT / span),)
        for place, amount in enumerate(amounts)
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="bars" viewBox="0 -4 {} {}" role="img" '
        'aria-label="{}">{}<line x1="0" y1="{}" x2="{}" y2="{}" stroke="currentColor" stroke-width="1"/>'
        "</svg>",
        WIDTH,
        HEIGHT + 8,
        label,
        format_html_join("", "{}", drawn),
        nought,
        WIDTH,
        nought,
    )


def _bar(left: float, width: float, amount: int, nought: float, scale: float) -> SafeString:
    high = round(abs(amount) * scale, 1)
    top = nought - high if amount > 0 else nought
    kind, fill = ("under", UNDER) if amount < 0 else ("over", OVER)
    return format_html(
        '<rect class="{}" fill="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind,
        fill,
        round(left, 1),
        round(top, 1),
        round(width, 1),
        high,
    )
