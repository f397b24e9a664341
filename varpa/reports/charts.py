"""Bars, drawn on the server: how far each thing is. The table beside them says the same in figures."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.utils.html import escape

WIDTH, ROW, BAR = 320, 34, 10
LONGEST: Final = 46
FULL, EMPTY, INK = "#3b469e", "#ddd5c4", "currentColor"
FONT: Final = "Atkinson Hyperlegible Next, sans-serif"


class Bar(NamedTuple):
    """One bar: `done` of `of`; where `of` is nought there is no bar, and the words say it."""

    label: str
    done: int
    of: int


def bars(rows: Sequence[Bar], label: str, ink: str = INK) -> str:
    """The bars as SVG, narrow enough for a phone; `label` says in words what it shows."""
    drawn = "".join(_bar(row, 4 + at * ROW, ink) for at, row in enumerate(rows))
    height = 8 + len(rows) * ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{escape(label)}">{drawn}</svg>'
    )


def _bar(row: Bar, top: int, ink: str) -> str:
    name = row.label if len(row.label) <= LONGEST else f"{row.label[: LONGEST - 1].rstrip()}…"
    part = min(row.done / row.of, 1) if row.of > 0 else 0
    track = f'<rect class="track" x="0" y="{top + 16}" width="{WIDTH}" height="{BAR}" rx="2" fill="{EMPTY}"/>'
    full = (
        f'<rect class="full" x="0" y="{top + 16}" width="{round(WIDTH * part, 1)}" height="{BAR}" rx="2" '
        f'fill="{FULL}"/>'
    )
    text = f'font-family="{FONT}" font-size="12" fill="{ink}"'
    words = f'<text x="0" y="{top + 10}" {text}>{escape(name)}</text>'
    figure = f'<text x="{WIDTH}" y="{top + 10}" text-anchor="end" {text}>{row.done} / {row.of}</text>'
    return f"{words}{figure}{track}{full if part else ''}"
