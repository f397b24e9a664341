"""Shares as if every juror could have funded every plan: reckoned by the worker, kept (product R9)."""

from datetime import datetime

from django.db import transaction

from varpa.defence.models import Defence, DefenceState, Reckoning, Slot, SlotState, Word
from varpa.defence.queries import listeners_counted
from varpa.statistics.additive import Cell, adjusted_rows


def sets_differ(defence: Defence) -> bool:
    """Whether some juror could fund only some of the presentations of a day."""
    slots = defence.slots.filter(state=SlotState.CLOSED).order_by()
    listeners = listeners_counted(slots)
    return listeners.count() != slots.count() * listeners.values("juror").distinct().count()


def reckon_due(_now: datetime) -> int:
    """The worker's part: reckon the days that wait for it; how many."""
    due = list(Defence.objects.filter(state=DefenceState.CLOSED, reckoning=Reckoning.WAITS).order_by("pk"))
    for defence in due:
        reckon(defence)
    return len(due)


@transaction.atomic
def reckon(defence: Defence) -> None:
    """Plan effect + juror effect, by least squares over money ÷ budget of every juror who could give.

    Where the jurors of some plans have no plan in common with the others, nothing is compared, and that is
    said. No line of history: nobody does it, and it follows from what is there.
    """
    slots = Slot.objects.filter(defence=defence, state=SlotState.CLOSED)
    given = {(word.slot_id, word.juror_id): word.amount for word in Word.objects.filter(slot__in=slots)}
    listeners = listeners_counted(slots).select_related("juror").order_by("pk")
    found = adjusted_rows(
        [
            Cell(each.slot_id, each.juror_id, given.get((each.slot_id, each.juror_id), 0) / each.juror.budget)
            for each in listeners
            if each.juror.budget
        ]
    )
    shares = [Slot(pk=pk, adjusted=share) for pk, share in (found or {}).items()]
    Slot.objects.bulk_update(shares, ["adjusted"], batch_size=500)
    kind = Reckoning.APART if found is None else Reckoning.ADDITIVE
    Defence.objects.filter(pk=defence.pk, reckoning=Reckoning.WAITS).update(reckoning=kind)
