"""What must be so before anything is written: a SQLite that does not lose a write-ahead log."""

import sqlite3
from typing import Any

from django.core.checks import CheckMessage, Error, register

# The WAL-reset bug is mended in these lines of releases and in everything after the newest.
MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


@register
def sqlite_is_sound(**_: Any) -> list[CheckMessage]:
    """Refuse a SQLite with the WAL-reset corruption bug."""
    version = sqlite3.sqlite_version_info
    if sound(version):
        return []
    said = ".".join(map(str, version))
    return [
        Error(
            f"SQLite {said} can corrupt a database in WAL mode.", hint="Install pysqlite3.", id="varpa.E001"
        )
    ]


def sound(version: tuple[int, ...]) -> bool:
    """Whether this version, such as (3, 53, 0), has the bug mended."""
    same_line = [mended for mended in MENDED if mended[:2] == version[:2]]
    return version >= same_line[0] if same_line else version > MENDED[-1]
