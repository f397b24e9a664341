"""SQLite's write-ahead log is copied back into the database here and nowhere else.

Every connection has `wal_autocheckpoint=0`, so that only one process ever checkpoints: the worker, or a
command that writes much while no worker runs.
"""

from django.db import connection


def checkpoint() -> None:
    """Copy what is finished into the database file; waits for nobody. Does nothing on PostgreSQL."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
