"""Reading looks at the cooperation: which pairs agreed on them, what waits, what both have said."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from varpa.checkins.models import Checkin, Look
from varpa.methodology.marks import QuestionAct
from varpa.pairs.models import Pair, PairState, PlanAnswer, PlanState, Side
from varpa.programmes.queries import methodology_of, today_of

OPEN_FOR = timedelta(days=21)
"""How long a look may be answered and is shown as something to do."""


def with_pair(checkins: QuerySet[Checkin]) -> QuerySet[Checkin]:
    """Checkins with what was answered, their pair and its people."""
    looks = Prefetch("looks", Look.objects.order_by("side"))
    people = checkins.select_related("pair__mentor__person", "pair__mentee__person", "pair__programme")
    return people.prefetch_related(looks)


def due_now(now: datetime) -> Iterator[tuple[Pair, date]]:
    """Active pairs whose plan agreed on looking back, each with the last day that it has brought by today."""
    answers = PlanAnswer.objects.filter(
        plan__state=PlanState.AGREED, plan__pair__state=PairState.ACTIVE, choice__isnull=False
    ).select_related("plan__pair__programme__methodology_version")
    for answer in answers.order_by("pk"):
        pair = answer.plan.pair
        day = _latest(pair, answer, today_of(pair.programme, now))
        if day:
            yield pair, day


def _latest(pair: Pair, answer: PlanAnswer, today: date) -> date | None:
    acts = {question.key: question.acts for question in methodology_of(pair.programme).plan.questions}
    days, agreed = answer.choice, answer.plan.agreed_at
    if acts.get(answer.question) != QuestionAct.EVALUATION or not isinstance(days, int) or agreed is None:
        return None
    begun = today_of(pair.programme, agreed)
    times = (today - begun).days // days
    return begun + timedelta(days=times * days) if times > 0 else None


def with_looks(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `look_mentor` and `look_mentee`: the look at the cooperation that waits for that side."""
    return pairs.annotate(**{f"look_{side}": _waiting(side) for side in Side.values})


def _waiting(side: str) -> Subquery:
    said = Look.objects.filter(checkin=OuterRef("pk"), side=side)
    newer = Checkin.objects.filter(pair=OuterRef("pair"), due__gt=OuterRef("due"))
    # One that the next has overtaken is not asked for any more.
    latest = Checkin.objects.filter(~Exists(said), ~Exists(newer), pair=OuterRef("pk"))
    return Subquery(latest.values("ref")[:1])
