"""A pair as it stands now for one of the two: read once, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from varpa.businessplans.actions.plans import WRITING
from varpa.businessplans.models import PlanState as BusinessState
from varpa.businessplans.queries import with_business_plans
from varpa.checkins.queries import OPEN_FOR, with_looks
from varpa.closing.queries import Ahead, ahead_of, excuses_of, is_reached, still_ahead
from varpa.defence.queries import with_defence
from varpa.diary.models import Diary
from varpa.home.queries import rows
from varpa.meetings.heard import Hearing
from varpa.meetings.models import (
    HourLine,
    LineState,
    Meeting,
    MeetingState,
    Promise,
    Topic,
)
from varpa.meetings.permitted import lacking
from varpa.meetings.queries import Hours, Seen
from varpa.messaging.queries import with_news
from varpa.methodology import Fact, Methodology
from varpa.methodology.marks import KindAct
from varpa.methodology.model import Phase
from varpa.pairreports.queries import with_reports
from varpa.pairs.models import Happening, Pair, PairState, Plan
from varpa.pairs.queries import facts_of, other_side, phase_of, with_people
from varpa.pairs.quiet import stopped, waits, with_stops
from varpa.people.models import Person
from varpa.presentations.models import PresentationState
from varpa.presentations.queries import with_presentations
from varpa.profiles.models import ProfileState
from varpa.profiles.queries import with_profiles
from varpa.programmes.queries import methodology_of, today_of
from varpa.support.queries.openings import with_opened
from varpa.times.queries import with_times


@dataclass(frozen=True)
class Together:
    """Everything that the home and the room of one side need to know of a pair."""

    pair: Pair
    side: str
    now: datetime
    methodology: Methodology
    facts: dict[str, datetime]
    ahead: list[Ahead]
    meetings: list[Meeting]
    plan: Plan | None
    lines: list[HourLine]
    promises: list[Promise]
    diary: Diary | None
    topics: list[Topic] = field(default_factory=list)

    @property
    def other(self) -> Person:
        return self.pair.member(other_side(self.side)).person

    @property
    def today(self) -> date:
        return today_of(self.pair.programme, self.now)

    @property
    def is_mentor(self) -> bool:
        return self.side == "mentor"

    @property
    def news(self) -> str:
        """The conversation in which something new waits for this side; "" where nothing does."""
        return getattr(self.pair, f"news_{self.side}", None) or ""

    @property
    def waited(self) -> bool:
        """Whether words had waited for this side while it wanted none, of which it was not told yet."""
        return bool(getattr(self.pair, f"waited_{self.side}", False))

    @property
    def writes_business_plan(self) -> bool:
        """Whether the mentee still writes the plan, or has none yet where the methodology asks for one."""
        state = getattr(self.pair, "business_state", None)
        return bool(self.methodology.business_plan) and state in (None, *WRITING)

    @property
    def writes_profile(self) -> bool:
        """Whether the company was visited, and its profile waits for the mentee."""
        asked = bool(self.methodology.company_profile) and Fact.VISIT_HELD in self.facts
        return asked and getattr(self.pair, "profile_state", None) in (None, ProfileState.DRAFTING)

    @property
    def profile_to_approve(self) -> str:
        """The profile whose facts the mentor is asked to approve; "" where none is."""
        waits_for = getattr(self.pair, "profile_state", None) == ProfileState.FINISHED
        return str(getattr(self.pair, "profile_ref", "")) if waits_for else ""

    @property
    def makes_presentation(self) -> bool:
        """Whether the plan is submitted, and no presentation of it is shown to the mentor yet."""
        asked = bool(self.methodology.presentation)
        submitted = getattr(self.pair, "business_state", None) == BusinessState.SUBMITTED
        state = getattr(self.pair, "presentation_state", None)
        return asked and submitted and state in (None, PresentationState.DRAFTING)

    @property
    def remarked(self) -> str:
        """The address of the part of the mentee's plan in which a word of the mentor waits; "" where none."""
        plan, part = (getattr(self.pair, name, None) for name in ("business_plan", "remarked"))
        heard = not waits(getattr(self.pair, "remarked_at", None), self.stopped)
        return reverse("businessplans:part", args=[plan, part]) if plan and part and heard else ""

    @property
    def stopped(self) -> datetime | None:
        """Since when this side wants no words of the other; None where they come."""
        return stopped(self.pair, self.side)

    @property
    def unheard(self) -> bool:
        """Whether the other wants no words of this side."""
        return stopped(self.pair, other_side(self.side)) is not None

    @property
    def heard(self) -> list[Topic]:
        """The topics of the next meeting that this side reads now."""
        return Hearing(self.side, self.stopped).of(self.topics)

    @property
    def promised(self) -> list[Promise]:
        """The promises of both; of the other's those that this side reads now."""
        return Hearing(self.side, self.stopped).of(self.promises)

    @property
    def look(self) -> str:
        """The look at the cooperation that waits for this side; "" where none does."""
        begun = getattr(self.pair, "look_begun", None)
        if begun is None or self.now - begun > OPEN_FOR:
            return ""
        return getattr(self.pair, f"look_{self.side}", None) or ""

    @property
    def report(self) -> str:
        """The report of the two that a joint meeting waits for; "" where none does."""
        until = getattr(self.pair, "report_until", None)
        return getattr(self.pair, "report_to", "") if until and until > self.now else ""

    @property
    def times(self) -> str:
        """The proposal of times from which this side may choose; "" where there is none."""
        return getattr(self.pair, f"times_{self.side}", None) or ""

    @property
    def proposed(self) -> str:
        """The proposal of this side that waits for the other; "" where there is none."""
        return getattr(self.pair, f"times_{other_side(self.side)}", None) or ""

    @property
    def is_active(self) -> bool:
        return self.pair.state == PairState.ACTIVE

    @property
    def phase(self) -> Phase | None:
        return phase_of(self.methodology, self.facts)

    @property
    def hours(self) -> Hours:
        sums = {state: sum(x.minutes for x in self.lines if x.state == state) for state in LineState.values}
        target = self.methodology.hours_minutes
        return Hours(sums[LineState.CONFIRMED], sums[LineState.WAITING], sums[LineState.OBJECTED], target)

    @property
    def coming(self) -> Meeting | None:
        """The planned meeting that comes next, or is under way."""
        ahead = [each for each in self.meetings if each.state == MeetingState.PLANNED]
        return next((each for each in ahead if _ends(each) > self.now), None)

    @property
    def coming_kind(self) -> str:
        """What the next meeting is called in the methodology; "" where none is planned."""
        return str(self.methodology.kind(self.coming.kind).name) if self.coming else ""

    @property
    def passed(self) -> list[Meeting]:
        """Planned meetings whose time has passed: did they take place? Those of a pause did not."""
        planned = [each for each in self.meetings if each.state == MeetingState.PLANNED]
        return [each for each in planned if _ends(each) <= self.now and not getattr(each, "rested", False)]

    @property
    def held(self) -> list[Meeting]:
        return [each for each in self.meetings if each.state == MeetingState.HELD]

    @property
    def to_confirm(self) -> list[HourLine]:
        """Lines that the other entered and this side may confirm."""
        return [x for x in self.lines if x.state == LineState.WAITING and x.side != self.side]

    @property
    def waits_for_me(self) -> int:
        """Minutes that wait for the yes of this side."""
        return sum(each.minutes for each in self.to_confirm)

    @property
    def waits_for_other(self) -> int:
        """Minutes that wait for the yes of the other side."""
        return self.hours.waiting - self.waits_for_me

    @property
    def to_settle(self) -> list[HourLine]:
        """Objected lines in which the other has spoken last."""
        return [x for x in self.lines if x.state == LineState.OBJECTED and x.settled_by != self.side]

    def acting(self, act: str) -> list[Meeting]:
        """Meetings of a meaning, cancelled and missed ones left out."""
        kinds = {kind.key for kind in self.methodology.kinds if kind.acts == act}
        alive = (MeetingState.PLANNED, MeetingState.HELD)
        return [each for each in self.meetings if each.kind in kinds and each.state in alive]

    @property
    def unpermitted(self) -> list[Meeting]:
        """Visits ahead for which a minor's guardian gives no permission now; oldest first."""
        return lacking(self.pair, self.acting(KindAct.VISIT), self.now)

    def seen(self, meeting: Meeting) -> Seen:
        """A meeting of which this side has written nothing yet, with the length that is counted for it."""
        meeting.pair = self.pair
        line = next((each for each in self.lines if each.meeting_id == meeting.pk), None)
        return Seen(meeting, self.side, self.now, line)

    def has_kind(self, act: KindAct) -> bool:
        """Whether the methodology knows meetings of this meaning."""
        return self.methodology.has_kind(act)

    def lacks(self, fact: Fact) -> bool:
        """Whether completion looks for a fact that has neither happened nor been excused."""
        return any(each.is_open and each.requirement.fact == fact for each in self.ahead)

    def excused(self, fact: Fact) -> bool:
        """Whether a fact did not happen, because …"""
        return any(each.is_excused and each.requirement.fact == fact for each in self.ahead)

    @property
    def is_complete(self) -> bool:
        """Whether the pair is led to its end."""
        return is_reached(self.ahead)


