"""The programme board: periods × roles, each activity with its state computed from evidence (S3)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from varpa.diary.models import Entry, EntryState
from varpa.evaluation.models import Evidence
from varpa.evaluation.shown import BY_MEMBER, BY_PAIR, BY_PROGRAMME
from varpa.history.remembering import until_changed
from varpa.kernel.clock import zone_of
from varpa.meetings.models import Meeting, MeetingState
from varpa.methodology import Counted, EvidenceKind, Window
from varpa.methodology.marks import RoleKey
from varpa.methodology.model import Activity, Period
from varpa.pairs.models import Happening, Outcome, Pair, PairState
from varpa.programmes.models import (
    Membership,
    Programme,
    Receipt,
)
from varpa.programmes.queries import LIVE, calendar_of, methodology_of, prepared, today_of

ROLES = (RoleKey.LEAD_PARTNER, RoleKey.MANAGER, RoleKey.MENTOR, RoleKey.MENTEE)
BY_FACT = frozenset(
    {
        EvidenceKind.PAIR_ACTIVE,
        EvidenceKind.FIRST_MEETING_HELD,
        EvidenceKind.GOALS_SET,
        EvidenceKind.PLAN_AGREED,
        EvidenceKind.HOURS_REACHED,
        EvidenceKind.VISIT_HELD,
        EvidenceKind.ROLE_SWAP_HELD,
        EvidenceKind.CLOSING_REVIEW,
        EvidenceKind.DIARY_HANDED_OVER,
    }
)
"""Kinds whose evidence is a happening of the pair under the same word."""
IN_WINDOW = frozenset({EvidenceKind.MEETINGS_HELD, EvidenceKind.DIARY_KEPT})
"""Kinds that ask for at least one such thing of the pair within the activity's window."""

SHOWN = frozenset({EvidenceKind.RECORDED, EvidenceKind.REPORT_PUBLISHED, EvidenceKind.GUIDELINES_PUBLISHED})
"""Kinds whose evidence is a row: recorded by hand, or shown by a room above (`actions.show_evidence`)."""


_COMPLETED_OF_ONE = Q(pair__outcome=Outcome.COMPLETED)


@dataclass(frozen=True)
class Cell:
    """One activity on the board: `state` is not_yet, open, late or done; "7 of 12" is `done` of `of`.

    `excused` pairs have ended without it, and have said why (R3): they are not missing.
    """

    activity: Activity
    window: Window
    state: str
    done: int
    of: int
    excused: int = 0

    @property
    def missing(self) -> int:
        return max(self.of - self.done - self.excused, 0)


@dataclass(frozen=True)
class Row:
    """One period of the calendar with its cells by role, in the order of ROLES."""

    period: Period
    window: Window
    cells: list[list[Cell]]


def board(programme: Programme, now: datetime) -> list[Row]:
    """The whole calendar with states; a fixed number of queries, whatever the number of pairs."""
    methodology, calendar, today = methodology_of(programme), calendar_of(programme), today_of(programme, now)
    tally = _tally(programme, now)
    rows = []
    for period in methodology.calendar:
        cells = [_cell(each, calendar[each.key], tally, today) for each in period.activities]
        by_role = [[cell for cell in cells if cell.activity.role == role] for role in ROLES]
        rows.append(Row(period, calendar[period.key], by_role))
    return rows


def cell_of(programme: Programme, key: str, now: datetime) -> Cell | None:
    """One activity of the board; None where the methodology has none under this key."""
    found = [cell for row in board(programme, now) for cells in row.cells for cell in cells]
    return next((cell for cell in found if cell.activity.key == key), None)


def counted_pairs(programme: Programme) -> QuerySet[Pair]:
    """The pairs that the board counts: going or paused ones and those that went the whole way."""
    going = Q(state__in=[PairState.ACTIVE, PairState.PAUSED])
    return Pair.objects.filter(going | Q(outcome=Outcome.COMPLETED), programme=programme)


def counted_members(programme: Programme, role: str) -> QuerySet[Membership]:
    """The members of a role that the board counts."""
    members = Membership.objects.filter(programme=programme, role=role, state__in=LIVE)
    return members.select_related("person")


def pairs_with_evidence(programme: Programme, activity: Activity, window: Window) -> QuerySet[Pair]:
    """Of the counted pairs, those that show the evidence of an activity."""
    pairs = counted_pairs(programme)
    if activity.evidence in BY_FACT:
        fact = Happening.objects.filter(pair=OuterRef("pk"), fact=activity.evidence.value)
        return pairs.filter(Exists(fact))
    if activity.evidence == EvidenceKind.RECORDED:
        return pairs.filter(Exists(_recorded(programme, activity).filter(pair=OuterRef("pk"))))
    return pairs.filter(_within(programme, activity, window))


