"""What every test stands on: compiled catalogues, plain static files, races on a database of their own."""

import gc
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from varpa.site import catalogues


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # A tenth of the time went into looking again and again for garbage among what pytest keeps.
    gc.set_threshold(200_000, 20, 100)

    if not hasattr(config, "workerinput"):
        catalogues.compile_all()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    # What somebody has gathered on this machine is not looked through for each client.
    settings.STATIC_ROOT = Path(tempfile.mkdtemp(prefix="varpa-static-"))
    # The folder does not change while it is tested; reading it anew for each cast would double the time.
    from varpa.programmes.actions import programmes

    programmes.load = cache(programmes.load)
    # Letters are known once their room is loaded: a test that exchanges what is known must not swallow any.
    for name in ("varpa.site.urls", "varpa.site.schedule"):
        import_module(name)
    # How long an example takes says nothing on a machine that others use too; times are for the benches.
    hypothesis.settings.register_profile("house", deadline=None)
    hypothesis.settings.load_profile("house")
    # Passwords are not what is tested; Argon2 would take a third of the time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with its own transactions is a race: it needs a database on a disk, not in memory."""
    for item in items:
        if _own_transactions(item):
            item.add_marker("race")


def _own_transactions(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """What a board remembers belongs to one database; each test has its own."""
    from varpa.history.remembering import forget_all

    forget_all()
