"""Devices on which somebody is told, and what each of them was told of."""

from typing import Any

from django.db import models
from django.db.models import Q

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.post.models import Letter


class DeviceKind(models.TextChoices):
    BROWSER = "browser"
    PHONE = "phone"


class Device(models.Model):
    """A browser that a person asked to be told on (RFC 8030): its push server, and the keys of RFC 8291.

    Or a phone that takes short messages: `endpoint` is then its number, which its owner has confirmed.

    `endpoint_hash` finds it: one browser tells one person. Of one that was removed only the row stays.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=10, choices=DeviceKind.choices, default=DeviceKind.BROWSER)
    name = models.CharField(max_length=60)
    endpoint = models.CharField(max_length=1000, blank=True)
    endpoint_hash = models.CharField(max_length=64, blank=True)
    public_key = models.CharField(max_length=120, blank=True)
    auth = models.CharField(max_length=60, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    PERSONAL = {
        "ref": KEEP,
        "kind": KEEP,
        "name": ERASE,
        "endpoint": ERASE,
        "endpoint_hash": ERASE,
        "public_key": ERASE,
        "auth": ERASE,
    }

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint_hash"], name="notices_one_browser_once", condition=Q(removed_at=None)
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(endpoint="", public_key="", auth=""),
                name="notices_removed_is_forgotten",
            ),
        ]


class NumberCode(models.Model):
    """A code sent to a number, good once and for ten minutes; forgotten after two days."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="number_codes")
    number = models.CharField(max_length=20)
    code = models.CharField(max_length=6, blank=True)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    PERSONAL = {"number": ERASE, "code": ERASE}

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["number", "asked_at"], name="notices_codes_of_number"),
            models.Index(fields=["asked_at"], name="notices_codes_by_time"),
        ]


class PushState(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class Push(models.Model):
    """One letter shown on one device, once; in doubt it goes again and takes the place of the first there."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="pushes")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="pushes")
    state = models.CharField(max_length=10, choices=PushState.choices, default=PushState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    STEPS = {
        "claim": Step((PushState.QUEUED, PushState.SENDING), PushState.SENDING),
        "confirm": Step((PushState.SENDING,), PushState.SENT),
        "put_back": Step((PushState.SENDING,), PushState.QUEUED),
        # The letter was withdrawn, or the device removed.
        "drop": Step((PushState.QUEUED, PushState.SENDING), PushState.DROPPED),
        "fail": Step((PushState.SENDING,), PushState.FAILED),
    }
    PERSONAL: dict[str, Any] = {"state": KEEP}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "device"], name="notices_shown_once")]
        indexes = [models.Index(fields=["state", "next_try_at"], name="notices_push_due")]
