"""What every test stands on: compiled catalogues, plain static files, races on a database of their own."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import TransactionTestCase

from varpa.site import catalogues

TESTS = Path(__file__).parent
# What takes long and says little about the line that was just written: replays, restores, walks to every
# address, papers, attacks on figures. `test quick` leaves it out; everything else runs it.
LONG = (
    *("applications/test_command", "applications/test_no_contact", "businessplans/test_odd_days", "dossier/"),
    *("evaluation/test_indicators", "house/test_spelling", "house/test_states", "mailroom/test_roads"),
    *("meetings/test_hours_pdf", "methodology/test_lessons", "methodology/test_writing"),
    *("presentations/test_brought_pages", "presentations/test_figures", "presentations/test_turning"),
    *("privacy/test_afterwards", "privacy/test_names_in_texts", "privacy/test_needles"),
    *("programmes/test_handbook", "sectors/", "site/", "statistics/test_coverage"),
    *("surveys/test_comparing", "surveys/test_hiding", "surveys/test_live", "wild/test_everything"),
)


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # A tenth of the time went into looking again and again for garbage among what pytest keeps.
    gc.set_threshold(200_000, 20, 100)

    pytest.MonkeyPatch().setattr(TransactionTestCase, "_fixture_teardown", _emptied)
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
        if str(item.path.relative_to(TESTS)).startswith(LONG):
            item.add_marker("long")
        if _own_transactions(item):
            item.add_marker("race")


def _own_transactions(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or "transactional_db" in getattr(item, "fixturenames", ())


def _emptied(_case: TransactionTestCase) -> None:
    """Take away what a race left, in the tables that it wrote to.

    Django's own way also writes permissions and kinds of content anew, and empties tables that are empty:
    half of the time of a race.
    """
    kept = {"django_content_type", "auth_permission"}
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - kept)
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_asked(table) for table in tables))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _asked(table: str) -> str:
    """Say a table's name if it holds a row."""
    return f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """What a board remembers belongs to one database; each test has its own."""
    from varpa.history.remembering import forget_all

    forget_all()


@pytest.fixture
def own_rates(tmp_path: Path, settings: Any) -> Iterator[Callable[[str], None]]:
    """Taxes written to the data folder's own file hold."""
    from varpa.money import rates

    def write(text: str) -> None:
        (tmp_path / rates.OWN).write_text(text, encoding="utf-8")
        rates._own.cache_clear()
        rates._all.cache_clear()

    settings.DATA = tmp_path
    yield write
    rates._own.cache_clear()
    rates._all.cache_clear()
