"""Saying that one is away, and when there is no school; and taking either back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.absences.models import Absence
from varpa.absences.queries import coming_of, today_at
from varpa.absences.school import written
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme

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


class NotItsCountry(Refusal):
    sentence = _("The programme does not run in this country. Choose one of its countries.")


class SchoolTooLong(Refusal):
    sentence = _("This is more than half a year. Look at both days once more.")


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


@transaction.atomic
def add_school_holiday(
    *, programme: Programme, country: str, first: date, last: date, by: Person, now: datetime
) -> None:
    """Write down when the pupils of a country have no school. The same days twice are there once."""
    if country not in programme.countries:
        raise NotItsCountry()
    if last < first:
        raise LastBeforeFirst()
    if last - first > LONGEST:
        raise SchoolTooLong()
    row, known = written(country, first, last), _held(programme)
    if row not in known and len(known) >= MOST:
        raise TooMany()
    _keep(programme, [*known, row], "add", row, by=by, now=now)


@transaction.atomic
def take_school_holiday_back(
    *, programme: Programme, country: str, first: date, last: date, by: Person, now: datetime
) -> None:
    """There is school after all. A second click changes nothing."""
    row = written(country, first, last)
    _keep(programme, [each for each in _held(programme) if each != row], "take_back", row, by=by, now=now)


def _held(programme: Programme) -> list[list[str]]:
    """What stands now; nobody else changes it until the transaction ends."""
    rows: list[list[str]] = Programme.objects.select_for_update().get(pk=programme.pk).school_holidays
    return rows


def _keep(
    programme: Programme, rows: list[list[str]], verb: str, row: list[str], *, by: Person, now: datetime
) -> None:
    kept = sorted({tuple(each) for each in rows}, key=lambda each: (each[1], each))
    if Programme.objects.filter(pk=programme.pk).exclude(school_holidays=kept).update(school_holidays=kept):
        programme.school_holidays = [list(each) for each in kept]
        country, first, last = row
        details = {"country": country, "first": first, "last": last}
        record(
            f"school_holiday.{verb}", programme, now=now, by=by, programme_ref=programme.ref, details=details
        )
