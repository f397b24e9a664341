"""Towns by name: where people live and companies are."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from varpa.kernel.text import folded

DATA = Path(__file__).with_suffix(".toml")


@cache
def towns() -> Mapping[str, tuple[float, float]]:
    """Every known town by its name: latitude and longitude in degrees."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["places"]
    return {name: (row[0], row[1]) for name, row in rows.items()}


@cache
def _known() -> Mapping[str, tuple[float, float]]:
    return {folded(name): degrees for name, degrees in towns().items()}


def located(place: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees of a town, or of the first known one in an address; None: unknown."""
    asked = folded(place)
    if asked in _known():
        return _known()[asked]
    parts = [part.strip() for part in asked.replace(";", ",").split(",")]
    return next((_known()[part] for part in parts if part in _known()), None)
