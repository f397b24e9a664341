"""That somebody asked to be erased, and what is left to do afterwards (R11, product S20)."""

from django.db import models
from django.utils.translation import pgettext_lazy

from varpa.history.models import Channel
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.programmes.models import Programme


class ErasureState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("erasure", "Not confirmed yet")
    WAITING = "waiting", pgettext_lazy("erasure", "Waits for its day")
    DONE = "done", pgettext_lazy("erasure", "Erased")
    TAKEN_BACK = "taken_back", pgettext_lazy("erasure", "Taken back")


class Erasure(models.Model):
    """A person is to be erased. `code` is the digest of what was mailed; on paper nothing is mailed.

    `by` entered it: the person, or whoever manages, from a paper. Nothing is kept of why.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    state = models.CharField(max_length=10, choices=ErasureState.choices, default=ErasureState.ASKED)
    code = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    STEPS = {
        "confirm": Step((ErasureState.ASKED,), ErasureState.WAITING),
        "erase": Step((ErasureState.WAITING,), ErasureState.DONE),
        "take_back": Step((ErasureState.ASKED, ErasureState.WAITING), ErasureState.TAKEN_BACK),
    }
    PERSONAL = {"ref": KEEP, "channel": KEEP, "state": KEEP, "code": ERASE}

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                name="privacy_one_wish",
                condition=models.Q(settled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waiting") | models.Q(due_at__isnull=False),
                name="privacy_waiting_has_a_day",
            ),
        ]


class Retention(models.Model):
    """How many years after its end a programme keeps who took part; without a row nothing is ever due.

    `told_at`: whoever manages knows that the years are over; `confirmed_by` says that it may happen, and then
    the worker erases, one after the other, until `done_at`.
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="+")
    years = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(years__gte=1, years__lte=30), name="privacy_years_in_bounds"
            )
        ]


class Leftover(models.Model):
    """Bytes that are to go from the disk: no transaction reaches them, so the worker takes them away."""

    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    PERSONAL = {"sha256": KEEP}


class Erased(models.Model):
    """Somebody of whom nothing is left, by the reference; `listed_at`: it stands in the list of erasures.

    Written by the erasure itself, so that the list, which is a file, can always be brought up to it.
    """

    ref = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP}
