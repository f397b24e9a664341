"""Rates of taxes and contributions set by a programme over those of the site, and taken back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.money.rates import LARGEST, NAMES, SHARES, WHOLE, Own
from varpa.people.models import Person
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.models import OVER, Programme
from varpa.programmes.queries import today_of
from varpa.taxes.models import Rate
from varpa.taxes.queries import rates_in, standing, year_told, years_asked


class UnknownRate(Refusal):
    sentence = _("Plans do not reckon with such a rate.")


class NotOurYear(Refusal):
    sentence = _("No plan of this programme begins in that year.")


class ValueOutside(Refusal):
    sentence = _("A rate is from 0 to 100 per cent, an amount or a number from 0 to a thousand million.")


class NoSource(Refusal):
    sentence = _("Write where it stands: the law, or the address of a page.")


class SeenLater(Refusal):
    sentence = _("This day is still ahead. Write the day on which it was looked up.")


class YearNotBegun(Refusal):
    sentence = _(
        "Plans that begin in {year} have the rates of {holds}. Begin the year first, then change it."
    )


class RateChanged(Refusal):
    sentence = _("Somebody else has changed this rate meanwhile. Look at what it is now, and save again.")


@transaction.atomic
def set_rate(
    *,
    programme: Programme,
    country: str,
    year: int,
    name: str,
    value: int,
    source: str,
    checked: date,
    stands: str,
    by: Person,
    now: datetime,
) -> Rate:
    """Set one rate of a year for this programme; drafts are reckoned with it when they are opened next.

    `stands` is the ref of the own rate that was seen when it was decided, "" where it was the site's. A
    second click answers the first one's. Raises ProgrammeIsOver, NotOurCountry, NotOurYear, UnknownRate,
    ValueOutside, NoSource, SeenLater, YearNotBegun, RateChanged.
    """
    _hold(programme, country)
    _require_sense(name, value, source)
    if checked > today_of(programme, now):
        raise SeenLater()
    told = year_told(programme, country, year)
    if not told.can_change:
        raise YearNotBegun(year=year, holds=told.holds)
    if not told.has_own and year not in years_asked(programme):
        raise NotOurYear()
    here = told.line(name).row
    said = {"value": value, "source": source.strip(), "checked": checked}
    if here and all(getattr(here, field) == given for field, given in said.items()):
        return here
    if told.line(name).ref != stands:
        raise RateChanged()
    _withdraw([here] if here else [], now)
    made = Rate.objects.create(
        programme=programme, country=country, year=year, name=name, by=by, at=now, **said
    )
    _changed(programme, "set", by=by, now=now, country=country, year=year, name=name)
    return made


@transaction.atomic
def take_back(
    *, programme: Programme, country: str, year: int, by: Person, now: datetime, name: str = ""
) -> None:
    """A rate of a year, or all of them, are the site's again. A second click changes nothing."""
    _hold(programme, country)
    rows = standing(programme).filter(country=country, year=year)
    own = list(rows.filter(name=name) if name else rows)
    if own:
        _withdraw(own, now)
        _changed(programme, "take_back", by=by, now=now, country=country, year=year, name=name)


@transaction.atomic
def begin_year(*, programme: Programme, country: str, year: int, by: Person, now: datetime) -> None:
    """Give a year the rates that hold in it so far, each with its source and day, to change what differs.

    A second click changes nothing. Raises ProgrammeIsOver, NotOurCountry, NotOurYear.
    """
    _hold(programme, country)
    if year not in years_asked(programme):
        raise NotOurYear()
    if year_told(programme, country, year).can_change:
        return
    rates = rates_in(programme, country, year)
    own = {each.name: each for each in rates.own}
    for name in NAMES:
        value = getattr(rates, name)
        if value or name in own:
            told = own.get(name, Own(name, rates.source, rates.checked))
            day = date.fromisoformat(told.checked)
            said = {"name": name, "value": value, "source": told.source, "checked": day}
            Rate.objects.create(programme=programme, country=country, year=year, by=by, at=now, **said)
    _changed(programme, "begin", by=by, now=now, country=country, year=year)


@transaction.atomic
def take_over(*, former: Programme, programme: Programme, by: Person, now: datetime) -> None:
    """Set in a programme that follows what the former one had set, with its sources and days."""
    rows = list(standing(former).order_by("pk"))
    for row in rows:
        row.pk, row.ref, row.programme, row.by, row.at = None, new_ref(), programme, by, now
    Rate.objects.bulk_create(rows)
    if rows:
        _changed(programme, "take_over", by=by, now=now)


def _hold(programme: Programme, country: str) -> None:
    """Hold the programme's row: whoever changes a rate at the same moment waits, and sees this one."""
    stored = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if stored.state in OVER:
        raise ProgrammeIsOver()
    if country not in stored.countries:
        raise NotOurCountry()
    programme.taxes = stored.taxes


def _require_sense(name: str, value: int, source: str) -> None:
    if name not in NAMES:
        raise UnknownRate()
    if not 0 <= value <= (WHOLE if name in SHARES else LARGEST * 100):
        raise ValueOutside()
    if not source.strip():
        raise NoSource()


def _withdraw(rows: list[Rate], now: datetime) -> None:
    Rate.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=now)


def _changed(
    programme: Programme, what: str, *, by: Person, now: datetime, **details: str | int | None
) -> None:
    """One line of history, and another stamp: what processes remember of the rates holds no longer."""
    programme.taxes = new_ref()
    Programme.objects.filter(pk=programme.pk).update(taxes=programme.taxes)
    told = {"what": what, **details}
    record("programme.taxes", programme, now=now, by=by, programme_ref=programme.ref, details=told)
