"""The end of a pair: each one's look back, and what did not happen and why (R3)."""

from django.db import models

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.pairs.models import Pair, Side
from varpa.people.models import Person


class LookBack(models.Model):
    """One side's review of the results (methodology §4, phase 4); read by the other once both wrote.

    `thanks`: what this side thanks the other for; it may stay blank.
    `contact`: where the other may reach this side afterwards; read only where both stay in touch, and it can
    be taken back at any time; `apart_at` is when that was, after the end. `at`: when it was last changed.
    Where a pair ended early they are closing words: `text` and `thanks`, for a while after the end.
    """

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="look_backs")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.TextField()
    thanks = models.TextField(blank=True)
    wants_to_stay_in_touch = models.BooleanField(default=False)
    contact = models.CharField(max_length=200, blank=True)
    apart_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"side": KEEP, "text": ERASE, "thanks": ERASE, "contact": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "side"], name="closing_looked_back_once")]


class Excuse(models.Model):
    """A requirement of completion that did not happen, because …; one that is taken back stands nowhere.

    `agreed_at`: since when it counts: the other said so too, or kept silent (docs/decisions/0054).
    """

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="excuses")
    requirement = models.CharField(max_length=50)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"requirement": KEEP, "reason": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "requirement"],
                name="closing_one_excuse",
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]


class Certificate(models.Model):
    """That one of a pair has gone the whole way; by its `number` anybody who has it sees that it is true."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="certificates")
    side = models.CharField(max_length=6, choices=Side.choices)
    number = models.CharField(max_length=20, unique=True, default=new_ref)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP, "number": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "side"], name="closing_certified_once")]
