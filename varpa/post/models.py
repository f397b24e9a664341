"""The outbox: one row a letter, claimed, sent, confirmed. Post knows an address, not a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
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
        # The mail server took it, and another one gave it back later.
        "bounce": Step((LetterState.SENT,), LetterState.FAILED),
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
            models.Index(fields=["to_address", "state"], name="post_to_address"),
        ]


class Unsubscribed(models.Model):
    """A person wants no more letters of one kind; the row goes when they want them again."""

    person = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()

    PERSONAL = {"kind": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="post_unsubscribed_once")]


class InboundState(models.TextChoices):
    CAME = "came", _("Has come")
    PLACED = "placed", _("Is where it belongs")
    CAME_BACK = "came_back", _("Went back to its writer")
    NO_PLACE = "no_place", _("Waits for a person")
    SETTLED = "settled", _("A person has seen to it")
    PASSED_OVER = "passed_over", _("Written by a machine")


class Why(models.TextChoices):
    """Why a mail found no place by itself."""

    NO_LETTER = "no_letter", _("It answers no letter of ours.")
    TO_THE_HOUSE = "to_house", _("It answers a letter that asks for no answer.")
    OTHER_ADDRESS = "other_address", _("It came from another address than that of the person it answers for.")
    FAILED = "failed", _("It could not be read or kept, though it was tried several times.")


class Inbound(models.Model):
    """One mail that has come, once by its `message_id`, and what became of it.

    `raw` is the mail as it came, for a limited time; `whole` is false where it was too large to be kept.
    `person` is who wrote it, by the letter that it answers or by its address. `text` is kept only where a
    person may read it: what is private goes to its place, or back to its writer.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    message_id = models.CharField(max_length=250, unique=True)
    came_at = models.DateTimeField()
    raw = models.BinaryField()
    size = models.PositiveBigIntegerField()
    whole = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=InboundState.choices, default=InboundState.CAME)
    why = models.CharField(max_length=15, choices=Why.choices, blank=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="answers")
    person = models.BigIntegerField(null=True)
    programme_ref = models.CharField(max_length=40, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)

    STEPS = {
        "place": Step((InboundState.CAME,), InboundState.PLACED),
        "send_back": Step((InboundState.CAME,), InboundState.CAME_BACK),
        "show": Step((InboundState.CAME,), InboundState.NO_PLACE),
        "pass_over": Step((InboundState.CAME,), InboundState.PASSED_OVER),
        "settle": Step((InboundState.NO_PLACE,), InboundState.SETTLED),
    }
    PERSONAL = {
        "ref": KEEP,
        "message_id": ERASE,
        "raw": ERASE,
        "state": KEEP,
        "why": KEEP,
        "programme_ref": KEEP,
        "sender": ERASE,
        "subject": ERASE,
        "text": ERASE,
    }

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="post_inbound_due"),
            models.Index(fields=["programme_ref", "state"], name="post_inbound_of"),
        ]
