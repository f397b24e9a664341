"""When it does not go well (R8): cases, what was opened with a reason, calls; and the support of mentors."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.guardians.models import Worry
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.messaging.models import Message
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme


class Kind(models.TextChoices):
    GOALS = "goals", _("What we work on")
    RELATIONSHIP = "relationship", _("How we get along")
    SAFETY = "safety", _("Safety: somebody may come to harm")
    OTHER = "other", _("Something else")


class Door(models.TextChoices):
    """Whom one chose to tell; what concerns the manager or the programme's goals is the lead partner's."""

    MANAGER = "manager", _("The project manager")
    LEAD_PARTNER = "lead_partner", _("The lead partner")


class Concerns(models.TextChoices):
    US = "us", _("The two of us")
    MANAGER = "manager", _("The project manager")
    PROGRAMME = "programme", _("The goals of the whole programme")


class Wish(models.TextChoices):
    """What whoever tells would like; nothing is decided by it."""

    KNOW = "", _("That somebody knows of it")
    TALK = "talk", _("A talk with whoever reads this")
    REPAIR = "repair", _("Help for the two of us to talk it over")
    PAUSE = "pause", _("A pause")
    END = "end", _("An end, without blame")
    REMATCH = "rematch", _("To be matched with somebody else")


class CaseState(models.TextChoices):
    TOLD = "told", pgettext_lazy("case", "Not read yet")
    READ = "read", pgettext_lazy("case", "Being worked on")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Taken back")


OPEN = (CaseState.TOLD, CaseState.READ)


class Outcome(models.TextChoices):
    TALKED = "talked", pgettext_lazy("case", "Talked over, it goes on")
    HELPED = "helped", pgettext_lazy("case", "What was missing is there now")
    PAUSED = "paused", pgettext_lazy("case", "A pause was agreed")
    ENDED = "ended", pgettext_lazy("case", "The cooperation ended without blame")
    ELSEWHERE = "elsewhere", pgettext_lazy("case", "Others help now")
    NOTHING = "nothing", pgettext_lazy("case", "Nothing more was needed")


class Case(models.Model):
    """Something that goes wrong, told by one of the two, a guardian or a school (methodology §3.1, §3.3).

    `confidential`: the other of the two does not learn of it. `with_managers`, `with_lead`: who may handle
    it; nobody who is in the pair, nor whom it is `about`: the manager whom it concerns, where that is known.
    `read_by`: until when it is to be read; `handler` works on it, or is to read what was passed on.
    A guardian's or a school's `worry` keeps its own words.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cases")
    pair = models.ForeignKey(Pair, null=True, on_delete=models.PROTECT, related_name="cases")
    teller = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="cases")
    worry = models.OneToOneField(Worry, null=True, on_delete=models.PROTECT, related_name="case")
    door = models.CharField(max_length=12, choices=Door.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    concerns = models.CharField(max_length=10, choices=Concerns.choices, default=Concerns.US)
    about = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    wish = models.CharField(max_length=10, choices=Wish.choices, blank=True)
    text = models.TextField(blank=True)
    confidential = models.BooleanField(default=True)
    with_managers = models.BooleanField()
    with_lead = models.BooleanField()
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.TOLD)
    handler = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    read_by = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    STEPS = {
        "read": Step((CaseState.TOLD,), CaseState.READ),
        "pass": Step(OPEN, CaseState.TOLD),
        "close": Step((CaseState.READ,), CaseState.CLOSED),
        "withdraw": Step(OPEN, CaseState.WITHDRAWN),
    }
    PERSONAL = {
        "ref": KEEP,
        "door": KEEP,
        "kind": KEEP,
        "concerns": KEEP,
        "wish": KEEP,
        "text": ERASE,
        "state": KEEP,
        "outcome": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(teller__isnull=True) ^ Q(worry__isnull=True), name="support_told_by_one"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", outcome__gt="") | (~Q(state="closed") & Q(outcome="")),
                name="support_outcome_when_closed",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state", "read_by"], name="support_open_cases")]


class Reported(models.Model):
    """A message of the other that whoever told a case has opened to those who handle it (product §2).

    `text`: its words as they were then; its writer may take the message back, not what was told.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="reported")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    PERSONAL = {"text": ERASE}


class CaseLine(models.Model):
    """A line of a case: what is being done, `told` to whoever told it, or a note among the handlers.

    `both`: told to the other of the two as well, where what was told is not confidential.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lines")
    told = models.BooleanField()
    both = models.BooleanField(default=False)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PERSONAL = {"ref": KEEP, "text": ERASE}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(told=True) | Q(both=False), name="support_both_is_told")
        ]


class Opening(models.Model):
    """Somebody of the staff opened a pair's messages and notes, with a written reason, for a limited time.

    The two see who, when and why (product §2). Never the diary.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    PERSONAL = {"ref": KEEP, "reason": ERASE}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("at")), name="support_opening_ends_after")
        ]


class Look(models.Model):
    """What was looked at through an opening, first when: `kind` is thread, meeting, times or hours.

    Of times and hours, `thing_ref` is the pair: they are looked at together.
    """

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="looks")
    kind = models.CharField(max_length=10)
    thing_ref = models.CharField(max_length=20)
    at = models.DateTimeField()

    PERSONAL = {"kind": KEEP, "thing_ref": KEEP}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "kind", "thing_ref"], name="support_looked_once")
        ]


class Spoken(models.TextChoices):
    MENTOR = "mentor", _("with the mentor")
    MENTEE = "mentee", _("with the mentee")
    BOTH = "both", _("with both")
    NOBODY = "nobody", _("with nobody: not reached")


class Call(models.Model):
    """The staff called a pair, or tried to: whom it reached and a word on it, for the staff only."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="calls")
    spoken = models.CharField(max_length=7, choices=Spoken.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PERSONAL = {"ref": KEEP, "spoken": KEEP, "text": ERASE}

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["pair", "at"], name="support_calls_of_pair")]


class MentorQuestion(models.Model):
    """A mentor asks the chief mentor; other mentors read it with its answer where both agree (S10)."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="mentor_questions")
    mentor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    mentor_shares = models.BooleanField(default=False)
    chief_shares = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": ERASE, "answer": ERASE}

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["programme", "answered_at"], name="support_unanswered")]


class CircleWord(models.Model):
    """What a mentor or the chief mentor says in the mentors' circle of a programme."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="circle_words")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": ERASE}

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["programme", "id"], name="support_circle")]
