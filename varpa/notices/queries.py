"""Reading how a person is told."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from varpa.absences.queries import today_at
from varpa.notices.models import Device
from varpa.people.access import ReaderAction, reads_as
from varpa.people.models import Person
from varpa.people.queries import is_minor
from varpa.post.models import Habit
from varpa.post.queries import habit_of
from varpa.post.timing import Rest, rest_of


# The first that fits: each browser also names those whose likeness it wants to be.
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


def devices_of(person: Person) -> QuerySet[Device]:
    """The devices on which a person is told, the newest first."""
    return Device.objects.filter(person=person, removed_at=None)


def device_of(person: Person, ref: str) -> Device | None:
    """A person's own device by its reference; None where it was removed, or is another's."""
    return devices_of(person).filter(ref=ref).first()


def learns(person: Person) -> bool:
    """Whether somebody is written to as a mentee only: what then comes by mail is less (`add_device`)."""
    return reads_as(person) == {ReaderAction.MENTEE}
