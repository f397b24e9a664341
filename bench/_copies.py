"""Making a programme large in seconds: every row that the pairs lived is copied by SQL, people and all.

The rows themselves were written by the actions (`_growth`); a copy has other keys, references and addresses
and is otherwise the same. The words of letters are left out of the copies, as they are purged in real life.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import AutoField, Field, ForeignKey, Max, Model

from varpa.history.models import Line
from varpa.kernel.refs import ALPHABET
from varpa.people.models import Person
from varpa.post.models import Letter, Unsubscribed

SPAN = 10_000_000
"""Keys of one copy are so far from those of the next."""
KEYS_OF_PEOPLE = {(Line, "actor"), (Line, "behalf"), (Letter, "person"), (Unsubscribed, "person")}
"""Numbers that name a person without a relation: history and post stand below people."""
REFERENCES = {"ref", "thing_ref"}
ONCE = {"message_id", "once", "calendar_key", "roster_key"}
PURGED = {(Letter, "text"), (Letter, "html"), (Letter, "calendar")}

Marks = dict[type[Model], int]


def marks() -> Marks:
    """The last key of every table now: what comes after it is what `enlarge` copies."""
    return {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in _models()}


def enlarge(database: Path, before: Marks, times: int) -> None:
    """Copy everything after the marks until it stands there `times` times."""
    connection = sqlite3.connect(database)
    connection.create_function("other_ref", 2, _other_ref, deterministic=True)
    connection.execute("PRAGMA synchronous=OFF")
    with connection:
        for model, mark in before.items():
            connection.execute(_copying(model, mark, before), {"times": times})
    # In real life so many rows are written one after the other, and the worker copies the log back.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("varpa.") and isinstance(model._meta.pk, AutoField):
            yield model


def _copying(model: type[Model], mark: int, before: Marks) -> str:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field, before) for field in fields)
    table = f'"{model._meta.db_table}"'
    return (
        "WITH RECURSIVE copies(nth) AS "
        "(SELECT 1 UNION ALL SELECT nth + 1 FROM copies WHERE nth + 1 < :times) "
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, copies "
        f'WHERE "{model._meta.pk.column}" > {mark} AND :times > 1 ORDER BY copies.nth'
    )


def _value(model: type[Model], field: "Field[object, object]", before: Marks) -> str:
    column = f'"{field.column}"'
    if field.primary_key:
        return f"{column} + nth * {SPAN}"
    named = Person if (model, field.name) in KEYS_OF_PEOPLE else field.related_model
    if isinstance(field, ForeignKey) or named is Person:
        mark = before.get(named)
        return column if mark is None else f"{column} + ({column} > {mark}) * nth * {SPAN}"
    if (model, field.name) in PURGED:
        return "''"
    if field.name in REFERENCES:
        return f"other_ref({column}, nth)"
    if field.name == "email":
        return f"nth || '.' || {column}"
    if field.name in ONCE:
        return f"CASE WHEN {column} = '' THEN '' ELSE {column} || '-' || nth END"
    if model is Person and field.name == "name":
        # Neighbours in a sorted list are not neighbours in the table.
        return f"other_ref('222', nth * 370) || {column}"
    return column


def _other_ref(ref: str, number: int) -> str:
    """The reference of a copy: the last three letters count on from those of the original."""
    place = sum(
        ALPHABET.index(letter) * len(ALPHABET) ** power for power, letter in enumerate(reversed(ref[-3:]))
    )
    code = ""
    for _ in range(3):
        place, letter = divmod(place + number, len(ALPHABET))
        number = 0
        code = ALPHABET[letter] + code
    return ref[:-3] + code
