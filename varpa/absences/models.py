"""Days on which somebody is away, hours that lessons and practice take: known to the other of a pair."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.week import DAYS


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


class Takes(models.TextChoices):
    LESSONS = "lessons", _("lessons")
    PRACTICE = "practice", _("practice")


class TakenHours(models.Model):
    """Hours of the week that lessons or practice take, by the clock where the person lives (R12).

    `days` are keys of the week with blanks between ("mon tue"). Lessons go on until they are taken back, or
    to their `last` day; `parity` says of every other week which one. Practice lasts from `first` to `last`;
    `place` is where, for the pair.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="taken_hours")
    kind = models.CharField(max_length=8, choices=Takes.choices)
    days = models.CharField(max_length=27)
    begins = models.TimeField()
    ends = models.TimeField()
    parity = models.PositiveSmallIntegerField(null=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "kind": KEEP, "days": KEEP, "place": ERASE}

    class Meta:
        ordering = ["begins", "ends", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="absences_hours_end_later"),
            models.CheckConstraint(condition=~Q(days=""), name="absences_hours_on_some_day"),
            models.CheckConstraint(
                condition=Q(kind=Takes.LESSONS, first=None)
                | Q(kind=Takes.PRACTICE, parity=None, first__isnull=False, last__isnull=False),
                name="absences_practice_has_days",
            ),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="absences_practice_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(parity=None) | Q(parity__lte=1), name="absences_every_other_week"
            ),
        ]
        indexes = [models.Index(fields=["person", "last"], name="absences_hours_of_person")]

    @property
    def numbers(self) -> list[int]:
        """The days of the week, 0 is Monday."""
        return [number for number, key in enumerate(DAYS) if key in self.days.split()]

    @property
    def on_working_days(self) -> bool:
        """Whether it is every working day, and no day of the week-end."""
        return self.numbers == [0, 1, 2, 3, 4]
