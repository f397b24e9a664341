"""A mentee with more than one mentor, where a programme allows it (product §2): how many, and with whom."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.pairs.actions.pairs import NotActive, PairHasEnded, require_active
from varpa.pairs.models import OPEN, Pair, PairState
from varpa.people.models import Person
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.models import MOST_MENTORS, OVER, Membership, Programme


class WrongNumber(Refusal):
    sentence = _("A mentee has from one mentor to three. Choose one of these numbers.")


class SomeHaveMore(Refusal):
    sentence = _(
        "Nothing was changed: {name} has {count} mentors now. End the pairs that are too many first, then "
        "choose this number."
    )


@transaction.atomic
def allow_mentors(*, programme: Programme, most: int, by: Person, now: datetime, revision: int) -> None:
    """Say how many mentors a mentee may have at once; the same number once more changes nothing.

    Nobody loses a mentor by it. Raises WrongNumber, ProgrammeIsOver, SomeHaveMore, merging.Conflict.
    """
    # Held, as a proposal holds it: no further pair comes in between.
    stored = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if not 1 <= most <= MOST_MENTORS:
        raise WrongNumber()
    if stored.state in OVER:
        raise ProgrammeIsOver()
    if stored.mentors_at_once == most:
        return
    _require_room(programme, most)
    save_text(programme, revision=revision, texts={}, mentors_at_once=most)
    _lower_seats(programme, most)
    record(
        "programme.mentors_at_once",
        programme,
        now=now,
        by=by,
        programme_ref=programme.ref,
        details={"most": most},
    )


def require_one_active(pairs: Iterable[Pair], now: datetime) -> list[Pair]:
    """Those of a mentee's pairs in which the two may be in contact now (R1): one that rests stops no other.

    Raises NotActive as the first of them would, where there are pairs and none goes. Each is held until the
    transaction ends.
    """
    going: list[Pair] = []
    resting: list[NotActive] = []
    for pair in pairs:
        try:
            require_active(pair, now)
        except NotActive as refusal:
            resting.append(refusal)
        else:
            going.append(pair)
    if resting and not going:
        raise resting[0]
    return going


def none_goes(mentee: Membership, mentor: Person | None = None) -> NotActive:
    """What is told where a mentee has no going pair (with this `mentor`): it ended, or has yet to begin."""
    ended = Pair.objects.filter(mentee=mentee, state=PairState.ENDED)
    together = ended.filter(mentor__person=mentor) if mentor else ended
    return PairHasEnded() if together.exists() else NotActive()


def _require_room(programme: Programme, most: int) -> None:
    open_pairs = Pair.objects.filter(programme=programme, state__in=OPEN).order_by().values("mentee")
    fuller = open_pairs.annotate(n=Count("pk")).filter(n__gt=most).order_by("-n")
    first = fuller.values_list("mentee__person__name", "n").first()
    if first:
        raise SomeHaveMore(name=first[0], count=first[1])


def _lower_seats(programme: Programme, most: int) -> None:
    """Whoever is left in a seat above the number moves down: a first mentor may have gone before a second."""
    for pair in Pair.objects.filter(programme=programme, state__in=OPEN, seat__gt=most):
        taken = Pair.objects.filter(mentee=pair.mentee_id, state__in=OPEN).values_list("seat", flat=True)
        free = next(seat for seat in range(1, most + 1) if seat not in set(taken))
        Pair.objects.filter(pk=pair.pk).update(seat=free)
