"""A phone number becomes a device once its owner has written the code that was sent to it."""

import logging
import re
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.notices import sms
from varpa.notices.actions import counted, first_device, require_room
from varpa.notices.models import Device, DeviceKind, NumberCode
from varpa.notices.queries import devices_of
from varpa.people.models import Person

log = logging.getLogger("varpa.notices")

LASTS: Final = timedelta(minutes=10)
TRIES: Final = 5
A_DAY: Final = 5
"""So many codes a day for a person, and for a number: each costs, and may trouble a stranger."""
_NUMBER = re.compile(r"\+[1-9]\d{7,14}")


class WrongNumber(Refusal):
    sentence = _("Write the number with its country, for example +371 20000000.")


class TooManyCodes(Refusal):
    sentence = _("Codes were asked for several times today. Try again tomorrow.")


class WrongCode(Refusal):
    sentence = _("This is not the code, or it is too old. Look at the newest message, or ask for a new code.")


@transaction.atomic
def ask_code(*, person: Person, number: str, now: datetime) -> NumberCode:
    """Have a code sent to a number by the worker. Raises WrongNumber, TooManyCodes, TooManyDevices."""
    number = re.sub(r"[\s()./-]", "", number)
    number = f"+{number[2:]}" if number.startswith("00") else number
    if not sms.is_there() or not _NUMBER.fullmatch(number):
        raise WrongNumber()
    today = NumberCode.objects.filter(asked_at__gt=now - timedelta(days=1))
    if max(today.filter(person=person).count(), today.filter(number=number).count()) >= A_DAY:
        raise TooManyCodes()
    require_room(person)
    code = f"{secrets.randbelow(1_000_000):06}"
    record("number.ask", person, now=now, by=person)
    return NumberCode.objects.create(person=person, number=number, code=code, asked_at=now)


def confirm_number(*, person: Person, code: str, now: datetime) -> Device:
    """Tell a person on the number whose code they write. Raises WrongCode (counted), TooManyDevices."""
    asked = waiting_code(person, now)
    if asked is None or not _tried(asked, code.replace(" ", "")):
        raise WrongCode()
    return _confirmed(asked, person, now)


@transaction.atomic
def _confirmed(asked: NumberCode, person: Person, now: datetime) -> Device:
    known = sha256(f"tel:{asked.number}:{person.pk}".encode()).hexdigest()
    if not devices_of(person).filter(endpoint_hash=known).exists():
        require_room(person)
    NumberCode.objects.filter(pk=asked.pk).update(code="")
    first = first_device(person)
    device, made = Device.objects.get_or_create(
        endpoint_hash=known,
        removed_at=None,
        defaults={
            "person": person,
            "kind": DeviceKind.PHONE,
            "name": asked.number,
            "endpoint": asked.number,
            "added_at": now,
        },
    )
    if made:
        counted(person, first=first, now=now)
        record("device.add", device, now=now, by=person)
    return device


def waiting_code(person: Person, now: datetime) -> NumberCode | None:
    """The newest code of a person, while it is good."""
    newest = NumberCode.objects.filter(person=person).order_by("-pk").first()
    good = newest and newest.code and newest.asked_at > now - LASTS and newest.tries < TRIES
    return newest if good else None


def send_codes(now: datetime) -> int:
    """For the worker: hand the codes that wait to the gateway, each once; answers how many it took."""
    waiting = NumberCode.objects.filter(~Q(code=""), sent_at=None, asked_at__gt=now - LASTS)
    sent = 0
    for each in waiting.order_by("pk")[:20]:
        # Marked before: of a code in doubt the person asks for another, a second message would cost.
        if not NumberCode.objects.filter(pk=each.pk, sent_at=None).update(sent_at=now):
            continue
        try:
            sms.send(each.number, f"{each.code} {settings.PRODUCT_NAME}")
        except (OSError, ValueError) as error:
            log.warning("the gateway took no code (%s)", type(error).__name__)
        else:
            sent += 1
    return sent


def forget_codes(now: datetime) -> int:
    """Drop what limits nobody any more; answers how many. Nobody's doing: no history."""
    return NumberCode.objects.filter(asked_at__lt=now - timedelta(days=2)).delete()[0]


def _tried(asked: NumberCode, code: str) -> bool:
    """Count a try, which a refusal must not undo, and compare; of many at once only so many count."""
    left = NumberCode.objects.filter(pk=asked.pk, tries__lt=TRIES)
    return bool(left.update(tries=F("tries") + 1)) and constant_time_compare(asked.code, code)
