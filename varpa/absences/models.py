"""Days on which somebody is away: known to the other of a pair, and without a reason."""

from django.db import models
from django.db.models import F, Q

from varpa.kernel.personal import KEEP
from varpa.kernel.refs import new_ref
from varpa.people.models import Person


class Absence(models.Model):
    """A person is away from `first` to `last`, both days included. Nobody is asked why."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP}

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="absences_first_day_first")
        ]
        indexes = [models.Index(fields=["person", "last"], name="absences_of_person")]
