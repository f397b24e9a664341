"""Evidence that no room can know, recorded by the manager: who, when, a note."""

from django.db import models
from django.db.models import Q

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
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
