"""What a programme says to those who may apply."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.calls.models import Call
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme, Role


class LastBeforeFirst(Refusal):
    """`field` names the day."""

    sentence = _("The last day comes before the first day.")


@transaction.atomic
def write_call(
    *, programme: Programme, changes: Mapping[str, Any], revision: int, by: Person, now: datetime
) -> None:
    """When applications are taken, and what the front door says. Raises LastBeforeFirst, Conflict."""
    for role in (Role.MENTOR, Role.MENTEE):
        opens, closes = changes[f"{role}_opens"], changes[f"{role}_closes"]
        if opens and closes and closes < opens:
            raise LastBeforeFirst(field=f"{role}_closes")
    call, _made = Call.objects.get_or_create(programme=programme)
    if all(getattr(call, name) == value for name, value in changes.items()):
        return
    texts = {name: changes[name] for name in ("contact_name", "partners")}
    rest = {name: value for name, value in changes.items() if name not in texts}
    save_text(call, revision=revision, texts=texts, **rest)
    record("programme.call", programme, now=now, by=by, programme_ref=programme.ref)
