"""A minor's guardian and a school's contact, their links, what was answered and told."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.people.models import Language, Person
from varpa.programmes.models import Membership, NoticeVersion, PermissionKind, Programme


class NoticeText(models.Model):
    """The notice as a programme words it in one language: one of the house, or one that it adds.

    That of a `country` is for whoever takes part there; without one it is for all countries. `letter` stands
    at the beginning of the letters to whoever reads this language; may be empty.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="notices")
    language = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True)
    text = models.TextField()
    letter = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"language": KEEP, "country": KEEP, "text": KEEP, "letter": KEEP}

    class Meta:
        ordering = ["language", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "country", "language"], name="guardians_one_notice_a_language"
            )
        ]


class Guardian(models.Model):
    """A parent or guardian of a mentee, who has no account: letters go to `address`, in `language`.

    `also_in` is a language that the programme adds, in which this one reads the notice and the letters too.
    Whoever is known from a paper alone has no address. `by` wrote the guardian down: the mentee, or
    somebody who manages the programme.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="guardians")
    name = models.CharField(max_length=120)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    also_in = models.CharField(max_length=8, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "name": REPLACE, "address": ERASE, "language": KEEP, "also_in": KEEP}

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

    `by` is None where the guardian asked for it. One `beside` came with who the mentor is: earlier ones, of
    which one may lie open before the guardian, count on.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    beside = models.BooleanField(default=False)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "digest": ERASE}

    class Meta:
        ordering = ["-pk"]


class GuardianAnswer(models.Model):
    """What a guardian answered to one of the things to permit; of one guardian's the newest counts.

    A permission stands where somebody has given it and nobody's newest answer is no. On paper: `by` entered
    it, `day` stands on it, `scan` is its picture where there is one. By the link `by` is None, and `notice`
    is what had been read before a yes.
    """

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=14, choices=PermissionKind.choices)
    given = models.BooleanField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True)
    scan = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(NoticeVersion, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PERSONAL = {"kind": KEEP}

    class Meta:
        ordering = ["pk"]


class SchoolContact(models.Model):
    """Who answers for the pupils of one school of a programme: no account, letters go to `address`.

    `key` is the school's name as `schoolnames` compares it: whose place reads the same is of this school.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="school_contacts")
    school = models.CharField(max_length=160)
    key = models.CharField(max_length=480)
    name = models.CharField(max_length=120)
    address = models.EmailField()
    language = models.CharField(max_length=2, choices=Language.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "school": KEEP, "key": KEEP, "name": REPLACE, "address": ERASE, "language": KEEP}

    class Meta:
        ordering = ["key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key"],
                name="guardians_one_contact_a_school",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class SchoolLink(models.Model):
    """A link that was mailed to a school's contact, as a guardian's: only the newest counts."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    contact = models.ForeignKey(SchoolContact, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "digest": ERASE}

    class Meta:
        ordering = ["-pk"]


class SchoolWord(models.Model):
    """What a school says of a pupil who has applied: confirmed, or why not. The newest counts.

    The reason is for those who run the programme alone.
    """

    contact = models.ForeignKey(SchoolContact, on_delete=models.PROTECT, related_name="words")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="school_words")
    confirmed = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    PERSONAL = {"reason": ERASE}

    class Meta:
        ordering = ["pk"]


class WorryKind(models.TextChoices):
    """What a worry is about: the kinds of a case (R8), as somebody beside the pair says them."""

    GOALS = "goals", _("What the two work on")
    RELATIONSHIP = "relationship", _("How the two get along")
    SAFETY = "safety", _("Safety: somebody may come to harm")
    OTHER = "other", _("Something else")


class Tells(models.TextChoices):
    """Whom a guardian or a school has chosen to tell; what is about the manager no manager sees (R8)."""

    MANAGER = "manager", _("The project manager")
    LEAD_PARTNER = "lead_partner", _("The lead partner")
    ABOUT_MANAGER = "about_manager", _("The lead partner: it is about the project manager")


class Worry(models.Model):
    """What worries a guardian or a school about a mentee, for those whom they chose to tell.

    Never shown to the pair. Either `guardian` or `contact` has told it. `confidential`: nobody says to the
    two that it was told; else it may be talked over with them.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="worries")
    guardian = models.ForeignKey(Guardian, null=True, on_delete=models.PROTECT, related_name="worries")
    contact = models.ForeignKey(SchoolContact, null=True, on_delete=models.PROTECT, related_name="worries")
    kind = models.CharField(max_length=12, choices=WorryKind.choices, default=WorryKind.SAFETY)
    to = models.CharField(max_length=13, choices=Tells.choices, default=Tells.MANAGER)
    confidential = models.BooleanField(default=True)
    text = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = {"ref": KEEP, "kind": KEEP, "to": KEEP, "text": ERASE}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(guardian__isnull=True) ^ Q(contact__isnull=True), name="guardians_worry_of_one"
            )
        ]

    @property
    def teller(self) -> Guardian | SchoolContact:
        """Who has told it."""
        told = self.guardian or self.contact
        assert told
        return told
