"""The mentee's presentation: slides, or a file, and what the mentor recommends (methodology §3.3, 3).

It belongs to the mentee's membership: with another mentor it goes on. Only the mentee writes in it.
"""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import Membership

LONGEST_SLIDE: Final = 2_000
"""How many signs the words on a slide may have."""
PAGE: Final = "page-"
"""How the key of a page of a brought file begins; its number follows."""


class PresentationState(models.TextChoices):
    DRAFTING = "drafting", pgettext_lazy("presentation", "Being made")
    SHARED = "shared", pgettext_lazy("presentation", "Shared with the mentor")
    SUBMITTED = "submitted", pgettext_lazy("presentation", "Submitted")
    DEFENDED = "defended", pgettext_lazy("presentation", "Defended")


HANDED_IN: Final = (PresentationState.SUBMITTED, PresentationState.DEFENDED)
WRITING: Final = (PresentationState.DRAFTING, PresentationState.SHARED)


def page_number(key: str) -> int:
    """Which page of a brought file a key means, 0 where it means a slide of the outline."""
    number = key.removeprefix(PAGE)
    return int(number) if key.startswith(PAGE) and number.isdecimal() and len(number) < 4 else 0


def page_name(number: int) -> TranslatedText:
    """What a page is called."""
    return TranslatedText(lv=f"{number}. lapa", lt=f"{number} puslapis", en=f"Page {number}")


class Presentation(models.Model):
    """One presentation a mentee. `file`: a PDF made elsewhere, shown instead of the slides.

    `source`: a PPTX made elsewhere, of which `file` is made (`turning`); `tries`: how often that was tried.
    `pages`: how many the file has, 0 where there is none or it cannot be read. `presented_at`: since when it
    is before the jurors of a defence; from then on it stays as it is.

    `set_aside_at`: two memberships of one human were put together, and this was the other presentation.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="presentations")
    title = models.CharField(max_length=120)
    state = models.CharField(
        max_length=9, choices=PresentationState.choices, default=PresentationState.DRAFTING
    )
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    presented_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    STEPS = {
        "share": Step((PresentationState.DRAFTING,), PresentationState.SHARED),
        "unshare": Step((PresentationState.SHARED,), PresentationState.DRAFTING),
        "submit": Step((PresentationState.DRAFTING, PresentationState.SHARED), PresentationState.SUBMITTED),
        "rework": Step((PresentationState.SUBMITTED,), PresentationState.SHARED),
        "rework_alone": Step((PresentationState.SUBMITTED,), PresentationState.DRAFTING),
        "defend": Step((PresentationState.SUBMITTED,), PresentationState.DEFENDED),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, "title": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], name="presentations_one_a_mentee", condition=Q(set_aside_at=None)
            )
        ]


class Shown(models.TextChoices):
    """Figures of the business plan that a slide can show, as they stand there at this moment."""

    SALES = "sales", pgettext_lazy("slide", "Sales month by month")
    TILL = "till", pgettext_lazy("slide", "The till month by month")
    NEED = "need", pgettext_lazy("slide", "How much money is needed")
    BREAK_EVEN = "break_even", pgettext_lazy("slide", "From how many sold on it pays")
    YEAR = "year", pgettext_lazy("slide", "The first year")


class Slide(models.Model):
    """What stands on a slide of the outline, and the notes that only the mentee sees.

    `figure`: which figures of the plan it shows, one of Shown; empty for none.
    """

    presentation = models.ForeignKey(Presentation, on_delete=models.CASCADE, related_name="slides")
    key = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    figure = models.CharField(max_length=10, choices=Shown.choices, blank=True)
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"key": KEEP, "text": ERASE, "notes": ERASE, "figure": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["presentation", "key"], name="presentations_slide_once")
        ]


class Version(models.Model):
    """The presentation as it was submitted, never changed; the notes stay with the mentee.

    `texts` and `shown`: what stood on each slide by its key, and which figures; `figures`: those of the plan
    as they stood then, {} where it had none; `rates`: the taxes with which they are reckoned.
    `file`, `source`, `pages`: as of a presentation.
    """

    presentation = models.ForeignKey(Presentation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    title = models.CharField(max_length=120)
    texts = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    rates = models.JSONField(default=dict)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    pages = models.PositiveSmallIntegerField(default=0)

    PERSONAL = {"shown": KEEP, "rates": KEEP, **dict.fromkeys(("title", "texts", "figures"), ERASE)}

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "number"], name="presentations_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="presentations_version_from_one"),
            models.CheckConstraint(
                condition=Q(figures={}) | ~Q(rates={}), name="presentations_version_with_its_rates"
            ),
        ]


class Recommendation(models.Model):
    """What a mentor recommends for a slide (`slide`: its key). `done_at`: the mentee has done it.

    `file`: the file that was brought, where it is about one of its pages; `slide` is then "page-3".
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    presentation = models.ForeignKey(Presentation, on_delete=models.CASCADE, related_name="recommendations")
    slide = models.CharField(max_length=50)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "slide": KEEP, "text": ERASE}

    class Meta:
        ordering = ["pk"]

    @property
    def page_name(self) -> str:
        """The page that it is about, in words; "" for a slide."""
        number = page_number(self.slide)
        return str(page_name(number)) if number else ""
