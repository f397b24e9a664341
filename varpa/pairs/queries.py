"""Reading pairs: their sides, phase, plan, goals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from varpa.kernel.compiled import compiled
from varpa.kernel.text import TranslatedText
from varpa.methodology import Fact, Methodology
from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Phase, Question
from varpa.pairs.choices import acted_on, choice_in_words
from varpa.pairs.models import (
    Answer,
    Goal,
    GoalState,
    GoalStep,
    Happening,
    Pair,
    PairState,
    Pause,
    Plan,
    PlanAnswer,
    PlanState,
    PlanView,
    Side,
    TopicAnswer,
)
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import all_prepared, methodology_of, prepared, today_of

OTHER = {Side.MENTOR.value: Side.MENTEE.value, Side.MENTEE.value: Side.MENTOR.value}


def with_people(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with both people and the programme, in one query."""
    return pairs.select_related(
        "mentor__person", "mentee__person", "programme", "programme__methodology_version"
    )


NEVER_BEGAN: Final = Q(state=PairState.ENDED, active_at__isnull=True)
"""A proposal that was answered with a no, has lapsed or was called off: nothing that the two ever had."""


def is_own(person: Person, pair: str = "") -> Q:
    """A pair is the person's own; `pair` leads to it, as in "pair__".

    Found from the person's few memberships: over a join of both sides the database would read every pair.
    """
    own = Membership.objects.filter(person=person).order_by().values("pk")
    return Q(**{f"{pair}mentor__in": own}) | Q(**{f"{pair}mentee__in": own})


def pairs_of(person: Person) -> QuerySet[Pair]:
    """A person's own pairs, those that are going first; none that never began."""
    own = Pair.objects.filter(is_own(person)).exclude(NEVER_BEGAN)
    return with_people(own).order_by(F("ended_at").asc(nulls_first=True), "pk")


def side_of(pair: Pair, person: Person) -> str:
    """ "mentor" or "mentee" for one of the two, else ""."""
    if pair.mentor.person_id == person.pk:
        return Side.MENTOR
    return Side.MENTEE if pair.mentee.person_id == person.pk else ""


def while_active(pair: Pair) -> str:
    """What letters stand under that have their reason only as long as the pair goes on."""
    return f"active:{pair.ref}"


def other_side(side: str) -> str:
    """The other of the two."""
    return OTHER[side]


def facts_of(pair: Pair) -> dict[str, datetime]:
    """What has happened in the pair, and when."""
    return dict(_happenings(pair=pair))


@compiled()
def _happenings(pair: Pair) -> QuerySet[Happening, tuple[str, datetime]]:
    return Happening.objects.filter(pair=pair).values_list("fact", "at")


def phase_of(methodology: Methodology, facts: dict[str, datetime] | set[str]) -> Phase | None:
    """The last phase whose fact has happened; None before the first begins."""
    begun = [phase for phase in methodology.phases if phase.begins in facts]
    return begun[-1] if begun else None


def both_prepared(pair: Pair, now: datetime) -> bool:
    """Whether both may meet one to one (R1)."""
    return all_prepared([pair.mentor, pair.mentee], today_of(pair.programme, now))


def ready_to_start(programme: Programme, now: datetime) -> QuerySet[Pair]:
    """Accepted pairs of a programme whose two people are prepared by now."""
    return _ready(programme, PairState.ACCEPTED, now)


def ready_again(programme: Programme, now: datetime) -> QuerySet[Pair]:
    """Pairs that nobody paused, whose two people are prepared again."""
    rest = Pause.objects.filter(pair=OuterRef("pk"), ended_at=None, by=None)
    return _ready(programme, PairState.PAUSED, now).filter(Exists(rest))


def _ready(programme: Programme, state: PairState, now: datetime) -> QuerySet[Pair]:
    ready = Membership.objects.filter(prepared(today_of(programme, now)))
    both = (Exists(ready.filter(pk=OuterRef("mentor"))), Exists(ready.filter(pk=OuterRef("mentee"))))
    return with_people(Pair.objects.filter(*both, programme=programme, state=state))


