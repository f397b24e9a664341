"""What belongs to another programme: its rows, and what may be put into a form to reach them."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model, Q

from tests.wild.values import ALL
from varpa.history.models import Line
from varpa.kernel.refs import PATTERN
from varpa.programmes.models import Programme

EACH = 12 if ALL else 1
"""With so many of their things it is tried at a field of which nothing says what it takes."""
WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
Rows = dict[type[Model], set[int]]


@dataclass
class Others:
    """A programme with all that hangs on it; `found` says what the last answer changed of it."""

    rows: Rows
    refs: list[str]
    models: dict[str, type[Model]]
    stood: dict[type[Model], Any]
    told: int
    written: set[str] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, programme: Programme) -> "Others":
        rows = _hanging_on(programme)
        refs = sorted(ref for model, pks in rows.items() for ref in _refs(model, pks))
        models = {ref: model for model in _models() for ref in _refs(model)}
        stood = {model: _standing(model, pks) for model, pks in rows.items()}
        return cls(rows, refs, models, stood, _told(refs))

    def watching(self) -> AbstractContextManager[None]:
        """Note in this block which tables are written to."""

        def execute(known: Callable[..., Any], sql: str, *rest: Any) -> Any:
            self.written.update(WRITES.findall(sql))
            return known(sql, *rest)

        return connection.execute_wrapper(execute)

    def put_into(self, real: dict[str, Any], asked: set[str]) -> Iterator[dict[str, Any]]:
        """A form with what is its own exchanged for theirs: all at once, then whatever else is asked for."""
        exchanged = {name: self._exchanged(value) for name, value in real.items()}
        if exchanged != real:
            yield exchanged
        for name in sorted(asked - {"csrfmiddlewaretoken", "revision", "wild"}):
            if not any(real.get(name, [])):
                start = crc32(name.encode())
                yield from (
                    {**real, name: self.refs[(start + turn * 7) % len(self.refs)]} for turn in range(EACH)
                )

    def touched(self) -> None:
        """Look what was changed: asked before the answer is undone."""
        written, self.written = self.written, set()
        self.found = []
        for model in (each for each in _models() if each._meta.db_table in written):
            own = self.rows.get(model, set())
            if self.stood.get(model, []) != _standing(model, own) or _leading(model, self.rows) - own:
                self.found.append(f"{model.__name__} of another programme")
        if Line._meta.db_table in written and _told(self.refs) != self.told:
            self.found.append("history of another programme")

    def _exchanged(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [PATTERN.sub(lambda found: self._theirs(found[0]), each) for each in value]

    def _theirs(self, ref: str) -> str:
        model = self.models.get(ref)
        theirs = _refs(model, self.rows.get(model, set())) if model else []
        return theirs[0] if theirs else ref


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("varpa.")]


def _refs(model: type[Model], pks: set[int] | None = None) -> list[str]:
    if not any(each.name == "ref" for each in model._meta.fields):
        return []
    rows = model._default_manager.order_by("pk")
    return list((rows if pks is None else rows.filter(pk__in=pks)).values_list("ref", flat=True))


def _standing(model: type[Model], pks: set[int]) -> list[Any]:
    return list(model._default_manager.filter(pk__in=pks).order_by("pk").values_list())


def _told(refs: list[str]) -> int:
    return Line.objects.filter(Q(thing_ref__in=refs) | Q(programme_ref__in=refs)).count()


def _leading(model: type[Model], to: Rows) -> set[int]:
    """The rows of a model that point to one of these."""
    leads = Q(pk__in=[])
    for way in model._meta.fields:
        if isinstance(way, ForeignKey) and way.related_model in to:
            leads |= Q(**{f"{way.name}__in": to[way.related_model]})
    return set(model._default_manager.filter(leads).values_list("pk", flat=True))


def _hanging_on(programme: Programme) -> Rows:
    """The rows that lead to a programme, step by step; people, who may be in several, are left out."""
    rows: Rows = {Programme: {programme.pk}}
    while True:
        found = {model: rows.get(model, set()) | _leading(model, rows) for model in _models()}
        found = {model: pks for model, pks in found.items() if pks}
        if found == rows:
            return rows
        rows = found
