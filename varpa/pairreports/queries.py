"""Reading reports of pairs, and the facts of which they are drafted: only what staff may see (product §2)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.events.models import Event, EventState
from varpa.events.queries.events import asks_for_reports, with_programme
from varpa.kernel.times import to_local
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import hours_of
from varpa.methodology import Fact
from varpa.pairreports.models import PairReport, ReportState
from varpa.pairs.models import Goal, GoalState, Pair, PairState
from varpa.pairs.queries import facts_of
from varpa.presentations.models import HANDED_IN as PRESENTATION_HANDED_IN
from varpa.presentations.models import Presentation
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.queries import methodology_of

BEFORE = timedelta(days=14)
"""How long before the event the two are asked for their report."""
DATED = (Fact.PLAN_AGREED, Fact.VISIT_HELD, Fact.ROLE_SWAP_HELD)
BEGUN, SUBMITTED = "begun", "submitted"


@dataclass(frozen=True)
class Told:
    """One fact: `key` says which; `count` and `of` are numbers, `day` its day, `state` how far it is."""

    key: str
    count: int = 0
    of: int = 0
    day: str = ""
    state: str = ""

    @property
    def on(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None


def coming_events(now: datetime) -> list[Event]:
    """The announced events within two weeks to which pairs report."""
    near = Event.objects.filter(
        state=EventState.ANNOUNCED, starts_at__gt=now, starts_at__lte=now + BEFORE, period__gt=""
    )
    return [each for each in with_programme(near).order_by("pk") if asks_for_reports(each)]


def lacking(event: Event) -> QuerySet[Pair]:
    """The active pairs of an event's programme that have no report to it yet."""
    pairs = Pair.objects.filter(programme=event.programme_id, state=PairState.ACTIVE)
    return pairs.exclude(pair_reports__event=event).order_by("pk")


def with_pair(reports: QuerySet[PairReport]) -> QuerySet[PairReport]:
    """Reports with the two, the event, and who lets it be shown."""
    people = ("pair__mentor__person", "pair__mentee__person", "pair__programme__methodology_version")
    return reports.select_related(*people, "event__programme").prefetch_related("showings")


def facts_told(report: PairReport) -> list[Told]:
    """What stands in the report: as it was when it was handed over, else as it is now."""
    handed = report.state == ReportState.HANDED
    told = [Told(**row) for row in report.facts] if handed else gather(report.pair)
    return [each for each in told if each.key not in report.left_out]


def gather(pair: Pair) -> list[Told]:
    """What is known of the pair that staff may know too; of goals only where the two share them."""
    held = Meeting.objects.filter(pair=pair, state=MeetingState.HELD).aggregate(
        times=Count("pk"), in_person=Count("pk", filter=Q(means__in=_in_person(pair)))
    )
    hours = hours_of(pair)
    told = [
        Told("meetings", held["times"], held["in_person"]),
        Told("hours", hours.confirmed + hours.waiting, hours.target),
        *_dated(pair),
        *_goals(pair),
        *_results(pair),
    ]
    return [each for each in told if each.count or each.day or each.state]


def frozen(told: list[Told]) -> list[dict[str, Any]]:
    """The facts as they are kept."""
    return [asdict(each) for each in told]


def handed_over(event: Event) -> QuerySet[PairReport]:
    """The reports that an event has got, in the order in which they came, and whose they are."""
    reports = PairReport.objects.filter(event=event, state=ReportState.HANDED)
    people = "pair__mentor__person", "pair__mentee__person"
    told = "ref", "state", "left_out", "facts", *PairReport.TEXTS, *(f"{person}__name" for person in people)
    named = reports.select_related(*people).only(*told)
    return named.prefetch_related("showings").order_by("handed_at", "pk")


def with_reports(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `report_to` and `report_until`: their draft for an event, and when that begins."""
    waiting = PairReport.objects.filter(
        pair=OuterRef("pk"), state=ReportState.DRAFT, event__state=EventState.ANNOUNCED
    ).order_by("-event__starts_at")
    read = {"report_to": waiting.values("ref")[:1], "report_until": waiting.values("event__starts_at")[:1]}
    return pairs.annotate(**{name: Subquery(value) for name, value in read.items()})


def _in_person(pair: Pair) -> list[str]:
    return [each.key for each in methodology_of(pair.programme).means if each.in_person]


def _dated(pair: Pair) -> list[Told]:
    facts, zone = facts_of(pair), pair.programme.zone
    return [
        Told(fact.value, day=to_local(facts[fact], zone).date().isoformat())
        for fact in DATED
        if fact in facts
    ]


def _goals(pair: Pair) -> list[Told]:
    if not pair.shares_goals:
        return []
    standing = Goal.objects.filter(pair=pair).exclude(state=GoalState.WITHDRAWN)
    counted = standing.aggregate(all=Count("pk"), reached=Count("pk", filter=Q(state=GoalState.REACHED)))
    return [Told("goals", counted["all"], counted["reached"])]


def _results(pair: Pair) -> list[Told]:
    """That the promised results exist and how far they are, never what they say."""
    plan = BusinessPlan.objects.filter(membership=pair.mentee_id, set_aside_at=None).first()
    profile = Profile.objects.filter(pair=pair).first()
    shown = Presentation.objects.filter(membership=pair.mentee_id, set_aside_at=None).first()
    found = []
    if plan:
        found.append(Told("business_plan", state=SUBMITTED if plan.state in HANDED_IN else BEGUN))
    if profile:
        found.append(Told("profile", state=SUBMITTED if profile.state == ProfileState.APPROVED else BEGUN))
    if shown:
        handed_in = shown.state in PRESENTATION_HANDED_IN
        found.append(Told("presentation", state=SUBMITTED if handed_in else BEGUN))
    return found
