"""A large matching holds nobody up: pages answer and letters go out while it is at work."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.theatre import PATIENCE, Site

MANY = int(os.environ.get("VARPA_FAULTS_CROWD", "120"))
PAUSE = 0.2


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.end_if_running()


def test_pages_answer_and_letters_go_out_meanwhile(site: Site) -> None:
    stage = site.stage("set", str(MANY), of="crowd")
    site.start()
    answered, letters = _while(site, stage["cookie"], stage["path"])
    assert (site.stage("seen", of="crowd")["state"], answered > 0) == ("done", True)
    path = f"{stage['path']}proposals/?all=1"
    status, _page, answers = site.ask(path, stage["cookie"], {"days": "7"})
    assert status == 302
    answered, more = _while(site, stage["cookie"], answers)
    found = site.stage("seen", of="crowd")
    assert (found["proposed"], answered > 0) == (found["placed"], True)
    assert max(letters, more) > 0
    assert site.end() == 0


def _while(site: Site, cookie: str, path: str) -> tuple[int, int]:
    """Ask for the page until it shows no progress any more: pages that came, letters that went out.

    It is asked at once, and the letters are counted in the file: what takes a process of its own begins more
    slowly than the work may end.
    """
    before, answers, until = _sent(site), 0, time.monotonic() + PATIENCE
    while "<progress" in _page(site, cookie, path):
        assert time.monotonic() < until, path
        answers += 1
        time.sleep(PAUSE)
    return answers, _sent(site) - before


def _page(site: Site, cookie: str, path: str) -> str:
    status, page, _leads = site.ask(path, cookie)
    assert status == 200
    return page


def _sent(site: Site) -> int:
    with closing(sqlite3.connect(site.folder / "varpa.sqlite3", timeout=20)) as database:
        told = "SELECT count(*) FROM post_letter WHERE state = 'sent' AND about LIKE 'fault:%'"
        return int(database.execute(told).fetchone()[0])
