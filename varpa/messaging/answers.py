"""Answering by mail: the answer to a message is a message of the same conversation (R14)."""

from datetime import datetime

from django.utils.translation import gettext as _

from varpa.history.models import Channel
from varpa.messaging import letters
from varpa.messaging.actions import ON_THE_PAGE, begin_thread, goes_at, write_message
from varpa.messaging.models import Message, Thread
from varpa.messaging.queries import with_thread
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post import queries as post
from varpa.post.replies import Answer, Landed, NothingThere, takes
from varpa.ui import words


@takes("messaging.message")
def message(answer: Answer) -> Landed:
    """The letter of a message, or of the answer that is looked for, is answered."""
    found = with_thread(Message.objects.filter(ref=answer.thing)).first()
    if found is None:
        raise NothingThere()
    return _write(found.thread, answer)


@takes("messaging.pair")
def to_the_other(answer: Answer) -> Landed:
    """Words to the other of a pair: "PAIR:KIND:REF" says about what, or only the pair."""
    pair_ref, kind, ref = [*answer.about.split(":"), "", ""][:3]
    pair = Pair.objects.filter(ref=pair_ref).first()
    if pair is None:
        raise NothingThere()
    by = Person.objects.get(pk=answer.person_id)
    thread = begin_thread(pair=pair, by=by, now=answer.now, about_kind=kind, about_ref=ref)
    return _write(thread, answer)


def _write(thread: Thread, answer: Answer) -> Landed:
    made = write_message(
        thread=thread,
        text=answer.text,
        by=Person.objects.get(pk=answer.person_id),
        now=answer.now,
        files=answer.files,
        ref=answer.ref,
        channel=Channel.MAIL,
    )
    return Landed(f"/threads/{thread.ref}/", told_of(made, answer.now))


def told_of(message: Message, now: datetime) -> str:
    """What its writer has to know: that the letter of a message waits; nothing where it goes at once."""
    agreed = goes_at(message, now)
    goes = post.goes_at(letters.written_key(message)) or now
    if goes > max(agreed, now + ON_THE_PAGE):
        # When the other wants letters is the other's own affair.
        return _("It is on the page. Its letter waits for hours that suit the other.")
    if goes > now + ON_THE_PAGE:
        told = _("It is on the page. Its letter waits for the hours that you agreed on: %(when)s.")
        return told % {"when": words.day_time(goes)}
    return ""
