"""Evidence that no room can know, and indicators: what the programme aimed at, and what was achieved."""

from django.db import models
from django.db.models import Q

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedTextField
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme


class Evidence(models.Model):
    """An activity of the calendar was done: by the programme, by one member, or by one pair."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="evidence")
    activity = models.CharField(max_length=50)
    membership = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="evidence")
    pair = models.ForeignKey(Pair, null=True, on_delete=models.CASCADE, related_name="evidence")
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "activity": KEEP, "note": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "activity", "membership"],
                name="evaluation_recorded_once_a_member",
                condition=Q(withdrawn_at__isnull=True, membership__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["programme", "activity", "pair"],
                name="evaluation_recorded_once_a_pair",
                condition=Q(withdrawn_at__isnull=True, pair__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["programme", "activity"],
                name="evaluation_recorded_once",
                condition=Q(withdrawn_at__isnull=True, pair__isnull=True, membership__isnull=True),
            ),
        ]


class Indicator(models.Model):
    """One figure that the programme aims at, in its own words or the funder's (product S17).

    `measure`: a name of `measures.MEASURES`, counted by itself (`country`: of persons, those of one country);
    empty where a person writes down what was achieved. `source`: who has defined it.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=20, blank=True)
    name = TranslatedTextField()
    unit = TranslatedTextField()
    text = TranslatedTextField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    target = models.PositiveIntegerField(null=True)
    measure = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    revision = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = dict.fromkeys(("ref", "code", "name", "unit", "text", "source", "measure", "country"), KEEP)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="evaluation_code_once",
                condition=Q(withdrawn_at=None) & ~Q(code=""),
            )
        ]


class IndicatorValue(models.Model):
    """What was achieved by a day, written down by hand; the newest day counts, the earlier stay."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    value = models.PositiveIntegerField()
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "note": ERASE}

    class Meta:
        ordering = ["-day", "-pk"]
