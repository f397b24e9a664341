"""For the schedule: two evenings after a meeting the mentor is asked for a word in the diary, once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from varpa.diary import letters
from varpa.diary.models import Diary, DiaryState, Entry
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import with_pair
from varpa.pairs.actions.resting import end_reminders_at_rest
from varpa.pairs.models import PairState
from varpa.post.queries import already

AFTER = timedelta(days=2)
LIMIT = 200


def ask_for_entries(now: datetime) -> int:
    """Ask for an entry about each held meeting that has none; answers how many letters were written."""
    end_reminders_at_rest([letters.WRITE], Meeting.objects.all(), state="pair__state", now=now)
    written = Entry.objects.filter(meeting=OuterRef("pk"))
    shut = Diary.objects.filter(pair=OuterRef("pair")).exclude(state=DiaryState.OPEN)
    held = Meeting.objects.filter(
        ~Exists(written),
        ~Exists(shut),
        state=MeetingState.HELD,
        starts_at__lte=now - AFTER,
        starts_at__gt=now - letters.WRITE_ENDS,
        pair__state=PairState.ACTIVE,
    )
    refs = list(held.order_by("starts_at", "pk").values_list("ref", flat=True))
    asked = already([letters.write_key(ref) for ref in refs]) if refs else set()
    new = [ref for ref in refs if letters.write_key(ref) not in asked][:LIMIT]
    return sum(_ask(meeting, now) for meeting in with_pair(Meeting.objects.filter(ref__in=new)))


@transaction.atomic
def _ask(meeting: Meeting, now: datetime) -> bool:
    return letters.ask_for_entry(meeting, now=now)
