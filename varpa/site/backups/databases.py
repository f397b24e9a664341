"""Copying a database while it is written to, and proving that a copy is sound; Django stays asleep."""

import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from varpa.site.postgresql import environment

if TYPE_CHECKING:
    import psycopg

STEPS: Final = "SELECT app, name FROM django_migrations ORDER BY app, name"
FILES: Final = "SELECT DISTINCT sha256 FROM files_file WHERE name <> ''"
"""An erased file has lost its name, and its bytes with it."""
DOSSIERS: Final = "SELECT ref, sha256 FROM dossier_dossier WHERE state = 'ready' AND withdrawn_at IS NULL"
TABLE: Final = "SELECT count(*) FROM sqlite_master WHERE name = 'dossier_dossier'"
TABLE_OF_POSTGRESQL: Final = "SELECT count(to_regclass('public.dossier_dossier'))"
DRAFTS: Final = "surveys_draft"
"""What is written in a survey and not sent yet: once it is sent anonymously nothing may say whose it was."""
HEARING: Final = (lambda: 0, 100_000)
"""Does nothing after so many steps of SQLite: a chance to be told to end, however long it takes."""
CLIENT: Final = (
    "PostgreSQL's own programs are needed ({program}). On Debian: apt-get install postgresql-client"
)
ERASED: Final = "SELECT ref, at FROM privacy_erased"
OTHERS: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)
TABLES: Final = "SELECT count(*) FROM information_schema.tables WHERE table_schema = %s"


class UnfitError(Exception):
    """The database cannot be copied, or its copy is not sound."""


@dataclass(frozen=True)
class Told:
    """What a database says at one moment.

    `steps`: the last migration of each app; `stored`: the SHA-256 of what has to lie in the data folder, by
    its name there.
    """

    steps: dict[str, str]
    stored: dict[str, str]


Ask = Callable[[str], Iterable[tuple[Any, ...]]]


def copy_sqlite(path: Path, target: Path) -> None:
    """One moment of the database, whoever writes meanwhile; nobody waits. Raises UnfitError.

    The source is opened to be read only: only the worker copies the write-ahead log back.
    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)) as database:
            database.set_progress_handler(*HEARING)
            database.execute("VACUUM INTO ?", [str(target)])
    except sqlite3.Error as error:
        raise UnfitError(f"The database {path} could not be copied: {error}.") from error


def empty_drafts(path: Path) -> None:
    """Take the answers that are not sent yet out of a copy, and out of its free pages. Raises UnfitError."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            there = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", [DRAFTS]).fetchone()[0]
            if there:
                copy.execute("PRAGMA journal_mode=MEMORY")
                copy.execute("PRAGMA secure_delete=ON")
                copy.execute(f"DELETE FROM {DRAFTS}")
                copy.commit()
    except sqlite3.Error as error:
        raise UnfitError(f"The copy of the database could not be written: {error}.") from error


def steps_of_sqlite(path: Path) -> dict[str, str]:
    """The last migration of each app. Raises UnfitError where it is no database of ours."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return dict(database.execute(STEPS).fetchall())
    except sqlite3.Error as error:
        raise UnfitError(f"The database is not one of Varpa: {error}.") from error


def prove_sqlite(path: Path) -> list[str]:
    """Look at every page, index and foreign key; answers a sentence for each two tables of which a row points
    at one that is not there. Raises UnfitError where it is damaged.
    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            database.set_progress_handler(*HEARING)
            told = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            astray = Counter((row[0], row[2]) for row in database.execute("PRAGMA foreign_key_check"))
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise UnfitError("It was told to end.") from error
        raise UnfitError(f"The database is damaged: {error}.") from error
    if told != "ok":
        raise UnfitError(f"The database is damaged: {told}.")
    return [
        f"In the database {rows} of the table {source} point{'s' * (rows == 1)} at what is not in {target}."
        for (source, target), rows in sorted(astray.items())
    ]


