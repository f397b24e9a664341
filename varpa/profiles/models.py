"""The profile of the mentor's company, which the two make together (methodology §3.3, 1; §6, 3).

It belongs to the pair. The mentee writes; the mentor approves the facts part by part, says what is not right
and what is not for publication, and never writes in it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.pairs.models import Pair, Side


class ProfileState(models.TextChoices):
    DRAFTING = "drafting", pgettext_lazy("company profile", "Being written")
    FINISHED = "finished", pgettext_lazy("company profile", "Waits for approval")
    APPROVED = "approved", pgettext_lazy("company profile", "Approved")


class Source(models.TextChoices):
    """Where the facts of a part are from (product S12)."""

    SAID = "said", pgettext_lazy("source", "Somebody said it")
    SEEN = "seen", pgettext_lazy("source", "Seen with own eyes")
    PUBLISHED = "published", pgettext_lazy("source", "It is published")


class Profile(models.Model):
    """One profile a pair. `revision` counts the changes of the company's name.

    `approved_company`: the name that the mentor has found right, with the first part or by itself; others
    read only this one. `name_taken_back_at`: the mentor has taken that back, so nobody else reads anything.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="profile")
    company = models.CharField(max_length=160)
    approved_company = models.CharField(max_length=160, blank=True)
    name_taken_back_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=ProfileState.choices, default=ProfileState.DRAFTING)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    STEPS = {
        "finish": Step((ProfileState.DRAFTING,), ProfileState.FINISHED),
        "rework": Step((ProfileState.FINISHED, ProfileState.APPROVED), ProfileState.DRAFTING),
        "approve": Step((ProfileState.FINISHED,), ProfileState.APPROVED),
        "reopen": Step((ProfileState.APPROVED,), ProfileState.FINISHED),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, "company": ERASE, "approved_company": ERASE}

    @property
    def public_name(self) -> str:
        """The company's name as others read it."""
        return self.approved_company or self.company

    @property
    def name_waits(self) -> bool:
        """Whether the name was changed since the mentor approved it, or the approval was taken back."""
        return self.name_taken_back_at is not None or self.public_name != self.company


class Part(models.Model):
    """What the mentee writes in one part of the outline, and where it is from (`sources`: of Source).

    Either of the two may say that it is not for publication, and takes back only the own word.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    sources = models.JSONField(default=list)
    kept_by_mentee = models.BooleanField(default=False)
    kept_by_mentor = models.BooleanField(default=False)
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"key": KEEP, "text": ERASE, "sources": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "key"], name="profiles_part_once")]

    @property
    def is_kept_back(self) -> bool:
        """Whether it is not for publication."""
        return self.kept_by_mentee or self.kept_by_mentor

    @property
    def sources_in_words(self) -> list[str]:
        """Where it is from, in the reader's language, in the order of Source."""
        return [str(source.label) for source in Source if source.value in self.sources]


class Approval(models.Model):
    """The mentor has found a part right as it stood: the text, where it is from, and who may read it.

    `outdated_at`: the mentee has changed one of these since, so it holds no longer, whatever is typed next.
    """

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="approvals")
    text = models.TextField()
    sources = models.JSONField(default=list)
    kept_by_mentee = models.BooleanField(default=False)
    at = models.DateTimeField()
    outdated_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"text": ERASE, "sources": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=Q(withdrawn_at=None), name="profiles_one_standing_approval"
            )
        ]


class Correction(models.Model):
    """In a word of the mentor's, what is not right in a part. `settled_at`: the mentee has dealt with it."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": ERASE}

    class Meta:
        ordering = ["pk"]


class Publishing(models.Model):
    """The yes of one of the two to showing the profile to the members of the programme."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="publishings")
    side = models.CharField(max_length=6, choices=Side.choices)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"side": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "side"], condition=Q(withdrawn_at=None), name="profiles_one_yes_a_side"
            )
        ]


class Photograph(models.Model):
    """A photograph in a part, below its text; `about` says in words what it shows, `shows_…` who is in it.

    A minor's face is shown only while a guardian permits photographs. Others see a photograph only where the
    firm's word for it stands (FirmWord).
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="photographs")
    part = models.CharField(max_length=50)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=200)
    shows_mentor = models.BooleanField()
    shows_mentee = models.BooleanField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "part": KEEP, "about": ERASE}

    class Meta:
        ordering = ["pk"]

    @property
    def is_approved(self) -> bool:
        """Whether the firm's word for it stands; read with its words."""
        return any(word.withdrawn_at is None for word in self.words.all())


class FirmWord(models.Model):
    """The mentor has said for the company, and for the own face, that a photograph may be shown."""

    photograph = models.ForeignKey(Photograph, on_delete=models.CASCADE, related_name="words")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["photograph"], condition=Q(withdrawn_at=None), name="profiles_one_standing_word"
            )
        ]
