"""What the tests of guardians share: the cast."""

import pytest

from tests.cast import Cast, assemble


@pytest.fixture
def cast() -> Cast:
    return assemble()