def told_by_sqlite(path: Path) -> Told:
    """What a SQLite database says. Raises UnfitError where it is no database of ours."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)) as database:
            return Told(steps_of_sqlite(path), _stored(database.execute, TABLE))
    except sqlite3.Error as error:
        raise UnfitError(f"The database is not one of Varpa: {error}.") from error


def told_by_postgresql(url: str) -> Told:
    """What a PostgreSQL database says. Raises UnfitError."""
    with _connected(url) as database:
        return _told(database)


def _told(database: "psycopg.Connection[Any]") -> Told:
    def ask(text: str) -> Iterable[tuple[Any, ...]]:
        return database.execute(text.encode()).fetchall()

    return Told(dict(database.execute(STEPS).fetchall()), _stored(ask, TABLE_OF_POSTGRESQL))


def _stored(ask: Ask, table: str) -> dict[str, str]:
    stored = {f"files/{sha256[:2]}/{sha256}": str(sha256) for (sha256,) in ask(FILES)}
    if next(iter(ask(table)))[0]:
        stored |= {f"dossiers/{ref}.zip": str(sha256) for ref, sha256 in ask(DOSSIERS)}
    return stored


def erased(path: Path, url: str) -> dict[str, datetime]:
    """Whom a database that is replaced says to be erased; nobody where it does not answer any more."""
    try:
        if url:
            with _connected(url) as database:
                return dict(database.execute(ERASED).fetchall())
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as there:
            rows = there.execute(ERASED).fetchall()
    except (UnfitError, sqlite3.Error):
        return {}
    return {ref: datetime.fromisoformat(at).replace(tzinfo=UTC) for ref, at in rows}


def settle(path: Path) -> None:
    """Bring into a SQLite file what still stands in its log, so that the file can travel alone."""
    if path.exists():
        with closing(sqlite3.connect(path)) as there:
            there.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def dump(url: str, target: Path) -> Told:
    """One moment of a PostgreSQL database, and what it says then. Raises UnfitError."""
    from psycopg import IsolationLevel

    with _connected(url) as database:
        database.isolation_level = IsolationLevel.REPEATABLE_READ
        if not _tables(database, "public"):
            raise UnfitError("The database that DATABASE_URL names is empty: there is nothing to back up.")
        told = _told(database)
        moment = database.execute("SELECT pg_export_snapshot()").fetchone()
        assert moment is not None
        how = ("--format=custom", "--schema=public", "--no-owner", f"--snapshot={moment[0]}")
        _run("pg_dump", *how, f"--exclude-table-data=public.{DRAFTS}", f"--file={target}", url=url)
    return told


def prove_dump(path: Path) -> None:
    """Have PostgreSQL's program read what is in a dump. Raises UnfitError."""
    _run("pg_restore", "--list", str(path), url="")


def filled(url: str) -> bool:
    """Whether a PostgreSQL database has any table. Raises UnfitError where somebody else is connected."""
    with _connected(url) as database:
        row = database.execute(OTHERS).fetchone()
        if row and row[0]:
            raise UnfitError("Somebody else is connected to the database. End the site first.")
        return _tables(database, "public")


@contextmanager
def brought_back(url: str, path: Path, former: str) -> Iterator[None]:
    """A dump in the place of what was there, which goes into the schema `former`.

    Whatever goes wrong, here or in the block, what was there is put back. Raises UnfitError.
    """
    _execute(url, f"ALTER SCHEMA public RENAME TO {former}", "CREATE SCHEMA public")
    try:
        _run(
            "pg_restore",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--schema=public",
            "--dbname=",
            str(path),
            url=url,
        )
        yield
    except BaseException:
        _execute(url, "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {former} RENAME TO public")
        raise
    with _connected(url) as database:
        nothing = not _tables(database, former)
    if nothing:
        _execute(url, f"DROP SCHEMA {former}")


def _tables(database: "psycopg.Connection[Any]", schema: str) -> bool:
    row = database.execute(TABLES, [schema]).fetchone()
    return bool(row and row[0])


def _execute(url: str, *commands: str) -> None:
    """All of them or none. Raises UnfitError."""
    with _connected(url) as database:
        for command in commands:
            database.execute(command.encode())


@contextmanager
def _connected(url: str) -> "Iterator[psycopg.Connection[Any]]":
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as database:
            yield database
    except psycopg.Error as error:
        raise UnfitError(f"The database that DATABASE_URL names did not do it: {error}".strip()) from error


def _run(program: str, *arguments: str, url: str) -> None:
    """Run one of PostgreSQL's programs; where to connect is in no argument: everybody reads those."""
    if not shutil.which(program):
        raise UnfitError(CLIENT.format(program=program))
    told = subprocess.run(
        [program, *arguments],
        env={**os.environ, **(environment(url) if url else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise UnfitError(f"{program} did not do it: {told.stderr.strip()}")
