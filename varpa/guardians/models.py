"""A minor's guardian, the links, what was answered and told."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.people.models import Language, Person
from varpa.programmes.models import Membership, PermissionKind


class Guardian(models.Model):
    """A parent or guardian of a mentee, who has no account: letters go to `address`, in `language`.

    Whoever is known from a paper alone has no address. `by` wrote the guardian down: the mentee, or
    somebody who manages the programme.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="guardians")
    name = models.CharField(max_length=120)
    address = models.EmailField(blank=True)
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
                name="guardians_once",
                condition=Q(withdrawn_at__isnull=True) & ~Q(address=""),
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

    A permission stands where somebody has given it and nobody's newest answer is no. On paper: `by` entered
    it, `day` stands on it, `scan` is its picture where there is one. By the link `by` is None.
    """

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=14, choices=PermissionKind.choices)
    given = models.BooleanField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True)
    scan = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
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
