"""The outbox: one row a letter, claimed, sent, confirmed. Post knows an address, not a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.states import Step


class LetterState(models.TextChoices):
    QUEUED = "queued", _("Waits to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Could not be delivered")


class Letter(models.Model):
    """One letter to one address, as it was written; `message_id` stays the same however often it is tried."""

    ref = models.CharField(max_length=20, unique=True)
    message_id = models.CharField(max_length=250, unique=True)
    once = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=60)
    essential = models.BooleanField()
    person = models.BigIntegerField(null=True)
    to_name = models.CharField(max_length=250, blank=True)
    to_address = models.EmailField()
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    stop_link = models.CharField(max_length=500, blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    thread = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)

    # A claim never confirmed is taken again: a letter in doubt goes once more, under its own Message-ID.
    STEPS = {
        "claim": Step((LetterState.QUEUED, LetterState.SENDING), LetterState.SENDING),
        "confirm": Step((LetterState.QUEUED, LetterState.SENDING), LetterState.SENT),
        "put_back": Step((LetterState.SENDING,), LetterState.QUEUED),
        "withdraw": Step((LetterState.QUEUED, LetterState.SENDING), LetterState.WITHDRAWN),
        "fail": Step((LetterState.SENDING,), LetterState.FAILED),
    }

    PERSONAL = {
        "ref": KEEP,
        "message_id": KEEP,
        "once": KEEP,
        "kind": KEEP,
        "to_name": ERASE,
        "to_address": ERASE,
        "language": KEEP,
        "subject": ERASE,
        "text": ERASE,
        "html": ERASE,
        "stop_link": ERASE,
        "calendar": ERASE,
        "calendar_method": KEEP,
        "thread": KEEP,
        "about": KEEP,
        "state": KEEP,
        "error": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="post_due"),
            models.Index(fields=["thread"], name="post_thread"),
            models.Index(fields=["about"], name="post_about"),
        ]


class Unsubscribed(models.Model):
    """A person wants no more letters of one kind; the row goes when they want them again."""

    person = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()

    PERSONAL = {"kind": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="post_unsubscribed_once")]