def no_longer_ready(programme: Programme, now: datetime) -> QuerySet[Pair]:
    """Active pairs of a programme of whose two people one is not prepared any more."""
    ready = Membership.objects.filter(prepared(today_of(programme, now)))
    both = Q(Exists(ready.filter(pk=OuterRef("mentor")))) & Q(Exists(ready.filter(pk=OuterRef("mentee"))))
    return with_people(Pair.objects.filter(programme=programme, state=PairState.ACTIVE)).filter(~both)


def pause_at(pair: Pair, moment: datetime) -> Pause | None:
    """The pause into which a moment fell, with who let the pair rest."""
    return _pause.first(pair=pair, moment=moment)


@compiled(moment=DateTimeField())
def _pause(pair: Pair, moment: datetime) -> QuerySet[Pause]:
    begun = Pause.objects.filter(pair=pair, at__lte=moment).select_related("by")
    return begun.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=moment))


def in_a_pause(pair: str = "pair", moment: str = "starts_at") -> Exists:
    """Whether a row's moment fell into a pause of its pair; the names of its fields."""
    begun = Pause.objects.filter(pair=OuterRef(pair), at__lte=OuterRef(moment))
    return Exists(begun.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=OuterRef(moment))))


def prepared_sides(pair: Pair, now: datetime) -> dict[str, bool]:
    """For each side whether it is prepared (R1): one query."""
    both = Membership.objects.filter(pk__in=[pair.mentor_id, pair.mentee_id])
    ready = set(both.filter(prepared(today_of(pair.programme, now))).values_list("pk", flat=True))
    return {Side.MENTOR.value: pair.mentor_id in ready, Side.MENTEE.value: pair.mentee_id in ready}


def means_in_common(mentor: Membership, mentee: Membership) -> list[TranslatedText]:
    """The means of communication that both really have, in the methodology's order."""
    both = set(mentor.means) & set(mentee.means)
    return [each.name for each in methodology_of(mentor.programme).means if each.key in both]


def asked_pairs(programme: Programme) -> QuerySet[Pair]:
    """Proposed and accepted pairs of a programme, newest first, each with its answers: two queries."""
    waiting = Pair.objects.filter(programme=programme, state__in=[PairState.PROPOSED, PairState.ACCEPTED])
    told = ("programme", "ref", "state", "proposed_at", "mentor__person__name", "mentee__person__name")
    people = waiting.select_related("mentor__person", "mentee__person").only(*told)
    return people.prefetch_related("answers").order_by("-pk")


def answers_of(pair: Pair) -> dict[str, bool]:
    """What each side that has answered said to the proposal."""
    return {answer.side: answer.yes for answer in pair.answers.all()}


def no_of(pair: Pair) -> Answer | None:
    """The no that ended a proposal, with its reason: for the manager only."""
    return next((answer for answer in pair.answers.all() if not answer.yes), None)


def sharings_of(pair: Pair) -> set[tuple[str, str]]:
    """Who of the two shares what with the project manager: {(side, content)}."""
    return set(pair.sharings.values_list("side", "content"))


def consents_of(pair: Pair) -> set[str]:
    """Which of the two let the words of the agreed plan go into the dossier."""
    return set(pair.dossier_consents.filter(withdrawn_at=None).values_list("side", flat=True))


def topic_of(pair: Pair) -> dict[str, TopicAnswer]:
    """What the two have said of the mentee's topic, by question."""
    return {each.question: each for each in pair.topic_answers.all()}


def goals_of(pair: Pair) -> QuerySet[Goal]:
    """The goals that stand, with their steps: two queries."""
    return with_steps(Goal.objects.filter(pair=pair).exclude(state=GoalState.WITHDRAWN))


