"""The mentee's business plan: parts, figures, versions, what the mentor remarks (methodology §3.3, 2).

It belongs to the mentee's membership: with another mentor it goes on. Only the mentee writes in it, nobody
else by any road (principle 3).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.programmes.models import Membership


class PlanState(models.TextChoices):
    DRAFTING = "drafting", pgettext_lazy("business plan", "Being written")
    SHARED = "shared", pgettext_lazy("business plan", "Shared with the mentor")
    SUBMITTED = "submitted", pgettext_lazy("business plan", "Submitted")
    DEFENDED = "defended", pgettext_lazy("business plan", "Defended")


HANDED_IN = (PlanState.SUBMITTED, PlanState.DEFENDED)


class BusinessPlan(models.Model):
    """One plan a mentee. `manager_reads`: the mentee lets the project manager read it (product §2).

    `figures` is what `varpa.money.figures.to_json` gives, {} before the first figure; `figures_revision`
    counts their changes, `revision` those of the title. `rates`: the taxes with which it was handed in, as
    `varpa.money.rates.to_json` gives them; {} while it is written: then those in force.

    `presented_at`: since when it is before the jurors of a defence; from then on it stays as it is.
    `set_aside_at`: two memberships of one human were put together, and this was the other plan.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="business_plans")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=9, choices=PlanState.choices, default=PlanState.DRAFTING)
    manager_reads = models.BooleanField(default=False)
    figures = models.JSONField(default=dict)
    rates = models.JSONField(default=dict)
    figures_revision = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    presented_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    STEPS = {
        "share": Step((PlanState.DRAFTING,), PlanState.SHARED),
        "unshare": Step((PlanState.SHARED,), PlanState.DRAFTING),
        "submit": Step((PlanState.DRAFTING, PlanState.SHARED), PlanState.SUBMITTED),
        "rework": Step((PlanState.SUBMITTED,), PlanState.SHARED),
        "rework_alone": Step((PlanState.SUBMITTED,), PlanState.DRAFTING),
        "defend": Step((PlanState.SUBMITTED,), PlanState.DEFENDED),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, "rates": KEEP, "title": ERASE, "figures": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], name="businessplans_one_a_mentee", condition=Q(set_aside_at=None)
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.SHARED) | Q(shared_at__isnull=False),
                name="businessplans_shared_by_somebody",
            ),
        ]


class Part(models.Model):
    """What the mentee writes in one part of the outline; `ready` as the mentee sees it."""

    plan = models.ForeignKey(BusinessPlan, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    ready = models.BooleanField(default=False)
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"key": KEEP, "text": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="businessplans_part_once")]


class Picture(models.Model):
    """A picture in a part, below its text; `about` says in words what it shows.

    `shows_writer`: the mentee can be recognised in it; a minor's is shown only while a guardian permits
    photographs. Once `withdrawn_at` it stands only in versions kept before.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    plan = models.ForeignKey(BusinessPlan, on_delete=models.CASCADE, related_name="pictures")
    part = models.CharField(max_length=50)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=200)
    shows_writer = models.BooleanField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "part": KEEP, "about": ERASE}

    class Meta:
        ordering = ["pk"]


class Why(models.TextChoices):
    KEPT = "kept", pgettext_lazy("version", "Kept by hand")
    SUBMITTED = "submitted", pgettext_lazy("version", "Submitted")
    REPLACED = "replaced", pgettext_lazy("version", "Before an earlier one was brought back")
    MEANWHILE = "meanwhile", pgettext_lazy("version", "Before figures of another device were saved")
    RESTORED = "restored", pgettext_lazy("version", "An earlier one, brought back")


class Version(models.Model):
    """The plan as it stood at a moment, never changed: {key of the part: text}, figures and pictures.

    `rates`: the taxes with which its figures are reckoned, as they stood then; {} only without figures.
    """

    plan = models.ForeignKey(BusinessPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    why = models.CharField(max_length=9, choices=Why.choices)
    of = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=120)
    texts = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    rates = models.JSONField(default=dict)
    pictures = models.ManyToManyField(Picture, related_name="versions")

    PERSONAL = {"why": KEEP, "rates": KEEP, "title": ERASE, "texts": ERASE, "figures": ERASE}

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="businessplans_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="businessplans_version_from_one"),
            models.CheckConstraint(
                condition=Q(figures={}) | ~Q(rates={}), name="businessplans_version_with_its_rates"
            ),
        ]


class Remark(models.Model):
    """What a mentor says of some words of a part, or of a whole part.

    `quote`: the words as they stood, empty for the whole part. `place`: the words as they stand now, empty
    once they are gone; `before` and `after`: what stood in front of them and behind them last,
    `marked_before` and `marked_after` when they were marked.
    `cell` names a cell of the figures instead (`businessplans.cells`); then `quote` is the name of its row
    where it was typed, `place` that name now, and `before` what stood in the cell. Which of several rows of
    one name it is, `cell` says as it is now.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    plan = models.ForeignKey(BusinessPlan, on_delete=models.CASCADE, related_name="remarks")
    part = models.CharField(max_length=50)
    cell = models.CharField(max_length=50, blank=True)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    marked_before = models.CharField(max_length=80, blank=True)
    marked_after = models.CharField(max_length=80, blank=True)
    place = models.TextField(blank=True)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {
        "ref": KEEP,
        "part": KEEP,
        "cell": KEEP,
        **dict.fromkeys(("quote", "before", "after", "place", "text"), ERASE),
        **dict.fromkeys(("marked_before", "marked_after"), ERASE),
    }

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "part"], name="businessplans_remarks_of_part")]


class Answer(models.Model):
    """A word of either of the two under a remark."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PERSONAL = {"ref": KEEP, "text": ERASE}

    class Meta:
        ordering = ["pk"]
