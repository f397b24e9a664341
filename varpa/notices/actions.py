"""How a person wants to be told: said by the person; the outbox keeps to it (`post.habits`)."""

from collections.abc import Collection
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.absences.queries import is_away
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.notices.letters import GATHERED
from varpa.people.models import Person
from varpa.post import gathering, habits
from varpa.post.models import Beside, Pace


class OneHourMissing(Refusal):
    sentence = _("Write both hours, from and until, or leave both empty: then no hours are quiet.")


class NoTimeBetween(Refusal):
    sentence = _("Both hours are the same. Write two different ones, or leave both empty.")


class NoDayLeft(Refusal):
    sentence = _("Leave one day of the week on which letters may come.")


class NoSuchWay(Refusal):
    sentence = _("Choose one of the ways.")


@transaction.atomic
def choose_quiet_hours(
    *, person: Person, begins: time | None, ends: time | None, days: Collection[int], now: datetime
) -> None:
    """In these hours of the person's own clock, and on these days of the week, what can wait does wait.

    The hours may go over midnight; without any, none are quiet. Day 0 is Monday.
    """
    if (begins is None) != (ends is None):
        raise OneHourMissing()
    if begins is not None and begins == ends:
        raise NoTimeBetween()
    if len(set(days)) >= 7:
        raise NoDayLeft()
    habits.say_rest(person_id=person.pk, begins=begins, ends=ends, days=days, now=now)
    record("person.quiet_hours", person, now=now, by=person)


@transaction.atomic
def choose_pace(*, person: Person, pace: str, tell_at: time, tell_on: int, now: datetime) -> None:
    """Letters that can be stopped come at once, or one a day or a week at an hour (`tell_on` 0: Monday)."""
    if pace not in Pace.values or tell_on not in range(7):
        raise NoSuchWay()
    habits.say_pace(person_id=person.pk, pace=pace, tell_at=tell_at, tell_on=tell_on, now=now)
    record("person.pace", person, now=now, by=person, details={"pace": pace})


@transaction.atomic
def choose_beside(*, person: Person, beside: str, now: datetime) -> None:
    """What still comes by mail of that which the person's devices show."""
    if beside not in Beside.values:
        raise NoSuchWay()
    habits.say_beside(person_id=person.pk, beside=beside, now=now)
    record("person.beside", person, now=now, by=person, details={"beside": beside})


def tell_gathered(now: datetime) -> int:
    """For the schedule: one letter to each whose hour has come; answers to how many.

    Who is away today is told at the first such hour afterwards.
    """
    waited_for = gathering.waited_for(now)
    people = Person.objects.filter(pk__in=waited_for).annotate(away=is_away("pk", now))
    away = [person.pk for person in people if person.away]
    gathering.put_off(away, now=now)
    told = 0
    for key in set(waited_for).difference(away):
        told += gathering.tell_together(GATHERED, person_id=key, now=now) is not None
    return told
