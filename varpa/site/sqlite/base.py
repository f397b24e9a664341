"""The engine that settings name: Django's own, which writes a question for SQLite once, not each time."""

import re
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

# As Django finds them: a doubled sign is a sign.
FORMAT = re.compile(r"(?<!%)%s")
# Some two thousand different questions, of a few kilobytes.
MOST_QUESTIONS = 4096


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is not None:
            return query % {name: f":{name}" for name in param_names}
        return with_marks(query)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection."""

    def create_cursor(self, _name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)


@lru_cache(maxsize=MOST_QUESTIONS)
def with_marks(query: str) -> str:
    """A question with `?` where Django writes `%s`."""
    return FORMAT.sub("?", query).replace("%%", "%")
