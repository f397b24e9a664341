"""The engine over SQLite writes questions as Django does, whatever database the tests run on."""

from typing import Any

import pytest
from django.db.utils import ConnectionHandler

pytestmark = pytest.mark.django_db


def ask(query: str, values: Any = None) -> Any:
    apart = ConnectionHandler({"default": {"ENGINE": "varpa.site.sqlite", "NAME": ":memory:"}})["default"]
    try:
        with apart.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()
    finally:
        apart.close()


def test_values_stand_where_they_belong() -> None:
    for first, second in ((1, "a"), (2, "b")):
        assert ask("SELECT %s, %s", [first, second]) == (first, second)


def test_a_percent_sign_is_one() -> None:
    assert ask("SELECT '100 %%', %s", [3]) == ("100 %", 3)
    assert ask("SELECT '100 %%s', %s", [3]) == ("100 %s", 3)
    assert ask("SELECT '100 %'") == ("100 %",)


def test_values_may_have_names() -> None:
    assert ask("SELECT %(b)s, %(a)s, %(b)s", {"a": 1, "b": 2}) == (2, 1, 2)
