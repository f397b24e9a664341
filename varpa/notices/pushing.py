"""The worker's side: what is due is shown on devices, once a letter and device, even where it is killed."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum, auto
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from varpa.notices import endpoints, sms, vapid
from varpa.notices.actions import forget_device
from varpa.notices.models import Device, DeviceKind, Push, PushState
from varpa.notices.numbers import send_codes
from varpa.post import habits
from varpa.post.envelope import address_of_house
from varpa.post.models import Letter, LetterState, Unsubscribed
from varpa.post.queries import habit_of

CLAIM_LASTS = timedelta(minutes=2)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
GIVE_UP = timedelta(days=1)
"""A day later nobody wants to be woken by it: the page and the letter say it."""
ROUND_SECONDS = 20
AT_ONCE = 100
GONE = (404, 410)


class _Outcome(Enum):
    SHOWN = auto()
    AGAIN = auto()
    NEVER = auto()
    DEVICE_GONE = auto()


def push_due(now: datetime, limit: int = 50) -> int:
    """Show what is due on the devices of its readers; answers how many push servers took one.

    A slow round ends after some seconds, so that letters and everything else have their turn.
    """
    _spread(now)
    send_codes(now)
    began = monotonic()
    shown = 0
    broken_off = Q(state=PushState.SENDING, claimed_at__lte=now - CLAIM_LASTS)
    due = Push.objects.filter(broken_off | Q(state=PushState.QUEUED, next_try_at__lte=now))
    for push in due.select_related("letter", "device").order_by("next_try_at", "pk")[:limit]:
        if monotonic() - began >= ROUND_SECONDS:
            break
        shown += _show(push, now)
    return shown


def _spread(now: datetime) -> None:
    """A row for each device of the reader; what a letter is shown on is settled with it, or not at all."""
    for letter in Letter.objects.filter(push_at__lte=now).order_by("push_at", "pk")[:AT_ONCE]:
        with transaction.atomic():
            taken = Letter.objects.filter(pk=letter.pk, push_at__isnull=False).update(push_at=None)
            if taken and not _is_pointless(letter, now):
                there = Device.objects.filter(person__pk=letter.person or 0, removed_at=None)
                # Two records that became one may both have had a number: each message of it costs.
                devices = {each.endpoint: each for each in there}.values()
                rows = [Push(letter=letter, device=each, made_at=now, next_try_at=now) for each in devices]
                Push.objects.bulk_create(rows, ignore_conflicts=True)


def _is_pointless(letter: Letter, now: datetime) -> bool:
    stopped = Unsubscribed.objects.filter(person=letter.person or 0, kind=letter.kind, withdrawn_at=None)
    ended = letter.ends_at is not None and letter.ends_at <= now
    return (
        letter.state in (LetterState.WITHDRAWN, LetterState.HELD)
        or ended
        or (not letter.essential and stopped.exists())
    )


def _show(push: Push, now: datetime) -> bool:
    letter, device = push.letter, push.device
    if device.removed_at or not letter.brief or _is_pointless(letter, now):
        _step(push, "drop")
        return False
    if not _step(push, "claim", claimed_at=now, attempts=push.attempts + 1):
        return False
    outcome = _sent(letter, device, now)
    if outcome is _Outcome.SHOWN:
        return _step(push, "confirm", sent_at=now)
    if outcome is _Outcome.DEVICE_GONE:
        forget_device(device=device, now=now)
    if outcome is _Outcome.AGAIN and now - push.made_at < GIVE_UP:
        again = now + WAITS[min(push.attempts, len(WAITS)) - 1]
        _step(push, "put_back", next_try_at=habits.after_rest(letter, habit_of(letter.person), again))
    else:
        _step(push, "fail")
    return False


def _sent(letter: Letter, device: Device, now: datetime) -> _Outcome:
    if device.kind == DeviceKind.PHONE:
        return _texted(letter, device)
    try:
        body, headers = _sealed(letter, device, now)
        status = endpoints.post(device.endpoint, body, headers)
    except endpoints.WrongAddressError:
        return _Outcome.NEVER
    except OSError:
        return _Outcome.AGAIN
    except ValueError:
        # Keys of which no browser would think.
        return _Outcome.DEVICE_GONE
    if status in GONE:
        return _Outcome.DEVICE_GONE
    if 200 <= status < 300:
        return _Outcome.SHOWN
    return _Outcome.AGAIN if status == 429 or status >= 500 else _Outcome.NEVER


def _texted(letter: Letter, device: Device) -> _Outcome:
    try:
        end = "" if letter.brief[-1] in ".?!" else "."
        sms.send(device.endpoint, f"{letter.brief}{end} {settings.SITE_URL}")
    except OSError:
        return _Outcome.AGAIN
    except ValueError:
        return _Outcome.NEVER
    return _Outcome.SHOWN


def _sealed(letter: Letter, device: Device, now: datetime) -> tuple[bytes, dict[str, str]]:
    """The push, readable by the browser alone, and its headers: a second one takes the first one's place."""
    # Loaded by the worker only: with what it needs it takes a third of a second.
    from webpush import WebPush, WebPushSubscription

    kept = vapid.keys()
    sender = WebPush(
        private_key=kept.private.encode(),
        public_key=kept.public.encode(),
        subscriber=address_of_house()[1],
        ttl=_lasts(letter, now),
    )
    browser = {
        "endpoint": device.endpoint,
        "keys": {"p256dh": device.public_key, "auth": device.auth},
    }
    sealed = sender.get(_shown(letter), WebPushSubscription.model_validate(browser))
    urgency = "normal" if letter.waits else "high"
    return sealed.encrypted, {**_named(sealed.headers.items()), "Topic": letter.ref, "Urgency": urgency}


def _shown(letter: Letter) -> bytes:
    """What the screen shows and where a tap leads; nothing of what was written."""
    link = letter.link.removeprefix(settings.SITE_URL) or "/"
    told = {"title": settings.PRODUCT_NAME, "body": letter.brief, "lang": letter.language}
    return json.dumps({**told, "link": link, "tag": letter.ref}, ensure_ascii=False).encode()


def _lasts(letter: Letter, now: datetime) -> int:
    """For how many seconds a push server keeps it for a device that is switched off."""
    until = min(letter.ends_at or now + GIVE_UP, now + GIVE_UP)
    return max(60, int((until - now).total_seconds()))


def _named(headers: Iterable[tuple[str, Any]]) -> dict[str, str]:
    named = {name.title(): str(value) for name, value in headers}
    return {**named, "Content-Type": "application/octet-stream"}


def _step(push: Push, step: str, **changes: object) -> bool:
    """Take a step of the table if nobody else has tried it since it was read."""
    rule = Push.STEPS[step]
    mine = Push.objects.filter(pk=push.pk, state__in=rule.sources, attempts=push.attempts)
    if not mine.update(state=rule.target, **changes):
        return False
    for name, value in {"state": rule.target, **changes}.items():
        setattr(push, name, value)
    return True
