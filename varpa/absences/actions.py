"""Saying that one is away, and taking it back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.absences.models import Absence
from varpa.absences.queries import coming_of, today_at
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person

LONGEST = timedelta(days=183)
FARTHEST = timedelta(days=366)
MOST = 30


class LastBeforeFirst(Refusal):
    sentence = _("The last day is before the first. Look at both days once more.")


class OverAlready(Refusal):
    sentence = _("These days have passed. Write days that are still ahead.")


class TooLong(Refusal):
    """Who is away for longer does better to pause: the pair knows where it stands then."""

    sentence = _("This is more than half a year. The project manager can let the pair rest meanwhile.")


class TooFarAhead(Refusal):
    sentence = _("This is more than a year ahead. Look at the year once more.")


class TooMany(Refusal):
    sentence = _("Many absences stand here already. Take one back first, or write the days as one.")


@transaction.atomic
def say_away(*, person: Person, first: date, last: date, now: datetime, ref: str = "") -> Absence:
    """A person says that they are away from the first day to the last; no reason is asked."""
    today = today_at(person, now)
    if last < first:
        raise LastBeforeFirst()
    if last < today:
        raise OverAlready()
    if last - first > LONGEST:
        raise TooLong()
    if first > today + FARTHEST:
        raise TooFarAhead()
    known = Absence.objects.filter(ref=ref, person=person).exists() if ref else False
    if not known and coming_of(person, today).count() >= MOST:
        raise TooMany()
    absence, made = make_once(
        Absence, ref=ref, person=person, fields={"first": first, "last": last, "at": now}
    )
    if made:
        record("absence.say", absence, now=now, by=person)
    return absence


@transaction.atomic
def take_back(*, absence: Absence, by: Person, now: datetime) -> None:
    """One is there after all. A second click changes nothing."""
    if Absence.objects.filter(pk=absence.pk, withdrawn_at=None).update(withdrawn_at=now):
        record("absence.take_back", absence, now=now, by=by)
