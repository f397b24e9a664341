"""Pictures from meetings: which of them the two may see today."""

from datetime import datetime

from django.db.models import QuerySet

from varpa.meetings.models import Meeting, Photos, Picture
from varpa.meetings.permitted import given
from varpa.meetings.queries import kind_of, with_pair
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Pair, Side
from varpa.programmes.models import PermissionKind
from varpa.programmes.pictures import may_be_seen
from varpa.programmes.queries import may_be_pictured, today_of


def may_show_mentee(pair: Pair, now: datetime) -> bool:
    """Whether a picture may show the mentee recognisably: of age, or with a guardian's permission."""
    return may_be_pictured(pair.mentee, today_of(pair.programme, now))


def with_permission(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with their pair, and whether the mentee's permission for photographs stands."""
    return with_pair(meetings).annotate(photographs=given(PermissionKind.PHOTOGRAPHS))


def may_show_there(meeting: Meeting, now: datetime) -> bool:
    """The same of a meeting; of one read `with_permission` no query."""
    pair = meeting.pair
    return may_be_pictured(pair.mentee, today_of(pair.programme, now), getattr(meeting, "photographs", None))


def word_of_firm(meeting: Meeting) -> str:
    """What the firm says to photographs, one of Photos: asked at a visit only, elsewhere nobody is asked."""
    return meeting.photos if kind_of(meeting).acts == KindAct.VISIT else Photos.YES


def is_of_side(picture: Picture, side: str) -> bool:
    """Whether a picture stands by the consent of one side, who may take it back even after the pair's end.

    That of the face that can be recognised, and at a visit the mentor's for the firm.
    """
    if side == Side.MENTEE:
        return picture.shows_mentee
    return picture.shows_mentor or kind_of(picture.meeting).acts == KindAct.VISIT


def pictures_of(meeting: Meeting) -> QuerySet[Picture]:
    """The pictures of a meeting. A permission, or the firm's word, taken back hides them at once."""
    if word_of_firm(meeting) == Photos.NO:
        return Picture.objects.none()
    seen = may_be_seen(meeting.pair.mentee, face="shows_mentee")
    return Picture.objects.filter(seen, meeting=meeting, withdrawn_at=None).select_related("file")
