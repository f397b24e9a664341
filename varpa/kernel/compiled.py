"""Questions to the database that are built and compiled once a process, then asked with other values.

Django builds a query anew each time; for a door with its grants that costs three times what the database
needs to answer (docs/decisions/0004-compiled-questions.md). What is written is an ordinary queryset.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import BigIntegerField, Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils.deconstruct import deconstructible

Row = TypeVar("Row")


@deconstructible
class Given(Expression):
    """The place of a value in a question. That of a person may stand for one: `pk` is the place itself."""

    is_authenticated = True

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field or BigIntegerField())
        self.name = name

    @property
    def pk(self) -> "Given":
        return self

    def as_sql(self, *_asked: Any, **_more: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


@dataclass
class Compiled(Generic[Row]):
    """`build` writes the question with its places; calling it with their values answers the rows."""

    build: "Callable[[], QuerySet[Any, Row]]"

    def __call__(self, **values: Any) -> list[Row]:
        rows, compiler, sql, places = self._once
        connection = connections[rows.db]
        filled = tuple(_filled(place, values, connection) for place in places)
        ready = copy(compiler)
        ready.connection = connection
        ready.as_sql = lambda *_args, **_more: (sql, filled)  # type: ignore[method-assign]  # of this asking alone
        asked = rows.all()
        asked.query.get_compiler = lambda *_args, **_more: ready  # type: ignore[method-assign]
        return list(asked)

    @cached_property
    def _once(self) -> "tuple[QuerySet[Any, Row], SQLCompiler, str, tuple[Any, ...]]":
        rows = self.build()
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        return rows, compiler, sql, tuple(params)


def compiled(
    **fields: "Field[Any, Any]",
) -> "Callable[[Callable[..., QuerySet[Any, Row]]], Compiled[Row]]":
    """Compile what a function asks: `@compiled(side=CharField())`, then `name(pair=pair, side=side)`.

    Each parameter of the function is a place; those that `fields` does not name take a thing or its key.
    The function is called once a process and may not look at what it is given.
    """

    def decorate(write: "Callable[..., QuerySet[Any, Row]]") -> "Compiled[Row]":
        places = {name: Given(name, fields.get(name)) for name in signature(write).parameters}
        asked = Compiled(lambda: write(**places))
        asked.__doc__ = write.__doc__
        return asked

    return decorate


def _filled(place: Any, values: dict[str, Any], connection: Any) -> Any:
    """What the database driver is handed at a place: of a thing its key."""
    if not isinstance(place, Given):
        return place
    value = values[place.name]
    value = value.pk if isinstance(value, Model) else value
    return place.output_field.get_db_prep_value(value, connection)
