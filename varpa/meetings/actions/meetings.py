"""Planning, moving, cancelling, missing and preparing a meeting (methodology §8, R5)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.compiled import compiled
from varpa.kernel.once import make_once, require_same
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.kernel.times import to_utc
from varpa.meetings.actions.facts import settle_kind
from varpa.meetings.actions.hours import take_meeting_out
from varpa.meetings.actions.lengths import WrongLength
from varpa.meetings.letters import meetings as letters
from varpa.meetings.models import LONGEST, Meeting, MeetingState, MissedBy, Move
from varpa.meetings.permitted import why_not
from varpa.meetings.queries import LED_BY_MENTOR, kinds_for, with_pair
from varpa.meetings.video import require_safe_link
from varpa.meetings.where import require_known
from varpa.methodology.marks import KindAct
from varpa.pairs.actions.pairs import hold, require_active, require_not_ended, require_side
from varpa.pairs.actions.past import require_lately, require_together
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of

FARTHEST = timedelta(days=366)
ALIVE = (MeetingState.PLANNED, MeetingState.HELD)


class UnknownKind(Refusal):
    sentence = _("Choose the kind of meeting from the list.")


class MentorLeads(Refusal):
    """First meeting, visit, role swap and closing are organised by the mentor (methodology §3.1)."""

    sentence = _("The mentor plans this meeting. You can write which time suits you.")


class UnknownMeans(Refusal):
    sentence = _("Choose the means of communication from the list.")


class VisitInPerson(Refusal):
    sentence = _("A visit to the company is in person. Choose “in person”.")


class InThePast(Refusal):
    sentence = _("This time has passed. Choose a later one, or write down that the meeting took place.")


class TooFarAhead(Refusal):
    """A slip in the year would stand in two calendars."""

    sentence = _("This is more than a year ahead. Look at the year once more.")


class NotYet(Refusal):
    sentence = _("The meeting has not begun yet. Move it first if it took place earlier.")


class BeforeThePair(Refusal):
    """No one-to-one meeting is older than the pair (R1)."""

    sentence = _("At that time your work together had not begun. Choose a later time.")


class SameTime(Refusal):
    """Two meetings of one pair at one time would count its hours twice (R2)."""

    sentence = _("There is a meeting at this time already. It stands in the list of meetings.")


class HasBegun(Refusal):
    sentence = _("The hour of this meeting has passed. Write down that it did not take place.")


@transaction.atomic
def plan_meeting(
    *,
    pair: Pair,
    kind: str,
    means: str,
    starts_local: datetime,
    zone: str,
    minutes: int,
    by: Person,
    now: datetime,
    place: str = "",
    host: str = "",
    country: str = "",
    agenda: str = "",
    ref: str = "",
    past: bool = False,
    known: str = "",
) -> Meeting:
    """Plan a meeting at a local hour and invite both; `past`: it took place already, so nobody is invited.

    Raises HourDoesNotExist for an hour that the clocks skip, and what `where.require_known` raises.
    """
    if past:
        require_together(pair, to_utc(starts_local, zone), now)
    else:
        require_active(pair, now)
    side = require_side(pair, by)
    require_known(pair, side, place=place, host=host, agenda=agenda, known=known)
    meeting, made = put_down(
        pair=pair,
        side=side,
        kind=kind,
        means=means,
        starts_local=starts_local,
        zone=zone,
        minutes=minutes,
        place=place,
        host=host,
        country=country,
        agenda=agenda,
        ref=ref,
        past=past,
        now=now,
    )
    if made:
        _record("meeting.plan", meeting, now=now, by=by, kind=kind)
    if made and not past:
        letters.invite(meeting, now=now)
    return meeting


def put_down(
    *,
    pair: Pair,
    side: str,
    kind: str,
    means: str,
    starts_local: datetime,
    zone: str,
    minutes: int,
    now: datetime,
    place: str = "",
    host: str = "",
    country: str = "",
    agenda: str = "",
    ref: str = "",
    past: bool = False,
) -> tuple[Meeting, bool]:
    """A meeting as one side has planned it, or as it took place: whether it is new. The pair is held.

    Nobody is told; for what else see `plan_meeting`.
    """
    starts_at = to_utc(starts_local, zone)
    fields = {
        "kind": kind,
        "means": means,
        "starts_local": starts_local,
        "starts_at": starts_at,
        "zone": zone,
        "minutes": minutes,
        "place": place.strip(),
        "host": host.strip(),
        "country": country,
        "agenda": agenda.strip(),
        "planned_by": side,
        "planned_at": now,
    }
    known = Meeting.objects.filter(ref=ref, pair=pair).first() if ref else None
    if known:
        require_same(known, fields)
        return known, False
    require_fit(pair, side, kind, means, minutes, now, country=country)
    require_safe_link(place)
    require_time(pair, starts_at, minutes, now, past=past)
    meeting, made = make_once(Meeting, ref=ref, pair=pair, fields=fields)
    settle_kind(meeting, now)
    return meeting, made


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_local: datetime,
    zone: str,
    minutes: int,
    by: Person,
    now: datetime,
    means: str = "",
    place: str | None = None,
    host: str | None = None,
    country: str | None = None,
    sequence: int | None = None,
) -> bool:
    """Move a planned meeting, or change its length, means or place; the invitation goes again, same UID.

    Raises AlreadyMoved for an old `sequence` of a form; answers False where nothing changes: no letter goes.
    """
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    read_anew(meeting)
    changes = {
        "starts_local": starts_local,
        "starts_at": to_utc(starts_local, zone),
        "zone": zone,
        "minutes": minutes,
        "means": means or meeting.means,
        "place": meeting.place if place is None else place.strip(),
        "host": meeting.host if host is None else host.strip(),
        "country": meeting.country if country is None else country,
    }
    require_known(meeting.pair, side, place=str(changes["place"]), host=str(changes["host"]))
    if meeting.state == MeetingState.PLANNED and _stands_so(meeting, changes):
        return sequence is not None and sequence != meeting.sequence
    if sequence is not None and sequence != meeting.sequence:
        raise AlreadyMoved()
    fit = str(changes["means"]), minutes, now
    require_fit(meeting.pair, "mentor", meeting.kind, *fit, moving=True, country=str(changes["country"]))
    require_safe_link(str(changes["place"]))
    was, was_at, starts_at = meeting.starts_local, meeting.starts_at, to_utc(starts_local, zone)
    if starts_at == was_at <= now:
        require_free(meeting.pair, was_at, minutes, but=meeting)
    else:
        require_time(meeting.pair, starts_at, minutes, now, but=meeting)
    move(meeting, "move", sequence=meeting.sequence + 1, **changes)
    if moved := meeting.starts_at != was_at:
        _keep_move(meeting, side, was, was_at, now)
    _record("meeting.move", meeting, now=now, by=by, moved=int(moved))
    letters.invite(meeting, now=now, news="moved" if moved else "changed", was_at=was_at)
    return True


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Person, now: datetime, reason: str = "") -> None:
    """Cancel a planned meeting before its hour; calendars take it back.

    Raises PairHasEnded after the end: what was still ahead is taken back then by itself.
    """
    require_not_ended(meeting.pair)
    require_side(meeting.pair, by)
    read_anew(meeting)
    if meeting.state == MeetingState.PLANNED and meeting.starts_at <= now:
        raise HasBegun()
    _cancel(meeting, reason.strip(), by=by, now=now)


def take_back_left(now: datetime, limit: int = 200) -> int:
    """For the schedule: what an ended pair had still planned is cancelled; answers how many."""
    left = with_pair(
        Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gt=now, pair__state=PairState.ENDED)
    )
    return sum(_take_back(meeting, now) for meeting in left.order_by("starts_at", "pk")[:limit])


@transaction.atomic
def miss_meeting(*, meeting: Meeting, missed_by: str, by: Person, now: datetime, reason: str = "") -> None:
    """Write down that a meeting did not take place, and who could not come; nobody is blamed.

    Raises OtherCounted where the other has written that it took place: then the hours are objected to. What
    was held stands once the pair has ended (R3): then it raises PairHasEnded.
    """
    hold(meeting.pair)
    side = require_side(meeting.pair, by)
    read_anew(meeting)
    if meeting.state == MeetingState.HELD:
        require_not_ended(meeting.pair)
    require_lately(meeting.pair, now)
    if meeting.starts_at > now:
        raise NotYet()
    take_meeting_out(meeting=meeting, by=by, now=now)
    said = {"reason": reason.strip(), "reason_by": side}
    move(meeting, "miss", missed_by=MissedBy(missed_by).value, settled_at=now, **said)
    settle_kind(meeting, now)
    _record("meeting.miss", meeting, now=now, by=by, missed_by=missed_by)
    letters.end_reminders(meeting, now=now)


def _stands_so(meeting: Meeting, changes: dict[str, Any]) -> bool:
    return all(getattr(meeting, name) == value for name, value in changes.items())


def _keep_move(meeting: Meeting, side: str, was: datetime, was_at: datetime, now: datetime) -> None:
    invited = meeting.sequence - 1
    Move.objects.create(meeting=meeting, side=side, was_local=was, was_at=was_at, sequence=invited, at=now)


def read_anew(meeting: Meeting) -> None:
    """What may have changed since the page was asked for; the pair is held meanwhile."""
    names = ("state", "kind", "means", "starts_local", "starts_at", "zone", "minutes", "place", "host")
    meeting.refresh_from_db(fields=[*names, "country", "sequence"])


def require_fit(
    pair: Pair,
    side: str,
    kind: str,
    means: str,
    minutes: int,
    now: datetime,
    *,
    moving: bool = False,
    country: str = "",
) -> None:
    """Raise what refuses a kind, means or length to a side; `moving`: of a meeting that is there already.

    `country`: where a visit is, "" for the mentor's.
    """
    methodology = methodology_of(pair.programme)
    acts = {each.key: each.acts for each in methodology.kinds}
    if kind not in acts:
        raise UnknownKind()
    if side != "mentor" and acts[kind] in LED_BY_MENTOR:
        raise MentorLeads()
    if not moving and kind not in {each.key for each in kinds_for(pair, side)}:
        raise UnknownKind()
    in_person = {each.key: each.in_person for each in methodology.means}
    if means not in in_person:
        raise UnknownMeans()
    if acts[kind] == KindAct.VISIT and not in_person[means]:
        raise VisitInPerson()
    if not 1 <= minutes <= LONGEST:
        raise WrongLength()
    if acts[kind] == KindAct.VISIT and (refusal := why_not(pair, now, country)):
        raise refusal


def require_time(
    pair: Pair,
    starts_at: datetime,
    minutes: int,
    now: datetime,
    *,
    past: bool = False,
    but: Meeting | None = None,
) -> None:
    """Raise what refuses a time: ahead of now, or `past`; SameTime beside any other meeting than `but`."""
    if starts_at < now and not past:
        raise InThePast()
    if starts_at > now and past:
        raise NotYet()
    if starts_at > now + FARTHEST:
        raise TooFarAhead()
    if pair.active_at is None or starts_at < pair.active_at:
        raise BeforeThePair()
    require_free(pair, starts_at, minutes, but=but)


def require_free(pair: Pair, starts_at: datetime, minutes: int, *, but: Meeting | None = None) -> None:
    """Raise SameTime where another meeting of the pair, planned or held, takes part of this time (R2)."""
    ends_at = starts_at + timedelta(minutes=minutes)
    for other, begins, lasts in _near(
        pair=pair, after=starts_at - timedelta(minutes=LONGEST), before=ends_at
    ):
        if (but is None or other != but.pk) and begins + timedelta(minutes=lasts) > starts_at:
            raise SameTime()


@compiled(after=DateTimeField(), before=DateTimeField())
def _near(pair: Pair, after: datetime, before: datetime) -> "QuerySet[Any, tuple[int, datetime, int]]":
    """The meetings of a pair that begin between two moments: each one's key, beginning and minutes."""
    alive = Meeting.objects.filter(pair=pair, state__in=ALIVE, starts_at__gt=after, starts_at__lt=before)
    return alive.order_by().values_list("pk", "starts_at", "minutes")


def _cancel(meeting: Meeting, reason: str, *, by: Person | None, now: datetime) -> None:
    said = {"reason": reason, "reason_by": require_side(meeting.pair, by) if by else ""}
    move(meeting, "cancel", settled_at=now, sequence=meeting.sequence + 1, **said)
    settle_kind(meeting, now)
    _record("meeting.cancel", meeting, now=now, by=by)
    letters.take_back(meeting, now=now)


@transaction.atomic
def _take_back(meeting: Meeting, now: datetime) -> int:
    hold(meeting.pair)
    read_anew(meeting)
    try:
        _cancel(meeting, "", by=None, now=now)
    except AlreadyMoved:
        return 0
    return 1


def _record(
    verb: str, meeting: Meeting, *, now: datetime, by: Person | None, **details: str | int | None
) -> None:
    record(verb, meeting, now=now, by=by, programme_ref=meeting.pair.programme.ref, details=details)
