"""Which sheets may leave as rows: what one answered and left blank is shared by five at least (R10).

Who is left out with a rare pattern is not reckoned out of the tables either: of every column none or at least
five answers stay behind, so some of the usual rows stay with them, always the same ones.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.crypto import salted_hmac

from varpa.surveys.hiding import LEAST

SALT = "varpa.surveys.patterns"


def leaving(rows: Sequence[Sequence[Any]], groups: int, name: str) -> list[int]:
    """The places of the rows that leave; their first `groups` values say beside whom they stand, if at all.

    `name` is the survey's: who reads the file twice gets the same rows.
    """
    patterns = [(tuple(row[:groups]), tuple(value is None for value in row[groups:])) for row in rows]
    order = sorted(range(len(rows)), key=lambda place: _lot(name, rows[place]))
    kept = set(range(len(rows)))
    left = Counter[Any]()
    while kept:
        sizes = Counter(patterns[place] for place in kept)
        out = [place for place in kept if sizes[patterns[place]] < LEAST]
        near = None if out else next((part for part, number in left.items() if number < LEAST), None)
        if not out and near is None:
            break
        # One of the most usual pattern that has an answer there: whoever is left out is among them.
        fits = [place for place in order if near and place in kept and near in _parts(patterns[place])]
        out += [max(fits, key=lambda place: sizes[patterns[place]])] if fits else []
        if not out:
            return []
        for place in out:
            kept.remove(place)
            left.update(_parts(patterns[place]))
    return sorted(kept)


def _parts(pattern: tuple[tuple[Any, ...], tuple[bool, ...]]) -> Iterator[tuple[Any, ...]]:
    """Each column in which a row of the pattern has an answer, with the group beside which it stands."""
    group, blanks = pattern
    return ((group, at) for at, blank in enumerate(blanks) if not blank)


def _lot(name: str, row: Sequence[Any]) -> str:
    """An order that says nothing of what stands in a row, and cannot be reckoned outside."""
    return salted_hmac(SALT, f"{name} {row!r}").hexdigest()