def with_diary(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with their people, programme, diary, and where something waits, in one query."""
    made = with_presentations(with_profiles(with_business_plans(with_people(pairs))))
    planned = with_defence(made)
    waiting = with_times(with_opened(with_looks(with_stops(with_news(planned)))))
    return with_reports(waiting).select_related("diary")


def together(pair: Pair, side: str, now: datetime) -> Together:
    """Gather a pair for one side: eight queries; `pair` was read `with_diary`."""
    facts = facts_of(pair)
    gathered = Together(
        pair=pair,
        side=side,
        now=now,
        methodology=methodology_of(pair.programme),
        facts=facts,
        ahead=still_ahead(pair, facts, side=side),
        meetings=rows.meetings(pair=pair, side=side),
        plan=rows.plans.first(pair=pair, side=side),
        lines=rows.lines(pair=pair),
        promises=rows.promises(pair=pair),
        diary=getattr(pair, "diary", None),
    )
    if gathered.coming:
        gathered.topics.extend(rows.topics(meeting=gathered.coming))
    return gathered


def all_together(pairs: list[Pair], sides: list[str], now: datetime) -> list[Together]:
    """Gather several pairs of one person, each for its side: as many queries as for one."""
    if len(pairs) == 1:
        return [together(pairs[0], sides[0], now)]
    facts, excuses = facts_of_pairs(pairs), excuses_of(pairs)
    meetings, plans = _grouped(rows.meetings_of(pairs)), _grouped(rows.plans_of(pairs))
    lines, promises = _grouped(rows.lines_of(pairs)), _grouped(rows.promises_of(pairs))
    found = []
    for pair, side in zip(pairs, sides, strict=True):
        for meeting in meetings.get(pair.pk, []):
            meeting.reviewed = getattr(meeting, f"reviewed_by_{side}")
        plan = next(iter(plans.get(pair.pk, [])), None)
        if plan:
            plan.confirmed_by_me = getattr(plan, f"confirmed_by_{side}")
        found.append(
            Together(
                pair=pair,
                side=side,
                now=now,
                methodology=methodology_of(pair.programme),
                facts=facts.get(pair.pk, {}),
                ahead=ahead_of(pair, facts.get(pair.pk, {}), excuses.get(pair.pk, {}), side=side),
                meetings=meetings.get(pair.pk, []),
                plan=plan,
                lines=lines.get(pair.pk, []),
                promises=promises.get(pair.pk, []),
                diary=getattr(pair, "diary", None),
            )
        )
    _add_topics(found)
    return found


def facts_of_pairs(pairs: Iterable[Pair]) -> dict[int, dict[str, datetime]]:
    """What has happened in many pairs, by their keys; one query."""
    found: dict[int, dict[str, datetime]] = {}
    happened = Happening.objects.filter(pair__in=[pair.pk for pair in pairs])
    for pair, fact, at in happened.values_list("pair", "fact", "at"):
        found.setdefault(pair, {})[fact] = at
    return found


def _add_topics(gathered: list[Together]) -> None:
    coming = {at.coming.pk: at for at in gathered if at.coming}
    for topic in Topic.objects.filter(meeting__in=coming, withdrawn_at__isnull=True) if coming else ():
        coming[topic.meeting_id].topics.append(topic)


def _grouped(things: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for each in things:
        found.setdefault(each.pair_id, []).append(each)
    return found


def _ends(meeting: Meeting) -> datetime:
    return meeting.starts_at + timedelta(minutes=meeting.minutes)
