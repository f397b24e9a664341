"""An own version of a methodology, while an organisation writes it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.personal import KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Organisation
from varpa.programmes.models import MethodologyVersion


class DraftState(models.TextChoices):
    WRITING = "writing", _("Being written")
    PUBLISHED = "published", _("Published")
    PUT_AWAY = "put_away", _("Put away")


class Draft(models.Model):
    """A whole methodology (`data`, as `methodology.to_json` says it) on its way to a version of its own.

    It may contradict itself until it is published. `touched` says at which revision each item was last
    written, so that two who edit different items do not meet. `taken_out` keeps what was taken out of a
    list, by its place, to be put back. A running programme knows nothing of a draft (product §1.2).
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="drafts")
    based_on = models.ForeignKey(MethodologyVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.WRITING)
    version = models.CharField(max_length=20)
    data = models.JSONField()
    touched = models.JSONField(default=dict)
    taken_out = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    became = models.ForeignKey(MethodologyVersion, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    STEPS = {
        "publish": Step((DraftState.WRITING,), DraftState.PUBLISHED),
        "put_away": Step((DraftState.WRITING,), DraftState.PUT_AWAY),
        "take_up": Step((DraftState.PUT_AWAY,), DraftState.WRITING),
    }
    PERSONAL = {
        "ref": KEEP,
        "state": KEEP,
        "version": KEEP,
        "data": KEEP,
        "touched": KEEP,
        "taken_out": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DraftState.PUBLISHED, became__isnull=False)
                | (~Q(state=DraftState.PUBLISHED) & Q(became__isnull=True)),
                name="drafts_published_became_a_version",
            )
        ]
