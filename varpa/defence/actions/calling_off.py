"""A day of defence that will not be: whoever was asked is told why, and calendars take it out (R9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.defence.actions.days import OPEN_TO_CHANGE, hold
from varpa.defence.actions.lines import record_day
from varpa.defence.letters import days as letters
from varpa.defence.models import Defence, DefenceState, JurorLink
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.people.models import Person


class ReasonMissing(Refusal):
    sentence = _("Write in a few words why the day is called off: everybody asked reads it.")


class HasBegun(Refusal):
    sentence = _("The day has begun. Mark who is not here, and close it.")


@transaction.atomic
def call_off(*, defence: Defence, reason: str, by: Person, now: datetime) -> None:
    """The day will not be. It stays readable with its reason; its plans are free for another day.

    Raises ReasonMissing, HasBegun, AlreadyMoved.
    """
    hold(defence)
    if not reason.strip():
        raise ReasonMissing()
    if defence.state == DefenceState.RUNNING:
        raise HasBegun()
    if defence.state not in OPEN_TO_CHANGE:
        raise AlreadyMoved()
    # Who has heard of it is asked of the letters, before those that still wait are taken back.
    defence.refresh_from_db(fields=["sequence"])
    told, guests = letters.heard_of(defence, now=now), letters.invited_guests(defence)
    move(defence, "cancel", reason=reason.strip(), sequence=defence.sequence + 1)
    Defence.objects.filter(rehearsal_of=defence).delete()
    letters.tell_called_off(defence, told, guests, now=now)
    JurorLink.objects.filter(juror__defence=defence, revoked_at=None).update(revoked_at=now)
    record_day("defence.cancel", defence, defence, now=now, by=by)
