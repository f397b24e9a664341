"""The database's tables: brought up to this version, and of a new installation made all at once."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(verbosity: int = 0) -> None:
    """Bring the database up to this version.

    An empty one gets its tables as the models say, not step by step: Django draws all models anew at each
    of some hundred steps, which is most of the time until a new installation shows its first page.
    """
    if not connection.introspection.table_names():
        _make_all()
    call_command("migrate", interactive=False, verbosity=verbosity)


def _make_all() -> None:
    """Every table, and every step noted as taken; either all of it or nothing."""
    executor = MigrationExecutor(connection)
    models = [model for model in apps.get_models() if model._meta.can_migrate(connection)]
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)
        executor.recorder.ensure_schema()
        for room, step in executor.loader.graph.nodes:
            executor.recorder.record_applied(room, step)
