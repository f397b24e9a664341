"""The beginning of a programme: made, adorned, its manager appointed and told, all at once or not at all."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from varpa.files.models import File
from varpa.kernel.once import require_same
from varpa.kernel.refusals import Refusal
from varpa.people.models import Organisation, Person
from varpa.programmes.actions.appointing import invite_manager, require_known
from varpa.programmes.actions.overriding import require_hours, set_hours
from varpa.programmes.actions.programmes import make_programme, put_emblem_on, require_days
from varpa.programmes.models import Programme


@transaction.atomic
def begin_programme(
    *,
    organisation: Organisation,
    folder: Path | None = None,
    ref: str,
    by: Person,
    now: datetime,
    hours: int | None = None,
    manager_name: str = "",
    manager_address: str = "",
    emblem: File | None = None,
    **said: Any,
) -> Programme:
    """Make a programme as `make_programme` does (`said` goes there), with its hours, manager and emblem.

    A second click with the same `ref` answers the first one's programme and changes nothing.
    """
    known = Programme.objects.filter(ref=ref, organisation=organisation).first()
    if known:
        require_same(known, {name: said[name] for name in ("name", "starts", "ends")})
        return known
    programme = make_programme(organisation=organisation, folder=folder, ref=ref, by=by, now=now, **said)
    if hours is not None:
        set_hours(programme=programme, hours=hours, by=by, now=now, revision=programme.revision)
    if emblem:
        put_emblem_on(programme=programme, emblem=emblem, by=by, now=now)
    if manager_address.strip():
        invite_manager(programme=programme, name=manager_name, address=manager_address, by=by, now=now)
    return programme


def refused(
    *,
    starts: date | None = None,
    ends: date | None = None,
    hours: int | None = None,
    manager_name: str = "",
    manager_address: str = "",
    **_said: Any,
) -> Iterator[tuple[str, Refusal]]:
    """What the rules refuse in so much of a form as could be read, by field: told with all that is wrong."""
    rules = [("hours", partial(require_hours, hours))]
    rules.append(("manager_name", partial(require_known, manager_name, manager_address)))
    if starts and ends:
        rules.append(("ends", partial(require_days, starts, ends)))
    for field, rule in rules:
        try:
            rule()
        except Refusal as refusal:
            yield field, refusal
