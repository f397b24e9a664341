"""The outbox: one row a letter, claimed, sent, confirmed. Post knows an address, not a person."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step


class LetterState(models.TextChoices):
    QUEUED = "queued", _("Waits to be sent")
    HELD = "held", _("Held back for now")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    GATHERED = "gathered", _("Told in one letter with others")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Could not be delivered")


UNSENT = (LetterState.QUEUED, LetterState.HELD, LetterState.SENDING)
"""What has not gone out, and may yet."""


class Letter(models.Model):
    """One letter to one address, as it was written; `message_id` stays the same however often it is tried.

    `due_at` is when its room wants it to go, `not_before` when it may by the habits of its reader. One that
    `waits` keeps to quiet hours; one that `gathers` is told together with others. `young`: the reader was
    under age. `through`: what its reader hears by it, such as a pair; while that rests the letter is held.
    `brief` is what a device shows of it, at `push_at`; nothing where there is no such hour. Quiet hours that
    last until `latest_at` do not hold it.
    """

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
    link = models.CharField(max_length=500, blank=True)
    brief = models.CharField(max_length=200, blank=True)
    stop_link = models.CharField(max_length=500, blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=14, blank=True)
    thread = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=80, blank=True)
    through = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField()
    zone = models.CharField(max_length=40, default="UTC")
    young = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)
    gathers = models.BooleanField(default=False)
    gathered_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="gathered")
    push_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)
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
        "hold": Step((LetterState.QUEUED, LetterState.SENDING), LetterState.HELD),
        "release": Step((LetterState.HELD,), LetterState.QUEUED),
        "withdraw": Step((LetterState.QUEUED, LetterState.HELD, LetterState.SENDING), LetterState.WITHDRAWN),
        "gather": Step((LetterState.QUEUED,), LetterState.GATHERED),
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
        "link": ERASE,
        "brief": ERASE,
        "zone": KEEP,
        "stop_link": ERASE,
        "calendar": ERASE,
        "calendar_method": KEEP,
        "thread": KEEP,
        "about": KEEP,
        "through": KEEP,
        "state": KEEP,
        "error": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="post_due"),
            models.Index(fields=["thread"], name="post_thread"),
            models.Index(fields=["about"], name="post_about"),
            models.Index(fields=["through", "state"], name="post_through"),
            models.Index(fields=["to_address", "state"], name="post_to_address"),
            models.Index(fields=["push_at"], name="post_push", condition=models.Q(push_at__isnull=False)),
            models.Index(fields=["person", "state"], name="post_of_person"),
        ]


class Unsubscribed(models.Model):
    """A person wants no more letters of one kind, until they want them again (`withdrawn_at`)."""

    person = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"kind": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="post_unsubscribed_once",
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]


class Pace(models.TextChoices):
    """How what can wait and can be stopped is brought: each by itself, or together."""

    AT_ONCE = "at_once", _("Each letter at once")
    DAILY = "daily", _("One letter a day")
    WEEKLY = "weekly", _("One letter a week")


class Beside(models.TextChoices):
    """What comes by mail of that which a device has shown."""

    BOTH = "both", _("On the device, and by mail as well")
    GATHERED = "gathered", _("On the device at once; by mail only in one letter a day")


class Habit(models.Model):
    """How a person wants to be written to; without a row the house's own habits hold (`timing`).

    Quiet hours go from `rest_from` to `rest_until` by the person's own clock, over midnight too, where
    `rest_said`; else they are the house's. `rest_days` are the days of the week without any letter that can
    wait: bit 0 is Monday. `tell_at` and `tell_on` say when letters that are gathered come. `devices`: on how
    many the person is told; `beside` says what then still comes by mail.
    """

    person = models.BigIntegerField()
    rest_said = models.BooleanField(default=False)
    rest_from = models.TimeField(null=True)
    rest_until = models.TimeField(null=True)
    rest_days = models.PositiveSmallIntegerField(default=0)
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    tell_at = models.TimeField(default=time(16, 0))
    tell_on = models.PositiveSmallIntegerField(default=0)
    devices = models.PositiveIntegerField(default=0)
    beside = models.CharField(max_length=10, choices=Beside.choices, default=Beside.BOTH)

    PERSONAL = {"pace": KEEP, "beside": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], name="post_habit_once"),
            models.CheckConstraint(
                condition=models.Q(rest_from__isnull=True, rest_until__isnull=True)
                | models.Q(rest_from__isnull=False, rest_until__isnull=False)
                & ~models.Q(rest_from=models.F("rest_until")),
                name="post_both_ends_of_rest",
            ),
            models.CheckConstraint(condition=models.Q(rest_days__lt=127), name="post_a_day_for_letters"),
            models.CheckConstraint(condition=models.Q(tell_on__lt=7), name="post_tell_on_a_day"),
        ]


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
