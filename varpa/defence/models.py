"""The defence of business plans before imaginary investors: day, slots, jurors, words (R9)."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.models import BusinessPlan, Version
from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.kernel.times import WallTimeField
from varpa.people.models import Language, Person
from varpa.programmes.models import Membership, Programme

BUDGET: Final = 100_000_000
"""What a juror has to give, in cents, unless the programme says otherwise."""


class DefenceState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("defence", "Being prepared")
    READY = "ready", pgettext_lazy("defence", "Ready")
    RUNNING = "running", pgettext_lazy("defence", "Going on")
    CLOSED = "closed", pgettext_lazy("defence", "Closed")
    OFF = "off", pgettext_lazy("defence", "Called off")


OVER: Final = (DefenceState.CLOSED, DefenceState.OFF)
"""A day on which nothing happens any more."""


class Mode(models.TextChoices):
    INVESTMENT = "investment", _("Words and investment")
    WORDS = "words", _("Words only")


class Tie(models.TextChoices):
    """Which of two with an equal share stands first in the protocol; fixed beforehand."""

    SHARED = "shared", _("They share the place")
    INVESTORS = "investors", _("The one in whom more jurors invested")
    LOTS = "lots", _("Lots, drawn with the number that is shown")


class Reckoning(models.TextChoices):
    """How the shares of a closed day compare. PLAIN: every juror could fund every plan, or nobody gave.

    WAITS: not so, and the worker reckons. ADDITIVE: reckoned as if it had been so. APART: the jurors of some
    plans have no plan in common with those of others.
    """

    PLAIN = "plain", _("Every juror could fund every plan")
    WAITS = "waits", _("Being reckoned")
    ADDITIVE = "additive", _("Reckoned as if every juror could have funded every plan")
    APART = "apart", _("Not comparable")


class Defence(models.Model):
    """A day, in one room, on which business plans are defended. Amounts are cents of its currency.

    `places`: how many present at most, None is no limit; the plans beyond wait for another day.

    After every `break_after` slots there is a break (0: none). `seed` draws the order and the lots. `turn`
    counts what the host does: a page that shows another number is out of date. `sequence` counts how often it
    has been moved or called off, for calendars; `reason`: why it was called off. `hall_opened_at`: since when
    the hall may choose a favourite, until the day closes. `rehearsal_of`: the day that this one tries out,
    with made-up jurors and without a trace; None of a real day.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="defences")
    state = models.CharField(max_length=7, choices=DefenceState.choices, default=DefenceState.DRAFT)
    starts_local = WallTimeField()
    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    break_after = models.PositiveSmallIntegerField(default=0)
    break_minutes = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.INVESTMENT)
    budget = models.PositiveBigIntegerField(default=BUDGET)
    tie = models.CharField(max_length=9, choices=Tie.choices, default=Tie.SHARED)
    places = models.PositiveSmallIntegerField(null=True)
    seed = models.PositiveIntegerField()
    turn = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    hall_opened_at = models.DateTimeField(null=True)
    reckoning = models.CharField(max_length=8, choices=Reckoning.choices, default=Reckoning.PLAIN)
    rehearsal_of = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="rehearsal")

    STEPS = {
        "announce": Step((DefenceState.DRAFT,), DefenceState.READY),
        "take_back": Step((DefenceState.READY,), DefenceState.DRAFT),
        "begin": Step((DefenceState.READY,), DefenceState.RUNNING),
        "finish": Step((DefenceState.RUNNING,), DefenceState.CLOSED),
        "cancel": Step((DefenceState.DRAFT, DefenceState.READY), DefenceState.OFF),
    }
    PERSONAL = dict.fromkeys(
        ("ref", "state", "starts_local", "zone", "place", "mode", "tie", "reckoning", "reason"), KEEP
    )

    class Meta:
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=240), name="defence_slot_length"),
            models.CheckConstraint(condition=Q(places=None) | Q(places__gte=1), name="defence_has_places"),
        ]

    @property
    def is_over(self) -> bool:
        """Whether nothing happens on it any more: it is closed, or was called off."""
        return self.state in OVER

    @property
    def invests(self) -> bool:
        """Whether jurors give money, not words only."""
        return self.mode == Mode.INVESTMENT


class SlotState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("slot", "Waiting")
    RUNNING = "running", pgettext_lazy("slot", "Presents now")
    PAUSED = "paused", pgettext_lazy("slot", "Paused")
    CLOSED = "closed", pgettext_lazy("slot", "Presented")
    ABSENT = "absent", pgettext_lazy("slot", "Not here")


ON_STAGE: Final = (SlotState.RUNNING, SlotState.PAUSED)
SHOWN: Final = (*ON_STAGE, SlotState.CLOSED)
"""Whoever the hall has seen on its screen."""


