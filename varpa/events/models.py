"""Joint meetings, trainings and informative events of a programme (methodology §10, S14)."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.text import TranslatedTextField
from varpa.kernel.times import WallTimeField
from varpa.people.models import Language, Person
from varpa.programmes.models import Membership, Programme


class EventKind(models.TextChoices):
    JOINT = "joint", _("Joint meeting")
    TRAINING = "training", _("Training")
    INFORMATIVE = "informative", _("Informative event")


class EventState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("event", "Draft")
    ANNOUNCED = "announced", pgettext_lazy("event", "Announced")
    HELD = "held", pgettext_lazy("event", "Held")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")


class Event(models.Model):
    """An event of a programme, at a local hour in `zone`.

    `period` and `training` are keys of the methodology where the event is one of its own. `roles` and
    `countries` say who is invited; no country means all. `places`: how many can come, None is no limit;
    `taken` is how many of them are, brought up to date whenever somebody answers. `sequence` grows with
    every change that calendars are told of (RFC 5546), last at `changed_at`.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    period = models.CharField(max_length=50, blank=True)
    training = models.CharField(max_length=50, blank=True)
    title = TranslatedTextField()
    text = TranslatedTextField(default=dict)
    starts_local = WallTimeField()
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    languages = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    places = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    feedback_asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    STEPS = {
        "announce": Step((EventState.DRAFT,), EventState.ANNOUNCED),
        "change": Step((EventState.ANNOUNCED,), EventState.ANNOUNCED),
        "hold": Step((EventState.ANNOUNCED,), EventState.HELD),
        "cancel": Step((EventState.DRAFT, EventState.ANNOUNCED), EventState.CANCELLED),
    }
    PERSONAL = {
        "ref": KEEP,
        "kind": KEEP,
        "state": KEEP,
        "period": KEEP,
        "training": KEEP,
        "title": KEEP,
        "text": KEEP,
        "starts_local": KEEP,
        "zone": KEEP,
        "place": KEEP,
        "link": KEEP,
        "languages": KEEP,
        "roles": KEEP,
        "countries": KEEP,
        "reason": KEEP,
    }

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(taken__lte=F("places")), name="events_room_for_all"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="events_takes_time"),
        ]
        indexes = [models.Index(fields=["programme", "starts_at"], name="events_in_order")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def ends_local(self) -> datetime:
        return self.starts_local + timedelta(minutes=self.minutes)

    @property
    def days(self) -> list[date]:
        """The days on which it takes place; what ends at midnight is not there on the next one."""
        first, last = self.starts_local.date(), (self.ends_local - timedelta(minutes=1)).date()
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    @property
    def lasts_days(self) -> bool:
        return len(self.days) > 1


class AgendaItem(models.Model):
    """One part of an event: `topic` is a key of the methodology's, `leads` who leads it, in own words.

    `day` counts from the day on which the event begins, which is 0; it is known wherever the hour is.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    day = models.SmallIntegerField(null=True)
    begins = models.TimeField(null=True)
    title = TranslatedTextField()
    topic = models.CharField(max_length=50, blank=True)
    leads = models.CharField(max_length=160, blank=True)
    revision = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "title": KEEP, "topic": KEEP, "leads": ERASE}

    class Meta:
        ordering = [F("day").asc(nulls_last=True), F("begins").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(day__isnull=False), name="events_hour_has_day"
            )
        ]

    @property
    def on(self) -> date | None:
        """On which day it is."""
        return None if self.day is None else self.event.starts_local.date() + timedelta(days=self.day)

    @property
    def begins_local(self) -> datetime | None:
        return datetime.combine(self.on, self.begins) if self.on and self.begins else None

    @property
    def fits(self) -> bool:
        """Whether it lies within its event, or nobody has said when it is."""
        begins = self.begins_local
        return begins is None or self.event.starts_local <= begins <= self.event.ends_local


class Material(models.Model):
    """What one can read or take along for a part of an event: a file, or a link."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=160)
    link = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "title": KEEP, "link": KEEP}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                name="events_file_or_link",
            )
        ]


