"""What the tests of devices share: push servers on this machine, and the cast."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.notices.push_server import PushServer, serving


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.PUSH_TO_LOOPBACK = True
    settings.DATA = tmp_path
    return assemble()


@pytest.fixture
def server() -> Iterator[PushServer]:
    with serving() as kept:
        yield kept