class Slot(models.Model):
    """One presentation. `version`: the submitted plan that the jurors saw.

    In a rehearsal there is no `plan`, so that nothing of it ever counts for one: `of` is the presentation of
    the real day that is tried out, or there is none and everything is made up.

    `ends_at`: when the time is over; paused, `left` seconds remain. At its close `received` and `eligible`
    are fixed: the cents given, and the budgets of those who could give. `first_closed_at` stays when it is
    opened once more: what was sealed has been. `number` is that of the certificate.
    `adjusted`: the share as if every juror could have given, where the sets of jurors differ.
    `favourite`: the hall's, known once the day is closed; of those with as many voices each is one.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    defence = models.ForeignKey(Defence, on_delete=models.CASCADE, related_name="slots")
    plan = models.ForeignKey(BusinessPlan, null=True, on_delete=models.PROTECT, related_name="defence_slots")
    of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="rehearsed")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=SlotState.choices, default=SlotState.WAITING)
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    left = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    first_closed_at = models.DateTimeField(null=True)
    received = models.PositiveBigIntegerField(default=0)
    eligible = models.PositiveBigIntegerField(default=0)
    number = models.CharField(max_length=20, unique=True, default=new_ref)
    favourite = models.BooleanField(default=False)
    adjusted = models.FloatField(null=True)

    STEPS = {
        "start": Step((SlotState.WAITING,), SlotState.RUNNING),
        "pause": Step((SlotState.RUNNING,), SlotState.PAUSED),
        "go_on": Step((SlotState.PAUSED,), SlotState.RUNNING),
        "close": Step(ON_STAGE, SlotState.CLOSED),
        "reopen": Step((SlotState.CLOSED,), SlotState.PAUSED),
        "undo": Step(ON_STAGE, SlotState.WAITING),
        "absent": Step((SlotState.WAITING,), SlotState.ABSENT),
        "here": Step((SlotState.ABSENT,), SlotState.WAITING),
    }
    PERSONAL = {"ref": KEEP, "state": KEEP, "number": KEEP}

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["defence", "plan"], name="defence_plan_once"),
            models.UniqueConstraint(
                fields=["defence"], condition=Q(state__in=ON_STAGE), name="defence_one_presents"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ON_STAGE)
                | Q(state=SlotState.CLOSED, first_closed_at__isnull=False)
                | Q(state__in=(SlotState.WAITING, SlotState.ABSENT), first_closed_at__isnull=True),
                name="defence_closed_has_been",
            ),
        ]

    @property
    def member(self) -> Membership:
        """Who presents, on a day that is no rehearsal."""
        assert self.plan
        return self.plan.membership

    @property
    def presented(self) -> BusinessPlan | None:
        """The plan, in a rehearsal that of the real day; None where it is made up."""
        return self.of.plan if self.of else self.plan

    @property
    def name(self) -> str:
        """Who presents, as the hall sees it."""
        plan = self.presented
        return plan.membership.person.name if plan else gettext("Made-up mentee")

    @property
    def spoken(self) -> str:
        """The language in which the plan is written; "" where it is made up."""
        plan = self.presented
        return plan.membership.person.language if plan else ""

    @property
    def first_name(self) -> str:
        plan = self.presented
        return plan.membership.person.first_name if plan else self.name

    @property
    def title(self) -> str:
        """What the plan is called."""
        plan = self.presented
        return plan.title if plan else gettext("Made-up plan {number}").format(number=self.place)

    @property
    def tone(self) -> str:
        """How its state is drawn."""
        return {SlotState.CLOSED: "done", SlotState.RUNNING: "going", SlotState.PAUSED: "going"}.get(
            SlotState(self.state), "ahead"
        )


class Juror(models.Model):
    """Somebody before whom plans are defended: a person of the programme, or a guest without an account.

    `budget` is equal for all of one defence; `spent`, what all words of the juror give away together, can
    never exceed it.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    defence = models.ForeignKey(Defence, on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    budget = models.PositiveBigIntegerField()
    spent = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "name": REPLACE, "address": ERASE, "language": KEEP}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["defence", "person"],
                name="defence_juror_once",
                condition=Q(withdrawn_at__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                "defence",
                Lower("address"),
                name="defence_guest_once",
                condition=Q(withdrawn_at__isnull=True, person__isnull=True) & ~Q(address=""),
            ),
            models.CheckConstraint(condition=Q(spent__lte=F("budget")), name="defence_within_the_budget"),
        ]


class JurorLink(models.Model):
    """A link that was mailed to a guest: only the newest counts, nobody reads it out of `digest`."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "digest": ERASE}

    class Meta:
        ordering = ["-pk"]


class Recusal(models.Model):
    """A juror who stands back from one plan by own word. Own mentees need no row: pairs are asked.

    It is of the plan, and outlives the place that an order gave it: without a `slot` it waits for the next
    one. A presentation of a rehearsal has no `plan`. `withdrawn_at`: the juror has come back since.
    """

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="recusals")
    slot = models.ForeignKey(Slot, null=True, on_delete=models.SET_NULL, related_name="recusals")
    plan = models.ForeignKey(BusinessPlan, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "slot"],
                name="defence_recused_once",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Listener(models.Model):
    """A juror who could fund a presentation when it closed: whose budget divides what it has received.

    Stays when it is opened again; the next close writes them down anew.
    """

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="listeners")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="listened")

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "juror"], name="defence_listener_once")]


class Word(models.Model):
    """What one juror says to one presentation and gives to it; sealed while the slot is not open."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="words")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="words")
    convinced = models.TextField(blank=True)
    next = models.TextField(blank=True)
    amount = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    PERSONAL = {"convinced": ERASE, "next": ERASE}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["slot", "juror"], name="defence_word_once")]


class Voice(models.Model):
    """One phone's favourite, while the day goes on: nothing says whose, and no voice outlives the day.

    `device` is the digest of a cookie: one phone has one voice. Whoever takes another phone has another.
    """

    defence = models.ForeignKey(Defence, on_delete=models.CASCADE, related_name="voices")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="voices")
    device = models.CharField(max_length=64)

    PERSONAL = {"device": ERASE}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["defence", "device"], name="defence_one_voice")]
