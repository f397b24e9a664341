"""The people of the tests: one named person per role, a stranger, and a second programme to leak from."""

import pickle
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from tests import make
from varpa.pairs.models import Pair
from varpa.people.models import Organisation, Person
from varpa.programmes.models import Membership, Programme, Role


@dataclass(frozen=True)
class Cast:
    """Dace leads, Inga manages, Andris mentors Elīna (17, Latvian), Rimantas mentors Gabija (Lithuanian).

    Zane is a stranger with an account; Tomas manages another programme, where Jonas mentors Ieva.
    """

    organisation: Organisation
    programme: Programme
    dace: Person
    inga: Person
    andris: Person
    elina: Person
    rimantas: Person
    gabija: Person
    zane: Person
    tomas: Person
    jonas: Person
    mentor: Membership
    mentee: Membership
    pair: Pair
    neighbours: Pair
    elsewhere: Pair


_kept: dict[str, Any] = {}


def assemble() -> Cast:
    """Put everybody on the stage: two active pairs in one programme, one pair in another.

    It takes a hundred actions. Once a process they are really done; into other empty databases go the rows
    that they left.
    """
    if Organisation.objects.exists() or Person.objects.exists():
        return _assemble()
    if not _kept:
        made = _assemble()
        _kept.update(cast=pickle.dumps(made), rows=_rows())
        return made
    # In one transaction: a row may stand before the one to which it points.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in _kept["rows"]:
            _put(cursor, table, rows)
        if connection.vendor == "postgresql":
            cursor.execute(_kept["counted"])
    cast: Cast = pickle.loads(_kept["cast"])
    return cast


def _rows() -> list[tuple[str, Any]]:
    """Every row of every room; a table without rows is left out."""
    models = [model for config in apps.get_app_configs() for model in _models(config)]
    with connection.cursor() as cursor:
        found = [(model, _taken(cursor, model._meta.db_table)) for model in models]
    filled = [(model, rows) for model, rows in found if rows]
    if connection.vendor == "postgresql":
        # The next row gets the number after those that were put back.
        counted = connection.ops.sequence_reset_sql(no_style(), [model for model, _rows in filled])
        _kept["counted"] = "".join(counted)
    return [(model._meta.db_table, rows) for model, rows in filled]


def _taken(cursor: Any, table: str) -> Any:
    """What a table holds, as the database itself gives it away and takes it again."""
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} TO STDOUT") as copied:
            return b"".join(bytes(block) for block in copied)
    cursor.execute(f"SELECT * FROM {table}")
    return cursor.fetchall()


def _put(cursor: Any, table: str, rows: Any) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} FROM STDIN") as copied:
            copied.write(rows)
    else:
        cursor.executemany(f"INSERT INTO {table} VALUES ({','.join(['%s'] * len(rows[0]))})", rows)


def _models(config: Any) -> list[Any]:
    ours = config.name.startswith("varpa.")
    return list(config.get_models(include_auto_created=True)) if ours else []


def _assemble() -> Cast:
    organisation = make.organisation()
    programme = make.programme(organisation)
    dace = Person.objects.get(name="Dace Kalniņa")
    inga = make.person("Inga Liepa", "inga@varpa.example")
    make.manager(programme, inga)
    andris = make.person("Andris Ozols", "andris@varpa.example")
    elina = make.person("Elīna Bērziņa", "elina@varpa.example", born=date(2006, 5, 4))
    rimantas, gabija = lithuanians()
    mentor = make.member(programme, andris, Role.MENTOR, place="Māls un uguns", country="LV")
    mentee = make.member(programme, elina, Role.MENTEE, topic="Keramikas darbnīca", country="LV")
    pair = make.pair(mentor, mentee)
    other_mentor = make.member(programme, rimantas, Role.MENTOR, country="LT")
    other_mentee = make.member(programme, gabija, Role.MENTEE, country="LT")
    neighbours = make.pair(other_mentor, other_mentee)
    zane = make.person("Zane Krūmiņa", "zane@varpa.example")
    tomas, jonas, elsewhere = _elsewhere()
    return Cast(
        organisation=organisation,
        programme=programme,
        dace=dace,
        inga=inga,
        andris=andris,
        elina=elina,
        rimantas=rimantas,
        gabija=gabija,
        zane=zane,
        tomas=tomas,
        jonas=jonas,
        mentor=mentor,
        mentee=mentee,
        pair=pair,
        neighbours=neighbours,
        elsewhere=elsewhere,
    )


def lithuanians() -> tuple[Person, Person]:
    """Rimantas and Gabija, who read Lithuanian; nobody has proposed a pair yet."""
    home = {"language": "lt", "zone": "Europe/Vilnius"}
    rimantas = make.person("Rimantas Žukauskas", "rimantas@varpa.example", **home)
    gabija = make.person("Gabija Petrauskaitė", "gabija@varpa.example", born=date(2006, 8, 1), **home)
    return rimantas, gabija


def programme_of_tomas() -> tuple[Programme, Person]:
    """The other programme, and who manages it, in Lithuanian."""
    programme = make.programme(make.organisation("Šiaulių verslo inkubatorius"))
    tomas = make.person("Tomas Kazlauskas", "tomas@varpa.example", language="lt")
    make.manager(programme, tomas)
    return programme, tomas


def _elsewhere() -> tuple[Person, Person, Pair]:
    programme, tomas = programme_of_tomas()
    jonas = make.person("Jonas Balčiūnas", "jonas@varpa.example", language="lt")
    ieva = make.person("Ieva Stankutė", "ieva@varpa.example", language="lt", born=date(2006, 1, 9))
    mentor = make.member(programme, jonas, Role.MENTOR)
    mentee = make.member(programme, ieva, Role.MENTEE)
    return tomas, jonas, make.pair(mentor, mentee)
