"""What a programme says to those who may apply, and an application on its way to a membership."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from varpa.history.models import Channel
from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Language, Person
from varpa.programmes.models import Membership, Programme, Role


class Call(models.Model):
    """When a programme takes applications, and what its front door says beside the methodology.

    Each day is inclusive and ends in the programme's zone; without one there is no such bound. `partners`
    are names, one a line; `contact_*` whoever answers questions of applicants; `most_mentees` how many one
    mentor may offer to take.
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="call")
    mentor_opens = models.DateField(null=True)
    mentor_closes = models.DateField(null=True)
    mentee_opens = models.DateField(null=True)
    mentee_closes = models.DateField(null=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_address = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    partners = models.TextField(blank=True)
    most_mentees = models.PositiveSmallIntegerField(default=3)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {
        "contact_name": REPLACE,
        "contact_address": ERASE,
        "contact_phone": ERASE,
        "partners": KEEP,
    }


class ApplicationState(models.TextChoices):
    WRITING = "writing", pgettext_lazy("application", "Being written")
    SENT = "sent", pgettext_lazy("application", "Sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


class Application(models.Model):
    """Somebody applies, step by step, before there is a person or a membership.

    `form` is the reference of the form that began it: two clicks begin one. `ref` stands in addresses.
    `answers` is {field: value} of all steps, `revisions` {step: how often it was saved} (R13). The address
    counts as confirmed once its owner has opened the mailed link, whose `link` is the newest number; until
    then nothing becomes of it. `wanted_at`: sent before that. `late`: after the last day. `by` entered it
    from paper, which bears `day`. Of several applications of one membership the newest counts.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    form = models.CharField(max_length=20, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    role = models.CharField(max_length=12, choices=Role.choices)
    name = models.CharField(max_length=120)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    answers = models.JSONField(default=dict)
    revisions = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=ApplicationState.choices, default=ApplicationState.WRITING
    )
    late = models.BooleanField(default=False)
    link = models.PositiveSmallIntegerField(default=0)
    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="applications"
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    STEPS = {
        "send": Step((ApplicationState.WRITING,), ApplicationState.SENT),
        "withdraw": Step((ApplicationState.WRITING, ApplicationState.SENT), ApplicationState.WITHDRAWN),
    }
    PERSONAL = {
        "ref": KEEP,
        "form": KEEP,
        "role": KEEP,
        "name": REPLACE,
        "address": ERASE,
        "language": KEEP,
        "answers": ERASE,
        "revisions": KEEP,
        "state": KEEP,
        "channel": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["changed_at"], name="calls_unsent", condition=~Q(state="sent")),
            models.Index(fields=["address"], name="calls_by_address"),
        ]

    def __str__(self) -> str:
        return self.ref


class Amendment(models.Model):
    """One step of an application was corrected by its sender, after it was sent: `before` {field: answer}."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="amendments")
    step = models.CharField(max_length=12)
    before = models.JSONField(default=dict)
    at = models.DateTimeField()

    PERSONAL = {"step": KEEP, "before": ERASE}

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.step
