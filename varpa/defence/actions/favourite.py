"""The hall's favourite: chosen by phones without an account, quite apart from the money of the jurors."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from varpa.defence.actions.lines import record_day
from varpa.defence.models import SHOWN, Defence, DefenceState, Slot, SlotState, Voice
from varpa.defence.queries import device_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person


class DayIsNotOnYet(Refusal):
    sentence = _("The hall can choose while the day goes on. Begin the day first.")


class HallIsClosed(Refusal):
    sentence = _("The hall does not choose now: your choice was not counted.")


class NotSeenYet(Refusal):
    sentence = _("This plan has not been presented yet. Choose one that you have seen.")


@transaction.atomic
def open_hall(*, defence: Defence, by: Person, now: datetime) -> None:
    """Let the hall choose until the day closes. Raises DayIsNotOnYet, AlreadyMoved."""
    running = Defence.objects.filter(pk=defence.pk, state=DefenceState.RUNNING)
    if not running.filter(hall_opened_at=None).update(hall_opened_at=now, turn=F("turn") + 1):
        raise AlreadyMoved() if running.exists() else DayIsNotOnYet()
    defence.hall_opened_at = now
    record_day("defence.open_hall", defence, defence, now=now, by=by)


@transaction.atomic
def choose_favourite(*, slot: Slot, device: str) -> None:
    """A phone, `device` the word in its cookie, chooses, or chooses another instead.

    No line of history: nobody knows who it was. Raises HallIsClosed, NotSeenYet.
    """
    day = Defence.objects.filter(pk=slot.defence_id, state=DefenceState.RUNNING)
    # An update holds the row on both databases: whoever closes the day meanwhile waits, and counts this too.
    if not day.exclude(hall_opened_at=None).update(ref=F("ref")):
        raise HallIsClosed()
    if not Slot.objects.filter(pk=slot.pk, state__in=SHOWN).exists():
        raise NotSeenYet()
    known = device_of(slot.defence, device)
    Voice.objects.update_or_create(defence=slot.defence, device=known, defaults={"slot": slot})


def settle_favourite(defence: Defence) -> None:
    """Mark whoever has most voices, all of a tie; then no voice is left of which to make a list."""
    heard = defence.slots.filter(state=SlotState.CLOSED, voices__isnull=False).order_by()
    counts = dict(heard.annotate(heard=Count("voices")).values_list("pk", "heard"))
    most = max(counts.values(), default=0)
    defence.slots.filter(pk__in=[pk for pk, count in counts.items() if count == most]).update(favourite=True)
    defence.voices.all().delete()
