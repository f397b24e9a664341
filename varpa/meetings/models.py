"""The beat of a pair: meetings with before and after, promises, and the ledger of hours."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.times import WallTimeField
from varpa.pairs.models import Pair, Side

LONGEST = 12 * 60
"""Minutes that a meeting, or a line of an agenda, can last."""


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    HELD = "held", pgettext_lazy("meeting", "Held")
    MISSED = "missed", pgettext_lazy("meeting", "Missed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class MissedBy(models.TextChoices):
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")
    BOTH = "both", _("Both")


class Photos(models.TextChoices):
    """Whether the firm lets a visit be photographed."""

    UNSAID = "", pgettext_lazy("photographs", "Not said yet")
    YES = "yes", pgettext_lazy("photographs", "Yes")
    ASK = "ask", pgettext_lazy("photographs", "Ask each time")
    NO = "no", pgettext_lazy("photographs", "No")


class Meeting(models.Model):
    """A meeting of the two, planned at a local hour that stays through clock changes (R12).

    `kind` and `means` are keys of the methodology. `starts_local` is the hour on the wall in `zone`. A visit
    has a `host`, a colleague, and a `country`, "" for the mentor's. `reason_by`: whose words the reason is.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=50)
    means = models.CharField(max_length=50)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    starts_local = WallTimeField()
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=300, blank=True)
    host = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    photos = models.CharField(max_length=3, choices=Photos.choices, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    planned_by = models.CharField(max_length=6, choices=Side.choices)
    planned_at = models.DateTimeField()
    missed_by = models.CharField(max_length=6, choices=MissedBy.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    reason_by = models.CharField(max_length=6, choices=Side.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    goals = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    agenda = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    STEPS = {
        "move": Step((MeetingState.PLANNED,), MeetingState.PLANNED),
        "hold": Step((MeetingState.PLANNED, MeetingState.MISSED), MeetingState.HELD),
        "miss": Step((MeetingState.PLANNED, MeetingState.HELD), MeetingState.MISSED),
        "cancel": Step((MeetingState.PLANNED,), MeetingState.CANCELLED),
    }
    PERSONAL = {
        "ref": KEEP,
        "kind": KEEP,
        "means": KEEP,
        "state": KEEP,
        "zone": KEEP,
        "place": ERASE,
        "host": ERASE,
        "country": KEEP,
        "photos": KEEP,
        "planned_by": KEEP,
        "missed_by": KEEP,
        "reason": ERASE,
        "reason_by": KEEP,
        "starts_local": KEEP,
        "goals": ERASE,
        "resources": ERASE,
        "agenda": ERASE,
    }

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=24 * 60), name="meetings_length_of_a_day_at_most"
            ),
            models.CheckConstraint(
                condition=Q(state="missed", missed_by__gt="") | (~Q(state="missed") & Q(missed_by="")),
                name="meetings_missed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["pair", "state", "starts_at"], name="meetings_of_pair"),
            models.Index(fields=["state", "starts_at"], name="meetings_by_time"),
        ]


class Move(models.Model):
    """A meeting was moved: from when, invited by which `sequence` (None: before that was kept), by whom."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moves")
    side = models.CharField(max_length=6, choices=Side.choices)
    was_local = WallTimeField()
    was_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP, "was_local": KEEP}


class Said(models.TextChoices):
    YES = "yes", pgettext_lazy("coming", "Comes")
    MAYBE = "maybe", pgettext_lazy("coming", "May come")
    NO = "no", pgettext_lazy("coming", "Cannot come")


class Coming(models.Model):
    """What one side has last said to an invitation; it holds for that `sequence`, not for another time.

    `proposed_*`: what a calendar program proposes instead, None or "" where it is as planned. `stamped_at`:
    its DTSTAMP; of two answers the later one counts. `declined_at`: when the other let it stay as planned.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="comings")
    side = models.CharField(max_length=6, choices=Side.choices)
    said = models.CharField(max_length=6, choices=Said.choices)
    sequence = models.PositiveIntegerField()
    word = models.TextField(blank=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_minutes = models.PositiveIntegerField(null=True)
    proposed_place = models.CharField(max_length=300, blank=True)
    stamped_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP, "said": KEEP, "word": ERASE, "proposed_place": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "side"], name="meetings_said_once"),
            models.CheckConstraint(
                condition=Q(said="no") | Q(proposed_at=None, proposed_minutes=None, proposed_place=""),
                name="meetings_proposed_with_a_no",
            ),
            models.CheckConstraint(
                condition=Q(proposed_minutes=None) | Q(proposed_minutes__gt=0, proposed_minutes__lte=LONGEST),
                name="meetings_proposed_length",
            ),
        ]

    @property
    def is_of_the_hour(self) -> bool:
        """Whether a no is one to the hour: not where only another length or place is proposed."""
        return bool(self.proposed_at) or not (self.proposed_minutes or self.proposed_place)


class Topic(models.Model):
    """A topic or question that one of the two brings to a meeting; usually the mentee's (R5)."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="topics")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.TextField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "side": KEEP, "text": ERASE}

    class Meta:
        ordering = ["pk"]


class Notes(models.Model):
    """What one side notes during a meeting. Both read both; each writes their own, so that nobody waits.

    `saved_at`: when it was last changed, None where that was before it was kept.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"side": KEEP, "text": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "side"], name="meetings_noted_once")]


