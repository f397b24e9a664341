"""Runs of matching: what went in, what came out; what was decided about single pairs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.programmes.models import Gender, Membership, Programme, Role


class RunState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("matching", "Waits")
    WORKING = "working", pgettext_lazy("matching", "At work")
    DONE = "done", pgettext_lazy("matching", "Done")
    FAILED = "failed", pgettext_lazy("matching", "Broken off")
    CANCELLED = "cancelled", pgettext_lazy("matching", "Cancelled")


GOING = (RunState.ASKED, RunState.WORKING)


class Run(models.Model):
    """One matching of a programme's free mentees and places, kept so that it can be shown later why.

    `rules` and `weights` are what was asked (cohort.Rules without people; parts.PartKey: 0 to 100), `figures`
    what came of it (results.Figures), with two who were not possible then under "apart": their numbers, and
    why. `failure` names what broke it off: "too_large" or "stopped".
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="runs")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.ASKED)
    progress = models.PositiveSmallIntegerField(default=0)
    rules = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    failure = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    STEPS = {
        "begin": Step((RunState.ASKED,), RunState.WORKING),
        "finish": Step((RunState.WORKING,), RunState.DONE),
        "fail": Step(GOING, RunState.FAILED),
        "cancel": Step(GOING, RunState.CANCELLED),
    }
    PERSONAL = {
        "ref": KEEP,
        "state": KEEP,
        "rules": KEEP,
        "weights": KEEP,
        "figures": KEEP,
        "failure": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], name="matching_one_going", condition=Q(state__in=["asked", "working"])
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="matching_progress_in_bounds"),
        ]
        indexes = [models.Index(fields=["programme", "-id"], name="matching_runs")]


class Entrant(models.Model):
    """A mentee or a mentor as the run saw them: `values` are those of cohort.Mentee or cohort.Mentor.

    `number` is the place in the run's order; a name is never kept, it is read from the person.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="entrants")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)

    PERSONAL = {"role": KEEP, "values": ERASE}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "role", "number"], name="matching_entered_once")
        ]


class Line(models.Model):
    """What a run found for a mentee. Without a mentor: `without` says why (telling.Without).

    `points` are 0 to 10,000; `facts` what was measured (telling.Facts). `others` are the other mentors that
    are possible, by what the whole would lose; `mentor_next` is the mentor's next best mentee
    (results.Found).
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines")
    mentee = models.OneToOneField(Entrant, on_delete=models.CASCADE, related_name="line")
    mentor = models.ForeignKey(Entrant, null=True, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveIntegerField(default=0)
    locked = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    without = models.JSONField(default=dict)
    others = models.JSONField(default=list)
    mentor_next = models.JSONField(default=list)

    PERSONAL = {"facts": KEEP, "without": KEEP, "others": KEEP, "mentor_next": KEEP}

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "mentor"], name="matching_lines")]


class Measured(models.Model):
    """What a run measured of every pair, for a question that comes later: what would it cost (`forced`)?

    `points` are those of each mentee beside every mentor, -1 where a rule forbids it, as `forced.packed`
    packs them; `places` the mentors' in their order. A cohort that is too large for it has none.
    """

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="measured")
    points = models.BinaryField()
    places = models.JSONField(default=list)

    PERSONAL = {"points": KEEP, "places": KEEP}


class Counted(models.Model):
    """A mentee who is in the figures by gender that were told so far (`genders.Told`).

    `gender` is as it was counted first, whatever the mentee says since: of one who says it anew the figures
    would tell which it is. `lot`: whom in the programme no figure tells apart.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    gender = models.CharField(max_length=5, choices=Gender.choices, blank=True)
    lot = models.PositiveIntegerField()

    PERSONAL = {"gender": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership"], name="matching_counted_once")]


class AskingState(models.TextChoices):
    GOING = "going", pgettext_lazy("proposing", "At work")
    DONE = "done", pgettext_lazy("proposing", "Done")


class Asking(models.Model):
    """Many pairs of a run that the worker proposes, in the order of `lines`; answers within `days`.

    `pairs` so many are proposed, `refused` [line, name of the refusal] of those that could not be.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="askings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AskingState.choices, default=AskingState.GOING)
    days = models.PositiveSmallIntegerField()
    lines = models.JSONField(default=list)
    pairs = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    STEPS = {"finish": Step((AskingState.GOING,), AskingState.DONE)}
    PERSONAL = {"state": KEEP, "lines": KEEP, "refused": KEEP}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["run"], name="matching_one_asking", condition=Q(state="going"))
        ]
        indexes = [models.Index(fields=["state"], name="matching_askings", condition=Q(state="going"))]

    @property
    def done(self) -> int:
        """How many are behind it, proposed or not."""
        return self.pairs + len(self.refused)

    @property
    def percent(self) -> int:
        return self.done * 100 // max(len(self.lines), 1)


class ChoiceKind(models.TextChoices):
    """LOCK: these two. FORBID: never these two. VETO: the same, asked by anyone in confidence."""

    LOCK = "lock", pgettext_lazy("matching", "Together")
    FORBID = "forbid", pgettext_lazy("matching", "Not together")
    VETO = "veto", pgettext_lazy("matching", "Asked in confidence not to be together")


ON_A_BOARD = (ChoiceKind.LOCK, ChoiceKind.FORBID)
"""What is decided on the board of a run."""


class Choice(models.Model):
    """What was decided about two people; it holds over all runs until it is undone.

    `by` wrote it down; of a veto nobody keeps who asked for it, and no page shows it. `why` is the
    staff's own word. `replaces` is the lock in whose place this one came, to which undoing returns.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="choices")
    kind = models.CharField(max_length=6, choices=ChoiceKind.choices)
    mentee = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "kind": KEEP, "why": ERASE}

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor", "kind"],
                name="matching_chosen_once",
                condition=Q(undone_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["mentee"],
                name="matching_one_lock",
                condition=Q(undone_at__isnull=True, kind="lock"),
            ),
            # A lock stands beside neither of the two: they may stand beside each other.
            *(
                models.UniqueConstraint(
                    fields=["mentee", "mentor"],
                    name=f"matching_lock_or_{no}",
                    condition=Q(undone_at__isnull=True, kind__in=["lock", no]),
                )
                for no in ("forbid", "veto")
            ),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="matching_two_people"),
        ]
        indexes = [models.Index(fields=["programme", "undone_at"], name="matching_choices")]


class Apart(models.Model):
    """A mentee or a mentor asks in confidence not to be with somebody, by name, whoever that is by then.

    `other`: the one whom it binds, once it was found who that is, whatever the name becomes. `understood_at`:
    the staff have said who is meant, where nobody or several fit; until then whoever fits the name is bound
    too. No page shows whose it is to anybody else, nor does history.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    other = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    understood_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "name": ERASE}

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["membership", "withdrawn_at"], name="matching_apart_of")]
