"""Every test of files has a folder of its own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from varpa.files import actions
from varpa.files.models import File

NOW = datetime(2025, 10, 14, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def keep(upload: Any, **changes: Any) -> File:
    asked = {"about_kind": "plan", "about_ref": "p4k2", "by_id": 7, "now": NOW, **changes}
    return actions.keep(upload=upload, **asked)


def stored(media: Path) -> list[str]:
    """The names of all files that lie there, also half-written ones."""
    return sorted(path.name for path in media.rglob("*") if path.is_file())