class PrivateNotes(models.Model):
    """What one side notes of a meeting for itself. No grant, opening or letter ever shows it to another."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"side": KEEP, "text": ERASE}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "side"], name="meetings_noted_privately_once")
        ]


class PrivatePhotograph(models.Model):
    """A page of notes for oneself that was written by hand: read by nobody else, as those notes are.

    `about` says in a few words what stands on it; it may be empty.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "side": KEEP, "about": ERASE}

    class Meta:
        ordering = ["pk"]


class Review(models.Model):
    """One side's own "after": a box, the rest folded. The other reads it only where both share (R5).

    `saved_at`: when it was last changed, None where that was before it was kept.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reviews")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.TextField(blank=True)
    how_it_went = models.TextField(blank=True)
    results = models.TextField(blank=True)
    progress = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"side": KEEP, "text": ERASE, "how_it_went": ERASE, "results": ERASE, "progress": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "side"], name="meetings_reviewed_once")]


class Picture(models.Model):
    """A picture from a meeting, which only the two see, and who of them can be recognised in it.

    Of a minor it is shown only while a guardian permits photographs, of a visit only while the firm lets it
    be photographed. `about` is what it shows in words.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    about = models.CharField(max_length=200, blank=True)
    shows_mentor = models.BooleanField()
    shows_mentee = models.BooleanField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "side": KEEP, "about": ERASE}

    class Meta:
        ordering = ["pk"]


class PromiseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    WITHDRAWN = "withdrawn", pgettext_lazy("promise", "Withdrawn")


class Promise(models.Model):
    """What one of the two promised; only the maker writes it, only the maker sees it late."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="promises")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="promises")
    side = models.CharField(max_length=6, choices=Side.choices)
    text = models.CharField(max_length=300)
    due = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=PromiseState.choices, default=PromiseState.OPEN)
    at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)

    STEPS = {
        "keep": Step((PromiseState.OPEN,), PromiseState.KEPT),
        "reopen": Step((PromiseState.KEPT,), PromiseState.OPEN),
        "withdraw": Step((PromiseState.OPEN,), PromiseState.WITHDRAWN),
    }
    PERSONAL = {"ref": KEEP, "side": KEEP, "text": ERASE, "state": KEEP}

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["state", "due"], name="meetings_promise_due")]


class LineState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("hours", "Waits for the other's yes")
    CONFIRMED = "confirmed", pgettext_lazy("hours", "Confirmed")
    OBJECTED = "objected", pgettext_lazy("hours", "Being settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("hours", "Withdrawn")


class Length(NamedTuple):
    """How long something was, as one side says; None where that side has said only a word."""

    side: str
    minutes: int | None


class HourLine(models.Model):
    """A line of the ledger: a held meeting or e-mentoring work, in minutes (R2).

    Entered by one side; the other confirms, or objects with a word; 14 days of silence confirm (`silent`).
    While an objection is open, `minutes` is the length of the side that entered the line, `settled_minutes`
    the length of the other (None: only the word), and `settled_by` the side that has spoken last.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="hours")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="hours")
    day = models.DateField()
    minutes = models.PositiveIntegerField()
    work = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=6, choices=Side.choices)
    state = models.CharField(max_length=10, choices=LineState.choices, default=LineState.WAITING)
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    silent = models.BooleanField(default=False)
    objection = models.CharField(max_length=300, blank=True)
    settled_by = models.CharField(max_length=6, choices=Side.choices, blank=True)
    settled_minutes = models.PositiveIntegerField(null=True)

    STEPS = {
        "confirm": Step((LineState.WAITING,), LineState.CONFIRMED),
        "object": Step((LineState.WAITING,), LineState.OBJECTED),
        "settle": Step((LineState.OBJECTED,), LineState.CONFIRMED),
        "withdraw": Step((LineState.WAITING, LineState.OBJECTED, LineState.CONFIRMED), LineState.WITHDRAWN),
    }
    PERSONAL = {
        "ref": KEEP,
        "work": ERASE,
        "side": KEEP,
        "state": KEEP,
        "objection": ERASE,
        "settled_by": KEEP,
    }

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], name="meetings_counted_once", condition=~Q(state="withdrawn")
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=24 * 60), name="meetings_line_of_a_day_at_most"
            ),
        ]
        indexes = [
            models.Index(fields=["pair", "state"], name="meetings_hours_of_pair"),
            models.Index(fields=["state", "at"], name="meetings_hours_waiting"),
        ]

    @property
    def lengths(self) -> list[Length]:
        """What each side says of an objected line, the mentor first."""
        other = Side.MENTEE if self.side == Side.MENTOR else Side.MENTOR
        said = [Length(self.side, self.minutes), Length(other, self.settled_minutes)]
        return sorted(said, key=lambda length: length.side == Side.MENTEE)

    def said_by(self, side: str) -> int | None:
        """How long it was, as one side says."""
        return self.minutes if side == self.side else self.settled_minutes
