"""A room imports only from floors below; inside a room the files have their order (docs/floors.md)."""

import subprocess
import sys

from tests.house.walk import ROOT


def test_floors_and_inner_order() -> None:
    ask = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"
    told = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
