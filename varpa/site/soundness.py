"""`varpa check`: is this installation sound? Each look answers what is wrong, in words."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks as django_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from varpa import methodology
from varpa.files import scanning
from varpa.kernel import clock
from varpa.money import rates
from varpa.site import catalogues, installation, running


def checks() -> Iterator[tuple[str, list[str]]]:
    """Each look by its name, with all that it found; of a real installation also whether it does its work."""
    yield "settings", [str(found) for found in django_checks.run_checks() if not found.is_silenced()]
    yield "database", list(_database())
    yield "rates of taxes", list(rates.faults())
    yield "virus scanner", [*filter(None, [scanning.fault()])]
    yield "accounts that sign in", list(providers())
    for folder in sorted(settings.METHODOLOGIES.iterdir()):
        if folder.is_dir():
            yield f"methodology {folder.name}", [str(problem) for problem in methodology.check(folder)]
    lacking = catalogues.missing().items()
    yield "catalogues", [f"{room}, {language}: {len(texts)} missing" for (room, language), texts in lacking]
    if installation.has_organisation() and not settings.TRIAL:
        yield from running.looks(clock.now())


def providers() -> Iterator[str]:
    """What is wrong with `sign-in.toml`, and which provider that stands in it does not answer now."""
    yield from settings.SIGN_IN_FAULTS
    if settings.SIGN_IN_PROVIDERS:
        from varpa.providers.discovery import UnreachableError, ask

        for provider in settings.SIGN_IN_PROVIDERS:
            try:
                ask(provider)
            except UnreachableError as error:
                yield f"{provider.name}: {error}"


def _database() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            yield f"{len(waiting)} migrations are not yet applied: run varpa migrate"
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                found = cursor.execute("PRAGMA integrity_check").fetchall()
            yield from (str(row[0]) for row in found if row[0] != "ok")
    except DatabaseError as error:
        yield f"the database does not answer: {error}"
