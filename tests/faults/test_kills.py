"""`kill -9`, again and again, under writers: what was acknowledged is there, once (quality: nothing is lost).

The short form is 500 acknowledged changes; VARPA_FAULTS_CHANGES asks for more (`bench faults`: 10,000).
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests import postgresql
from tests.faults.theatre import PATIENCE, Site, Writer, text_of

CHANGES = int(os.environ.get("VARPA_FAULTS_CHANGES", "500"))
# Who is killed in turn, each time when so many more changes were acknowledged.
VICTIMS = ("web worker", "worker", "web worker", "web worker", "web", "web worker", "web worker")
CHANGES_A_KILL = 30
KILLS = CHANGES // CHANGES_A_KILL
# A web server ends whose worker dies twice within 5.5 seconds, and is given up when it dies five times within
# five seconds of its start. Both are right in a crash loop; none is meant, however fast the changes come.
SECONDS_APART = 3.0


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A running site on each database, with its people on the stage."""
    with nullcontext() if request.param == "sqlite" else postgresql.server() as server:
        made = Site(tmp_path, server.url if server else "")
        yield made
        made.end_if_running()


def test_nothing_acknowledged_is_lost_or_doubled(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    stage = site.stage("set")
    site.start()
    writers = [Writer(site, each["cookie"], each["path"]) for each in stage["writers"] * 2]
    killed = _live_through(site, writers)
    site.wait(PATIENCE)
    assert site.end() == 0
    seen = site.stage("count")
    acknowledged = [ref for writer in writers for ref in writer.acknowledged]
    again = sum(writer.sent_again for writer in writers)
    with capsys.disabled():
        print(
            f"\n{len(acknowledged)} changes acknowledged, {killed} kills, {again} sent again, refused "
            f"{[writer.refused for writer in writers]}; {len(seen['letters']['arrived'])} letters, "
            f"{seen['letters']['in_doubt']} in doubt, {seen['letters']['tried_again']} tried again"
        )
    assert {ref: seen["entries"].get(ref) for ref in acknowledged} == {
        ref: text_of(ref) for ref in acknowledged
    }
    assert seen["doubled"] == []
    assert seen["begun"] == len(seen["entries"])
    assert seen["integrity"] == "ok"
    assert set(seen["letters"]["states"]) == {"sent"}
    assert seen["letters"]["arrived"] == seen["letters"]["wanted"]


def _live_through(site: Site, writers: list[Writer]) -> int:
    """Let all write until enough is acknowledged, killing a process after every thirty changes at least."""
    enough = threading.Event()
    threads = [threading.Thread(target=writer.write, args=[enough]) for writer in writers]
    for thread in threads:
        thread.start()
    killed, at = 0, 0.0
    last, since = 0, time.monotonic()
    try:
        while (done := sum(len(writer.acknowledged) for writer in writers)) < CHANGES or killed < KILLS:
            due = killed < KILLS and done >= (killed + 1) * CHANGES_A_KILL
            rested = time.monotonic() - at > SECONDS_APART
            if due and rested and site.kill(VICTIMS[killed % len(VICTIMS)], killed):
                killed, at = killed + 1, time.monotonic()
            if done > last:
                last, since = done, time.monotonic()
            assert time.monotonic() - since < 60, "the site makes no headway"
            time.sleep(0.05)
    finally:
        enough.set()
        site.wait(PATIENCE)
        for thread in threads:
            thread.join()
    return killed
