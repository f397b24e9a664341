"""Taxes and contributions as a programme sets them, over those that the site knows."""

from django.db import models
from django.db.models import Q

from varpa.kernel.personal import KEEP
from varpa.kernel.refs import new_ref
from varpa.money.rates import LARGEST, NAMES, SHARES, WHOLE
from varpa.people.models import Person
from varpa.programmes.models import Programme

LONGEST_SOURCE = 300
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Rate(models.Model):
    """One rate of a country and year: who set it when, by which source, as it stood there on which day.

    `value` is in basis points, cents of the country's currency, or people, as its name asks
    (`varpa.money.rates`). A row never changes: another value is another row, and this one is withdrawn.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rates")
    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=12)
    value = models.PositiveBigIntegerField()
    source = models.CharField(max_length=LONGEST_SOURCE)
    checked = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "country": KEEP, "name": KEEP, "source": KEEP}

    class Meta:
        ordering = ["country", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "country", "year", "name"],
                name="taxes_rate_once",
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(condition=Q(name__in=NAMES), name="taxes_rate_known"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(value__lte=WHOLE) | ~Q(name__in=SHARES)),
                name="taxes_share_of_a_hundred",
            ),
            models.CheckConstraint(condition=Q(value__lte=LARGEST * 100), name="taxes_amount_that_fits"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="taxes_year_that_can_be"
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(country=""), name="taxes_with_a_source"),
        ]
