"""What was said of people who look alike: that they are two."""

from django.db import models
from django.db.models import F, Q

from varpa.people.models import Person


class Different(models.Model):
    """Whoever runs a programme says that two people who look alike are two: they are not offered again.

    `first` came before `second`.
    """

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="duplicates_different_once",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicates_in_order"),
        ]
