"""The private calendar feed: one's own meetings and events, in one's own language."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varpa.events.dates import entries_of
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.meetings.letters import meetings as letters
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.permitted import given, lacking
from varpa.meetings.queries import kind_of, with_pair
from varpa.meetings.video import video_link
from varpa.methodology.marks import KindAct
from varpa.pairs.queries import in_a_pause, is_own, side_of
from varpa.people.models import Person
from varpa.post.calendar import Entry
from varpa.post.calendar import feed as written
from varpa.post.envelope import absolute
from varpa.programmes.models import PermissionKind

BACK = timedelta(days=400)


@public("a calendar program cannot sign in: whoever holds the private key reads one person's meetings")
@require_safe
def feed(_request: HttpRequest, key: str) -> HttpResponse:
    """The meetings and events of the person whose key it is; a key that nobody has (any more) is 404.

    What does not take place while a pair rests, or a visit that may not be, is left out until it may (R1).
    """
    owner = get_object_or_404(Person, calendar_key=key, is_active=True)
    with translation.override(owner.language):
        now = clock.now()
        meetings = [each for each in _meetings(owner, now - BACK) if not _lacks_permission(each, now)]
        name = f"{settings.PRODUCT_NAME}: {_('Meetings')}"
        own = [_entry(meeting, owner) for meeting in meetings]
        text = written([*own, *entries_of(owner, now - BACK)], name)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=900"
    return answer


def _meetings(person: Person, since: datetime) -> QuerySet[Meeting]:
    """A person's meetings, cancelled ones too, each with when it last `changed`; none that a pause hit."""
    moved = Coalesce(Max("moves__at"), F("planned_at"))
    off = Q(in_a_pause(), state=MeetingState.PLANNED)
    meetings = Meeting.objects.filter(~off, is_own(person, "pair__"), starts_at__gte=since).annotate(
        changed=Greatest(moved, Coalesce(F("settled_at"), F("planned_at"))),
        here=given(PermissionKind.VISIT),
        abroad=given(PermissionKind.VISIT_ABROAD),
    )
    return with_pair(meetings).order_by("starts_at", "pk")


def _lacks_permission(meeting: Meeting, now: datetime) -> bool:
    visit = kind_of(meeting).acts == KindAct.VISIT
    return visit and bool(lacking(meeting.pair, [meeting], now))


def _entry(meeting: Meeting, owner: Person) -> Entry:
    off = meeting.state in (MeetingState.CANCELLED, MeetingState.MISSED)
    return Entry(
        uid=letters.uid(meeting),
        sequence=meeting.sequence,
        summary=letters.summary(meeting, side_of(meeting.pair, owner), owner.language),
        description=absolute(f"/meetings/{meeting.ref}/"),
        location=meeting.place,
        starts_local=meeting.starts_local,
        zone=meeting.zone,
        minutes=meeting.minutes,
        changed=getattr(meeting, "changed", meeting.planned_at),
        cancelled=off,
        url=video_link(meeting.place),
    )
