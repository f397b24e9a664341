"""The beginning of a programme: made, adorned, its manager appointed and told, all at once or not at all."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from varpa.people.models import Organisation, Person
from varpa.programmes.actions.appointing import invite_manager
from varpa.programmes.actions.overriding import set_hours
from varpa.programmes.actions.programmes import keep_emblem, make_programme
from varpa.programmes.models import Programme


@transaction.atomic
def begin_programme(
    *,
    organisation: Organisation,
    folder: Path,
    ref: str,
    by: Person,
    now: datetime,
    hours: int | None = None,
    manager_name: str = "",
    manager_address: str = "",
    emblem: Any = None,
    **said: Any,
) -> Programme:
    """Make a programme as `make_programme` does (`said` goes there), with its hours, manager and emblem.

    A second click with the same `ref` answers the first one's programme and changes nothing.
    """
    known = Programme.objects.filter(ref=ref, organisation=organisation).first()
    if known:
        return known
    programme = make_programme(organisation=organisation, folder=folder, ref=ref, by=by, now=now, **said)
    if hours is not None:
        set_hours(programme=programme, hours=hours, by=by, now=now, revision=programme.revision)
    if emblem:
        keep_emblem(programme=programme, upload=emblem, by=by, now=now)
    if manager_address.strip():
        invite_manager(programme=programme, name=manager_name, address=manager_address, by=by, now=now)
    return programme
