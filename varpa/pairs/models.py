"""A mentor and a mentee together: their pair, what has happened in it, its goals and cooperation plan."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.files.models import File
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Person
from varpa.programmes.models import MOST_MENTORS, Membership, Programme


class PairState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class Outcome(models.TextChoices):
    COMPLETED = "completed", _("Completed")
    DISSOLVED = "dissolved", _("Dissolved without blame")
    REMATCHED = "rematched", _("Matched again")


ENDED_EARLY = (Outcome.DISSOLVED, Outcome.REMATCHED)

BEFORE_THE_START = (PairState.PROPOSED, PairState.ACCEPTED)
GOING = (PairState.ACTIVE, PairState.PAUSED)
OPEN = (*BEFORE_THE_START, *GOING)


class Pair(models.Model):
    """Two memberships of one programme. Its phase is read from `Happening`, never stored.

    `shares_*`: what the pair lets the project manager see of its content: on while both share it, off at
    first (product §2). `Sharing` holds who of the two does. `place`: which of the mentor's places the mentee
    has, from 1 to the capacity. `seat`: which of the mentee's mentors this one is, from 1 to as many as the
    programme allows. No two open pairs have one. `answer_by`: until when both are asked to answer.
    `closing_words`: whoever ended the pair early lets the two write a few words to each other afterwards.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="pairs")
    mentor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="pairs_as_mentor")
    mentee = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="pairs_as_mentee")
    place = models.PositiveSmallIntegerField(default=1)
    seat = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.PROPOSED)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    end_reason = models.TextField(blank=True)
    stays_in_touch = models.BooleanField(default=False)
    closing_words = models.BooleanField(default=False)
    shares_goals = models.BooleanField(default=False)
    shares_plan = models.BooleanField(default=False)
    shares_promises = models.BooleanField(default=False)
    shares_ratings = models.BooleanField(default=False)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    active_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    STEPS = {
        "accept": Step((PairState.PROPOSED,), PairState.ACCEPTED),
        "start": Step((PairState.ACCEPTED,), PairState.ACTIVE),
        "pause": Step((PairState.ACTIVE,), PairState.PAUSED),
        "resume": Step((PairState.PAUSED,), PairState.ACTIVE),
        "end": Step(OPEN, PairState.ENDED),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, "outcome": KEEP, "end_reason": ERASE}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"], name="pairs_together_once", condition=~Q(state="ended")
            ),
            models.UniqueConstraint(
                fields=["mentee", "seat"], name="pairs_one_in_a_seat", condition=~Q(state="ended")
            ),
            models.UniqueConstraint(
                fields=["mentor", "place"], name="pairs_one_in_a_place", condition=~Q(state="ended")
            ),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=20), name="pairs_place_in_bounds"),
            models.CheckConstraint(
                condition=Q(seat__gte=1, seat__lte=MOST_MENTORS), name="pairs_seat_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", outcome__gt="") | (~Q(state="ended") & Q(outcome="")),
                name="pairs_outcome_when_ended",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="pairs_programme_state")]

    def side_of(self, membership_id: int | None) -> str:
        """ "mentor" or "mentee" for a membership of the pair, else ""."""
        return {self.mentor_id: "mentor", self.mentee_id: "mentee"}.get(membership_id or 0, "")

    def member(self, side: str) -> Membership:
        """The membership of a side."""
        return self.mentor if side == "mentor" else self.mentee


class Pause(models.Model):
    """A pair rests, from a moment until another: what falls into it does not count (R1).

    `by` and `ended_by`: whose doing it was. Nobody's where one of the two was no longer prepared.
    """

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="pauses")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], name="pairs_one_pause", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")), name="pairs_pause_ends_after"
            ),
        ]
        indexes = [models.Index(fields=["pair", "at"], name="pairs_pause_of_pair")]


class Side(models.TextChoices):
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class Answer(models.Model):
    """What a side answered to the proposal of the pair; the `reason` of a no is for the manager only."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=6, choices=Side.choices)
    yes = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP, "reason": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "side"], name="pairs_answered_once")]


class Content(models.TextChoices):
    """What a pair may let the project manager see."""

    GOALS = "goals", _("Goals")
    PLAN = "plan", _("Cooperation plan")
    PROMISES = "promises", pgettext_lazy("of a pair", "Promises")
    RATINGS = "ratings", _("How the cooperation is going")


class Sharing(models.Model):
    """One side shares a part of the content with the project manager; it opens once both do."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="sharings")
    side = models.CharField(max_length=6, choices=Side.choices)
    content = models.CharField(max_length=8, choices=Content.choices)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP, "content": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "side", "content"], name="pairs_shared_once")]


