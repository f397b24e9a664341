"""Making a programme large in seconds: every row that its people lived is copied by SQL, people and all.

The rows themselves were written by the actions; a copy has other keys, references and addresses and is
otherwise the same. What a programme has once (its events, surveys, reports) stays what it is, with the
answers and sign-ups of everybody. The words of letters are left out of the copies, as they are purged in real
life.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import AutoField, ForeignKey, Model

from varpa.closing.models import Certificate
from varpa.defence.models import Defence
from varpa.history.models import Line
from varpa.kernel.refs import ALPHABET
from varpa.matching.models import Entrant
from varpa.news.models import PageVersion
from varpa.people.models import Person
from varpa.post.models import Letter, Unsubscribed
from varpa.programmes.models import Membership, Role
from varpa.site.wal import OPTIMIZE

SPAN = 10_000_000
"""Keys of one copy are so far from those of the next."""
NUMBERS = 10_000
"""Numbers in an order too."""
REFERENCES = {"ref", "form"}
NAMED_BY_NUMBER = {(Certificate, "number")}
"""A number that is a reference."""
KEYS_OF_PEOPLE = {(Line, "actor"), (Line, "behalf"), (Letter, "person"), (Unsubscribed, "person")}
"""Numbers that name a person without a relation: history and post stand below people."""
ONCE = {"message_id", "once", "calendar_key", "roster_key", "digest", "token"}
ORDERED = {(Entrant, "number"), (PageVersion, "number")}
PURGED = {(Letter, "text"), (Letter, "html"), (Letter, "calendar")}
ONE_HALL = Defence._meta.app_label
"""A day of defence is for a hall, however large the programme is: its rows are never copied."""


@dataclass
class Lived:
    """A database, and which of its rows are people's own: of each table the keys."""

    connection: sqlite3.Connection
    own: dict[type[Model], set[int]] = field(default_factory=dict)

    def grows(self, model: type[Model]) -> bool:
        """Count in the rows that hang on what is counted in already; whether there were any."""
        asked = " OR ".join(
            f'"{column}" IN ({_listed(self.own[of])})' for column, of in _relations(model) if self.own.get(of)
        )
        found = self._keys(model, asked) if asked else set()
        if model is Line:
            found |= self._lines()
        before = self.own.setdefault(model, set())
        self.own[model] = before | found
        return not found <= before

    def begin(self) -> None:
        """Everybody but the staff, of every programme."""
        roles = f"\"role\" IN ('{Role.MENTOR}', '{Role.MENTEE}')"
        self.own[Membership] = self._keys(Membership, roles)
        staff = f'SELECT "person_id" FROM "{Membership._meta.db_table}" WHERE NOT {roles}'
        self.own[Person] = self._keys(Person, f'"id" NOT IN ({staff})')

    def _keys(self, model: type[Model], where: str) -> set[int]:
        rows = self.connection.execute(f'SELECT "id" FROM "{model._meta.db_table}" WHERE {where}')
        return {key for (key,) in rows}

    def _lines(self) -> set[int]:
        """History of the things themselves, whoever did it."""
        return self._keys(Line, f'"thing_ref" IN ({self.references()})')

    def references(self) -> str:
        """The question for the references of all of people's own rows."""
        named = [model for model in self.own if any(each.name == "ref" for each in model._meta.fields)]
        return " UNION ALL ".join(
            f'SELECT "ref" FROM "{model._meta.db_table}" WHERE "id" IN ({_listed(self.own[model])})'
            for model in named
            if self.own[model]
        )


def _listed(keys: set[int]) -> str:
    return ", ".join(map(str, keys))


def enlarge(database: Path, times: int) -> None:
    """Copy everything that belongs to people until it stands there `times` times."""
    connection = sqlite3.connect(database)
    connection.create_function("other_ref", 2, _other_ref, deterministic=True)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("CREATE TEMP TABLE own (kind TEXT, id INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID")
    models = list(_models())
    lived = Lived(connection)
    lived.begin()
    while sum(lived.grows(model) for model in models):
        pass
    with connection:
        for model in models:
            rows = ((model._meta.label, key) for key in lived.own[model])
            connection.executemany("INSERT INTO own VALUES (?, ?)", rows)
        connection.execute(f"CREATE TEMP TABLE named AS {lived.references()}")
        connection.execute("CREATE INDEX temp.by_reference ON named (ref)")
        for model in models:
            connection.execute(_copying(model), {"times": times})
        _sound(connection)
    # In real life so many rows are written one after the other; the worker copies the log back, and lets the
    # database look at what it holds.
    connection.execute(OPTIMIZE)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _sound(connection: sqlite3.Connection) -> None:
    """Refuse copies that hang on nothing, as the database would."""
    wrong = {(table, of) for table, _row, of, _key in connection.execute("PRAGMA foreign_key_check")}
    if wrong:
        raise SystemExit(f"Copies hang on nothing: {wrong}")


def _models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.startswith("varpa.") and model._meta.app_label != ONE_HALL
        if ours and isinstance(model._meta.pk, AutoField):
            yield model


def _relations(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    """The columns that name a row of another table, and which."""
    for each in model._meta.concrete_fields:
        if (model, each.name) in KEYS_OF_PEOPLE:
            yield each.column, Person
        elif isinstance(each, ForeignKey):
            yield each.column, each.related_model


def _copying(model: type[Model]) -> str:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{each.column}"' for each in fields)
    relations = dict(_relations(model))
    values = ", ".join(_value(model, each, relations) for each in fields)
    table = f'"{model._meta.db_table}"'
    return (
        "WITH RECURSIVE copies(nth) AS "
        "(SELECT 1 UNION ALL SELECT nth + 1 FROM copies WHERE nth + 1 < :times) "
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM copies, own, {table} "
        f"WHERE own.kind = '{model._meta.label}' AND {table}.\"id\" = own.id AND :times > 1"
    )


def _value(model: type[Model], its: Any, relations: dict[str, type[Model]]) -> str:
    column = f'"{model._meta.db_table}"."{its.column}"'
    if its.primary_key:
        return f"{column} + nth * {SPAN}"
    if its.column in relations:
        kind = relations[its.column]._meta.label
        copied = f"EXISTS (SELECT 1 FROM own o WHERE o.kind = '{kind}' AND o.id = {column})"
        return f"{column} + {copied} * nth * {SPAN}"
    if (model, its.name) in PURGED:
        return "''"
    if its.name in REFERENCES or (model, its.name) in NAMED_BY_NUMBER:
        return f"other_ref({column}, nth)"
    if its.name == "thing_ref":
        return (
            f"CASE WHEN {column} IN (SELECT ref FROM named) THEN other_ref({column}, nth) ELSE {column} END"
        )
    if its.name == "email":
        return f"nth || '.' || {column}"
    if its.name in ONCE:
        return f"CASE WHEN {column} = '' THEN '' ELSE {column} || '-' || nth END"
    if (model, its.name) in ORDERED:
        return f"{column} + nth * {NUMBERS}"
    if model is Person and its.name == "name":
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
