"""Who may do what with a pair. A manager sees of its content only what the pair shares (product §2)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.mailroom.access import MailAction
from varpa.pairs.models import Outcome, Pair, PairState, PlanState
from varpa.pairs.queries import NEVER_BEGAN, is_own
from varpa.people.models import Person
from varpa.programmes.access import MembershipAction, managed_ids
from varpa.programmes.models import Membership, Programme


class PairAction(StrEnum):
    """READ: the pair's room, without content for a manager. TAKE_PART: content. LEAD: the mentor's part.

    ANSWER: to its proposal, and read how it ended; no more where the two never began.
    READ_GOALS, READ_PLAN: what a pair may share with its manager. MANAGE: pause and end it.
    """

    READ = "pair.read"
    READ_GOALS = "pair.read_goals"
    READ_PLAN = "pair.read_plan"
    ANSWER = "pair.answer"
    TAKE_PART = "pair.take_part"
    LEAD = "pair.lead"
    MANAGE = "pair.manage"


class PlanAction(StrEnum):
    """READ: one version of the cooperation plan."""

    READ = "plan.read"


class GoalAction(StrEnum):
    """READ: a goal with its steps. WRITE: change it."""

    READ = "goal.read"
    WRITE = "goal.write"


@grant(PairAction.READ, _("is one of the two"))
@grant(PairAction.ANSWER, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    mentored, learning = _own(person)
    return Q(pk__in=mentored) | Q(pk__in=learning)


@grant(PairAction.READ_GOALS, _("is one of the two"))
@grant(PairAction.READ_PLAN, _("is one of the two"))
@grant(PairAction.TAKE_PART, _("is one of the two"))
def _one_of_a_pair(person: Person) -> Q:
    return _one_of_the_two(person) & ~NEVER_BEGAN


@grant(PlanAction.READ, _("is one of the two"))
@grant(GoalAction.READ, _("is one of the two"))
@grant(GoalAction.WRITE, _("is one of the two"))
def _of_the_own_pair(person: Person) -> Q:
    mentored, learning = _own(person)
    return Q(pair__in=mentored) | Q(pair__in=learning)


def own_pairs(person: Person) -> Any:
    """A subquery of the keys of a person's own pairs, whatever became of them."""
    return Pair.objects.filter(is_own(person)).order_by().values("pk")


@grant(MailAction.READ, _("manages the programme, and is in no pair with its writer"))
@grant(MailAction.SETTLE, _("manages the programme, and is in no pair with its writer"))
def _manages_the_writer(person: Person) -> Q:
    refs = Programme.objects.filter(pk__in=managed_ids(person)).order_by().values("ref")
    theirs = Pair.objects.filter(is_own(person)).order_by()
    of_the_two = Q(person__in=theirs.values("mentor__person")) | Q(person__in=theirs.values("mentee__person"))
    return Q(programme_ref__in=refs) & ~of_the_two


def mentees_of(person: Person, *, afterwards: bool) -> Any:
    """A subquery of the keys of a mentor's mentees; `afterwards`: also of those who went the whole way.

    What a mentee works out belongs to the mentee: a mentor whose pair rests or ended early reads it no more.
    """
    states = (PairState.ACTIVE, PairState.ENDED) if afterwards else (PairState.ACTIVE,)
    apart = (Outcome.DISSOLVED, Outcome.REMATCHED)
    together = Pair.objects.filter(mentor__person=person, state__in=states).exclude(outcome__in=apart)
    return together.order_by().values("mentee")


def of_own_side(person: Person, pair: str = "pair") -> Q:
    """What a person did oneself in one's pairs: rows with a `side`; `pair` leads from them to the pair."""
    mentored, learning = _own(person)
    return Q(**{f"{pair}__in": mentored}, side="mentor") | Q(**{f"{pair}__in": learning}, side="mentee")


def _own(person: Person) -> tuple[Any, Any]:
    """Subqueries of the keys of the pairs in which a person is the mentor, and the mentee."""
    mentored = Pair.objects.filter(mentor__person=person).order_by().values("pk")
    return mentored, Pair.objects.filter(mentee__person=person).order_by().values("pk")


@grant(PairAction.LEAD, _("is the mentor"))
def _mentor(person: Person) -> Q:
    return Q(pk__in=Pair.objects.filter(mentor__person=person).order_by().values("pk")) & ~NEVER_BEGAN


@grant(PairAction.READ, _("manages the programme"))
@grant(PairAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(PairAction.READ_GOALS, _("manages the programme, and the pair shares its goals"))
def _sees_goals(person: Person) -> Q:
    return Q(programme__in=managed_ids(person), shares_goals=True)


@grant(PairAction.READ_PLAN, _("manages the programme, and the pair shares its plan"))
def _sees_plan(person: Person) -> Q:
    return Q(programme__in=managed_ids(person), shares_plan=True)


@grant(GoalAction.READ, _("manages the programme, and the pair shares its goals"))
def _sees_a_goal(person: Person) -> Q:
    return Q(Exists(_managed(person).filter(shares_goals=True)))


@grant(PlanAction.READ, _("manages the programme, and the pair shares its plan: agreed versions"))
def _sees_a_version(person: Person) -> Q:
    agreed = (PlanState.AGREED, PlanState.AMENDED)
    return Q(Exists(_managed(person).filter(shares_plan=True)), state__in=agreed)


def _managed(person: Person) -> Any:
    """The pair of a row, if the person manages its programme: asked row by row, never of all pairs."""
    return Pair.objects.filter(pk=OuterRef("pair"), programme__in=managed_ids(person))


@grant(MembershipAction.CORRECT, _("manages the programme, and the person was in no pair yet"))
def _corrects(person: Person) -> Q:
    # By the address one becomes the person, and reads what the other of the pair wrote (principle 7).
    paired = _ever_paired().values("person")
    mine = Membership.objects.filter(programme__in=managed_ids(person)).exclude(person__in=paired)
    return Q(pk__in=mine.values("pk"))


def was_paired(people: Iterable[Person]) -> bool:
    """Whether one of these people was ever in a pair that has begun."""
    return _ever_paired().filter(person__in=list(people)).exists()


def _ever_paired() -> QuerySet[Membership]:
    begun = Pair.objects.exclude(active_at=None)
    return Membership.objects.filter(Q(pk__in=begun.values("mentor")) | Q(pk__in=begun.values("mentee")))
