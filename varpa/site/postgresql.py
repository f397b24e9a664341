"""Where DATABASE_URL leads: every word of it counts, also the ones about encryption and a second server."""

from typing import Any, Final

# A server that has died with its machine refuses nothing: the next one of the address is asked instead.
FIRST_ANSWER_SECONDS: Final = "5"


def database(url: str) -> dict[str, Any]:
    """How Django reaches the database. Raises psycopg.ProgrammingError where the address cannot be read."""
    from psycopg.conninfo import conninfo_to_dict

    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 0,
        # A connection that died with its server is found out before use; none within ten seconds: 503.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": FIRST_ANSWER_SECONDS,
            **parts,
            "pool": {"min_size": 1, "max_size": 6, "timeout": 10},
        },
    }


def environment(url: str) -> dict[str, str]:
    """The same for PostgreSQL's own programs, in the variables that they read."""
    from psycopg import pq

    said = [part for part in pq.Conninfo.parse(url.encode()) if part.val is not None and part.envvar]
    return {(part.envvar or b"").decode(): (part.val or b"").decode() for part in said}
