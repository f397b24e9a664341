"""Times that one of the two proposes for a meeting, and what came of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.times import WallTimeField
from varpa.meetings.models import Meeting
from varpa.pairs.models import Pair, Side


class ProposalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("times", "Waits for an answer")
    PLANNED = "planned", pgettext_lazy("times", "Chosen")
    COUNTERED = "countered", pgettext_lazy("times", "Other times were proposed")
    NONE_FITS = "none_fits", pgettext_lazy("times", "None of them suits")
    WITHDRAWN = "withdrawn", pgettext_lazy("times", "Taken back")
    PASSED = "passed", pgettext_lazy("times", "Passed")


class Proposal(models.Model):
    """One side proposes times for a meeting; the other taps one. Of a pair at most one proposal is open.

    `kind` and `means` are keys of the methodology, `minutes` the length, `zone` the one in which the hours
    were written. `word`: what the proposer adds; `answer`: what the other adds where none suits. `last_at`:
    when its last time begins; after that it has passed. `meeting`: what came of it.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="proposals_of_times")
    side = models.CharField(max_length=6, choices=Side.choices)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    kind = models.CharField(max_length=50)
    means = models.CharField(max_length=50)
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=300, blank=True)
    zone = models.CharField(max_length=40)
    word = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    last_at = models.DateTimeField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="proposals")

    STEPS = {
        "choose": Step((ProposalState.OPEN,), ProposalState.PLANNED),
        "counter": Step((ProposalState.OPEN,), ProposalState.COUNTERED),
        "decline": Step((ProposalState.OPEN,), ProposalState.NONE_FITS),
        "withdraw": Step((ProposalState.OPEN,), ProposalState.WITHDRAWN),
        "pass": Step((ProposalState.OPEN,), ProposalState.PASSED),
    }
    PERSONAL = {
        "ref": KEEP,
        "side": KEEP,
        "state": KEEP,
        "kind": KEEP,
        "means": KEEP,
        "place": ERASE,
        "zone": KEEP,
        "word": ERASE,
        "answer": ERASE,
    }

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair"], name="times_one_open", condition=Q(state="open"))
        ]
        indexes = [models.Index(fields=["state", "last_at"], name="times_by_last")]


class Option(models.Model):
    """One of the times of a proposal: the hour on the wall in its zone, and the moment."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="options")
    starts_local = WallTimeField()
    starts_at = models.DateTimeField()

    PERSONAL = {"ref": KEEP, "starts_local": KEEP}

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "starts_at"], name="times_each_once")]
