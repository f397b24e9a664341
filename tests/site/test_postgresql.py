"""Every word of DATABASE_URL counts: how it is encrypted, and which server takes over from one that died."""

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import ProgrammingError

from varpa.site.postgresql import database, environment

ONE = "postgresql://anna:two%20words@db.example:5433/varpa?sslmode=verify-full&sslrootcert=/etc/ca.pem"
TWO = "postgresql://anna@one:5432,two:5433/varpa?target_session_attrs=read-write&connect_timeout=2"


def reached(url: str) -> dict[str, object]:
    """What is handed to the driver."""
    given = {"TIME_ZONE": None, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": True, **database(url)}
    found: dict[str, object] = DatabaseWrapper(given).get_connection_params()
    return found


def test_what_is_said_of_encryption_is_kept_to() -> None:
    told = reached(ONE)
    asked = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert")
    assert [told[each] for each in asked] == [
        "db.example",
        "5433",
        "anna",
        "two words",
        "varpa",
        "verify-full",
        "/etc/ca.pem",
    ]


def test_of_several_servers_the_one_that_takes_changes_is_used() -> None:
    told = reached(TWO)
    assert (told["host"], told["port"], told["target_session_attrs"]) == (
        "one,two",
        "5432,5433",
        "read-write",
    )
    assert told["connect_timeout"] == "2"


def test_a_server_that_says_nothing_holds_nobody_up() -> None:
    assert reached(ONE)["connect_timeout"] == "5"


def test_an_address_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ProgrammingError):
        database("postgresql://anna@db.example/varpa?sslmod=require")


def test_the_programs_of_backups_reach_it_in_the_same_way() -> None:
    assert environment(TWO) == {
        "PGHOST": "one,two",
        "PGPORT": "5432,5433",
        "PGUSER": "anna",
        "PGDATABASE": "varpa",
        "PGTARGETSESSIONATTRS": "read-write",
        "PGCONNECT_TIMEOUT": "2",
    }
    assert environment(ONE)["PGSSLMODE"] == "verify-full"
    assert environment(ONE)["PGPASSWORD"] == "two words"
