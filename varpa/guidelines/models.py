"""What a programme has learnt: recommendations of the year, guidelines, the methodology that comes next."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.spoken import language_of
from varpa.pairs.models import Pair
from varpa.people.models import Language, Person
from varpa.programmes.models import Programme, Role


class Source(models.TextChoices):
    DIARY = "diary", pgettext_lazy("source", "from the mentor’s diary")
    REVIEW = "review", pgettext_lazy("source", "after a meeting")
    EVENT = "event", pgettext_lazy("source", "from a joint meeting")
    SURVEY = "survey", pgettext_lazy("source", "from a survey")
    WORDS = "words", pgettext_lazy("source", "in own words")
    NOTE = "note", pgettext_lazy("source", "noted by the manager")


class Says(models.TextChoices):
    WORKED = "worked", _("This worked")
    CHANGE = "change", _("This should be different")


class ShownAs(models.TextChoices):
    ROLE = "role", _("Only my role")
    NAME = "name", _("My name and role")


class Recommendation(models.Model):
    """Words of somebody for those who come next. Without every consent that it needs nobody reads them.

    `by` is who wrote the words; of a passage of the diary that is the mentor, whoever offers it. `phase` and
    `topic` are keys of the methodology (of a phase, of a guide), `for_role` whom it may serve; each may be
    empty. `published_at`: it stands in a published version, and its author can no longer take it back; the
    owner of a diary may, for what is published after that.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="recommendations")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    pair = models.ForeignKey(Pair, null=True, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=6, choices=Source.choices)
    source_ref = models.CharField(max_length=20, blank=True)
    says = models.CharField(max_length=6, choices=Says.choices)
    text = models.TextField()
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    phase = models.CharField(max_length=50, blank=True)
    topic = models.CharField(max_length=50, blank=True)
    for_role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    PERSONAL = {
        **dict.fromkeys(("ref", "role", "source", "source_ref", "says"), KEEP),
        **dict.fromkeys(("language", "phase", "topic", "for_role"), KEEP),
        "text": ERASE,
    }

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["programme", "phase"], name="guidelines_of_phase")]

    @property
    def spoken(self) -> str:
        """In which language the words are: as somebody has said, or as they show; "" where neither does."""
        return self.language or language_of(self.text)


class Consent(models.Model):
    """The word of one whose consent a recommendation needs: its author, and the owner of the diary.

    `shown_as` is what others are told of who gives it.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="consents")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shown_as = models.CharField(max_length=4, choices=ShownAs.choices)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"shown_as": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "by"],
                name="guidelines_one_consent",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Guidelines(models.Model):
    """The guidelines of a programme while they are worked out."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="guidelines")
    begun_at = models.DateTimeField()

    PERSONAL = {"ref": KEEP}


class Section(models.Model):
    """One step of the outline, in Markdown, a text a language; `edited_at`: a person has changed the draft.

    A line `[[ref]]` stands for the recommendation with that reference: what is taken back is gone at once.
    `counted` are its lines of figures as they were drafted: {language: {what is counted: line}}.
    """

    guidelines = models.ForeignKey(Guidelines, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=50)
    lv = models.TextField(blank=True)
    lt = models.TextField(blank=True)
    en = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    counted = models.JSONField(default=dict)

    PERSONAL = {"key": KEEP, "lv": KEEP, "lt": KEEP, "en": KEEP, "counted": KEEP}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["guidelines", "key"], name="guidelines_section_once")]


class Change(models.Model):
    """A change of the methodology that the manager adopts for the next programme.

    `path` is `hours_minutes`, a text as `overrides.paths` names it, or `questions.` with a set and a key;
    `value` is what stands there then, as the changes of a programme write it.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="changes")
    path = models.CharField(max_length=200)
    value = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "path": KEEP, "value": KEEP}

    class Meta:
        ordering = ["path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "path"],
                name="guidelines_change_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Version(models.Model):
    """Published guidelines, never changed: what stands in them, and what the next methodology takes along.

    `texts` {key of the section: {language: Markdown}}; `quoted` the recommendations in them, as they were
    shown: {ref, text, language, who, topic}; `changes` {path: value}. `public_at`: anybody may read them.
    `becomes` is the version of the methodology that comes of them, one for each among those of one key.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="guidelines_versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    quoted = models.JSONField()
    changes = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    public_at = models.DateTimeField(null=True)
    methodology_key = models.CharField(max_length=50, blank=True)
    becomes = models.CharField(max_length=20, blank=True)

    # What was published was published with consent, and stays as it was printed.
    PERSONAL = dict.fromkeys(("ref", "texts", "quoted", "changes", "methodology_key", "becomes"), KEEP)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="guidelines_version_once"),
            models.UniqueConstraint(
                fields=["methodology_key", "becomes"],
                name="guidelines_becomes_once",
                condition=~Q(becomes=""),
            ),
        ]
