"""What a pair tells a joint meeting of what it has done (methodology §10, November; S14)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.events.models import Event
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.pairs.models import Pair, Side


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report of a pair", "Draft")
    HANDED = "handed", pgettext_lazy("report of a pair", "Handed over")


class PairReport(models.Model):
    """A report of the two, drafted from their facts, edited by both, and handed over to a joint meeting.

    `done`, `ahead` and `discuss` are their own words. `left_out` are the keys of facts that they do not want
    in it. `facts` is empty until it is handed over: then what is counted stays as it was on that day.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="pair_reports")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pair_reports")
    state = models.CharField(max_length=6, choices=ReportState.choices, default=ReportState.DRAFT)
    done = models.TextField(blank=True)
    ahead = models.TextField(blank=True)
    discuss = models.TextField(blank=True)
    left_out = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)

    TEXTS = ("done", "ahead", "discuss")
    STEPS = {
        "hand": Step((ReportState.DRAFT,), ReportState.HANDED),
        "take_back": Step((ReportState.HANDED,), ReportState.DRAFT),
    }
    PERSONAL = {
        "ref": KEEP,
        "state": KEEP,
        "done": ERASE,
        "ahead": ERASE,
        "discuss": ERASE,
        "left_out": KEEP,
        "facts": KEEP,
    }

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "event"], name="pairreports_once_an_event"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.HANDED) | Q(handed_at__isnull=False),
                name="pairreports_handed_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="pairreports_of_event")]


class Showing(models.Model):
    """One of the two lets the report be shown at the event; it is shown once both do."""

    report = models.ForeignKey(PairReport, on_delete=models.CASCADE, related_name="showings")
    side = models.CharField(max_length=6, choices=Side.choices)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "side"], name="pairreports_shown_once")]
