"""Planning, moving, cancelling, missing and preparing a meeting (methodology §8, R5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.kernel.times import to_utc
from varpa.meetings import letters
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, MissedBy, Move, Topic
from varpa.meetings.queries import LED_BY_MENTOR, kind_of, kinds_acting, kinds_for
from varpa.methodology import Fact
from varpa.methodology.marks import KindAct
from varpa.pairs.actions.pairs import NotOneOfTheTwo, require_active, require_side, settle_fact
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import PermissionKind
from varpa.programmes.queries import has_permission, methodology_of, needs_permission, today_of

LONGEST = 12 * 60


class UnknownKind(Refusal):
    sentence = _("Choose the kind of meeting from the list.")


class MentorLeads(Refusal):
    """First meeting, visit, role swap and closing are organised by the mentor (methodology §3.1)."""

    sentence = _("The mentor plans this meeting. You can write which time suits you.")


class UnknownMeans(Refusal):
    sentence = _("Choose the means of communication from the list.")


class VisitInPerson(Refusal):
    sentence = _("A visit to the company is in person. Choose “in person”.")


class NoVisitPermission(Refusal):
    sentence = _(
        "The guardian's permission for the visit is not here yet. The project manager can record it."
    )


class WrongLength(Refusal):
    sentence = _("Write the length in minutes, from 1 to 720.")


class InThePast(Refusal):
    sentence = _("This time has passed. Choose a later one, or write down that the meeting took place.")


class NotYet(Refusal):
    sentence = _("The meeting has not begun yet. Move it first if it took place earlier.")


class EmptyTopic(Refusal):
    sentence = _("Write the topic or question in a few words.")


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
    agenda: str = "",
    ref: str = "",
    past: bool = False,
) -> Meeting:
    """Plan a meeting at a local hour and invite both; `past`: it took place already and is only written down.

    Raises HourDoesNotExist for an hour that the clocks skip, and the refusals of this module.
    """
    require_active(pair, now)
    side = require_side(pair, by)
    known = Meeting.objects.filter(ref=ref, pair=pair).first() if ref else None
    if known:
        return known
    _check(pair, side, kind, means, minutes, now)
    starts_at = to_utc(starts_local, zone)
    if starts_at < now and not past:
        raise InThePast()
    if starts_at > now and past:
        raise NotYet()
    meeting = Meeting.objects.create(
        ref=ref or new_ref(),
        pair=pair,
        kind=kind,
        means=means,
        starts_local=starts_local,
        starts_at=starts_at,
        zone=zone,
        minutes=minutes,
        place=place.strip(),
        host=host.strip(),
        agenda=agenda.strip(),
        planned_by=side,
        planned_at=now,
    )
    settle_kind(meeting, now)
    _record("meeting.plan", meeting, now=now, by=by, kind=kind)
    if not past:
        letters.invite(meeting, now=now)
    return meeting


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
) -> None:
    """Move a planned meeting; the invitation is sent again under the same UID. Of two clicks one moves."""
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    _check(meeting.pair, "mentor", meeting.kind, means or meeting.means, minutes, now, moving=True)
    starts_at = to_utc(starts_local, zone)
    if starts_at < now:
        raise InThePast()
    if (meeting.starts_at, meeting.minutes) == (starts_at, minutes) and means in ("", meeting.means):
        return
    was = meeting.starts_local
    changes = {
        "starts_local": starts_local,
        "starts_at": starts_at,
        "zone": zone,
        "minutes": minutes,
        "means": means or meeting.means,
        "place": meeting.place if place is None else place.strip(),
        "sequence": meeting.sequence + 1,
    }
    written = Meeting.objects.filter(
        pk=meeting.pk, state=MeetingState.PLANNED, sequence=meeting.sequence
    ).update(**changes)
    if not written:
        raise AlreadyMoved()
    for name, value in changes.items():
        setattr(meeting, name, value)
    Move.objects.create(meeting=meeting, side=side, was_local=was, at=now)
    _record("meeting.move", meeting, now=now, by=by)
    letters.invite(meeting, now=now)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Person, now: datetime, reason: str = "") -> None:
    """Cancel a planned meeting; calendars take it back."""
    require_side(meeting.pair, by)
    move(meeting, "cancel", reason=reason.strip(), settled_at=now, sequence=meeting.sequence + 1)
    settle_kind(meeting, now)
    _record("meeting.cancel", meeting, now=now, by=by)
    letters.take_back(meeting, now=now)


@transaction.atomic
def miss_meeting(*, meeting: Meeting, missed_by: str, by: Person, now: datetime, reason: str = "") -> None:
    """Write down that a meeting did not take place, and who could not come; nobody is blamed."""
    require_side(meeting.pair, by)
    if meeting.starts_at > now:
        raise NotYet()
    move(meeting, "miss", missed_by=MissedBy(missed_by).value, reason=reason.strip(), settled_at=now)
    lines = HourLine.objects.filter(meeting=meeting).exclude(state=LineState.WITHDRAWN)
    lines.update(state=LineState.WITHDRAWN)
    settle_kind(meeting, now)
    _record("meeting.miss", meeting, now=now, by=by, missed_by=missed_by)
    letters.end_reminders(meeting, now=now)


@transaction.atomic
def add_topic(*, meeting: Meeting, text: str, by: Person, now: datetime, ref: str = "") -> Topic:
    """Bring a topic or question to a meeting, before it (R5)."""
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    if not text.strip():
        raise EmptyTopic()
    if meeting.state != MeetingState.PLANNED:
        raise AlreadyMoved()
    topic, made = Topic.objects.get_or_create(
        ref=ref or new_ref(), meeting=meeting, defaults={"side": side, "text": text.strip(), "at": now}
    )
    if made:
        _record("meeting.add_topic", meeting, now=now, by=by)
        letters.end_topic_reminder(meeting, side, now=now)
    return topic


@transaction.atomic
def withdraw_topic(*, topic: Topic, by: Person, now: datetime) -> None:
    """Take one's own topic back."""
    if topic.side != require_side(topic.meeting.pair, by):
        raise NotOneOfTheTwo()
    if Topic.objects.filter(pk=topic.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        _record("meeting.withdraw_topic", topic.meeting, now=now, by=by)


@transaction.atomic
def prepare_meeting(
    *, meeting: Meeting, goals: str, resources: str, agenda: str, revision: int, by: Person, now: datetime
) -> None:
    """Write goals, resources and agenda before a meeting; raises merging.Conflict (R13)."""
    require_active(meeting.pair, now)
    texts = {"goals": goals.strip(), "resources": resources.strip(), "agenda": agenda.strip()}
    if save_text(meeting, revision=revision, texts=texts):
        _record("meeting.prepare", meeting, now=now, by=by)


@transaction.atomic
def write_notes(*, meeting: Meeting, notes: str, revision: int, by: Person, now: datetime) -> None:
    """Notes of both during a meeting; raises merging.Conflict (R13)."""
    require_active(meeting.pair, now)
    if save_text(meeting, revision=revision, texts={"notes": notes}):
        _record("meeting.note", meeting, now=now, by=by)


def settle_kind(meeting: Meeting, now: datetime) -> None:
    """Bring the pair's facts in line with its meetings of this kind: held, planned, or neither."""
    act = kind_of(meeting).acts
    kinds = kinds_acting(meeting.pair.programme, act)
    alike = Meeting.objects.filter(pair=meeting.pair, kind__in=kinds)
    held = alike.filter(state=MeetingState.HELD).exists()
    facts = {
        KindAct.FIRST: Fact.FIRST_MEETING_HELD,
        KindAct.VISIT: Fact.VISIT_HELD,
        KindAct.ROLE_SWAP: Fact.ROLE_SWAP_HELD,
    }
    if act in facts:
        settle_fact(pair=meeting.pair, fact=facts[KindAct(act)], holds=held, now=now)
    if act == KindAct.CLOSING:
        planned = held or alike.filter(state=MeetingState.PLANNED).exists()
        settle_fact(pair=meeting.pair, fact=Fact.CLOSING_PLANNED, holds=planned, now=now)


def _check(
    pair: Pair, side: str, kind: str, means: str, minutes: int, now: datetime, *, moving: bool = False
) -> None:
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
    if acts[kind] == KindAct.VISIT:
        _check_permission(pair, now)


def _check_permission(pair: Pair, now: datetime) -> None:
    today = today_of(pair.programme, now)
    if needs_permission(pair.mentee, today) and not has_permission(pair.mentee, PermissionKind.VISIT):
        raise NoVisitPermission()


def _record(verb: str, meeting: Meeting, *, now: datetime, by: Person, **details: str | int | None) -> None:
    record(verb, meeting, now=now, by=by, programme_ref=meeting.pair.programme.ref, details=details)
