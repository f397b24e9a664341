"""A list of people to be taken in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.programmes.models import Programme


class RosterState(models.TextChoices):
    SHOWN = "shown", pgettext_lazy("roster", "Not taken in yet")
    TAKEN = "taken", pgettext_lazy("roster", "Taken in")
    DROPPED = "dropped", pgettext_lazy("roster", "Given up")


class Roster(models.Model):
    """`content` is the very file that was previewed: nothing that a browser sends decides what is taken in.

    `preview` is what its page shows, `mark` what every line would do: where that has changed since, the list
    is shown again before it is taken in. File and preview are emptied as soon as they have served.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rosters")
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=12, blank=True)
    content = models.BinaryField()
    preview = models.JSONField(default=dict)
    mark = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=RosterState.choices, default=RosterState.SHOWN)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    STEPS = {
        "take": Step((RosterState.SHOWN,), RosterState.TAKEN),
        "drop": Step((RosterState.SHOWN,), RosterState.DROPPED),
    }
    PERSONAL = {
        "ref": KEEP,
        "name": ERASE,
        "role": KEEP,
        "content": ERASE,
        "preview": ERASE,
        "mark": KEEP,
        "state": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], name="applications_waiting", condition=Q(state="shown"))]
