"""The stage of these tests: two pairs of one programme, and one elsewhere."""

import pytest

from tests.cast import Cast, assemble


@pytest.fixture
def cast() -> Cast:
    return assemble()
