"""The mentor's diary: the mentor's alone until it is handed over to the mentee (methodology §8.2, R6)."""

from django.db import models
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.meetings.models import Meeting
from varpa.pairs.models import Pair, Side


class DiaryState(models.TextChoices):
    OPEN = "open", pgettext_lazy("diary", "Being written")
    HANDED_OVER = "handed_over", pgettext_lazy("diary", "Handed over")
    SEALED = "sealed", pgettext_lazy("diary", "Sealed")


class Diary(models.Model):
    """One diary a pair. Handed over it is frozen, and the mentee owns a copy; sealed nobody reads it.

    `erased_at`: what stood in a sealed one is gone, since the programme has ended. `link_number`: which link
    counts of those that were mailed to a mentor who has left.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="diary")
    state = models.CharField(max_length=12, choices=DiaryState.choices, default=DiaryState.OPEN)
    begun_at = models.DateTimeField()
    read_through_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    link_number = models.PositiveSmallIntegerField(default=0)

    STEPS = {
        "hand_over": Step((DiaryState.OPEN,), DiaryState.HANDED_OVER),
        "seal": Step((DiaryState.OPEN,), DiaryState.SEALED),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP}


class EntryState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("entry", "Draft")
    KEPT = "kept", pgettext_lazy("entry", "Finished")


FIELDS = ("notes", "results", "recommendations", "on_mentee", "on_self", "on_effectiveness")
"""The passages of an entry, in the order in which they are read."""


def passage_of(question: str, about: str) -> str:
    """What the answer to a question is called as a passage, beside FIELDS: `on_time:mentee`, `progress:`."""
    return f"{question}:{about}"


class Entry(models.Model):
    """One entry, about a meeting or about none; `minutes` as it stands in the diary."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    diary = models.ForeignKey(Diary, on_delete=models.CASCADE, related_name="entries")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="entries")
    day = models.DateField()
    minutes = models.PositiveIntegerField(null=True)
    notes = models.TextField(blank=True)
    results = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    on_mentee = models.TextField(blank=True)
    on_self = models.TextField(blank=True)
    on_effectiveness = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=EntryState.choices, default=EntryState.DRAFT)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    STEPS = {
        "keep": Step((EntryState.DRAFT,), EntryState.KEPT),
        "rework": Step((EntryState.KEPT,), EntryState.DRAFT),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, **dict.fromkeys(FIELDS, ERASE)}

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["diary", "meeting"], name="diary_one_entry_a_meeting")]


class EntryAnswer(models.Model):
    """An answer in words to one of the diary's questions; `about` says about whom, where each has an own."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=50)
    about = models.CharField(max_length=6, choices=Side.choices, blank=True)
    text = models.TextField(blank=True)

    PERSONAL = {"question": KEEP, "about": KEEP, "text": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "question", "about"], name="diary_answered_once")
        ]


PAGE = "page:"
"""What a photographed page is called as a passage, before its reference; no question is called so."""


class Photograph(models.Model):
    """A page of the diary that was written by hand: a part of its entry, photographed by the mentor.

    `about` says in the mentor's words what stands on it, for whoever does not see it; it may be empty. The
    file names nobody as its owner: with the handover it becomes the mentee's, and goes with the entry.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="photographs")
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "about": ERASE}

    class Meta:
        ordering = ["pk"]

    @property
    def passage(self) -> str:
        """Its name as a passage, as LeftOut names it."""
        return f"{PAGE}{self.ref}"


class LeftOut(models.Model):
    """A passage that the mentor leaves out of the mentee's copy: counted, never hidden that it was there.

    `passage` is a name of FIELDS, an answer's as `passage_of` says it, or a Photograph's; `part` one sentence
    of it (diary/parts.py), empty for the whole. What was written stays as it was.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="left_out")
    passage = models.CharField(max_length=60)
    part = models.CharField(max_length=12, blank=True, default="")
    at = models.DateTimeField()

    PERSONAL = {"passage": KEEP, "part": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "passage", "part"], name="diary_left_out_once")
        ]


class Reply(models.Model):
    """The mentee's answer to the diary, after the handover."""

    diary = models.OneToOneField(Diary, on_delete=models.CASCADE, related_name="reply")
    text = models.TextField()
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"text": ERASE}
