"""When the last backup was made, for whoever asks whether all is well (`varpa check`)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

NAME: Final = "backed-up.txt"
"""In words where the last backup was put; its age is that of the file."""


def note(data: Path, file: Path) -> None:
    """Write down that a backup was made now, and where."""
    (data / NAME).write_text(f"{file}\n")


def last(data: Path) -> tuple[datetime, str] | None:
    """When the last backup was made and where it was put; None where none ever was."""
    path = data / NAME
    if not path.exists():
        return None
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC), path.read_text().strip()
