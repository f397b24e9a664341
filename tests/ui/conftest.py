"""What the tests of ui share: the languages, and English where a test names none."""

from collections.abc import Iterator

import pytest
from django.utils import translation

LANGUAGES = ("lv", "lt", "en")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
