"""Every component, on a phone: in each language, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visitor


@pytest.mark.parametrize(("language", "theme"), [("lv", "light"), ("lt", "dark"), ("en", "light")])
def test_the_gallery_fits_a_phone(
    visit: Visitor, clean: Callable[[Page], None], language: str, theme: str
) -> None:
    clean(visit("/gallery/", language=language, theme=theme))
