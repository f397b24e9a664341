"""A merge of two people, with everything that undoing it needs."""

from django.db import models
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.programmes.models import Programme


class MergeState(models.TextChoices):
    DONE = "done", pgettext_lazy("merge", "Put together")
    UNDONE = "undone", pgettext_lazy("merge", "Undone")


class Merge(models.Model):
    """`gone` was the same human as `kept`, who has everything now; `gone` stays as a name in the history.

    `journal` is every single change in its order (merges.journal), which undoing goes through backwards;
    `held` is what hung on each membership that was made of two. `ref` is that of the form: two clicks merge
    once.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=MergeState.choices, default=MergeState.DONE)
    journal = models.JSONField(default=list)
    held = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    STEPS = {"undo": Step((MergeState.DONE,), MergeState.UNDONE)}
    PERSONAL = {
        "ref": KEEP,
        "state": KEEP,
        "journal": ERASE,
        "held": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], name="merges_gone_once", condition=models.Q(state="done")
            )
        ]

    def __str__(self) -> str:
        return self.ref
