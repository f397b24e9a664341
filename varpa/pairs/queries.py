"""Reading pairs: their sides, phase, plan, goals."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from varpa.kernel.text import TranslatedText
from varpa.methodology import Fact, Methodology
from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Phase
from varpa.pairs.models import (
    Goal,
    GoalState,
    GoalStep,
    Happening,
    Pair,
    PairState,
    Plan,
    PlanAnswer,
    PlanState,
    Side,
)
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import all_prepared, methodology_of, prepared, today_of

OTHER = {Side.MENTOR.value: Side.MENTEE.value, Side.MENTEE.value: Side.MENTOR.value}


def with_people(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with both people and the programme, in one query."""
    return pairs.select_related(
        "mentor__person", "mentee__person", "programme", "programme__methodology_version"
    ).defer("programme__methodology_version__data")


def pairs_of_programme(programme: Programme) -> QuerySet[Pair]:
    """All pairs of a programme."""
    return with_people(Pair.objects.filter(programme=programme))


def pairs_of(person: Person) -> QuerySet[Pair]:
    """A person's own pairs, those that are going first."""
    own = Pair.objects.filter(mentor__person=person) | Pair.objects.filter(mentee__person=person)
    return with_people(own).order_by(F("ended_at").asc(nulls_first=True), "pk")


def side_of(pair: Pair, person: Person) -> str:
    """ "mentor" or "mentee" for one of the two, else ""."""
    if pair.mentor.person_id == person.pk:
        return Side.MENTOR
    return Side.MENTEE if pair.mentee.person_id == person.pk else ""


def other_side(side: str) -> str:
    """The other of the two."""
    return OTHER[side]


def facts_of(pair: Pair) -> dict[str, datetime]:
    """What has happened in the pair, and when."""
    return dict(Happening.objects.filter(pair=pair).values_list("fact", "at"))


def phase_of(methodology: Methodology, facts: dict[str, datetime] | set[str]) -> Phase | None:
    """The last phase whose fact has happened; None before the first begins."""
    begun = [phase for phase in methodology.phases if phase.begins in facts]
    return begun[-1] if begun else None


def both_prepared(pair: Pair, now: datetime) -> bool:
    """Whether both may meet one to one (R1)."""
    return all_prepared([pair.mentor, pair.mentee], today_of(pair.programme, now))


def ready_to_start(programme: Programme, now: datetime) -> QuerySet[Pair]:
    """Accepted pairs of a programme whose two people are prepared by now."""
    ready = Membership.objects.filter(prepared(today_of(programme, now)))
    accepted = Pair.objects.filter(programme=programme, state=PairState.ACCEPTED)
    return with_people(accepted).filter(
        Exists(ready.filter(pk=OuterRef("mentor"))), Exists(ready.filter(pk=OuterRef("mentee")))
    )


def no_longer_ready(programme: Programme, now: datetime) -> QuerySet[Pair]:
    """Active pairs of a programme of whose two people one is not prepared any more."""
    ready = Membership.objects.filter(prepared(today_of(programme, now)))
    both = Q(Exists(ready.filter(pk=OuterRef("mentor")))) & Q(Exists(ready.filter(pk=OuterRef("mentee"))))
    return with_people(Pair.objects.filter(programme=programme, state=PairState.ACTIVE)).filter(~both)


def goals_of(pair: Pair) -> QuerySet[Goal]:
    """The goals that stand, with their steps: two queries."""
    return with_steps(pair.goals.exclude(state=GoalState.WITHDRAWN))


def with_steps(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Goals with the steps that stand: one query more."""
    return goals.prefetch_related(Prefetch("steps", GoalStep.objects.filter(withdrawn_at__isnull=True)))


def plans_of(pair: Pair) -> QuerySet[Plan]:
    """Every version of the cooperation plan, newest first."""
    return pair.plans.prefetch_related("confirmations")


def open_plan(pair: Pair) -> Plan | None:
    """The version that is being written or waits for the other's yes."""
    return pair.plans.filter(state__in=[PlanState.DRAFT, PlanState.PROPOSED]).first()


def agreed_plan(pair: Pair) -> Plan | None:
    """The version that holds now."""
    return pair.plans.filter(state=PlanState.AGREED).first()


def agreed_choices(pair: Pair) -> dict[str, object]:
    """What the agreed plan acts on, by QuestionAct; empty before there is a plan (R4)."""
    acts = {question.key: question.acts for question in methodology_of(pair.programme).plan.questions}
    rows = PlanAnswer.objects.filter(
        plan__pair=pair, plan__state=PlanState.AGREED, choice__isnull=False
    ).values_list("question", "choice")
    return {acts[question]: choice for question, choice in rows if acts.get(question)}


def means_for(pair: Pair) -> list[tuple[str, TranslatedText]]:
    """The means of communication to offer, best first.

    Agreed ones first; until a plan is agreed those that both have; then all others (R4: nothing restricts).
    """
    agreed = agreed_choices(pair).get(QuestionAct.MEANS)
    both = [key for key in pair.mentor.means if key in pair.mentee.means]
    first = agreed if isinstance(agreed, list) and agreed else both
    means = methodology_of(pair.programme).means
    ordered = sorted(means, key=lambda each: each.key not in first)
    return [(each.key, each.name) for each in ordered]


def happened(programme: Programme, fact: Fact) -> QuerySet[Happening]:
    """In which pairs of a programme a fact has happened."""
    return Happening.objects.filter(pair__programme=programme, fact=fact)
