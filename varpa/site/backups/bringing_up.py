"""A restored copy is brought up to this version, and whoever was erased since is erased again."""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from varpa.kernel import clock
from varpa.privacy import erasures
from varpa.privacy.actions.erasing import remove_leftovers
from varpa.privacy.actions.listing import erase_listed, list_erased
from varpa.privacy.models import Erased
from varpa.site import tables
from varpa.site.backups import belongings, databases


class NewerError(Exception):
    """A newer version has made the database."""


def bring_up() -> int:
    """Take the steps that are missing, then obey the list of erasures: how many were erased.

    Raises NewerError.
    """
    loader = MigrationExecutor(connection).loader
    for app, step in sorted(set(loader.applied_migrations) - set(loader.disk_migrations)):
        raise NewerError(f"A newer version of Varpa has made the backup: {app} {step} is not known here.")
    tables.migrate()
    now = clock.now()
    erased = erase_listed(erasures.read(Path(settings.DATA) / erasures.NAME), now)
    list_erased(now)
    # The list outlives the database and may have been lost: what the database knows stands in it again.
    known = Erased.objects.values_list("ref", "at")
    erasures.add(Path(settings.DATA) / erasures.NAME, dict(known))
    while remove_leftovers(now):
        pass
    kind = connection.vendor
    connection.close()
    if kind == "sqlite":
        databases.settle(Path(settings.DATA) / belongings.SQLITE)
    return erased
