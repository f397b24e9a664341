"""What came of a replay, as one JSON object: read from the database like any page."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Count, Q, Sum

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.defence import papers
from varpa.defence.models import Defence, DefenceState, Juror
from varpa.diary.models import Diary, DiaryState, EntryState
from varpa.evaluation.queries import board
from varpa.events.models import Event
from varpa.events.queries.events import Counts as Attended
from varpa.events.queries.events import counts_of, standing
from varpa.history.models import Line
from varpa.kernel.text import LANGUAGES
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState
from varpa.methodology import Fact, Methodology
from varpa.pairs.models import Happening, Pair, Plan, PlanState
from varpa.pairs.queries import phase_of
from varpa.post.queries import sent_by_language
from varpa.presentations.models import Recommendation
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.reports.results import promised_results
from varpa.site.replay.learning import learnt
from varpa.surveys.queries.figures import response

Counts = dict[int, dict[str, Any]]


def account(programme: Programme, now: datetime) -> dict[str, Any]:
    """The programme, its pairs, the board and the letters, as they stand at a moment."""
    programme.refresh_from_db(fields=["state"])
    letters = sent_by_language()
    return {
        "programme": {
            "ref": programme.ref,
            "state": programme.state,
            "starts": programme.starts.isoformat(),
            "ends": programme.ends.isoformat(),
            "languages": list(programme.languages),
        },
        "pairs": _pairs(programme),
        "activities": _activities(programme, now),
        "deliverables": _deliverables(programme),
        "events": _events(programme),
        "defence": _defence(programme),
        "surveys": [
            {"key": key, "sent": sent, "answered": answered} for key, sent, answered in response(programme)
        ],
        "promised_results": [
            {"key": each.key, "state": each.state, "evidence": str(each.evidence)}
            for each in promised_results(programme, now)
        ],
        "guidelines": learnt(programme),
        "letters": {language: letters.get(language, 0) for language in LANGUAGES},
        "history_lines": Line.objects.count(),
    }


def _pairs(programme: Programme) -> list[dict[str, Any]]:
    pairs = list(Pair.objects.filter(programme=programme).order_by("pk"))
    methodology = methodology_of(programme)
    meetings, hours, plans, entries = (
        _counted(Meeting, programme, "pair", **_MEETINGS),
        _counted(HourLine, programme, "pair", **_HOURS),
        _counted(Plan, programme, "pair", versions=Count("pk", filter=Q(state__in=_AGREED))),
        _counted(Diary, programme, "pair", **_DIARY),
    )
    facts: dict[int, set[str]] = {pair.pk: set() for pair in pairs}
    for pair_id, fact in Happening.objects.filter(pair__in=pairs).values_list("pair", "fact"):
        facts[pair_id].add(fact)
    return [_pair(pair, methodology, facts[pair.pk], meetings, hours, plans, entries) for pair in pairs]


_MEETINGS = {
    "held": Count("pk", filter=Q(state=MeetingState.HELD), distinct=True),
    "missed": Count("pk", filter=Q(state=MeetingState.MISSED), distinct=True),
    "moved": Count("pk", filter=Q(moves__isnull=False), distinct=True),
    "cancelled": Count("pk", filter=Q(state=MeetingState.CANCELLED), distinct=True),
}
_HOURS = {
    "confirmed": Sum("minutes", filter=Q(state=LineState.CONFIRMED), default=0),
    "objected": Sum("minutes", filter=Q(state=LineState.OBJECTED), default=0),
}
_AGREED = (PlanState.AGREED, PlanState.AMENDED)
_DIARY = {
    "entries": Count("entries", filter=Q(entries__state=EntryState.KEPT)),
    "handed_over": Count("pk", filter=Q(state=DiaryState.HANDED_OVER), distinct=True),
}


def _counted(model: Any, programme: Programme, by: str, **counts: Any) -> Counts:
    rows = model.objects.filter(pair__programme=programme).order_by().values(by).annotate(**counts)
    return {row.pop(by): row for row in rows}


def _pair(
    pair: Pair,
    methodology: Methodology,
    facts: set[str],
    meetings: Counts,
    hours: Counts,
    plans: Counts,
    diaries: Counts,
) -> dict[str, Any]:
    phase = phase_of(methodology, facts)
    ledger = hours.get(pair.pk, {})
    diary = diaries.get(pair.pk, {})
    return {
        "ref": pair.ref,
        "state": pair.state,
        "outcome": pair.outcome or None,
        "phase": phase.key if phase else None,
        "hours_minutes": ledger.get("confirmed", 0),
        "hours_disputed_minutes": ledger.get("objected", 0),
        "meetings": {name: meetings.get(pair.pk, {}).get(name, 0) for name in _MEETINGS},
        "plan_versions": plans.get(pair.pk, {}).get("versions", 0),
        "visit_held": Fact.VISIT_HELD in facts,
        "role_swap_held": Fact.ROLE_SWAP_HELD in facts,
        "diary_entries": diary.get("entries", 0),
        "diary_handed_over": bool(diary.get("handed_over", 0)),
    }


def _deliverables(programme: Programme) -> dict[str, int]:
    """What the mentees have worked out: handed in, found right by the mentor, recommended upon."""
    handed_in = BusinessPlan.objects.filter(membership__programme=programme, state__in=HANDED_IN)
    profiles = Profile.objects.filter(pair__programme=programme, state=ProfileState.APPROVED)
    rehearsed = Recommendation.objects.filter(
        presentation__membership__programme=programme, withdrawn_at=None
    )
    return {
        "plans_submitted": handed_in.count(),
        "profiles_approved": profiles.count(),
        "presentations_rehearsed": rehearsed.values("presentation").distinct().count(),
    }


def _defence(programme: Programme) -> dict[str, int | str]:
    """The defence, all its rooms together; of more than one the SHA-256 is that of theirs, line by line."""
    closed = Defence.objects.filter(programme=programme, state=DefenceState.CLOSED, rehearsal_of=None)
    rooms = list(closed.order_by("pk"))
    told = [papers.account(room) for room in rooms]
    digests = [str(each["protocol_sha256"]) for each in told]
    jurors = Juror.objects.filter(defence__in=rooms, withdrawn_at=None)
    return {
        "slots": sum(int(each["slots"]) for each in told),
        "jurors": jurors.values("person", "address").distinct().count(),
        "money_cents": sum(int(each["money_cents"]) for each in told),
        "votes_after_close": sum(int(each["votes_after_close"]) for each in told),
        "protocol_sha256": digests[0] if len(digests) == 1 else _digest(digests),
    }


def _digest(lines: list[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def _events(programme: Programme) -> list[dict[str, Any]]:
    """Each event: who was invited and who was there, people once and every time."""
    events = Event.objects.filter(programme=programme).order_by("starts_at", "pk")
    return [_event(event, counts_of(standing(programme).filter(event=event))) for event in events]


def _event(event: Event, counts: Attended) -> dict[str, Any]:
    return {
        "key": event.training or event.ref,
        "invited": event.invitations.count(),
        "attended_persons": counts.persons,
        "participations": counts.participations,
    }


def _activities(programme: Programme, now: datetime) -> list[dict[str, Any]]:
    cells = [(row, cell) for row in board(programme, now) for cells in row.cells for cell in cells]
    return [
        {
            "key": cell.activity.key,
            "role": str(cell.activity.role),
            "period": row.period.key,
            "state": cell.state,
            "done": cell.done,
            "of": cell.of,
        }
        for row, cell in cells
    ]
