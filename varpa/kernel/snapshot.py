"""Reading many things as they stood at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside stands as it did at the first read; nothing may be written inside.

    Nobody waits for it: SQLite reads from its log of writes (no lock is taken, as a writing transaction
    would), PostgreSQL by its own snapshot. Inside another transaction that one's rules hold.
    """
    held: Any = connection
    if held.in_atomic_block:
        yield
    elif held.vendor == "sqlite":
        held.ensure_connection()
        mode, held.transaction_mode = held.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            held.transaction_mode = mode
    else:
        with transaction.atomic():
            with held.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
