"""Opening what a pair writes, with a written reason, for a limited time; never the diary (product §2)."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.access import may
from varpa.kernel.refusals import Refusal
from varpa.pairs.access import PairAction
from varpa.pairs.actions.pairs import hold
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.support.letters import openings as letters
from varpa.support.models import Look, Opening
from varpa.support.queries.openings import is_opened, running
from varpa.support.queries.staff import is_in

LASTS = timedelta(hours=24)
SHORTEST = 20
"""Letters of a reason that the two can understand."""


class Recused(Refusal):
    sentence = _("You are one of the two: somebody else has to see to this pair.")


class ReasonTooShort(Refusal):
    sentence = _("Write the reason in a sentence: the two of the pair will read it.")


class NotYourPair(Refusal):
    sentence = _("Only those who run the programme can do this.")


class NothingTold(Refusal):
    """After the end only the two read, unless somebody has asked for help (§7 and R8, decision 0054)."""

    sentence = _(
        "The pair has ended, and only the two read what they wrote. It can be opened while something that "
        "was told of the pair is being worked on."
    )


class OpeningIsOver(Refusal):
    sentence = _("The time of this opening is over. If it is still needed, open it again with a reason.")


@transaction.atomic
def open_pair(*, pair: Pair, reason: str, by: Person, now: datetime) -> Opening:
    """Open the messages and notes of a pair for a day. The two are told who, when and why, at once.

    While an opening lasts, a second click answers it. Raises Recused, ReasonTooShort, and NothingTold where
    the pair has ended.
    """
    if is_in(pair, by):
        raise Recused()
    if not may(PairAction.MANAGE, by, pair):
        raise NotYourPair()
    if len(reason.strip()) < SHORTEST:
        raise ReasonTooShort()
    hold(pair)
    known = running(pair, by, now)
    if known:
        return known
    if not is_opened(pair):
        raise NothingTold()
    opening = Opening.objects.create(pair=pair, by=by, reason=reason.strip(), at=now, until=now + LASTS)
    record("opening.begin", opening, now=now, by=by, programme_ref=pair.programme.ref)
    letters.tell_opened(opening, now=now)
    return opening


def require_open(opening: Opening, by: Person, now: datetime) -> None:
    """Raise OpeningIsOver, or Recused, unless this person may look through it now."""
    if opening.by_id != by.pk or not opening.at <= now < opening.until:
        raise OpeningIsOver()
    if is_in(opening.pair, by):
        raise Recused()


def look(*, opening: Opening, kind: str, thing_ref: str, by: Person, now: datetime) -> None:
    """Remember that a conversation or a meeting was looked at: the two see it. Changes nothing of theirs."""
    require_open(opening, by, now)
    # Whoever turns a page looks again: what is remembered needs no second writing.
    if not Look.objects.filter(opening=opening, kind=kind, thing_ref=thing_ref).exists():
        _remember_look(opening, kind, thing_ref, by=by, now=now)


@transaction.atomic
def _remember_look(opening: Opening, kind: str, thing_ref: str, *, by: Person, now: datetime) -> None:
    try:
        with transaction.atomic():
            Look.objects.create(opening=opening, kind=kind, thing_ref=thing_ref, at=now)
    except IntegrityError:
        return
    ref = opening.pair.programme.ref
    record("opening.look", opening, now=now, by=by, programme_ref=ref, details={kind: thing_ref})


@transaction.atomic
def end_opening(*, opening: Opening, by: Person, now: datetime) -> None:
    """It is not needed any more: the time ends now."""
    require_open(opening, by, now)
    if Opening.objects.filter(pk=opening.pk, until__gt=now).update(until=now):
        opening.until = now
        record("opening.end", opening, now=now, by=by, programme_ref=opening.pair.programme.ref)
