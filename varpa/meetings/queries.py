"""Reading meetings, promises and hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.kernel.times import to_local
from varpa.meetings.heard import HEARS_ALL, Hearing, hearing, shared
from varpa.meetings.models import (
    HourLine,
    LineState,
    Meeting,
    MeetingState,
    Notes,
    Promise,
    PromiseState,
    Review,
    Topic,
)
from varpa.meetings.video import video_link
from varpa.methodology.marks import KindAct, QuestionAct
from varpa.methodology.model import Document, Kind, QuestionSet
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.parting import is_written
from varpa.pairs.queries import agreed_choices, in_a_pause, of_pair, other_side
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.queries import hours_target, methodology_of

RHYTHM = 14  # Days, where nothing is agreed; a pair that meets no more often is silent.
# Meetings whose length says something of the next one.
USUAL = (KindAct.FIRST, KindAct.REGULAR, "")
LENGTH = 60
AROUND = timedelta(minutes=15)
FIRST_IN = timedelta(days=3)
FIRST_HOUR = 16
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
    """Meetings with both people and the programme, and whether their hour fell into a pause."""
    people = "pair__mentor__person", "pair__mentee__person"
    read = meetings.select_related(*people, "pair__programme__methodology_version")
    return read.annotate(rested=in_a_pause())


def meetings_of(pair: Pair) -> QuerySet[Meeting]:
    """All meetings of a pair, latest first, with how often each was moved."""
    return Meeting.objects.filter(pair=pair).annotate(moved=Count("moves")).order_by("-starts_at", "-pk")


def next_meeting(pair: Pair, now: datetime) -> Meeting | None:
    """The planned meeting that comes next; one that should be under way still counts."""
    planned = pair.meetings.filter(state=MeetingState.PLANNED).order_by("starts_at", "pk")
    return planned.filter(starts_at__gte=now).first() or planned.last()


def unreviewed(pair: Pair, now: datetime) -> QuerySet[Meeting]:
    """Planned meetings whose hour has passed: did they take place? Not those of a pause: they did not."""
    return pair.meetings.filter(~in_a_pause(), state=MeetingState.PLANNED, starts_at__lt=now)


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


def first_planned(pair: Pair) -> bool:
    """Whether the first meeting is planned or was held."""
    first = pair.meetings.filter(kind__in=kinds_acting(pair.programme, KindAct.FIRST))
    return first.filter(state__in=[MeetingState.PLANNED, MeetingState.HELD]).exists()


def guide_of(programme: Programme, kind: Kind) -> Document | None:
    """What is read before a meeting of a kind."""
    return methodology_of(programme).document(kind.document) if kind.document else None


def kinds_acting(programme: Programme, act: str) -> list[str]:
    """The keys of the kinds of meeting with a meaning."""
    return [kind.key for kind in methodology_of(programme).kinds if kind.acts == act]


def topics_of(meeting: Meeting) -> QuerySet[Topic]:
    """The topics and questions that stand."""
    return meeting.topics.filter(withdrawn_at__isnull=True)


def promises_with_pair(promises: QuerySet[Promise]) -> QuerySet[Promise]:
    """Promises with both people and the programme."""
    return promises.select_related(
        "pair__mentor__person", "pair__mentee__person", "pair__programme__methodology_version"
    )


def promises_of(pair: Pair) -> QuerySet[Promise]:
    """The promises of both that stand: open ones first, by date."""
    return Promise.objects.filter(~Q(state=PromiseState.WITHDRAWN), pair=pair).order_by("-state", "due", "pk")


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
    return HourLine.objects.filter(pair=pair).select_related("meeting").order_by("-day", "-pk")


def lines_with_pair(lines: QuerySet[HourLine]) -> QuerySet[HourLine]:
    """Lines of the ledger with their meeting, both people and the programme."""
    return lines.select_related(
        "meeting", "pair__mentor__person", "pair__mentee__person", "pair__programme__methodology_version"
    )


def counted(meeting: Meeting) -> HourLine | None:
    """The line of the ledger that counts a meeting; at most one stands."""
    return HourLine.objects.filter(meeting=meeting).exclude(state=LineState.WITHDRAWN).first()


def lines_waiting_for(pair: Pair, side: str) -> QuerySet[HourLine]:
    """Lines that the other entered and this side may confirm or object to."""
    return pair.hours.filter(state=LineState.WAITING).exclude(side=side).select_related("meeting")


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


def with_beat(pairs: QuerySet[Pair], now: datetime) -> QuerySet[Pair]:
    """Pairs with `met` and `coming`, as a Beat has them, and `counted`: minutes confirmed or waiting."""
    planned = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gte=now)
    counts = HourLine.objects.filter(state__in=[LineState.CONFIRMED, LineState.WAITING])
    return pairs.annotate(
        met=of_pair(Meeting.objects.filter(state=MeetingState.HELD), "pair", Max("starts_at")),
        coming=of_pair(planned, "pair", Min("starts_at")),
        counted=Coalesce(of_pair(counts, "pair", Sum("minutes")), 0),
    )


@dataclass(frozen=True)
class Suggestion:
    """What a form for a meeting begins with: the hour on the wall, the length in minutes, the last link."""

    starts_local: datetime
    minutes: int
    link: str


def suggest(pair: Pair, zone: str, now: datetime, choices: Mapping[str, object] | None = None) -> Suggestion:
    """The next time by the rhythm of the two at the hour of their last meeting; first a school day at 16.

    As long as agreed, else as the last one of an ordinary length: a visit or a role swap takes half a day.
    """
    choices = agreed_choices(pair) if choices is None else choices
    before = list(pair.meetings.exclude(state=MeetingState.CANCELLED).order_by("-starts_at", "-pk")[:20])
    last = before[0] if before else None
    usual = next((each for each in before if kind_of(each).acts in USUAL), None)
    length, rhythm = choices.get(QuestionAct.LENGTH), choices.get(QuestionAct.RHYTHM)
    days = rhythm if isinstance(rhythm, int) and rhythm > 0 else RHYTHM
    here = to_local(now, zone).replace(tzinfo=None)
    starts = here.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0) + FIRST_IN
    if last:
        starts = to_local(last.starts_at, zone).replace(tzinfo=None) + timedelta(days=days)
        while starts <= here:
            starts += timedelta(days=days)
    elif starts.weekday() > 4:
        starts += timedelta(days=2)
    agreed = length if isinstance(length, int) and length > 0 else None
    minutes = agreed or (usual.minutes if usual else LENGTH)
    return Suggestion(starts, minutes, video_link(last.place) if last else "")


def lately(zone: str, minutes: int, now: datetime) -> datetime:
    """The hour on the wall at which a meeting of this length began that has ended just now."""
    began = to_local(now - timedelta(minutes=minutes), zone).replace(tzinfo=None)
    return began.replace(minute=began.minute - began.minute % 15, second=0, microsecond=0)


def agenda_of_first(programme: Programme) -> TranslatedText:
    """The agenda that the methodology recommends for the first meeting: the topic, then the practical."""
    methodology = methodology_of(programme)
    halves = (methodology.first_meeting, methodology.plan)
    texts = {language: "\n\n".join(_listed(half, language) for half in halves) for language in LANGUAGES}
    return TranslatedText(**texts)


def _listed(questions: QuestionSet, language: str) -> str:
    lines = [f"- {question.text.within(language)}" for question in questions.questions]
    return "\n".join([questions.title.within(language), *lines])


@dataclass(frozen=True)
class Seen:
    """A meeting as one of the two sees it: before, during or after (methodology §8)."""

    meeting: Meeting
    side: str
    now: datetime
    line: HourLine | None
    topics: list[Topic] = field(default_factory=list)
    notes: dict[str, Notes] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    hearing: Hearing = HEARS_ALL
    words_wait: bool = False

    @property
    def step(self) -> str:
        """ "before", "meeting" (a quarter of an hour around it too: people talk on) or "after"."""
        if self.meeting.state != MeetingState.PLANNED or self.now >= self.ends_at + AROUND:
            return "after"
        return "meeting" if self.now >= self.meeting.starts_at - AROUND else "before"

    @property
    def is_over(self) -> bool:
        """Whether the planned time has passed. Computed from the plan: nobody is clocked in (R5)."""
        return self.now >= self.ends_at

    @property
    def ends_at(self) -> datetime:
        return self.meeting.starts_at + timedelta(minutes=self.meeting.minutes)

    @property
    def has_begun(self) -> bool:
        return self.now >= self.meeting.starts_at

    @property
    def is_mentor(self) -> bool:
        return self.side == "mentor"

    @property
    def is_written(self) -> bool:
        """Whether what was can be written down: of a pair that has ended for thirty days only."""
        return is_written(self.meeting.pair, self.now)

    @property
    def is_open(self) -> bool:
        """Whether the two may prepare and note: in an active pair, unless it was called off."""
        alive = self.meeting.state in (MeetingState.PLANNED, MeetingState.HELD)
        return alive and self.meeting.pair.state == PairState.ACTIVE

    @property
    def rested(self) -> bool:
        """Whether its hour fell into a pause: then it was not held (R1)."""
        planned = self.meeting.state == MeetingState.PLANNED
        return planned and bool(getattr(self.meeting, "rested", False))

    @property
    def kind(self) -> Kind:
        return kind_of(self.meeting)

    @property
    def guide(self) -> Document | None:
        """What is read before a meeting of this kind."""
        return guide_of(self.meeting.pair.programme, self.kind)

    @property
    def means(self) -> TranslatedText:
        return means_names(self.meeting.pair.programme)[self.meeting.means]

    @property
    def other(self) -> Person:
        return self.meeting.pair.member(other_side(self.side)).person

    @property
    def missing(self) -> Person | None:
        """Who of the two could not come; None where both or neither."""
        side = self.meeting.missed_by
        return self.meeting.pair.member(side).person if side in Side.values else None

    @property
    def own_notes(self) -> Notes | None:
        return self.notes.get(self.side)

    @property
    def others_notes(self) -> Notes | None:
        """The other's notes, unless they wait: this side wants no words of the other now."""
        notes = self.notes.get(other_side(self.side))
        return notes if notes and self.hearing.reads(notes) else None

    @property
    def own_review(self) -> Review | None:
        return self.reviews.get(self.side)

    @property
    def others_review(self) -> Review | None:
        """The other's review, where both share theirs (R5)."""
        review = shared(self.reviews).get(other_side(self.side))
        return review if review and self.hearing.reads(review) else None


def seen(meeting: Meeting, side: str, now: datetime) -> Seen:
    """What a page shows of a meeting read with its pair: six queries; before its hour nobody reviews it."""
    hears = hearing(meeting.pair, side)
    topics, begun = list(topics_of(meeting)), meeting.starts_at <= now
    promises = list(meeting.promises.exclude(state=PromiseState.WITHDRAWN)) if begun else []
    notes = {each.side: each for each in meeting.notes.all()}
    reviews = {each.side: each for each in meeting.reviews.all()} if begun else {}
    return Seen(
        meeting=meeting,
        side=side,
        now=now,
        topics=hears.of(topics),
        notes=notes,
        reviews=reviews,
        promises=hears.of(promises),
        hearing=hears,
        words_wait=hears.holds([*topics, *promises], [*notes.values(), *shared(reviews).values()]),
        # Hours are counted of what was held.
        line=counted(meeting) if meeting.state == MeetingState.HELD else None,
    )


def means_names(programme: Programme) -> dict[str, TranslatedText]:
    """The means of communication by key."""
    return {each.key: each.name for each in methodology_of(programme).means}
