"""A large matching holds nobody up: pages answer and letters go out while it is at work."""

import http.client
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.theatre import Site

MANY = int(os.environ.get("VARPA_FAULTS_CROWD", "120"))
PATIENCE = 120.0
"""Seconds: only a site that hangs takes longer."""
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
    path = site.stage("propose", of="crowd")["path"]
    answered, more = _while(site, stage["cookie"], path)
    found = site.stage("seen", of="crowd")
    assert (found["proposed"], answered > 0) == (found["placed"], True)
    assert max(letters, more) > 0
    assert site.end() == 0


def _while(site: Site, cookie: str, path: str) -> tuple[int, int]:
    """Ask for the page until it shows no progress any more: pages that came, letters that went out.

    The page itself says that the work goes on: to look into the database takes a process of its own, which
    begins more slowly than the work may end.
    """
    before, answers, until = site.stage("seen", of="crowd"), 0, time.monotonic() + PATIENCE
    while "<progress" in _page(site, cookie, path):
        assert time.monotonic() < until, path
        answers += 1
        time.sleep(PAUSE)
    return answers, site.stage("seen", of="crowd")["letters"] - before["letters"]


def _page(site: Site, cookie: str, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert answer.status == 200
    return page
