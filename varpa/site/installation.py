"""What has to be known of a data folder or database before Django wakes up."""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from varpa.privacy import erasures
from varpa.site.boot import MARKER, data_folder

ASK = "SELECT 1 FROM people_organisation LIMIT 1"

BACK = (
    "SELECT 1 FROM people_person WHERE ref IN (SELECT value FROM json_each(?))"
    " AND ref NOT IN (SELECT ref FROM privacy_erased) LIMIT 1"
)
BACK_IN_POSTGRESQL = (
    "SELECT 1 FROM people_person WHERE ref = ANY(%s) AND ref NOT IN (SELECT ref FROM privacy_erased) LIMIT 1"
)


def has_organisation() -> bool:
    """Whether `varpa organisation create` was run here; a database without tables has none."""
    data = data_folder()
    if (data / MARKER).exists():
        return False
    url = os.environ.get("DATABASE_URL", "")
    return _asked_postgresql(url) if url else _asked_sqlite(data / "varpa.sqlite3")


def has_erased_people() -> bool:
    """Whether somebody whom the list of erasures names is in the database as if nothing had been.

    So it is where a copy was put back by hand, such as a snapshot of the machine. Takes milliseconds.
    Raises erasures.BadListError.
    """
    refs = list(erasures.read(data_folder() / erasures.NAME))
    if not refs:
        return False
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return _asked_postgresql(url, BACK_IN_POSTGRESQL, [refs], older=True)
    return _asked_sqlite(data_folder() / "varpa.sqlite3", BACK, [json.dumps(refs)], older=True)


def _asked_sqlite(path: Path, ask: str = ASK, about: Sequence[object] = (), *, older: bool = False) -> bool:
    """Whether there is a row; `older`: what is answered where there is no such table yet."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=20)) as database:
        try:
            return database.execute(ask, about).fetchone() is not None
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return older
            raise


def _asked_postgresql(url: str, ask: str = ASK, about: Sequence[object] = (), *, older: bool = False) -> bool:
    import psycopg

    with psycopg.connect(url, connect_timeout=10) as database:
        try:
            return database.execute(ask.encode(), about).fetchone() is not None
        except psycopg.errors.UndefinedTable:
            return older
