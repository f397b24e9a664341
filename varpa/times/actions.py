"""Proposing times, choosing one, proposing others, saying that none suits (methodology §8, R5)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.absences.queries import days_away
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.once import make_once, require_same
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.kernel.times import to_utc
from varpa.meetings.actions.meetings import plan_meeting, require_fit, require_time
from varpa.meetings.models import Meeting
from varpa.meetings.queries import LED_BY_MENTOR
from varpa.meetings.video import require_safe_link
from varpa.meetings.where import require_known
from varpa.messaging.queries import REPLY_DAYS
from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Kind
from varpa.pairs.actions.pairs import require_active, require_not_ended, require_side
from varpa.pairs.choices import agreed_days
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import other_side
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.post.queries import already
from varpa.programmes.queries import methodology_of, today_of
from varpa.programmes.working_days import after_working_days
from varpa.times import letters
from varpa.times.models import Option, Proposal, ProposalState
from varpa.times.queries import live, waiting, with_pair

MOST = 3
LAST_CALL: Final = timedelta(hours=24)
"""How long before the last of the times whoever has not chosen is reminded, whatever was agreed."""
SOONEST: Final = timedelta(hours=6)
"""How long after the times were proposed nobody is reminded of them yet."""
LOOKED_AHEAD: Final = timedelta(days=200)


class NoTimes(Refusal):
    sentence = _("Write at least one time. Two or three are easier to choose from.")


class TwiceTheSame(Refusal):
    sentence = _("Two of the times are the same. Change one, or leave it blank.")


class ProposedMeanwhile(Refusal):
    """Both proposed at the same moment: the second looks at the first before adding to it."""

    sentence = _("Times were proposed meanwhile. Look at them first; what you wrote is still here.")


class OwnProposal(Refusal):
    sentence = _("You proposed these times; the other one chooses. You can propose others instead.")


class PassedAlready(Refusal):
    sentence = _("These times have passed, or a meeting was planned meanwhile. Propose new ones.")


@transaction.atomic
def propose_times(
    *,
    pair: Pair,
    kind: str,
    means: str,
    minutes: int,
    starts_local: Sequence[datetime],
    zone: str,
    by: Person,
    now: datetime,
    place: str = "",
    word: str = "",
    ref: str = "",
    answers: str = "",
) -> Proposal:
    """Propose one to three times. `answers`: the open proposal that the form knew, "" for none.

    It counters the other's or replaces one's own. Raises ProposedMeanwhile where another one is open."""
    require_active(pair, now)
    side = require_side(pair, by)
    fields = {
        "side": side,
        "kind": kind,
        "means": means,
        "minutes": minutes,
        "place": place.strip(),
        "zone": zone,
        "word": word.strip(),
    }
    known = Proposal.objects.filter(ref=ref, pair=pair).first() if ref else None
    if known:
        require_same(known, fields)
        return known
    require_safe_link(place)
    require_known(pair, side, place=place)
    before = _open(pair, now)
    if (before.ref if before else "") != answers:
        raise ProposedMeanwhile()
    times = _times(starts_local, zone)
    leads = Side.MENTOR if before and before.kind == kind else side
    require_fit(pair, leads, kind, means, minutes, now)
    for starts_at in times:
        require_time(pair, starts_at, minutes, now)
    counter = before is not None and before.side != side
    if before:
        _settle(before, "counter" if counter else "withdraw", now)
    proposal = _make(pair, ref, {**fields, "last_at": max(times), "at": now}, times)
    _record("times.propose", proposal, now=now, by=by, counter=int(counter), times=len(times))
    letters.ask(proposal, counter=counter, now=now)
    return proposal


@transaction.atomic
def choose_time(*, option: Option, by: Person, now: datetime, channel: str = Channel.WEB) -> Meeting:
    """The other takes one of the times: the meeting is planned, and both are invited.

    Raises OwnProposal, PassedAlready, AlreadyMoved, and whatever refuses a plan at that time.
    """
    proposal = with_pair(Proposal.objects.filter(pk=option.proposal_id)).get()
    pair = proposal.pair
    require_active(pair, now)
    side = require_side(pair, by)
    proposal.refresh_from_db(fields=["state", "meeting"])
    if side == proposal.side:
        raise OwnProposal()
    if proposal.meeting and proposal.meeting.starts_at == option.starts_at:
        return proposal.meeting
    if proposal.state != ProposalState.OPEN:
        raise AlreadyMoved()
    if not live(now).filter(pk=proposal.pk).exists():
        raise PassedAlready()
    planner = Side.MENTOR if kind_asked(proposal).acts in LED_BY_MENTOR else proposal.side
    meeting = plan_meeting(
        pair=pair,
        kind=proposal.kind,
        means=proposal.means,
        starts_local=option.starts_local,
        zone=proposal.zone,
        minutes=proposal.minutes,
        place=proposal.place,
        known=proposal.place,
        by=pair.member(planner).person,
        now=now,
    )
    _settle(proposal, "choose", now, meeting=meeting)
    _record("times.choose", proposal, now=now, by=by, channel=channel)
    return meeting


@transaction.atomic
def decline_times(*, proposal: Proposal, by: Person, now: datetime, answer: str = "") -> None:
    """None of the times suits, with a word if one likes; the proposer is told. Raises PairHasEnded."""
    require_not_ended(proposal.pair)
    if require_side(proposal.pair, by) == proposal.side:
        raise OwnProposal()
    _settle(proposal, "decline", now, answer=answer.strip())
    _record("times.decline", proposal, now=now, by=by)
    letters.tell_none(proposal, now=now)


@transaction.atomic
def take_back_times(*, proposal: Proposal, by: Person, now: datetime) -> None:
    """The proposer takes the times back before one is chosen. Raises PairHasEnded."""
    require_not_ended(proposal.pair)
    if require_side(proposal.pair, by) != proposal.side:
        raise AlreadyMoved()
    _settle(proposal, "withdraw", now)
    _record("times.take_back", proposal, now=now, by=by)


def end_passed(now: datetime, limit: int = 500) -> int:
    """For the schedule: proposals past their last time, or overtaken by a meeting, end; answers how many.

    Both are told where nobody chose; what a meeting has overtaken, or a pause, needs no word.
    """
    over = Proposal.objects.filter(state=ProposalState.OPEN).exclude(pk__in=live(now).order_by().values("pk"))
    unanswered = set(waiting().filter(last_at__lte=now).order_by().values_list("pk", flat=True))
    count = 0
    for proposal in with_pair(over).order_by("pk")[:limit]:
        count += _pass(proposal, now, tells=proposal.pk in unanswered)
    return count


def remind_of_times(now: datetime) -> int:
    """For the schedule: once to whoever has not chosen in the agreed time to answer, or by the day before the
    last of the times (R4); answers how many.
    """
    open_still = list(with_pair(live(now)).order_by("pk"))
    written = already([letters.due_key(each) for each in open_still]) if open_still else set()
    asked = [each for each in open_still if letters.due_key(each) not in written]
    agreed = agreed_days([each.pair for each in asked], QuestionAct.REPLY_TIME)
    owing = {each.pk: each.pair.member(other_side(each.side)) for each in asked}
    since = min((each.at for each in asked), default=now).date()
    away = days_away([each.person_id for each in owing.values()], since, now.date() + LOOKED_AHEAD)
    count = 0
    for each in asked:
        free = away.get(owing[each.pk].person_id, frozenset())
        if _is_due(each, owing[each.pk].country, agreed.get(each.pair_id, REPLY_DAYS), free, now):
            count += letters.remind(each, now=now)
    return count


def _is_due(proposal: Proposal, country: str, days: int, away: Collection[date], now: datetime) -> bool:
    """Whether the time to choose has passed, or a day is left: for nobody who is away."""
    programme = proposal.pair.programme
    by = after_working_days(today_of(programme, proposal.at), days, country, away)
    last_call = max(proposal.last_at - LAST_CALL, proposal.at + SOONEST)
    today = today_of(programme, now)
    return today not in away and (by < today or now >= last_call)


def kind_asked(proposal: Proposal) -> Kind:
    """The kind of meeting for which times are proposed."""
    return methodology_of(proposal.pair.programme).kind(proposal.kind)


def _open(pair: Pair, now: datetime) -> Proposal | None:
    """The open proposal that is alive; one that is not ends here."""
    there = Proposal.objects.filter(pair=pair, state=ProposalState.OPEN).first()
    if there is None or live(now).filter(pk=there.pk).exists():
        return there
    _pass(there, now)
    return None


def _pass(proposal: Proposal, now: datetime, *, tells: bool = False) -> bool:
    with transaction.atomic():
        try:
            _settle(proposal, "pass", now)
        except AlreadyMoved:
            return False
        _record("times.pass", proposal, now=now, by=None)
        if tells:
            letters.tell_passed(proposal, now=now)
    return True


def _settle(proposal: Proposal, step: str, now: datetime, **changes: Any) -> None:
    """A proposal waits no longer: neither does its letter."""
    move(proposal, step, settled_at=now, **changes)
    post.withdraw(about=letters.about(proposal), now=now)


def _make(pair: Pair, ref: str, fields: dict[str, Any], times: dict[datetime, datetime]) -> Proposal:
    proposal, _made = make_once(Proposal, ref=ref, pair=pair, fields=fields)
    Option.objects.bulk_create(
        Option(proposal=proposal, starts_at=moment, starts_local=local) for moment, local in times.items()
    )
    return proposal


def _times(starts_local: Sequence[datetime], zone: str) -> dict[datetime, datetime]:
    """The hours on the wall by their moments."""
    if not starts_local:
        raise NoTimes()
    times = {to_utc(local, zone): local for local in starts_local[:MOST]}
    if len(times) < len(starts_local):
        raise TwiceTheSame()
    return times


def _record(
    verb: str,
    proposal: Proposal,
    *,
    now: datetime,
    by: Person | None,
    channel: str = "",
    **details: int,
) -> None:
    ref = proposal.pair.programme.ref
    record(verb, proposal, now=now, by=by, channel=channel, programme_ref=ref, details=details)
