"""Notes of a meeting for oneself: nobody else ever reads them (R13)."""

from datetime import datetime

from django.db import transaction

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.meetings.models import Meeting, PrivateNotes
from varpa.pairs.actions.pairs import PairHasEnded, hold, require_side
from varpa.pairs.models import PairState
from varpa.people.models import Person


@transaction.atomic
def write_private_notes(
    *, meeting: Meeting, text: str, revision: int, by: Person, now: datetime
) -> PrivateNotes:
    """One's own notes for oneself; raises merging.Conflict between two devices.

    Also while the pair rests, and of a meeting that did not take place: it is no contact (R1). After the end
    they are only read.
    """
    side = require_side(meeting.pair, by)
    hold(meeting.pair)
    if meeting.pair.state == PairState.ENDED:
        raise PairHasEnded()
    own, _made = PrivateNotes.objects.get_or_create(meeting=meeting, side=side)
    if save_text(own, revision=revision, texts={"text": text.strip()}):
        ref = meeting.pair.programme.ref
        record("meeting.note_privately", meeting, now=now, by=by, programme_ref=ref)
    return own
