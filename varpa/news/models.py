"""News of a programme, and pages that its members write together (product S19)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.text import TranslatedTextField, folded
from varpa.people.models import Language, Person
from varpa.programmes.models import Programme


class NewsState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("news", "Draft")
    PUBLISHED = "published", pgettext_lazy("news", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("news", "Withdrawn")


class News(models.Model):
    """What staff tells the members; whoever runs the programme reads all of it, anybody what is `for_all`.

    With `by_letter` the worker writes to them once it is published: `told_to` is the last membership that it
    came to, `told_at` when all were written to. `search_text` is the three languages as they are sought.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="news")
    state = models.CharField(max_length=9, choices=NewsState.choices, default=NewsState.DRAFT)
    title = TranslatedTextField()
    text = TranslatedTextField()
    for_mentors = models.BooleanField(default=True)
    for_mentees = models.BooleanField(default=True)
    for_all = models.BooleanField(default=False)
    by_letter = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    told_to = models.PositiveBigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    search_text = models.TextField(blank=True)

    STEPS = {
        "publish": Step((NewsState.DRAFT, NewsState.WITHDRAWN), NewsState.PUBLISHED),
        "withdraw": Step((NewsState.PUBLISHED,), NewsState.WITHDRAWN),
    }
    PERSONAL = dict.fromkeys(("ref", "state", "title", "text", "search_text"), KEEP)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="news_published_when"
            ),
            models.CheckConstraint(
                condition=Q(for_mentors=True) | Q(for_mentees=True), name="news_for_somebody"
            ),
        ]

    @property
    def searched_as(self) -> str:
        """The words by which it is found, in every language."""
        texts = [*self.title.as_dict().values(), *self.text.as_dict().values()]
        return folded(" ".join(texts))


class Page(models.Model):
    """A page that members write together, in one language; every saved text is a version.

    `hidden_at`: staff has taken it out of sight; `closed_at`: it can be read and no longer be changed.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pages")
    language = models.CharField(max_length=2, choices=Language.choices)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    search_text = models.TextField(blank=True)

    PERSONAL = {"ref": KEEP, "language": KEEP, "title": KEEP, "text": ERASE, "search_text": ERASE}

    class Meta:
        ordering = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class PageVersion(models.Model):
    """A page as somebody saved it; `number` counts from 1. `hidden_at`: staff alone reads this text."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)

    PERSONAL = {"title": KEEP, "text": ERASE}

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="news_version_once")]
