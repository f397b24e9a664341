"""Whether this data folder or database is a real installation: asked before Django wakes up."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from varpa.site.boot import MARKER, data_folder

ASK = "SELECT 1 FROM people_organisation LIMIT 1"


def has_organisation() -> bool:
    """Whether `varpa organisation create` was run here; a database without tables has none."""
    data = data_folder()
    if (data / MARKER).exists():
        return False
    url = os.environ.get("DATABASE_URL", "")
    return _asked_postgresql(url) if url else _asked_sqlite(data / "varpa.sqlite3")


def _asked_sqlite(path: Path) -> bool:
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=20)) as database:
        try:
            return database.execute(ASK).fetchone() is not None
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return False
            raise


def _asked_postgresql(url: str) -> bool:
    import psycopg

    with psycopg.connect(url, connect_timeout=10) as database:
        try:
            return database.execute(ASK).fetchone() is not None
        except psycopg.errors.UndefinedTable:
            return False
