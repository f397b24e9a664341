"""A list of people to be taken in; a minor's guardian, the links, what was answered and told."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Language, Person
from varpa.programmes.models import Membership, PermissionKind, Programme


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


class Guardian(models.Model):
    """A parent or guardian of a mentee, who has no account: letters go to `address`, in `language`.

    `by` wrote the guardian down: the mentee, or somebody who manages the programme.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="guardians")
    name = models.CharField(max_length=120)
    address = models.EmailField()
    language = models.CharField(max_length=2, choices=Language.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "name": REPLACE, "address": ERASE, "language": KEEP}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "membership",
                Lower("address"),
                name="applications_guardian_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class GuardianLink(models.Model):
    """A link that was mailed to a guardian. Only the newest counts; nobody can read it out of `digest`.

    `by` is None where the guardian asked for it.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "digest": ERASE}

    class Meta:
        ordering = ["-pk"]


class GuardianAnswer(models.Model):
    """What a guardian answered to one of the things to permit; of one guardian's the newest counts.

    A permission stands where somebody has given it and nobody's newest answer is no.
    """

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=14, choices=PermissionKind.choices)
    given = models.BooleanField()
    at = models.DateTimeField()

    PERSONAL = {"kind": KEEP}

    class Meta:
        ordering = ["pk"]


class Worry(models.Model):
    """What worries a guardian, for those who run the programme; never shown to the pair."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="worries")
    text = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"ref": KEEP, "text": ERASE}

    class Meta:
        ordering = ["-pk"]
