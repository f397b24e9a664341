"""What the tests of ui share: the catalogues compiled, the static files where they lie."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from varpa.site import catalogues

# Before the first text is translated: Django keeps what it has read.
catalogues.compile_all()

LANGUAGES = ("lv", "lt", "en")


@pytest.fixture(autouse=True)
def plain_static_files() -> Iterator[None]:
    """Names without a hash: gathering the files is not what these tests are about."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