class Happening(models.Model):
    """A fact of the methodology that has happened in the pair, dated; computed by the rooms' actions."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="happenings")
    fact = models.CharField(max_length=30)
    at = models.DateTimeField()

    PERSONAL = {"fact": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "fact"], name="pairs_happens_once")]
        indexes = [models.Index(fields=["fact", "pair"], name="pairs_fact")]


class TopicAnswer(models.Model):
    """What the two say of the mentee's topic in the first half of the first meeting (methodology §8.1)."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="topic_answers")
    question = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"question": KEEP, "text": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "question"], name="pairs_topic_once")]


class GoalState(models.TextChoices):
    OPEN = "open", _("In progress")
    REACHED = "reached", pgettext_lazy("goal", "Reached")
    WITHDRAWN = "withdrawn", pgettext_lazy("goal", "Withdrawn")


class Goal(models.Model):
    """A goal of the mentee's with its steps (methodology §4, phase 2); `evidence`: what shows it."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="goals")
    text = models.TextField()
    progress = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    due = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=GoalState.choices, default=GoalState.OPEN)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    STEPS = {
        "reach": Step((GoalState.OPEN,), GoalState.REACHED),
        "reopen": Step((GoalState.REACHED, GoalState.WITHDRAWN), GoalState.OPEN),
        "withdraw": Step((GoalState.OPEN,), GoalState.WITHDRAWN),
    }
    PERSONAL = {"ref": KEEP, "text": ERASE, "progress": ERASE, "evidence": ERASE, "state": KEEP}

    class Meta:
        ordering = ["pk"]

    @property
    def is_begun(self) -> bool:
        """Whether something is written of its progress, or a step is done; its steps were read with it."""
        return bool(self.progress) or any(step.done_at for step in self.steps.all())


class GoalStep(models.Model):
    """One step towards a goal; a mistaken one is withdrawn."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "text": ERASE}

    class Meta:
        ordering = ["pk"]


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", pgettext_lazy("plan", "Waits for the other's confirmation")
    AGREED = "agreed", _("Agreed by both")
    AMENDED = "amended", pgettext_lazy("plan", "Replaced by a newer version")


class Plan(models.Model):
    """One version of the cooperation plan; every version is kept (methodology §8.1, R4).

    The pair may answer the questions, leave some blank, write `own_words`, or photograph a `paper`.
    `edition` counts the changes of what is agreed: a confirmation is for the edition that was read.
    `revision` is that of `own_words` alone. `signed_on`: both signed it on paper, which staff entered.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    own_words = models.TextField(blank=True)
    paper = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)

    STEPS = {
        "propose": Step((PlanState.DRAFT,), PlanState.PROPOSED),
        "rework": Step((PlanState.PROPOSED,), PlanState.DRAFT),
        "agree": Step((PlanState.PROPOSED,), PlanState.AGREED),
        "amend": Step((PlanState.AGREED,), PlanState.AMENDED),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, "own_words": ERASE, "signed_on": KEEP}

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "version"], name="pairs_plan_version"),
            models.UniqueConstraint(
                fields=["pair"], name="pairs_one_open_plan", condition=Q(state__in=["draft", "proposed"])
            ),
            models.UniqueConstraint(
                fields=["pair"], name="pairs_one_agreed_plan", condition=Q(state="agreed")
            ),
        ]


class PlanView(models.Model):
    """What one side thinks about a question before the two agree; `saved_at`: when it was last changed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="views")
    side = models.CharField(max_length=6, choices=Side.choices)
    question = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"side": KEEP, "question": KEEP, "text": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "side", "question"], name="pairs_view_once")]


class PlanAnswer(models.Model):
    """The agreed text for a question; `choice` is what an acting question does.

    By QuestionAct: means → list of means keys; reply_time → working days; rhythm → days between meetings,
    or [days, minutes] where the length of a meeting is agreed with it (0 days: only the length);
    evaluation → days between two looks at the cooperation; length → minutes; topics → days before a meeting;
    hours → [from, until], full hours of the day; None where nothing acts.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="agreed_answers")
    question = models.CharField(max_length=50)
    text = models.TextField(blank=True)
    choice = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=0)

    PERSONAL = {"question": KEEP, "text": ERASE, "choice": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "question"], name="pairs_agreed_once")]


class Confirmation(models.Model):
    """A side confirmed a version of the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="confirmations")
    side = models.CharField(max_length=6, choices=Side.choices)
    at = models.DateTimeField()

    PERSONAL = {"side": KEEP}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "side"], name="pairs_confirmed_once")]


class DossierConsent(models.Model):
    """A side consents that what the agreed plan says goes to the funder; `withdrawn_at`: taken back."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="dossier_consents")
    side = models.CharField(max_length=6, choices=Side.choices)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"side": KEEP}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "side"], name="pairs_consents_once", condition=Q(withdrawn_at=None)
            )
        ]
