"""How a person wants to be told: said by the person; the outbox keeps to it (`post.habits`)."""

from base64 import urlsafe_b64decode
from collections.abc import Collection
from datetime import datetime, time
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.absences.queries import is_away
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.notices import endpoints
from varpa.notices.letters import GATHERED
from varpa.notices.models import Device, DeviceKind
from varpa.notices.queries import devices_of, learns
from varpa.people.models import Person
from varpa.post import gathering, habits
from varpa.post.models import Beside, Pace

MOST_DEVICES = 10


class OneHourMissing(Refusal):
    sentence = _("Write both hours, from and until, or leave both empty: then no hours are quiet.")


class NoTimeBetween(Refusal):
    sentence = _("Both hours are the same. Write two different ones, or leave both empty.")


class NoDayLeft(Refusal):
    sentence = _("Leave one day of the week on which letters may come.")


class NoPushServer(Refusal):
    sentence = _("This browser gave nothing by which it can be told. Update it, or use another one.")


class TooManyDevices(Refusal):
    sentence = _("You are told on {most} devices already. Remove one that is no longer used.")


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


@transaction.atomic
def add_device(
    *, person: Person, name: str, endpoint: str, public_key: str, auth: str, now: datetime
) -> Device:
    """Tell a person on this browser from now on. Asked twice, it is the same device; another's no more.

    With the first device of a mentee the mail follows only once a day: who does not read mail is told on the
    phone, and nothing is told twice. Raises NoPushServer, TooManyDevices.
    """
    if not endpoints.may_be(endpoint) or not _are_keys(public_key, auth):
        raise NoPushServer()
    known = sha256(endpoint.encode()).hexdigest()
    found = Device.objects.select_for_update().filter(endpoint_hash=known, removed_at=None).first()
    if found and found.person_id == person.pk and (found.public_key, found.auth) == (public_key, auth):
        return found
    if found:
        forget_device(device=found, now=now)
    require_room(person)
    first = first_device(person)
    keys = {"endpoint_hash": known, "public_key": public_key, "auth": auth}
    try:
        with transaction.atomic():
            device = Device.objects.create(person=person, name=name, endpoint=endpoint, added_at=now, **keys)
    except IntegrityError:
        # The same browser asked twice at this moment.
        return Device.objects.get(endpoint_hash=known, removed_at=None, person=person)
    counted(person, first=first, now=now)
    record("device.add", device, now=now, by=person)
    return device


def require_room(person: Person) -> None:
    """Raise TooManyDevices where a person cannot be told on one more."""
    if devices_of(person).count() >= MOST_DEVICES:
        raise TooManyDevices(most=MOST_DEVICES)


def first_device(person: Person) -> bool:
    """Whether a person has never been told on a device."""
    return not Device.objects.filter(person=person).exists()


def counted(person: Person, *, first: bool, now: datetime) -> None:
    """Letters go by how many devices there are; after the `first` one of a mentee also by that."""
    if first and learns(person):
        habits.say_beside(person_id=person.pk, beside=Beside.GATHERED, now=now)
    count_anew(person, now)


def count_anew(person: Person, now: datetime) -> None:
    """How many devices tell a person, where that has changed without anybody adding or removing one."""
    habits.count_devices(person_id=person.pk, devices=devices_of(person).count(), now=now)


@transaction.atomic
def remove_device(*, device: Device, by: Person, now: datetime) -> None:
    """Tell nobody on this device any more; a second click changes nothing."""
    _forget(device, now, by)


@transaction.atomic
def forget_device(*, device: Device, now: datetime) -> None:
    """A device whose push server knows it no more, or that tells somebody else now."""
    _forget(device, now, None)


def _forget(device: Device, now: datetime, by: Person | None) -> None:
    there = Device.objects.filter(pk=device.pk, removed_at=None)
    # A phone is called by its number.
    name = "" if device.kind == DeviceKind.PHONE else device.name
    if not there.update(removed_at=now, name=name, endpoint="", endpoint_hash="", public_key="", auth=""):
        return
    count_anew(device.person, now)
    record("device.remove", device, now=now, by=by)


def _are_keys(public_key: str, auth: str) -> bool:
    """Whether these are keys as browsers give them: a point of the curve P-256 and 16 bytes (RFC 8291)."""
    try:
        point = urlsafe_b64decode(public_key + "=" * (-len(public_key) % 4))
        secret = urlsafe_b64decode(auth + "=" * (-len(auth) % 4))
    except ValueError:
        return False
    return len(point) == 65 and point[0] == 4 and len(secret) == 16


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
