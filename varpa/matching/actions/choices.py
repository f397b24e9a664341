"""What the staff decide about two people: together, not together; and what was asked in confidence."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.matching.actions.parting import end_proposals_apart
from varpa.matching.models import Choice, ChoiceKind
from varpa.matching.queries.cohorts import free, kept_apart, places_left, standing
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme, Role


class NotFree(Refusal):
    sentence = _("One of the two cannot be paired now: in a pair, without a free place, or not accepted.")


class AskedApart(Refusal):
    sentence = _("Somebody has asked in confidence that these two not be together.")


class Forbidden(Refusal):
    sentence = _("The staff have decided that these two are not together. Take that back first.")


class NoPlaceForALock(Refusal):
    sentence = _("As many mentees are already decided for this mentor as there are free places.")


class DecidedMeanwhile(Refusal):
    sentence = _("Somebody else has decided about one of the two at this moment. See what stands now.")


class DecidedSince(Refusal):
    sentence = _("Another mentor was decided for this mentee since.")


@dataclass(frozen=True)
class NotBack:
    """A lock that an undo would have brought back, and why it may not stand any more."""

    choice: Choice
    why: Refusal


@transaction.atomic
def decide(
    *,
    programme: Programme,
    kind: str,
    mentee: Membership,
    mentor: Membership,
    by: Person,
    now: datetime,
    why: str = "",
) -> Choice:
    """Decide about two people; it holds over all runs. The same once more is the same choice.

    A lock takes the place of the mentee's other lock; forbidding or asking apart ends a lock of the two
    and their open proposal.
    Raises NotFree, AskedApart, Forbidden, NoPlaceForALock, DecidedMeanwhile.
    """
    # Held: two managers who decide about one programme do it one after the other.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    stands = standing(programme)
    known = stands.filter(kind=kind, mentee=mentee, mentor=mentor).first()
    if known:
        return known
    if kind == ChoiceKind.LOCK:
        _require_lockable(programme, mentee, mentor)
        replaced = stands.filter(kind=ChoiceKind.LOCK, mentee=mentee).first()
    else:
        replaced = stands.filter(kind=ChoiceKind.LOCK, mentee=mentee, mentor=mentor).first()
    if replaced:
        _close(replaced, by=by, now=now)
    choice = Choice(programme=programme, kind=kind, mentee=mentee, mentor=mentor, by=by, at=now)
    choice.why, choice.replaces = why.strip(), replaced
    try:
        with transaction.atomic():
            choice.save(force_insert=True)
    except IntegrityError as error:
        raise DecidedMeanwhile() from error
    record(f"choice.{kind}", choice, now=now, by=by, programme_ref=programme.ref)
    if kind != ChoiceKind.LOCK:
        end_proposals_apart(programme=programme, now=now)
    return choice


def _require_lockable(programme: Programme, mentee: Membership, mentor: Membership) -> None:
    free_mentor = free(programme, Role.MENTOR).filter(pk=mentor.pk).first()
    if free_mentor is None or not free(programme, Role.MENTEE).filter(pk=mentee.pk).exists():
        raise NotFree()
    apart = kept_apart(programme).get((mentee.pk, mentor.pk))
    if apart == ChoiceKind.VETO:
        raise AskedApart()
    if apart == ChoiceKind.FORBID:
        raise Forbidden()
    waiting = free(programme, Role.MENTEE).exclude(pk=mentee.pk)
    stands = standing(programme).filter(kind=ChoiceKind.LOCK, mentor=mentor)
    locks = stands.filter(mentee__in=waiting.values("pk"))
    if locks.count() >= places_left(free_mentor):
        raise NoPlaceForALock()


@transaction.atomic
def undo_choice(*, choice: Choice, by: Person, now: datetime) -> NotBack | None:
    """Take a choice back; the lock that it replaced stands again. Twice is once.

    The lock comes back only where it could be decided anew; where it could not, the answer says so.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=choice.programme_id)
    choice.refresh_from_db(fields=["undone_at"])
    if choice.undone_at:
        return None
    _close(choice, by=by, now=now)
    record("choice.undo", choice, now=now, by=by, programme_ref=choice.programme.ref)
    before = choice.replaces
    if before is None:
        return None
    try:
        _require_lockable(choice.programme, before.mentee, before.mentor)
        if standing(choice.programme).filter(kind=ChoiceKind.LOCK, mentee=before.mentee).exists():
            raise DecidedSince()
    except Refusal as why:
        return NotBack(before, why)
    Choice.objects.filter(pk=before.pk).update(undone_at=None, undone_by=None)
    return None


def _close(choice: Choice, *, by: Person, now: datetime) -> None:
    Choice.objects.filter(pk=choice.pk, undone_at=None).update(undone_at=now, undone_by=by)
