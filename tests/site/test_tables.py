"""A new installation's tables, made at once, are those that the steps make one after the other."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

from tests.postgresql import server
from varpa.site import boot

STEPS = (
    "from varpa.site import boot; boot.wake();"
    "from django.core.management import call_command; call_command('migrate', verbosity=0)"
)
BACK = STEPS.replace("verbosity=0", "'surveys', '0003_sheet_drawn', verbosity=0")
# The names that Django gives by itself end so; of a table that has moved they tell where it was.
GIVEN = re.compile(r"_[0-9a-f]{8}(_fk\w*|_uniq|_like)?$")


def run(folder: Path, *arguments: str, database: str = "") -> None:
    told = {"VARPA_DATA": str(folder), "DATABASE_URL": database, "VARPA_SECRET": "only-for-tests" * 3}
    subprocess.run(
        [sys.executable, *arguments],
        cwd=boot.ROOT,
        env={**os.environ, **boot.environment(**told)},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def made(folder: Path, *arguments: str) -> sqlite3.Connection:
    run(folder, *arguments)
    return sqlite3.connect(folder / "varpa.sqlite3")


def described(database: sqlite3.Connection) -> dict[str, Any]:
    """Columns, keys, indexes and checks of every table; a column's place in its table says nothing."""
    named = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        table: {
            "columns": sorted(each[1:] for each in rows(database, "table_xinfo", table)),
            "keys": sorted(each[2:] for each in rows(database, "foreign_key_list", table)),
            "indexes": sorted(indexes(database, table)),
            "checks": sorted(set(re.findall(r'CONSTRAINT "(\w+)" CHECK', sql))),
        }
        for table, sql in named
        if not table.startswith("sqlite_")
    }


def rows(database: sqlite3.Connection, about: str, name: str) -> list[tuple[Any, ...]]:
    return database.execute(f"PRAGMA {about}({name})").fetchall()


def indexes(database: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """Of each index its name, whether it is unique or partial, its columns and its words."""
    found = []
    for _at, name, unique, origin, partial in rows(database, "index_list", table):
        columns = tuple(column for _at, _place, column in rows(database, "index_info", name))
        words = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
        # What belongs to the table's own words has a number for a name.
        own = origin == "c" and not GIVEN.search(name)
        found.append((name if own else "", unique, partial, columns, (words or "").replace(name, "")))
    return found


def test_tables_made_at_once_are_those_of_all_the_steps(tmp_path: Path) -> None:
    for name in ("once", "steps"):
        (tmp_path / name).mkdir()
    once = made(tmp_path / "once", "-m", "varpa.site", "migrate")
    steps = made(tmp_path / "steps", "-c", STEPS)
    assert described(once) == described(steps)
    taken = "SELECT app, name FROM django_migrations ORDER BY app, name"
    assert once.execute(taken).fetchall() == steps.execute(taken).fetchall()
    sites = "SELECT app_label, model FROM django_content_type ORDER BY app_label, model"
    assert once.execute(sites).fetchall() == steps.execute(sites).fetchall()


def test_a_database_that_has_tables_is_taken_on_step_by_step(tmp_path: Path) -> None:
    taken = "SELECT app, name FROM django_migrations ORDER BY app, name"
    database = made(tmp_path, "-m", "varpa.site", "migrate")
    whole = database.execute(taken).fetchall()
    database.close()
    database = made(tmp_path, "-c", BACK)
    assert len(database.execute(taken).fetchall()) < len(whole)
    database.close()
    database = made(tmp_path, "-m", "varpa.site", "migrate")
    assert database.execute(taken).fetchall() == whole


def test_on_postgresql_too_the_steps_end_in_the_same_tables(tmp_path: Path) -> None:
    # A key of Django's own groups, which nobody uses here, is four bytes one way and eight the other.
    columns = (
        "SELECT table_name, column_name, is_nullable, udt_name, character_maximum_length"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name <> 'auth_group_permissions'"
    )
    checks = (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'c'"
    )
    found = []
    for name, way in (("once", ("-m", "varpa.site", "migrate")), ("steps", ("-c", STEPS))):
        (tmp_path / name).mkdir()
        with server() as running:
            run(tmp_path / name, *way, database=running.url)
            with psycopg.connect(running.url) as database:
                found.append({row for asked in (columns, checks) for row in database.execute(asked)})
    assert found[0] ^ found[1] == set()
    assert found[0]
