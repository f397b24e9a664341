"""Taking a methodology from an archive, to begin a programme from it."""

from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction

from varpa.drafts.actions.archives import methodology_in
from varpa.history.actions import record
from varpa.people.models import Person
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import MethodologyVersion


@transaction.atomic
def take_archive(*, upload: "Upload[Any]", by: Person, now: datetime) -> MethodologyVersion:
    """Check an archive and keep the methodology in it; the same one twice is one."""
    version = take_methodology(methodology=methodology_in(upload), now=now)
    record("guidelines.take_archive", version, now=now, by=by)
    return version
