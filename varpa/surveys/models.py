"""Surveys: questions, who was asked, answers, and what came of them (methodology §9, R10, S16).

An anonymous answer leads nowhere. A sheet has a random key that is also its place in the table, no time, no
order, no membership; the link by which it was written is destroyed in the transaction that keeps it. Who has
answered is known (an invitation's state, a line of history), which sheet is whose is not (decision 0016).
"""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.events.models import Event
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.text import TranslatedTextField
from varpa.methodology.surveys import AskKind
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme

RANDOM_BITS = 62


def random_key() -> int:
    """A key that says nothing about when a row was written: on SQLite it is the place of the row as well."""
    return secrets.randbits(RANDOM_BITS) + 1


class SurveyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("survey", "Draft")
    OPEN = "open", pgettext_lazy("survey", "Open")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


class Secrecy(models.TextChoices):
    ANONYMOUS = "anonymous", _("anonymous")
    CONFIDENTIAL = "confidential", _("confidential")


class Survey(models.Model):
    """A survey: an editable copy of a form of the methodology. `key` names it within its programme.

    `compares` is the key of the survey with which it is compared, `event` the training that it asks about.
    `closes_on` is its last day, inclusive, in the programme's zone. `stale`: there are answers that the kept
    results do not count yet.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="surveys")
    key = models.CharField(max_length=50)
    state = models.CharField(max_length=6, choices=SurveyState.choices, default=SurveyState.DRAFT)
    name = TranslatedTextField()
    text = TranslatedTextField(default=dict)
    roles = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField()
    secrecy = models.CharField(max_length=12, choices=Secrecy.choices)
    compares = models.CharField(max_length=50, blank=True)
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="surveys")
    closes_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    stale = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    STEPS = {
        "send": Step((SurveyState.DRAFT,), SurveyState.OPEN),
        "send_again": Step((SurveyState.OPEN, SurveyState.CLOSED), SurveyState.OPEN),
        "close": Step((SurveyState.OPEN,), SurveyState.CLOSED),
    }
    PERSONAL = dict.fromkeys(("ref", "key", "state", "name", "text", "roles", "secrecy", "compares"), KEEP)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="surveys_key_once"),
            models.CheckConstraint(
                condition=Q(compares="") | Q(secrecy=Secrecy.CONFIDENTIAL), name="surveys_compared_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def anonymous(self) -> bool:
        return self.secrecy == Secrecy.ANONYMOUS


class Question(models.Model):
    """A question of a survey. `key` never takes another meaning; a removed one stays in the results.

    `options` and `rows` are [{"key": …, "text": {"lv": …}}]. `roles`: who is asked, none is everybody.
    `only_question` and `only_is`: asked only of whoever has chosen that option there. `again`: looks back.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    key = models.CharField(max_length=50)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=[(each.value, each.value) for each in AskKind])
    text = TranslatedTextField()
    hint = TranslatedTextField(default=dict)
    least = models.SmallIntegerField(default=1)
    most = models.IntegerField(default=5)
    low = TranslatedTextField(default=dict)
    high = TranslatedTextField(default=dict)
    options = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    only_question = models.CharField(max_length=50, blank=True)
    only_is = models.CharField(max_length=50, blank=True)
    again = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)

    PERSONAL = dict.fromkeys(
        (
            "ref",
            "key",
            "kind",
            "text",
            "hint",
            "low",
            "high",
            "options",
            "rows",
            "roles",
            "only_question",
            "only_is",
        ),
        KEEP,
    )

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "key"], name="surveys_question_once")]


class InvitationState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("survey", "Not answered yet")
    ANSWERED = "answered", pgettext_lazy("survey", "Has answered")


class Invitation(models.Model):
    """A member is asked. `seed` gives the personal link, `digest` finds it; both are destroyed by an answer.

    `group_role` and `group_country` are what may stand beside an anonymous answer: empty where fewer than
    five are asked with whom one would be one of the same. When one has answered stands nowhere here.
    `role` and `country` are those of the member when asked: rates count people where their answers stand.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="survey_invitations")
    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    state = models.CharField(max_length=8, choices=InvitationState.choices, default=InvitationState.ASKED)
    seed = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    group_role = models.CharField(max_length=12, blank=True)
    group_country = models.CharField(max_length=2, blank=True)
    sent_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)

    STEPS = {"answer": Step((InvitationState.ASKED,), InvitationState.ANSWERED)}
    PERSONAL = dict.fromkeys(
        ("ref", "state", "seed", "digest", "role", "country", "group_role", "group_country"), KEEP
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "membership"], name="surveys_asked_once"),
            models.UniqueConstraint(fields=["digest"], name="surveys_one_link", condition=Q(digest__gt="")),
            models.CheckConstraint(
                condition=Q(state=InvitationState.ASKED) | Q(digest="", seed=""),
                name="surveys_link_dies_with_the_answer",
            ),
        ]
        indexes = [models.Index(fields=["survey", "state"], name="surveys_who_answered")]


class Draft(models.Model):
    """What is written and not sent yet, under the digest of its link and nothing else.

    `asked`: the marks of the questions as they were asked when it was kept.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    values = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"digest": KEEP, "values": ERASE, "asked": KEEP}


class Drawn(models.IntegerChoices):
    """Where an answer is counted while its survey is open."""

    WAITS = 0
    WHOLE = 1
    GROUPS = 2


class Sheet(models.Model):
    """The answers of one: {key of a question: value}. `membership` is empty in an anonymous survey.

    `drawn`: by lot, for what is shown while the survey is open; it says nothing of when an answer came.
    """

    id = models.BigAutoField(primary_key=True, default=random_key)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets")
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.CASCADE, related_name="survey_sheets"
    )
    role = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    values = models.JSONField(default=dict)
    drawn = models.PositiveSmallIntegerField(choices=Drawn.choices, default=Drawn.WAITS)

    PERSONAL = {"role": KEEP, "country": KEEP, "values": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "membership"],
                name="surveys_one_sheet",
                condition=Q(membership__isnull=False),
            )
        ]


class Result(models.Model):
    """What came of a survey, by the worker: only what may be shown (R10). `counted`: so many sheets.

    Beside the figures stand the batches by which they stepped forward, and whether the survey had closed.
    `few`: of how many questions the own words are too few for the manager, who waits for their themes.
    """

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="result")
    data = models.JSONField(default=dict)
    counted = models.PositiveIntegerField(default=0)
    few = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    PERSONAL = {"data": KEEP}


class Theme(models.Model):
    """What several open answers to a question have in common, in the words of who read them."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="themes")
    text = TranslatedTextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": KEEP}

    class Meta:
        ordering = ["pk"]
