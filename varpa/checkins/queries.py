"""Reading looks at the cooperation: which pairs agreed on them, what waits, what both have said."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from varpa.checkins.models import Checkin, Look
from varpa.methodology.marks import QuestionAct
from varpa.pairs.models import Pair, PairState, Plan, PlanAnswer, PlanState, Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import Waited
from varpa.programmes.queries import methodology_of, today_of
from varpa.ui import words

OPEN_FOR = timedelta(days=21)
"""How long a look is asked for, by letter and as something to do; who answers later is heard all the same."""
ENOUGH = 2
"""So many looks in a row that the two have not both answered, and no further one is asked for (ours)."""
SHOWN = 12
"""So many looks are shown to a manager: a year of months."""


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
    agreed = [each for each in answers.order_by("pk") if _says_when(each)]
    for answer, since in zip(agreed, _agreed_since(agreed), strict=True):
        programme, days = answer.plan.pair.programme, answer.choice
        assert isinstance(days, int)
        begun = today_of(programme, since)
        times = (today_of(programme, now) - begun).days // days
        if times > 0:
            yield answer.plan.pair, begun + timedelta(days=times * days)


def _says_when(answer: PlanAnswer) -> bool:
    methodology = methodology_of(answer.plan.pair.programme)
    acts = {question.key: question.acts for question in methodology.plan.questions}
    return acts.get(answer.question) == QuestionAct.EVALUATION and isinstance(answer.choice, int)


def _agreed_since(answers: list[PlanAnswer]) -> Iterator[datetime]:
    """Since when each has been agreed: another version of the plan that leaves it as it is changes no day."""
    amended = PlanAnswer.objects.filter(
        plan__state=PlanState.AMENDED,
        plan__pair__state=PairState.ACTIVE,
        question__in={each.question for each in answers},
    )
    earlier: dict[tuple[int, str], list[tuple[object, datetime]]] = {}
    rows = amended.order_by("-plan__version")
    for pair, question, choice, at in rows.values_list("plan__pair", "question", "choice", "plan__agreed_at"):
        if at:
            earlier.setdefault((pair, question), []).append((choice, at))
    for each in answers:
        since = each.plan.agreed_at
        for choice, at in earlier.get((each.plan.pair_id, each.question), ()):
            if choice != each.choice:
                break
            since = at
        assert since is not None
        yield since


def unfinished() -> QuerySet[Checkin]:
    """The looks of each pair in a row that the two have not both answered.

    One that both answered ends the row, and so does a plan agreed after it was asked for.
    """
    finished = Checkin.objects.filter(_said("mentor"), _said("mentee"), pair=OuterRef("pair"))
    planned = Plan.objects.filter(pair=OuterRef("pair"), state=PlanState.AGREED, agreed_at__gt=OuterRef("at"))
    return Checkin.objects.filter(~Exists(finished.filter(due__gte=OuterRef("due"))), ~Exists(planned))


def fallen_silent(pairs: Iterable[int]) -> set[int]:
    """The keys of the pairs among these whom nobody asks any more: ENOUGH looks in a row are unfinished."""
    counted = unfinished().filter(pair__in=pairs).order_by().values("pair").annotate(number=Count("pk"))
    return set(counted.filter(number__gte=ENOUGH).values_list("pair", flat=True))


def left_unanswered(now: datetime) -> QuerySet[Checkin]:
    """Those of the row that are asked for no longer: the fact, and nothing of what anybody answered."""
    return unfinished().filter(at__lte=now - OPEN_FOR)


def with_looks(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `look_mentor` and `look_mentee`: the look at the cooperation that waits for that side.

    And `look_begun`: when it was asked for; it is something to do for OPEN_FOR.
    """
    newest = Checkin.objects.filter(pair=OuterRef("pk")).order_by("-due").values("at")[:1]
    waits = {f"look_{side}": _waiting(side) for side in Side.values}
    return pairs.annotate(look_begun=Subquery(newest), **waits)


def _said(side: str, **more: bool) -> Exists:
    return Exists(Look.objects.filter(checkin=OuterRef("pk"), side=side, **more))


def _waiting(side: str) -> Subquery:
    said = Look.objects.filter(checkin=OuterRef("pk"), side=side)
    newer = Checkin.objects.filter(pair=OuterRef("pair"), due__gt=OuterRef("due"))
    # One that the next has overtaken is not asked for any more.
    latest = Checkin.objects.filter(~Exists(said), ~Exists(newer), pair=OuterRef("pk"))
    return Subquery(latest.values("ref")[:1])


def shared_looks(pair: Pair) -> list[Checkin]:
    """For the manager: the looks that both answered while they shared them, newest first, SHOWN at most.

    Nothing where they do not share them now.
    """
    if not pair.shares_ratings:
        return []
    checkins = Checkin.objects.filter(_said("mentor", shared=True), _said("mentee", shared=True), pair=pair)
    choices = Look.objects.order_by("-side").defer("change")
    return list(checkins.prefetch_related(Prefetch("looks", choices))[:SHOWN])


def waited(pair: Pair, side: str, since: datetime, until: datetime) -> Iterator[Waited]:
    """The looks that both have answered, the other with words between two moments."""
    said = Look.objects.filter(checkin=OuterRef("pk"), side=other_side(side), at__range=(since, until))
    looks = Checkin.objects.filter(_said(side), Exists(said.exclude(change="")), pair=pair)
    for each in looks[:SHOWN]:
        told = f"{_('How the cooperation is going')}, {words.day(each.due)}"
        yield Waited(told, reverse("checkins:checkin", args=[each.ref]))
