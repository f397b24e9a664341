"""Reading meetings, promises and hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Promise, PromiseState, Topic
from varpa.methodology.marks import KindAct, QuestionAct
from varpa.methodology.model import Kind
from varpa.pairs.models import Pair, PlanAnswer, PlanState
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.queries import hours_target, methodology_of

LED_BY_MENTOR = frozenset({KindAct.FIRST, KindAct.VISIT, KindAct.ROLE_SWAP, KindAct.CLOSING})


@dataclass(frozen=True)
class Hours:
    """A pair's ledger in minutes; `objected` lines count for nothing until they are settled."""

    confirmed: int
    waiting: int
    objected: int
    target: int

    @property
    def left(self) -> int:
        """Minutes still ahead of the target; what waits for a yes is not counted as spent."""
        return max(self.target - self.confirmed, 0)


def with_pair(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with both people and the programme."""
    return meetings.select_related(
        "pair__mentor__person",
        "pair__mentee__person",
        "pair__programme__methodology_version",
    ).defer("pair__programme__methodology_version__data")


def meetings_of(pair: Pair) -> QuerySet[Meeting]:
    """All meetings of a pair, latest first, with how often each was moved."""
    return pair.meetings.annotate(moved=Count("moves")).order_by("-starts_at", "-pk")


def next_meeting(pair: Pair, now: datetime) -> Meeting | None:
    """The planned meeting that comes next; one that should be under way still counts."""
    planned = pair.meetings.filter(state=MeetingState.PLANNED).order_by("starts_at", "pk")
    return planned.filter(starts_at__gte=now).first() or planned.last()


def unreviewed(pair: Pair, now: datetime) -> QuerySet[Meeting]:
    """Planned meetings whose hour has passed: did they take place?"""
    return pair.meetings.filter(state=MeetingState.PLANNED, starts_at__lt=now)


def kind_of(meeting: Meeting) -> Kind:
    """The kind of a meeting, as its programme words it."""
    return methodology_of(meeting.pair.programme).kind(meeting.kind)


def kinds_for(pair: Pair, side: str) -> list[Kind]:
    """The kinds of meeting that a side may plan now: the mentor leads some, and the first happens once."""
    done = set(
        pair.meetings.exclude(state=MeetingState.CANCELLED)
        .exclude(state=MeetingState.MISSED)
        .values_list("kind", flat=True)
    )
    return [
        kind
        for kind in methodology_of(pair.programme).kinds
        if (side == "mentor" or kind.acts not in LED_BY_MENTOR)
        and not (kind.acts == KindAct.FIRST and kind.key in done)
    ]


def kinds_acting(programme: Programme, act: str) -> list[str]:
    """The keys of the kinds of meeting with a meaning."""
    return [kind.key for kind in methodology_of(programme).kinds if kind.acts == act]


def topics_of(meeting: Meeting) -> QuerySet[Topic]:
    """The topics and questions that stand."""
    return meeting.topics.filter(withdrawn_at__isnull=True)


def promises_of(pair: Pair) -> QuerySet[Promise]:
    """The promises of both that stand: open ones first, by date."""
    return pair.promises.exclude(state=PromiseState.WITHDRAWN).order_by("-state", "due", "pk")


def hours_of(pair: Pair) -> Hours:
    """The pair's ledger, in one query."""
    return hours_of_pairs([pair], hours_target(pair.programme))[pair.pk]


def hours_of_pairs(pairs: Iterable[Pair], target: int) -> dict[int, Hours]:
    """The ledgers of pairs of one programme, by the pair's key, in one query; `target` in minutes."""
    keys = [pair.pk for pair in pairs]
    rows = (
        HourLine.objects.filter(pair__in=keys)
        .order_by()
        .values("pair")
        .annotate(
            confirmed=Sum("minutes", filter=Q(state=LineState.CONFIRMED), default=0),
            waiting=Sum("minutes", filter=Q(state=LineState.WAITING), default=0),
            objected=Sum("minutes", filter=Q(state=LineState.OBJECTED), default=0),
        )
    )
    found = {row["pair"]: Hours(row["confirmed"], row["waiting"], row["objected"], target) for row in rows}
    return {key: found.get(key, Hours(0, 0, 0, target)) for key in keys}


def lines_of(pair: Pair) -> QuerySet[HourLine]:
    """The ledger's lines, latest day first; withdrawn ones stay visible."""
    return pair.hours.select_related("meeting").order_by("-day", "-pk")


def counted(meeting: Meeting) -> HourLine | None:
    """The line of the ledger that counts a meeting; at most one stands."""
    return HourLine.objects.filter(meeting=meeting).exclude(state=LineState.WITHDRAWN).first()


def lines_waiting_for(pair: Pair, side: str) -> QuerySet[HourLine]:
    """Lines that the other entered and this side may confirm or object to."""
    return pair.hours.filter(state=LineState.WAITING).exclude(side=side)


@dataclass(frozen=True)
class Beat:
    """When a pair last met and when it meets next, for the manager: no content."""

    held: int
    missed: int
    cancelled: int
    last: datetime | None
    coming: datetime | None


def beats(pairs: Iterable[Pair], now: datetime) -> dict[int, Beat]:
    """How each of many pairs meets, by the pair's key, in one query."""
    keys = [pair.pk for pair in pairs]
    held = Q(state=MeetingState.HELD)
    rows = (
        Meeting.objects.filter(pair__in=keys)
        .order_by()
        .values("pair")
        .annotate(
            held=Count("pk", filter=held),
            missed=Count("pk", filter=Q(state=MeetingState.MISSED)),
            cancelled=Count("pk", filter=Q(state=MeetingState.CANCELLED)),
            last=Max("starts_at", filter=held),
            coming=Min("starts_at", filter=Q(state=MeetingState.PLANNED, starts_at__gte=now)),
        )
    )
    found = {row.pop("pair"): Beat(**row) for row in rows}
    return {key: found.get(key, Beat(0, 0, 0, None, None)) for key in keys}


def meetings_of_person(person: Person, since: datetime) -> QuerySet[Meeting]:
    """A person's meetings for the calendar feed, cancelled ones too."""
    own = Q(pair__mentor__person=person) | Q(pair__mentee__person=person)
    return with_pair(Meeting.objects.filter(own, starts_at__gte=since)).order_by("starts_at", "pk")


def late_promises(pair: Pair, side: str, today: date) -> QuerySet[Promise]:
    """A maker's own promises whose day has passed; never shown to the other (principle 3)."""
    return pair.promises.filter(side=side, state=PromiseState.OPEN, due__lt=today)


def rhythms(pairs: Iterable[Pair]) -> dict[int, int]:
    """After how many days each of many pairs agreed to meet again, by the pair's key, in one query."""
    acting = {pair.pk: _rhythm_question(pair.programme) for pair in pairs}
    rows = PlanAnswer.objects.filter(
        plan__pair__in=acting, plan__state=PlanState.AGREED, question__in=set(acting.values())
    ).values_list("plan__pair", "question", "choice")
    return {
        pair: choice
        for pair, question, choice in rows
        if question == acting[pair] and isinstance(choice, int) and choice > 0
    }


def _rhythm_question(programme: Programme) -> str:
    asked = methodology_of(programme).plan.questions
    return next((question.key for question in asked if question.acts == QuestionAct.RHYTHM), "")
