"""What the history keeps of a day; a rehearsal leaves none."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model

from varpa.defence.models import Defence
from varpa.history.actions import record
from varpa.people.models import Person


def record_day(
    verb: str,
    thing: Model,
    defence: Defence,
    *,
    now: datetime,
    by: Person | None,
    details: Mapping[str, str | int | None] | None = None,
) -> None:
    """One line, unless the day is a rehearsal: nothing of it has happened."""
    if not defence.rehearsal_of_id:
        ref = defence.programme.ref
        record(verb, thing, now=now, by=by, programme_ref=ref, details=details or None)
