"""Questions to the database that are built and compiled once a process, then asked with other values.

Django builds a query anew each time; for a door with its grants that costs three times what the database
needs to answer (docs/decisions/0004-compiled-questions.md). What is written is an ordinary queryset.
"""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property, partial
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Model, QuerySet
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
        return self._asked(values)

    def first(self, **values: Any) -> Row | None:
        """The first row, or None where there is none; a question for one asks for no more."""
        return next(iter(self(**values)), None)

    def part(self, skipped: int, size: int, **values: Any) -> list[Row]:
        """At most `size` rows after the first `skipped`; a question that says how many cannot be parted."""
        return self._asked(values, " LIMIT %s OFFSET %s", (size, skipped))

    def _asked(self, values: dict[str, Any], ending: str = "", more: tuple[int, ...] = ()) -> list[Row]:
        rows, compiler, written, places, converters = self._once
        connection, sql = connections[rows.db], written + ending
        filled = (*(_filled(place, values, connection) for place in places), *more)
        ready = copy(compiler)
        # What this asking alone answers; the compiler itself stays as it was written.
        vars(ready).update(
            connection=connection,
            as_sql=lambda *_args, **_more: (sql, filled),
            get_converters=lambda _columns: converters,
            # Looked for among all columns otherwise; no model here has a key of several.
            has_composite_fields=lambda _columns: False,
        )
        asked = rows.all()
        vars(asked.query).update(get_compiler=lambda *_args, **_more: ready)
        return list(asked)

    @cached_property
    def _once(self) -> "tuple[QuerySet[Any, Row], SQLCompiler, str, tuple[Any, ...], dict[int, Any]]":
        rows = self.build()
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        # A copy of the question is a shallow one: nothing in it is written any more.
        vars(rows.query).update(chain=partial(copy, copy(rows.query)))
        columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        return rows, compiler, sql, tuple(params), compiler.get_converters(columns)


@dataclass(frozen=True)
class Text:
    """A condition in the words of the database; ROWS stands where the name of its rows belongs."""

    sql: str
    places: tuple[Any, ...]


ROWS = "\0."


def condition(rows: "QuerySet[Any]") -> Text | None:
    """What a queryset asks of its rows; None where it looks at another table beside theirs.

    Raises EmptyResultSet where no row can be meant.
    """
    query = rows.query
    compiler = query.get_compiler(rows.db)
    own = query.get_initial_alias()
    sql, params = compiler.compile(query.where)
    beside = [alias for alias, count in query.alias_refcount.items() if count and alias != own]
    if beside:
        return None
    return Text(sql.replace(compiler.quote_name_unless_alias(own) + ".", ROWS), tuple(params))


class Ready(Expression):
    """A condition compiled already, on the rows of a queryset: `things.filter(Ready(text, values))`."""

    def __init__(self, text: Text, values: dict[str, Any]) -> None:
        super().__init__(output_field=BooleanField())
        self.text, self.values, self.of = text, values, ""

    def resolve_expression(self, query: Any = None, *_asked: Any, **_more: Any) -> "Ready":
        return self._of(query.get_initial_alias())

    def relabeled_clone(self, changes: Mapping[str, str]) -> "Ready":
        return self._of(changes.get(self.of, self.of))

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        sql = self.text.sql.replace(ROWS, compiler.quote_name_unless_alias(self.of) + ".")
        return sql, [_filled(place, self.values, connection) for place in self.text.places]

    def _of(self, alias: str) -> "Ready":
        found = copy(self)
        found.of = alias
        return found


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
    if isinstance(value, Given):
        # The place of a question around this condition: filled when that one is asked.
        return value
    value = value.pk if isinstance(value, Model) else value
    return place.output_field.get_db_prep_value(value, connection)