class TrainingProgramme(models.Model):
    """The training programme, the manager's own document (methodology §10): one a programme.

    Its trainings and topics are those of the methodology and of the events; `text` is what the manager says
    of them. Members read it while `published_at` is set.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="training_programme")
    text = TranslatedTextField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": KEEP}


class InvitationState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("invitation", "No answer yet")
    COMING = "coming", pgettext_lazy("invitation", "Comes")
    WAITING = "waiting", pgettext_lazy("invitation", "On the waiting list")
    AWAY = "away", pgettext_lazy("invitation", "Cannot come")


class Invitation(models.Model):
    """A member was invited, and what the member has answered. `waits_since` orders the waiting list.

    `told` is the sequence of the event of which a letter was written last; None before the first one.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="invitations")
    state = models.CharField(max_length=8, choices=InvitationState.choices, default=InvitationState.ASKED)
    travel = models.CharField(max_length=200, blank=True)
    diet = models.CharField(max_length=200, blank=True)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    waits_since = models.DateTimeField(null=True)
    told = models.PositiveIntegerField(null=True)

    STEPS = {
        "come": Step(
            (InvitationState.ASKED, InvitationState.WAITING, InvitationState.AWAY), InvitationState.COMING
        ),
        "wait": Step((InvitationState.ASKED, InvitationState.AWAY), InvitationState.WAITING),
        "stay_away": Step(
            (InvitationState.ASKED, InvitationState.COMING, InvitationState.WAITING), InvitationState.AWAY
        ),
    }
    PERSONAL = {"state": KEEP, "travel": ERASE, "diet": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "membership"], name="events_invited_once"),
            models.CheckConstraint(
                condition=~Q(state=InvitationState.WAITING) | Q(waits_since__isnull=False),
                name="events_waits_since",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="events_answers")]

    @property
    def is_earlier(self) -> bool:
        """Whether it was said before the event was changed that one comes: the place is kept all the same."""
        changed, answered = self.event.changed_at, self.answered_at
        return self.state == InvitationState.COMING and bool(changed and answered and answered < changed)


class How(models.TextChoices):
    """How it is known that somebody was there."""

    LIST = "list", pgettext_lazy("attendance", "ticked on the list")
    CODE = "code", pgettext_lazy("attendance", "by the code on the spot")
    PAPER = "paper", pgettext_lazy("attendance", "signed on paper")


class Attendance(models.Model):
    """A member was there: how it is known, by whom it was entered, and when (R11)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    how = models.CharField(max_length=5, choices=How.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"how": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "membership"],
                name="events_present_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Sheet(models.Model):
    """A scan or photograph of the list that people signed on paper."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sheets")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP}

    class Meta:
        ordering = ["pk"]


class Question(models.Model):
    """What is not clear to a member. `in_confidence`: only staff reads it, and whoever asked."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="event_questions")
    text = models.TextField()
    language = models.CharField(max_length=2, choices=Language.choices)
    in_confidence = models.BooleanField(default=False)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_in = models.CharField(max_length=2, choices=Language.choices, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"ref": KEEP, "text": ERASE, "language": KEEP, "answer": KEEP, "answered_in": KEEP}

    class Meta:
        ordering = ["at", "pk"]


class Vote(models.Model):
    """Another member wants this question answered too."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="event_votes")
    at = models.DateTimeField()

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "membership"], name="events_voted_once")]


class Saying(models.Model):
    """What is talked over beside an event; `under`: what it answers to.

    `in_confidence`: only staff reads it, and whoever said the first word; an answer is as its first word is.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sayings")
    under = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="sayings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=2, choices=Language.choices)
    in_confidence = models.BooleanField(default=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": ERASE, "language": KEEP}

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["event", "at"], name="events_talk")]


class Helped(models.TextChoices):
    """In words and without a number, as everywhere."""

    MUCH = "much", pgettext_lazy("event", "It helped me a lot")
    SOMEWHAT = "somewhat", pgettext_lazy("event", "It helped me somewhat")
    LITTLE = "little", pgettext_lazy("event", "It helped me little")


class Feedback(models.Model):
    """One minute after the event. Staff reads it only of five or more together, without names (R10)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="event_feedback")
    helped = models.CharField(max_length=8, choices=Helped.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    PERSONAL = {"helped": KEEP, "text": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "membership"], name="events_one_feedback")]
