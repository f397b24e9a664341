"""The drawings: icons, the ear of hours, the plants of the phases, the mark. Their colours come from CSS."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_ROUND = 'stroke-linecap="round" stroke-linejoin="round"'
_GRAIN_SHAPE = (
    '<path fill="none" stroke="currentColor" stroke-width="1.5" {} '
    'd="M2.4 13.6C1.5 7.2 6.2 2.2 13.8 2.2 13.8 9.8 8.8 14.5 2.4 13.6Z"/>'
)
_OUTLINE = _GRAIN_SHAPE.format('stroke-linejoin="round"')

ICONS: Final = {
    "tick": f'<path fill="none" stroke="currentColor" stroke-width="2" {_ROUND} d="m2.5 8.5 3.7 4 7.3-9"/>',
    "chevron": f'<path fill="none" stroke="currentColor" stroke-width="1.8" {_ROUND} d="m4 6.5 4 4 4-4"/>',
    "lock": '<path fill="none" stroke="currentColor" stroke-width="1.5" '
    'd="M3 7.2h10v7H3zM5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7"/>',
    "people": '<path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" '
    'd="M5.5 7.6a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8ZM1.2 13.6c0-2.6 1.8-4 4.3-4s4.3 1.4 4.3 4M10.6 '
    '3.1a2.3 2.3 0 0 1 0 4.3M12 9.9c1.8.4 2.8 1.7 2.8 3.7"/>',
    "full_grain": '<path fill="currentColor" d="M1.8 14.2C.6 7 6 1.4 14.6 1.4 14.6 10 9 15.4 1.8 14.2Z"/>'
    f'<path fill="none" class="cut" stroke-width="1.8" {_ROUND} d="m5 8.8 2.3 2.3 4-5"/>',
    "half_grain": f'<path fill="currentColor" d="M1.8 14.2C.6 7 6 1.4 14.6 1.4Z"/>{_OUTLINE}',
    "dashed_grain": _GRAIN_SHAPE.format('stroke-dasharray="2.6 2"'),
    "grain": _OUTLINE,
    "clock": '<circle cx="8" cy="8" r="7.2" fill="currentColor"/>'
    '<path fill="none" class="cut" stroke-width="1.7" stroke-linecap="round" d="M8 4v4.3l2.7 1.7"/>',
    "info": '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path stroke="currentColor" stroke-width="1.8" stroke-linecap="round" d="M8 7.4v4M8 4.6v.01"/>',
    "warning": '<path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" '
    'd="M8 1.5 15 14H1Z"/>'
    '<path stroke="currentColor" stroke-width="1.7" stroke-linecap="round" d="M8 6v4M8 12v.01"/>',
    "no_network": '<path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" '
    'd="M2 2l12 12M1.5 6.5C3 5 4.5 4.2 6 3.8M9.5 3.7c2 .3 3.7 1.3 5 2.8M4.3 9.5C5.2 8.7 6 8.2 7 8M8 '
    '12.5v.01"/>',
}

_GRAIN = "M0 0C4-6 14-6.6 22-.6 15 5.4 4 5.6 0 0Z"


def _ear_grain(place: str, scale: str) -> str:
    return f'<path class="g" transform="translate({place}) scale({scale})" d="{_GRAIN}"/>'


def _head(rows: tuple[int, ...], top: int, size: float) -> str:
    pairs = "".join(
        _ear_grain(f"31 {y}) rotate(-122", f"{size} -{size}")
        + _ear_grain(f"33 {y}) rotate(-58", f"{size} {size}")
        for y in rows
    )
    return pairs + _ear_grain(f"32 {top}) rotate(-90", f"{size} {size}")


def _bowed_head() -> str:
    rows = (("55.8 31.7", 47, 119), ("53.4 22.6", 30, 102), ("49.2 16.6", 5, 77), ("43.5 14.1", -30, 42))
    return "".join(
        _ear_grain(f"{place}) rotate({one}", "0.6 0.6") + _ear_grain(f"{place}) rotate({other}", "0.6 -0.6")
        for place, one, other in rows
    )


PLANTS: Final = {
    1: '<path class="seed" d="M21 70.5C26 63 38 63 43 70.5 38 77 26 77 21 70.5Z"/>',
    2: '<path d="M32 76V57"/>'
    '<path d="M32 62C31 53 25 49 17 49 18 57 24 62 32 62ZM32 58C32 48 38 42 47 41 47 51 41 58 32 58Z"/>',
    3: '<path d="M32 76V46C32 39 33 34 36 29"/>'
    '<path d="M32 73C31 62 24 56 12 60 21 60 28 64 32 73ZM32 62C33 49 41 43 52 49 43 48 36 53 32 62ZM32 '
    '51C31 41 25 35 16 39 24 39 29 43 32 51Z"/>',
    4: '<path d="M32 76V30C32 22 34 14 39 8"/>'
    '<path d="M32 72C31 58 23 50 9 58 20 55 28 60 32 72ZM32 62C33 46 42 37 56 46 45 43 36 49 32 62ZM32 49C31 '
    '34 23 26 10 33 21 31 29 37 32 49ZM32 38C33 24 41 16 53 24 43 21 35 27 32 38Z"/>',
    5: '<path d="M32 76V30"/>'
    '<path d="M32 70C31 57 23 50 10 57 20 55 28 60 32 70ZM32 59C33 45 42 37 55 45 45 43 36 48 32 59Z"/>'
    '<path d="M32 47C30 38 24 33 15 33"/>' + _head((34, 26), 20, 0.58),
    6: '<path d="M32 76V22"/><path d="M32 68C28 56 20 52 10 55M32 60C36 50 44 47 53 50"/>'
    + _head((44, 35, 26), 19, 0.72),
    7: '<g transform="translate(-6 0)"><path d="M18 76C18 50 20 26 36 16 46 10 55 18 56 34"/>'
    f'<path d="M18.5 62C16 52 11 48 3 51"/>{_bowed_head()}'
    '<path class="seed" d="M33 73C36 69 42 69 45 73 42 77 36 77 33 73Z"/></g>',
}

# Which of the seven drawings a methodology of so many phases takes (look, idea 4).
PLANTS_OF: Final = {
    2: (1, 7),
    3: (1, 4, 7),
    4: (1, 2, 6, 7),
    5: (1, 2, 4, 6, 7),
    6: (1, 2, 3, 4, 6, 7),
    7: (1, 2, 3, 4, 5, 6, 7),
}


def icon(name: str) -> SafeString:
    """An icon that repeats a word beside it: hidden from readers. KeyError for a name that is not drawn."""
    return mark_safe(f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{ICONS[name]}</svg>')


def plant(number: int) -> SafeString:
    """One of the seven plants, from the seed to the bowed ear."""
    return mark_safe(f'<svg viewBox="0 0 64 78" aria-hidden="true">{PLANTS[number]}</svg>')


def mark() -> SafeString:
    """The mark: two people on one stem."""
    pairs = "".join(
        f'<path class="mark-grain" transform="translate(0 {down})" '
        'd="M11.2 10C6.5 9 3 6 3.2 1 8 2 11 5.5 11.2 10ZM12.8 10C17.5 9 21 6 20.8 1 16 2 13 5.5 12.8 10Z"/>'
        for down in ("15", "7.5", "0")
    )
    return mark_safe(
        f'<svg viewBox="0 0 24 34" aria-hidden="true"><path class="mark-stem" d="M12 33V10"/>{pairs}</svg>'
    )


@dataclass(frozen=True)
class Grains:
    """What the ear shows, counted in grains: `full`, then perhaps a `half`, then `waiting`, of `all`."""

    all: int
    full: int
    half: bool
    waiting: int


def count_grains(confirmed: int, waiting: int, target: int) -> Grains:
    """Minutes as grains: one an hour; one for two hours where the target is over 24 (look, idea 3).

    What is confirmed is rounded down to half a grain; what waits shows at least one. Never more than the
    target has: the words beside the ear say the rest.
    """
    size = 120 if target > 24 * 60 else 60
    every = max(1, -(-target // size))
    full, rest = divmod(max(0, confirmed), size)
    full = min(full, every)
    half = full < every and rest * 2 >= size
    dashed = max(1, (waiting + size // 2) // size) if waiting > 0 else 0
    return Grains(every, full, half, min(dashed, every - full - half))


def ear(grains: Grains, label: str, *, upright: bool = False) -> SafeString:
    """The ear, lying or standing; `label` says in words what it shows."""
    rows = -(-grains.all // 2)
    last = 16 + 23 * (rows - 1)
    kinds = [_kind(place, grains) for place in range(rows * 2)]
    drawn = [f'<path class="stem" d="M0 32C6 28 10 27 16 27H{last + 6}"/>']
    for row in reversed(range(rows)):
        awn = "M22-.6C30 1 44 5 52 10" if row == rows - 1 else "M22-.6C30 1 36 5 44 10"
        x = 16 + 23 * row
        drawn.append(_placed(f"translate({x} 24.5) rotate(-33)", awn, kinds[row * 2]))
        drawn.append(_placed(f"translate({x} 29.5) rotate(33) scale(1 -1)", awn, kinds[row * 2 + 1]))
    width = last + 57
    inner = "".join(drawn)
    if upright:
        inner = f'<g transform="translate(0 {width}) rotate(-90)">{inner}</g>'
    return format_html(
        '<svg class="{}" viewBox="0 0 {}" role="img" aria-label="{}">{}</svg>',
        "ear upright" if upright else "ear",
        f"54 {width}" if upright else f"{width} 54",
        label,
        mark_safe(inner),
    )


def course(points: Sequence[tuple[float, float, str | None]], label: str) -> SafeString:
    """A line that climbs by stairs: how far along and how high (0 to 1), which grain there or none.

    `label` says in words what it shows; all of it stands in words beside it.
    """
    placed = [(round(14 + 268 * along), round(62 - 44 * high), kind) for along, high, kind in points]
    stairs = f"M{placed[0][0]} {placed[0][1]}" + "".join(f"H{x}V{y}" for x, y, _kind in placed[1:])
    grains = "".join(
        f'<path class="grain {kind}" transform="translate({x} {y}) rotate(-60) scale(0.6)" d="{_GRAIN}"/>'
        for x, y, kind in placed
        if kind is not None
    )
    drawn = f'<path class="ground" d="M2 64H298"/><path class="stairs" d="{stairs}"/>{grains}'
    return format_html(
        '<svg class="course" viewBox="0 0 300 72" role="img" aria-label="{}">{}</svg>',
        label,
        mark_safe(drawn),
    )


def _kind(place: int, grains: Grains) -> str:
    """How the grain at a place is drawn; "" where an odd count leaves the place empty."""
    if place >= grains.all:
        return ""
    begun = grains.full + grains.half
    if place < begun:
        # The newest ripens before one's eyes where it was confirmed just now (look, motion).
        newest = " newest" if place == begun - 1 else ""
        return f"grain {'full' if place < grains.full else 'part'}{newest}"
    return "grain wait" if place < begun + grains.waiting else "grain"


def _placed(transform: str, awn: str, kind: str) -> str:
    if not kind:
        return ""
    half = '<path class="grain-half" d="M0 0C2-3 5.5-4.65 9.5-4.8L9.9 4.05C5.75 4.15 2 2.8 0 0Z"/>'
    inside = half if kind.startswith("grain part") else ""
    drawn = f'<path class="awn" d="{awn}"/>{inside}<path class="{kind}" d="{_GRAIN}"/>'
    return f'<g transform="{transform}">{drawn}</g>'
