"""Answering by mail: what a mentor writes of an evening is a draft in the diary (R14, R6)."""

from django.utils.translation import gettext_lazy as _

from varpa.diary.actions import EmptyEntry, begin_entry, write_entry
from varpa.history.models import Channel
from varpa.meetings.models import Meeting
from varpa.meetings.queries import with_pair
from varpa.people.models import Person
from varpa.post.replies import Answer, Landed, NothingThere, takes

FILES_STAYED = _("Your words are in the diary, as a draft. The diary keeps no files that come by mail.")


@takes("diary.entry")
def entry(answer: Answer) -> Landed:
    """The evening's letter is answered: the words stand in the entry of the meeting, below what is there."""
    meeting = with_pair(Meeting.objects.filter(ref=answer.thing)).first()
    if meeting is None:
        raise NothingThere()
    if not answer.text.strip():
        raise EmptyEntry()
    by, day = Person.objects.get(pk=answer.person_id), meeting.starts_local.date()
    channel = Channel.MAIL
    found = begin_entry(pair=meeting.pair, day=day, by=by, now=answer.now, meeting=meeting, channel=channel)
    found.refresh_from_db()
    found.diary.pair = meeting.pair
    notes = "\n\n".join(filter(None, [found.notes, answer.text]))
    write_entry(
        entry=found,
        texts={"notes": notes},
        answers={},
        day=found.day,
        minutes=found.minutes,
        revision=found.revision,
        by=by,
        now=answer.now,
        channel=channel,
    )
    return Landed(f"/entries/{found.ref}/", FILES_STAYED if answer.files else "")
