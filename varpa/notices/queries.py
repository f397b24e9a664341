"""Reading how a person is told."""

from datetime import datetime
from typing import NamedTuple

from varpa.absences.queries import today_at
from varpa.people.models import Person
from varpa.people.queries import is_minor
from varpa.post.models import Habit
from varpa.post.queries import habit_of
from varpa.post.timing import NIGHT, Rest, rest_of


class Manner(NamedTuple):
    """What holds for a person now: `own` where they have said so themselves about quiet hours."""

    habit: Habit
    rest: Rest
    own: bool
    young: bool


def manner_of(person: Person, now: datetime) -> Manner:
    """How a person is written to."""
    habit = habit_of(person.pk)
    young = is_minor(person, today_at(person, now))
    rest = rest_of(habit, young=young)
    return Manner(habit or Habit(person=person.pk), rest, bool(habit and habit.rest_said), young)


def is_night(rest: Rest) -> bool:
    """Whether quiet hours are those that the house keeps for whoever is under age."""
    return (rest.begins, rest.ends) == NIGHT
