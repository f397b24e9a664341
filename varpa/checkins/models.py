"""A short look at how the two work together, on the days that their plan has agreed (R4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.pairs.models import Pair, Side


class Checkin(models.Model):
    """The two look at their cooperation: `due` is the day that the rhythm of their plan has brought."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="checkins")
    due = models.DateField()
    at = models.DateTimeField()

    PERSONAL = {"ref": KEEP}

    class Meta:
        ordering = ["-due", "-pk"]
        constraints = [models.UniqueConstraint(fields=["pair", "due"], name="checkins_once_a_day")]


class How(models.TextChoices):
    """In words and without a number: nobody is graded."""

    WELL = "well", pgettext_lazy("cooperation", "Well")
    MIXED = "mixed", pgettext_lazy("cooperation", "Partly")
    HARD = "hard", pgettext_lazy("cooperation", "Not easily yet")


class Nearer(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", pgettext_lazy("goals", "In part")
    NOT_YET = "not_yet", pgettext_lazy("goals", "Not yet")


class Look(models.Model):
    """What one side answered. The other reads it only once both have answered.

    `shared`: the two shared their looks with the project manager when this was answered. Only then, and only
    while they still do, the choices are seen there; the words never are.
    """

    checkin = models.ForeignKey(Checkin, on_delete=models.CASCADE, related_name="looks")
    side = models.CharField(max_length=6, choices=Side.choices)
    how = models.CharField(max_length=5, choices=How.choices)
    nearer = models.CharField(max_length=7, choices=Nearer.choices)
    change = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP, "how": ERASE, "nearer": ERASE, "change": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkin", "side"], name="checkins_looked_once")]
