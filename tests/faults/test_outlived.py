"""A web server that outlived whoever kept it alive is seen by a restore."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.faults.theatre import PATIENCE, Site
from tests.site.backstage import varpa
from varpa.site import locks


def test_nothing_is_restored_under_a_web_server_that_outlived_its_supervisor_and_worker(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path)
    site.stage("set")
    site.start()
    there = site.processes()
    assert site.process is not None
    site.process.kill()
    site.process.wait()
    for worker in there["worker"]:
        os.kill(worker, signal.SIGKILL)
    try:
        with pytest.raises(locks.InUseError), locks.alone(tmp_path):
            pass
        assert "End it first" in varpa(tmp_path, "restore", __file__, "--replace").stderr
        # A worker of it that dies and comes again leaves no gap: the other one holds the folder.
        os.kill(there["web worker"][0], signal.SIGKILL)
        with pytest.raises(locks.InUseError), locks.alone(tmp_path):
            pass
    finally:
        os.kill(there["web"][0], signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with locks.alone(tmp_path):
                return
        except locks.InUseError:
            time.sleep(0.2)
    raise AssertionError("the folder is in use still")
