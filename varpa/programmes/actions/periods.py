"""The reporting periods of a programme: named, first and last day, none over another (product §3, S18)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme, ReportingPeriod
from varpa.programmes.queries import reporting_periods

MOST_PERIODS = 40


class NamelessPeriod(Refusal):
    sentence = _("Give the period a name, as the agreement with the funder calls it.")


class PeriodEndsBefore(Refusal):
    sentence = _("The period ends before it begins. Exchange the two days.")


class PeriodsOverlap(Refusal):
    sentence = _(
        "Some of these days are in the period “{period}” already. A day can be in one period only: change "
        "the days, or take that period off first."
    )


class PeriodNamedAlready(Refusal):
    sentence = _("A period of this name is there already.")


class TooManyPeriods(Refusal):
    sentence = _("There are many periods already. Take one off that is not needed.")


@transaction.atomic
def add_period(
    *,
    programme: Programme,
    name: str,
    first: date,
    last: date,
    by: Person,
    now: datetime,
    ref: str = "",
) -> ReportingPeriod:
    """Name a stretch of days, both inclusive; one `ref` adds one. The programme need not be running still.

    Raises NamelessPeriod, PeriodEndsBefore, PeriodNamedAlready, PeriodsOverlap, TooManyPeriods.
    """
    # Whoever names another one at the same moment waits here, and then is told of this one.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    name = " ".join(name.split())
    known = reporting_periods(programme)
    added = next((each for each in known if ref and each.ref == ref), None)
    if added:
        return added
    if not name:
        raise NamelessPeriod()
    if last < first:
        raise PeriodEndsBefore()
    if any(each.name.casefold() == name.casefold() for each in known):
        raise PeriodNamedAlready()
    over = next((each for each in known if each.first <= last and first <= each.last), None)
    if over:
        raise PeriodsOverlap(period=over.name)
    if len(known) >= MOST_PERIODS:
        raise TooManyPeriods()
    fields = {"name": name, "first": first, "last": last}
    made, new = make_once(ReportingPeriod, ref=ref, fields=fields, programme=programme)
    if new:
        _record(made, "add", now=now, by=by)
    return made


@transaction.atomic
def take_period_off(*, period: ReportingPeriod, by: Person, now: datetime) -> None:
    """It is none any more; dossiers that were made of its days stay. Twice is once."""
    if ReportingPeriod.objects.filter(pk=period.pk, withdrawn_at=None).update(withdrawn_at=now):
        period.withdrawn_at = now
        _record(period, "remove", now=now, by=by)


def _record(period: ReportingPeriod, what: str, *, now: datetime, by: Person) -> None:
    programme, details = period.programme, {"period": period.ref, "what": what}
    record("programme.period", programme, now=now, by=by, programme_ref=programme.ref, details=details)
