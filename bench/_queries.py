"""How many questions a page puts to the database, asked in this process."""

from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench._visits import Visit


def count(data: Path, visits: list[Visit]) -> list[int]:
    """Queries of each visit over the database of a data folder, once everything is warm."""
    connection.close()
    connection.settings_dict["NAME"] = data / "varpa.sqlite3"
    return [asked(visit.visitor.client(), visit.path) for visit in visits]


def asked(client: Client, path: str) -> int:
    """Queries of one page, once everything is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        client.get(path)
    return len(caught)
