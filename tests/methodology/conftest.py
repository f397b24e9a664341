"""The two methodologies of these tests: that of the source document, and a quite different one."""

from pathlib import Path

import pytest

from varpa.methodology import Methodology, load

SEED = Path(__file__).parents[2] / "methodologies" / "educate-for-business"
OTHER = Path(__file__).parent / "other"


@pytest.fixture(scope="session")
def seed() -> Methodology:
    return load(SEED)


@pytest.fixture(scope="session")
def other() -> Methodology:
    return load(OTHER)
