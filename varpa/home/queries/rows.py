"""What the homes read of pairs, a question each: of one pair, and of several of one person."""

from django.db.models import CharField, Exists, OuterRef, QuerySet

from varpa.diary.models import Entry
from varpa.kernel.compiled import compiled
from varpa.meetings.models import HourLine, LineState, Meeting, Promise, PromiseState, Review, Topic
from varpa.meetings.permitted import given
from varpa.pairs.models import Confirmation, Pair, Pause, Plan, PlanState, Side
from varpa.pairs.queries import in_a_pause
from varpa.programmes.models import PermissionKind


def meetings_of(pairs: list[Pair]) -> QuerySet[Meeting]:
    reviews = Review.objects.filter(meeting=OuterRef("pk"))
    by = {f"reviewed_by_{side}": Exists(reviews.filter(side=side)) for side in Side.values}
    return _told(Meeting.objects.filter(pair__in=pairs).annotate(**by))


def plans_of(pairs: list[Pair]) -> QuerySet[Plan]:
    confirmed = Confirmation.objects.filter(plan=OuterRef("pk"))
    by = {f"confirmed_by_{side}": Exists(confirmed.filter(side=side)) for side in Side.values}
    going = Plan.objects.filter(pair__in=pairs).exclude(state=PlanState.AMENDED)
    return going.annotate(**by).order_by("-version")


def lines_of(pairs: list[Pair]) -> QuerySet[HourLine]:
    return _counting(HourLine.objects.filter(pair__in=pairs))


def promises_of(pairs: list[Pair]) -> QuerySet[Promise]:
    return _standing(Promise.objects.filter(pair__in=pairs))


@compiled(side=CharField())
def meetings(pair: Pair, side: str) -> QuerySet[Meeting]:
    own = Review.objects.filter(meeting=OuterRef("pk"), side=side)
    return _told(Meeting.objects.filter(pair=pair).annotate(reviewed=Exists(own)))


def _told(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    asked = Topic.objects.filter(meeting=OuterRef("pk"), side="mentee", withdrawn_at__isnull=True)
    written = Entry.objects.filter(meeting=OuterRef("pk"))
    told = meetings.annotate(has_topics=Exists(asked), in_diary=Exists(written), rested=in_a_pause())
    told = told.annotate(here=given(PermissionKind.VISIT), abroad=given(PermissionKind.VISIT_ABROAD))
    return told.order_by("starts_at", "pk")


@compiled(side=CharField())
def plans(pair: Pair, side: str) -> QuerySet[Plan]:
    """The version that waits for something, else the one that holds."""
    mine = Confirmation.objects.filter(plan=OuterRef("pk"), side=side)
    going = Plan.objects.filter(pair=pair).exclude(state=PlanState.AMENDED)
    return going.annotate(confirmed_by_me=Exists(mine)).order_by("-version")[:1]


@compiled()
def lines(pair: Pair) -> QuerySet[HourLine]:
    return _counting(HourLine.objects.filter(pair=pair))


def _counting(lines: QuerySet[HourLine]) -> QuerySet[HourLine]:
    paused = Exists(Pause.objects.filter(pair=OuterRef("pair")))
    return lines.exclude(state=LineState.WITHDRAWN).annotate(paused=paused)


@compiled()
def promises(pair: Pair) -> QuerySet[Promise]:
    return _standing(Promise.objects.filter(pair=pair))


def _standing(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    return promises.exclude(state=PromiseState.WITHDRAWN).order_by("-state", "due", "pk")


@compiled()
def topics(meeting: Meeting) -> QuerySet[Topic]:
    return Topic.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
