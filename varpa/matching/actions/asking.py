"""Many pairs of a run are proposed by the worker, some at a time: no page waits for hundreds of letters."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from varpa.kernel.states import move
from varpa.matching.actions.proposals import (
    FEWEST_DAYS,
    MOST_DAYS,
    NobodyChosen,
    NoSuchTime,
    Proposed,
    propose_lines,
    record_proposed,
)
from varpa.matching.models import Asking, AskingState, Line, Run
from varpa.people.models import Person

AT_ONCE = 20
"""So many pairs are proposed while the page waits; more are left to the worker."""
BATCH = 25


@transaction.atomic
def ask_for_lines(*, run: Run, lines: Iterable[Line], days: int, by: Person, now: datetime) -> Asking:
    """Leave the proposing of a run's pairs to the worker. A second click is the one that is going.

    Raises NoSuchTime, NobodyChosen.
    """
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise NoSuchTime()
    chosen = [line.pk for line in lines if line.mentor_id]
    if not chosen:
        raise NobodyChosen()
    asking = Asking(run=run, by=by, days=days, lines=chosen, asked_at=now)
    try:
        with transaction.atomic():
            asking.save(force_insert=True)
    except IntegrityError:
        return Asking.objects.get(run=run, state=AskingState.GOING)
    return asking


def propose_some(*, asking: Asking, now: datetime) -> None:
    """Propose the next few of them; the last ones end it. What is proposed already counts as done.

    A process that dies between a proposal and its note proposes nobody twice: the pair is there.
    """
    done = asking.pairs + len(asking.refused)
    some = asking.run.lines.filter(pk__in=asking.lines[done : done + BATCH]).select_related(
        "mentee__membership__person",
        "mentee__membership__programme",
        "mentor__membership__person",
        "mentor__membership__programme",
    )
    found = Proposed()
    if some:
        days, asked_at = asking.days, asking.asked_at
        found = propose_lines(run=asking.run, lines=some, days=days, by=asking.by, now=now, asked_at=asked_at)
    pairs = asking.pairs + found.pairs
    refused = [*asking.refused, *([line.pk, why] for line, why in found.kinds)]
    # A line that was erased meanwhile is neither: it must not keep the rest waiting.
    gone = len(asking.lines[done : done + BATCH]) - found.pairs - len(found.kinds)
    refused += [[0, ""]] * gone
    with transaction.atomic():
        Asking.objects.filter(pk=asking.pk).update(pairs=pairs, refused=refused)
        if pairs + len(refused) >= len(asking.lines):
            move(asking, "finish", ended_at=now)
            record_proposed(asking.run, pairs, asking.days, by=asking.by, now=now)
