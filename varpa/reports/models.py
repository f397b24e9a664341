"""The evaluation report of a programme: drafted from figures, written by people, commented on, published.

Its figures stay tied to their source: the text holds a mark, `Cited` what it stood for and since when
(methodology §6, §9; product S17).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.text import TranslatedTextField
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.reports.figures import Value


class ReportState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("report", "Being drafted")
    DRAFTING = "drafting", pgettext_lazy("report", "Being written")
    COMMENTING = "commenting", pgettext_lazy("report", "Open for comments")
    PUBLISHED = "published", pgettext_lazy("report", "Published")


class Report(models.Model):
    """One report a programme. `opened_at`: it was open for comments since it was last published.

    `open_days`: on how many days it was, in openings that have ended. `comments_until`: the last day for
    comments, in the programme's zone. `told_up_to`: the key of the last member to whom a letter about the
    opening was written. `is_public`: anybody reads the published one. `themes`: references of those themes
    of open answers that the text has had.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="report")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.ASKED)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    drafted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    comments_until = models.DateField(null=True)
    open_days = models.PositiveSmallIntegerField(default=0)
    told_up_to = models.PositiveBigIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    is_public = models.BooleanField(default=False)
    themes = models.JSONField(default=list)

    STEPS = {
        "draft": Step((ReportState.ASKED,), ReportState.DRAFTING),
        "open": Step((ReportState.DRAFTING,), ReportState.COMMENTING),
        "close": Step((ReportState.COMMENTING,), ReportState.DRAFTING),
        "publish": Step((ReportState.DRAFTING, ReportState.COMMENTING), ReportState.PUBLISHED),
        "rework": Step((ReportState.PUBLISHED,), ReportState.DRAFTING),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, "themes": KEEP}


class Section(models.Model):
    """What stands in one part of the outline in one language: Markdown with marks (`reports.marks`)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=50)
    language = models.CharField(max_length=2)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"key": KEEP, "language": KEEP, "text": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key", "language"], name="reports_section_once")
        ]


class Cited(models.Model):
    """A figure that the text cites: its value as a person has accepted it, and since when.

    `value` is a number, `fact` what is none (days, countries, words), as `figures.Value` codes it; neither:
    there was nothing to count it from. `kept`: what the source said when somebody kept the old
    value all the same ({"value": …}, {"gone": true}), with `reason`; {} while nobody has.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="cited")
    key = models.CharField(max_length=120)
    name = TranslatedTextField()
    kind = models.CharField(max_length=8)
    value = models.FloatField(null=True)
    fact = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)

    PERSONAL = {"key": KEEP, "name": KEEP, "kind": KEEP, "fact": KEEP, "kept": KEEP, "reason": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="reports_cited_once"),
            models.CheckConstraint(condition=Q(value=None) | Q(fact=""), name="reports_cited_number_or_fact"),
        ]

    @property
    def stands(self) -> Value:
        """What the text says."""
        return self.fact or self.value


class CommentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("comment", "Waits for an answer")
    TAKEN_UP = "taken_up", pgettext_lazy("comment", "Taken up")
    ANSWERED = "answered", pgettext_lazy("comment", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("comment", "Taken back")


class Comment(models.Model):
    """What a mentor or a mentee says of a part of the draft, or of the whole (`part` empty).

    `may_quote`: the words may stand in the report, by role and country, without the name.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="report_comments")
    part = models.CharField(max_length=50, blank=True)
    text = models.TextField()
    may_quote = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=CommentState.choices, default=CommentState.OPEN)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    STEPS = {
        "take_up": Step((CommentState.OPEN,), CommentState.TAKEN_UP),
        "answer": Step((CommentState.OPEN,), CommentState.ANSWERED),
        "withdraw": Step(
            (CommentState.OPEN, CommentState.TAKEN_UP, CommentState.ANSWERED), CommentState.WITHDRAWN
        ),
    }
    PERSONAL = {"ref": KEEP, "part": KEEP, "text": ERASE, "state": KEEP, "answer": ERASE}

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["report", "part"], name="reports_comments_of_part")]


class Agreement(models.Model):
    """A mentor or a mentee has read the draft and says yes to it; said twice it is said once."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="agreements")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="report_agreements")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "membership"],
                name="reports_agreed_once",
                condition=Q(withdrawn_at=None),
            )
        ]


class Edition(models.Model):
    """The report as it was published, never changed: {language: what `papers.Paper` holds}.

    `early_reason`: why it was published before people had their time, else "". `gaps` were left open
    knowingly; `figures`: [{key, value, at}] as they stood in the text; `quoted`: references of words in it.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    papers = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    quoted = models.JSONField(default=list)
    gaps = models.PositiveIntegerField(default=0)
    early_reason = models.CharField(max_length=300, blank=True)

    PERSONAL = {"ref": KEEP, "papers": KEEP, "figures": KEEP, "quoted": KEEP, "early_reason": KEEP}

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reports_edition_from_one"),
        ]