def members_with_evidence(programme: Programme, activity: Activity, today: date) -> QuerySet[Membership]:
    """Of the counted members, those that show the evidence of an activity."""
    members = counted_members(programme, activity.role)
    if activity.evidence == EvidenceKind.READ:
        read = Receipt.objects.filter(membership=OuterRef("pk"), document=activity.document)
        return members.filter(Exists(read))
    if activity.evidence == EvidenceKind.PREPARED:
        return members.filter(prepared(today))
    if activity.evidence in BY_MEMBER:
        return members.filter(BY_MEMBER[activity.evidence](programme, activity))
    return members.filter(Exists(_recorded(programme, activity).filter(membership=OuterRef("pk"))))


def missing_pairs(programme: Programme, cell: Cell) -> QuerySet[Pair]:
    """Which pairs still lack the evidence of an activity."""
    shown = pairs_with_evidence(programme, cell.activity, cell.window)
    missing = counted_pairs(programme).exclude(pk__in=shown.values("pk"))
    if _may_be_excused(programme, cell.activity):
        missing = missing.exclude(outcome=Outcome.COMPLETED)
    named = missing.select_related("mentor__person", "mentee__person")
    return named.only("ref", "programme", "mentor__person__name", "mentee__person__name")


def missing_members(programme: Programme, cell: Cell, now: datetime) -> QuerySet[Membership]:
    """Which members still lack the evidence of an activity."""
    shown = members_with_evidence(programme, cell.activity, today_of(programme, now))
    missing = counted_members(programme, cell.activity.role).exclude(pk__in=shown.order_by().values("pk"))
    return missing.only("ref", "programme", "role", "person__name")


def evidence_of(programme: Programme, activity: str) -> QuerySet[Evidence]:
    """What the manager has recorded for an activity."""
    rows = Evidence.objects.filter(programme=programme, activity=activity, withdrawn_at__isnull=True)
    named = ("membership__person", "pair__mentor__person", "pair__mentee__person", "by")
    told = ("ref", "day", "note", "at", *(f"{each}__name" for each in named))
    return rows.select_related(*named).only(*told).order_by("-pk")


def last_recorded(programme: Programme) -> dict[str, date]:
    """The last day of what was recorded by hand, by activity: a figure of it is no newer."""
    rows = Evidence.objects.filter(programme=programme, withdrawn_at=None).order_by().values("activity")
    return dict(rows.annotate(last=Max("day")).values_list("activity", "last"))


@until_changed
def _tally(programme: Programme, minute: datetime) -> "_Tally":
    """Counting 2,000 pairs takes a tenth of a second."""
    return _Tally(programme, calendar_of(programme), today_of(programme, minute))


class _Tally:
    """How often each evidence is shown: read once for the whole board."""

    def __init__(self, programme: Programme, calendar: dict[str, Window], today: date) -> None:
        activities = methodology_of(programme).activities()
        self.programme = programme
        self.by_programme = _by_programme(programme, activities)
        pairs = counted_pairs(programme).order_by().values("pk")
        self.by_pairs = _by_pairs(programme, activities, calendar)
        self.members = _grouped(Membership.objects.filter(programme=programme, state__in=LIVE), "role")
        facts = Happening.objects.filter(pair__in=pairs).order_by().values_list("fact")
        counts = facts.annotate(all=Count("pk"), ended=Count("pk", filter=_COMPLETED_OF_ONE))
        self.facts: dict[str, tuple[int, int]] = {fact: (count, ended) for fact, count, ended in counts}
        self.read = _grouped(
            Receipt.objects.filter(membership__programme=programme, membership__state__in=LIVE),
            "membership__role",
            "document",
        )
        ready = Membership.objects.filter(prepared(today), programme=programme)
        self.by_members = _by_members(programme, activities)
        self.prepared = (
            _grouped(ready, "role")
            if any(each.evidence == EvidenceKind.PREPARED for each in activities)
            else {}
        )
        records = Evidence.objects.filter(programme=programme, withdrawn_at__isnull=True)
        self.recorded = _grouped(
            records.filter(
                Q(pair__isnull=True, membership__isnull=True)
                | Q(pair__in=pairs)
                | Q(membership__state__in=LIVE)
            ),
            "activity",
        )

    def done(self, activity: Activity) -> int:
        """How many show the evidence of an activity."""
        if activity.evidence in BY_PROGRAMME:
            return self.by_programme[activity.key]
        if activity.evidence == EvidenceKind.READ:
            return self.read.get((activity.role, activity.document), 0)
        if activity.evidence == EvidenceKind.PREPARED:
            return self.prepared.get(activity.role, 0)
        if activity.evidence in BY_MEMBER:
            return self.by_members[activity.key]
        if activity.evidence in SHOWN:
            return self.recorded.get(activity.key, 0)
        if activity.evidence in IN_WINDOW or activity.evidence in BY_PAIR:
            return self.by_pairs[f"shown_{activity.key}"]
        return self.facts.get(activity.evidence.value, (0, 0))[0]

    def excused(self, activity: Activity) -> int:
        """How many pairs went the whole way without it: each has said why it did not happen."""
        if not _may_be_excused(self.programme, activity):
            return 0
        return self.by_pairs["completed"] - self.facts.get(activity.evidence.value, (0, 0))[1]

    def of(self, activity: Activity) -> int:
        """How many should show it."""
        if activity.of == Counted.PROGRAMME:
            return 1
        return self.by_pairs["pairs"] if activity.of == Counted.PAIRS else self.members.get(activity.role, 0)


