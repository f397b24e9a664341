"""Saying what one must know of a visit: the mentor organises it (methodology §3.1, 8)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.times import to_utc
from varpa.meetings.letters.meetings import hold_topic_reminder
from varpa.meetings.models import Meeting, MeetingState, Photos
from varpa.meetings.permitted import require_permitted, why_not
from varpa.pairs.actions.pairs import require_active, require_side
from varpa.pairs.models import PairState, Side
from varpa.people.models import Person
from varpa.programmes.models import Membership
from varpa.programmes.queries import VISITS, needs_permission, today_of
from varpa.visits import letters
from varpa.visits.models import Visit
from varpa.visits.queries import ahead, is_visit, planned_of, undescribed

LONGEST = timedelta(days=7)


class MentorOrganises(Refusal):
    sentence = _("The mentor organises the visit. You can write your questions on the page of the meeting.")


class BackTooEarly(Refusal):
    sentence = _("This is before the visit has ended. Look at the hour of coming back once more.")


class BackTooLate(Refusal):
    sentence = _("This is more than a week after the visit. Look at the day once more.")


def tell_guardians(now: datetime) -> int:
    """For the schedule: guardians of minors are told of visits to come, and anew of what changes.

    Two days before at the latest, also where the mentor has written nothing of it. Answers how many letters
    are written. Nobody's doing: no history.
    """
    for meeting in undescribed(now)[:500]:
        if is_visit(meeting):
            Visit.objects.get_or_create(meeting=meeting)
    return sum(_tell_guardians(visit, now) for visit in ahead(now)[:500])


@transaction.atomic
def _tell_guardians(visit: Visit, now: datetime) -> int:
    pair, mentee = visit.meeting.pair, visit.meeting.pair.mentee
    if not needs_permission(mentee, today_of(mentee.programme, now)):
        return 0
    # While the pair rests nobody visits; once it goes on, what is planned is told anew.
    may_be = pair.state != PairState.PAUSED and why_not(pair, now, visit.meeting.country) is None
    standing = [each for each in mentee.guardians.all() if each.address and not each.withdrawn_at]
    return sum(letters.tell_guardian(visit, guardian, may_be=may_be, now=now) for guardian in standing)


@transaction.atomic
def follow_permission(mentee: Membership, kind: str, now: datetime) -> None:
    """A guardian gave or took back a permission: those whom a planned visit concerns know it at once (R1)."""
    if kind not in VISITS:
        return
    for meeting in planned_of(mentee, now):
        missing = why_not(meeting.pair, now, meeting.country) is not None
        letters.tell_permission(meeting, missing, now=now)
        if missing:
            hold_topic_reminder(meeting, now=now)
            for guardian in mentee.guardians.all():
                letters.end_waiting(meeting, guardian, now=now)


@transaction.atomic
def describe_visit(
    *,
    meeting: Meeting,
    texts: Mapping[str, str],
    back_local: datetime | None,
    photos: str,
    revision: int,
    by: Person,
    now: datetime,
) -> Visit:
    """The mentor writes what one must know of a visit; raises merging.Conflict (R13)."""
    require_active(meeting.pair, now)
    if require_side(meeting.pair, by) != Side.MENTOR:
        raise MentorOrganises()
    meeting.refresh_from_db(fields=["state", "starts_at", "minutes", "zone", "photos"])
    if not is_visit(meeting) or meeting.state not in (MeetingState.PLANNED, MeetingState.HELD):
        raise AlreadyMoved()
    if meeting.state == MeetingState.PLANNED:
        require_permitted(meeting, now)
    back_at = to_utc(back_local, meeting.zone) if back_local else None
    ends_at = meeting.starts_at + timedelta(minutes=meeting.minutes)
    if back_at and back_at < ends_at:
        raise BackTooEarly()
    if back_at and back_at > ends_at + LONGEST:
        raise BackTooLate()
    visit, _made = Visit.objects.get_or_create(meeting=meeting)
    visit.meeting = meeting
    said = {name: texts.get(name, "").strip() for name in Visit.TEXTS}
    firm = Photos(photos).value
    same = visit.home_at == back_at and meeting.photos == firm
    if save_text(
        visit,
        revision=revision,
        texts=said,
        **({} if same else {"back_at": back_at, "said_for": meeting.starts_at}),
    ):
        Visit.objects.filter(pk=visit.pk).update(saved_at=now)
        meeting.photos = firm
        meeting.save(update_fields=["photos"])
        ref = meeting.pair.programme.ref
        record("visit.describe", meeting, now=now, by=by, programme_ref=ref)
    return visit
