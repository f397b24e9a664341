"""The private calendar feed: one's own meetings and events, in one's own language."""

from datetime import timedelta

from django.conf import settings
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
from varpa.meetings.queries import meetings_of_person
from varpa.meetings.video import video_link
from varpa.pairs.queries import side_of
from varpa.people.models import Person
from varpa.post.calendar import Entry
from varpa.post.calendar import feed as written
from varpa.post.envelope import absolute

BACK = timedelta(days=400)


@public("a calendar program cannot sign in: whoever holds the private key reads one person's meetings")
@require_safe
def feed(_request: HttpRequest, key: str) -> HttpResponse:
    """The meetings and events of the person whose key it is; a key that nobody has (any more) is 404."""
    owner = get_object_or_404(Person, calendar_key=key, is_active=True)
    with translation.override(owner.language):
        meetings = meetings_of_person(owner, clock.now() - BACK)
        name = f"{settings.PRODUCT_NAME}: {_('Meetings')}"
        own = [_entry(meeting, owner) for meeting in meetings]
        text = written([*own, *entries_of(owner, clock.now() - BACK)], name)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=900"
    return answer


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