def with_steps(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Goals with the steps that stand: one query more."""
    return goals.prefetch_related(Prefetch("steps", GoalStep.objects.filter(withdrawn_at__isnull=True)))


def plans_of(pair: Pair) -> QuerySet[Plan]:
    """Every version of the cooperation plan, newest first."""
    return pair.plans.prefetch_related("confirmations")


def said_no(mentor: Membership, mentee: Membership) -> bool:
    """Whether one of the two has said "rather not" to the other before."""
    return Answer.objects.filter(pair__mentor=mentor, pair__mentee=mentee, yes=False).exists()


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
    parts = [acted_on(acts[question], choice) for question, choice in rows if acts.get(question)]
    return {act: choice for part in parts for act, choice in part.items()}


@dataclass(frozen=True)
class Talk:
    """One question of the plan: what each side thinks, and what both agree.

    `number` counts from 1, as the page shows it; `side` is the reader's; `waits`: the other's view does.
    """

    number: int
    question: Question
    views: dict[str, PlanView]
    answer: PlanAnswer | None
    choice: str
    side: str = ""
    waits: bool = False

    def view(self, side: str) -> str:
        """What a side has written, or ""."""
        return self.views[side].text if side in self.views else ""

    @property
    def mine(self) -> str:
        return self.view(self.side)

    @property
    def theirs(self) -> str:
        return self.view(other_side(self.side)) if self.side else ""

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def is_agreed(self) -> bool:
        return bool(self.text or self.choice)

    @property
    def is_written(self) -> bool:
        return self.is_agreed or any(view.text for view in self.views.values())


def talks_of(plan: Plan | None, methodology: Methodology, side: str = "") -> list[Talk]:
    """Every question of the plan with what stands there: two queries, none without a plan.

    An answer to a question that a programme no longer asks stays readable, at the end.
    """
    views: dict[str, dict[str, PlanView]] = {}
    answers: dict[str, PlanAnswer] = {}
    if plan:
        for view in plan.views.all():
            views.setdefault(view.question, {})[view.side] = view
        answers = {answer.question: answer for answer in plan.agreed_answers.all()}
    asked = list(methodology.plan.questions)
    known = {question.key for question in asked}
    gone = TranslatedText.same(_("A question that is no longer asked"))
    asked += [Question(key, gone, "ours") for key, told in answers.items() if told.text and key not in known]
    return [
        Talk(
            number,
            question,
            views.get(question.key, {}),
            answers.get(question.key),
            choice_in_words(methodology, question, answers.get(question.key)),
            side,
        )
        for number, question in enumerate(asked, start=1)
    ]


def stand_of(plan: Plan | None, side: str, talks: list[Talk]) -> str:
    """What one side has before it: "empty", "draft" (something is agreed), "asked" (the other has confirmed),
    "waits" (this side has), "agreed".

    Reads the plan's confirmations, which `plans_of` has fetched.
    """
    if plan is None:
        return "empty"
    if plan.state == PlanState.AGREED:
        return "agreed"
    confirmed = {each.side for each in plan.confirmations.all()}
    if confirmed:
        return "waits" if side in confirmed else "asked"
    written = plan.own_words or plan.paper_id or any(talk.is_agreed for talk in talks)
    return "draft" if written else "empty"


def confirmations_of(plan: Plan) -> list[tuple[Person, datetime | None]]:
    """Each of the two, and when that one confirmed the version, if it has."""
    at = {each.side: each.at for each in plan.confirmations.all()}
    return [(plan.pair.member(side).person, at.get(side)) for side in Side.values]


def versions_of(pair: Pair) -> QuerySet[Plan]:
    """Every version of the cooperation plan, newest first, without their content."""
    return pair.plans.defer("own_words").order_by("-version")


def means_for(pair: Pair, choices: Mapping[str, object] | None = None) -> list[tuple[str, TranslatedText]]:
    """The means of communication to offer, best first. `choices`: the agreed ones, where they are read.

    Agreed ones first; until a plan is agreed those that both have; then all others (R4: nothing restricts).
    """
    agreed = (agreed_choices(pair) if choices is None else choices).get(QuestionAct.MEANS)
    both = [key for key in pair.mentor.means if key in pair.mentee.means]
    first = agreed if isinstance(agreed, list) and agreed else both
    means = methodology_of(pair.programme).means
    ordered = sorted(means, key=lambda each: each.key not in first)
    return [(each.key, each.name) for each in ordered]


def happened(programme: Programme, fact: Fact) -> QuerySet[Happening]:
    """In which pairs of a programme a fact has happened."""
    return Happening.objects.filter(pair__programme=programme, fact=fact)


def of_pair(rows: QuerySet[Any], column: str, told: Aggregate) -> Subquery:
    """What is told of the rows of each pair (`column` leads to it), beside its own row; None without."""
    own = rows.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Subquery(own.annotate(of_pair=told).values("of_pair"))


def how_many(rows: QuerySet[Any], column: str) -> Coalesce:
    """How many rows each pair has."""
    return Coalesce(of_pair(rows, column, Count("pk")), 0)