def _cell(activity: Activity, window: Window, tally: _Tally, today: date) -> Cell:
    done, of, excused = tally.done(activity), tally.of(activity), tally.excused(activity)
    return Cell(activity, window, _state(done + excused, of, window, today), done, of, excused)


def _state(done: int, of: int, window: Window, today: date) -> str:
    if 0 < of <= done:
        return "done"
    if today > window.due:
        return "late"
    # Before there is anybody to do it, nothing has begun.
    return "open" if of and window.starts <= today else "not_yet"


def _may_be_excused(programme: Programme, activity: Activity) -> bool:
    """Whether a pair may end without it once it has said why: completion looks for the same fact."""
    if activity.of != Counted.PAIRS or activity.evidence not in BY_FACT:
        return False
    return any(each.fact == activity.evidence.value for each in methodology_of(programme).requirements)


def _grouped(rows: QuerySet[Any], *names: str) -> dict[Any, int]:
    counted = rows.order_by().values_list(*names).annotate(count=Count("pk"))
    return {row[0] if len(names) == 1 else row[:-1]: row[-1] for row in counted}


def _by_pairs(
    programme: Programme, activities: tuple[Activity, ...], calendar: dict[str, Window]
) -> dict[str, int]:
    """How many pairs there are, and how many met or wrote within each activity's window: one query."""
    counts = {"pairs": Count("pk"), "completed": Count("pk", filter=Q(outcome=Outcome.COMPLETED))}
    for each in activities:
        if each.evidence in IN_WINDOW or each.evidence in BY_PAIR:
            counts[f"shown_{each.key}"] = Count("pk", filter=_within(programme, each, calendar[each.key]))
    return counted_pairs(programme).aggregate(**counts)


def _by_members(programme: Programme, activities: tuple[Activity, ...]) -> dict[str, int]:
    """How many members show the evidence of each activity that asks them for it: one query."""
    asked = [each for each in activities if each.evidence in BY_MEMBER]
    if not asked:
        return {}
    members = Membership.objects.filter(programme=programme, state__in=LIVE)
    counts = {each.key: _who(Q(role=each.role) & BY_MEMBER[each.evidence](programme, each)) for each in asked}
    found: dict[str, int] = members.aggregate(**counts)
    return found


def _by_programme(programme: Programme, activities: tuple[Activity, ...]) -> dict[str, int]:
    """Which activities that are done once the programme itself shows, 1 or 0: one query."""
    asked = [each for each in activities if each.evidence in BY_PROGRAMME]
    counts = {each.key: _who(BY_PROGRAMME[each.evidence](programme, each)) for each in asked}
    found: dict[str, int] = Programme.objects.filter(pk=programme.pk).aggregate(**counts)
    return found


def _who(shows: Q) -> Count:
    return Count("pk", filter=shows)


def _within(programme: Programme, activity: Activity, window: Window) -> Q:
    if activity.evidence in BY_PAIR:
        return BY_PAIR[activity.evidence](programme, activity)
    if activity.evidence == EvidenceKind.MEETINGS_HELD:
        starts, ends = _moments(programme, window)
        held = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.HELD)
        return Q(Exists(held.filter(starts_at__gte=starts, starts_at__lt=ends)))
    kept = Entry.objects.filter(diary__pair=OuterRef("pk"), state=EntryState.KEPT)
    return Q(Exists(kept.filter(day__gte=window.starts, day__lte=window.ends)))


def _recorded(programme: Programme, activity: Activity) -> QuerySet[Evidence]:
    return Evidence.objects.filter(programme=programme, activity=activity.key, withdrawn_at__isnull=True)


def _moments(programme: Programme, window: Window) -> tuple[datetime, datetime]:
    zone = zone_of(programme.zone)
    starts = datetime.combine(window.starts, time(), zone)
    ends = datetime.combine(window.ends + timedelta(days=1), time(), zone)
    return starts.astimezone(UTC), ends.astimezone(UTC)
