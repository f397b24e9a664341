"""Saying that one is away, what lessons and practice take, when there is no school; taking it back."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.absences.models import Absence, TakenHours, Takes
from varpa.absences.queries import coming_of, hours_taken, school_year_ends, today_at
from varpa.absences.school import written
from varpa.absences.timetable import lessons_of, without_lessons
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.week import DAYS

LONGEST = timedelta(days=183)
FARTHEST = timedelta(days=366)
MOST = 30
MOST_HOURS = 60


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


class EndsBeforeItBegins(Refusal):
    sentence = _("The hour at the end is not after the one at the beginning. Look at both once more.")


class TooManyHours(Refusal):
    sentence = _("Many hours stand here already. Take some back first.")


class PracticeTooLong(Refusal):
    sentence = _("This is more than a year. Look at both days once more.")


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
def add_lessons(
    *, person: Person, days: Iterable[str], begins: time, ends: time, now: datetime, parity: int | None = None
) -> None:
    """Write down lessons of a week, on several days at once; what stands there already is there once.

    They hold as long as those that stand there; the first ones to the end of the school year, where the
    programme knows it, else until they are taken back.
    """
    _add_hours(person, [_lessons(day, begins, ends, parity) for day in _ordered(days)], "lessons.add", now)


@transaction.atomic
def spread_lessons(*, person: Person, day: str, now: datetime) -> None:
    """Copy the lessons of one day to the working days that have none. A second click changes nothing."""
    standing = _held_lessons(person, now)
    copied = [each for each in standing if each.days == day]
    rows = [
        _lessons(other, each.begins, each.ends, each.parity)
        for other in without_lessons(standing)
        for each in copied
    ]
    _add_hours(person, rows, "lessons.spread", now)


@transaction.atomic
def say_last_day(*, person: Person, last: date | None, now: datetime) -> None:
    """Say until when all lessons hold; None: until they are taken back. Raises OverAlready, TooFarAhead."""
    today = today_at(person, now)
    if last and last < today:
        raise OverAlready()
    if last and last > today + FARTHEST:
        raise TooFarAhead()
    changed = [each for each in _held_lessons(person, now) if each.last != last]
    if changed:
        TakenHours.objects.filter(pk__in=[each.pk for each in changed]).update(last=last)
        record("lessons.last_day", person, now=now, by=person, details={"last": str(last or "")})


@transaction.atomic
def take_lessons_back(*, person: Person, now: datetime) -> None:
    """All lessons are taken back at once; practice stays. A second click changes nothing."""
    standing = _held_lessons(person, now)
    if standing:
        TakenHours.objects.filter(pk__in=[each.pk for each in standing]).update(withdrawn_at=now)
        record("lessons.take_all_back", person, now=now, by=person, details={"count": len(standing)})


@transaction.atomic
def add_practice(
    *,
    person: Person,
    first: date,
    last: date,
    days: Iterable[str],
    begins: time,
    ends: time,
    now: datetime,
    place: str = "",
) -> None:
    """Write down a time of practice: from day to day, on which days of the week, in which hours."""
    today = today_at(person, now)
    if last < first:
        raise LastBeforeFirst()
    if last < today:
        raise OverAlready()
    if last - first > FARTHEST:
        raise PracticeTooLong()
    if first > today + FARTHEST:
        raise TooFarAhead()
    row = TakenHours(
        kind=Takes.PRACTICE,
        days=" ".join(_ordered(days)),
        begins=begins,
        ends=ends,
        first=first,
        last=last,
        place=place,
    )
    _add_hours(person, [row], "practice.add", now)


@transaction.atomic
def take_hours_back(*, hours: TakenHours, by: Person, now: datetime) -> None:
    """These hours are free again. A second click changes nothing."""
    if TakenHours.objects.filter(pk=hours.pk, withdrawn_at=None).update(withdrawn_at=now):
        record(f"{hours.kind}.take_back", hours, now=now, by=by)


def _lessons(day: str, begins: time, ends: time, parity: int | None) -> TakenHours:
    return TakenHours(kind=Takes.LESSONS, days=day, begins=begins, ends=ends, parity=parity)


def _ordered(days: Iterable[str]) -> list[str]:
    asked = set(days)
    return [day for day in DAYS if day in asked]


def _held_hours(person: Person, now: datetime) -> list[TakenHours]:
    """What stands now; nobody else adds to it until the transaction ends."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    return list(hours_taken([person.pk], today_at(person, now)))


def _held_lessons(person: Person, now: datetime) -> list[TakenHours]:
    return lessons_of(_held_hours(person, now))


def _hold_until(rows: list[TakenHours], standing: list[TakenHours], person: Person, now: datetime) -> None:
    """New lessons end with those that stand; the first ones with the school year."""
    there = lessons_of(standing)
    last = there[0].last if there else school_year_ends(person, today_at(person, now))
    for each in rows:
        each.last = last


def _add_hours(person: Person, rows: list[TakenHours], verb: str, now: datetime) -> None:
    if any(each.ends <= each.begins for each in rows):
        raise EndsBeforeItBegins()
    standing = _held_hours(person, now)
    if lessons_of(rows):
        _hold_until(rows, standing, person, now)
    known = {_told(each) for each in standing}
    new = [each for each in rows if _told(each) not in known]
    if new and len(standing) + len(new) > MOST_HOURS:
        raise TooManyHours()
    for each in new:
        each.person, each.at = person, now
        each.save(force_insert=True)
    if new:
        record(verb, person, now=now, by=person, details={"count": len(new)})


def _told(hours: TakenHours) -> tuple[object, ...]:
    """What makes hours the same."""
    when = hours.days, hours.begins, hours.ends, hours.parity, hours.first, hours.last
    return hours.kind, *when, hours.place


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
