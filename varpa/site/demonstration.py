"""The demonstration's folder: apart from a real installation, marked, reached from this computer only."""

import json
import os
import shutil
from pathlib import Path

from varpa.site.boot import MARKER

WORDS = "This folder holds a demonstration: people and results are made up. It may be deleted at any time.\n"
GROWTH = "growth.json"
LEADS_OUT = ("DATABASE_URL", "VARPA_IMAP", "VARPA_REPLY", "VARPA_SMS", "VARPA_SMTP", "VARPA_URL")


class NotADemonstration(Exception):  # noqa: N818 - said to whoever starts it, in its own words
    """The folder meant for the demonstration holds something else; nothing was touched."""


def folder(data: Path) -> Path:
    """The demonstration's folder inside a data folder, made and marked where it is not yet there."""
    place = data if (data / MARKER).exists() else data / "demo"
    marker = place / MARKER
    if not marker.exists():
        if place.exists() and any(place.iterdir()):
            raise NotADemonstration(f"{place} holds something else than a demonstration. Move it away first.")
        # A real installation may come to lie there too.
        data.mkdir(0o700, parents=True, exist_ok=True)
        place.mkdir(exist_ok=True)
        marker.write_text(WORDS)
    return place


def empty(place: Path) -> None:
    """Leave nothing in the folder but the marker and the locks, which whoever does this holds."""
    # Noted first and taken away last: one that is broken off here is never taken for a complete one.
    note_growth(place, 0, 1)
    for path in place.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.suffix != ".lock" and path.name not in (MARKER, GROWTH):
            path.unlink()
    (place / GROWTH).unlink()


def surroundings(place: Path) -> dict[str, str]:
    """What the environment says for the demonstration: its own folder, and nothing that leads out of it.

    No other database, and no road by which real people would be written to or real mail be read.
    """
    return {**{name: "" for name in LEADS_OUT if name in os.environ}, "VARPA_DATA": str(place)}


def note_growth(place: Path, done: int, of: int) -> None:
    """Write down how far the demonstration has grown, for the line on its pages."""
    part = place / f"{GROWTH}.part"
    part.write_text(json.dumps({"done": done, "of": of}))
    part.replace(place / GROWTH)


def growth(place: Path) -> tuple[int, int] | None:
    """How far the demonstration has grown: (done, of); None where it is complete or not begun."""
    try:
        noted = json.loads((place / GROWTH).read_text())
    except (OSError, ValueError):
        return None
    done, of = int(noted["done"]), int(noted["of"])
    return (done, of) if done < of else None
