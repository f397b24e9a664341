"""A database that is locked, full or restarted: a clear page, nothing half-written, and then it goes on."""

import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import postgresql
from tests.faults.theatre import PATIENCE, Site, Writer, text_of
from varpa.kernel.refs import new_ref


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site over SQLite for what may happen to it, one thing after the other."""
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.end_if_running()


@pytest.fixture(scope="module")
def writer(site: Site) -> Writer:
    return _begin(site)


def _begin(site: Site) -> Writer:
    stage = site.stage("set")
    site.start()
    return Writer(site, **stage["writers"][0])


def _told_to_wait(writer: Writer, ref: str) -> bool:
    return writer.send(ref) == 503 and text_of(ref) in writer.page


def _sound(site: Site, *refs: str) -> dict[str, Any]:
    seen = site.stage("count")
    assert {ref: seen["entries"].get(ref) for ref in refs} == {ref: text_of(ref) for ref in refs}
    assert seen["begun"] == len(seen["entries"])
    assert seen["integrity"] == "ok"
    return seen


def test_a_locked_database(site: Site, writer: Writer) -> None:
    """Somebody else writes for longer than a page waits; the worker outlives it."""
    worker = site.processes()["worker"]
    ref = new_ref()
    with closing(sqlite3.connect(site.folder / "varpa.sqlite3", timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _told_to_wait(writer, ref)
        other.execute("ROLLBACK")
    assert writer.send(ref) == 302
    assert site.processes()["worker"] == worker
    _sound(site, ref)


def test_a_full_disk(site: Site, writer: Writer) -> None:
    """The disk takes no further byte from the web server, and then does again."""
    before, during = new_ref(), new_ref()
    assert writer.send(before) == 302
    site.limit_files(4096)
    assert _told_to_wait(writer, during)
    site.limit_files(resource.RLIM_INFINITY)
    assert writer.send(during) == 302
    _sound(site, before, during)


def test_postgresql_is_restarted(tmp_path: Path) -> None:
    """While it is away a page says so; afterwards the same web server and worker go on."""
    with postgresql.server() as server:
        _comes_back(Site(tmp_path, server.url), server)


def test_postgresql_is_failed_over(tmp_path: Path) -> None:
    """It dies, and the one that had copied it takes its place at the second address of DATABASE_URL."""
    with postgresql.server() as server:
        second = postgresql.any_port()
        both = server.url.replace(f":{server.port}", f":{server.port},127.0.0.1:{second}")
        site = Site(tmp_path, f"{both}?target_session_attrs=read-write")
        _comes_back(site, server, port=second)


def _comes_back(site: Site, server: postgresql.Server, port: int = 0) -> None:
    try:
        writer = _begin(site)
        before, during = new_ref(), new_ref()
        assert writer.send(before) == 302
        processes = site.processes()
        server.stop()
        assert _told_to_wait(writer, during)
        server.move(port or server.port)
        server.start()
        until = time.monotonic() + PATIENCE
        while writer.send(during) != 302:
            assert time.monotonic() < until, "it does not go on by itself"
        assert site.processes() == processes
        _sound(site, before, during)
    finally:
        site.end_if_running()
