"""Answering by mail: the answer to a message is a message of the same conversation (R14)."""

from varpa.history.models import Channel
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message, Thread
from varpa.messaging.queries import with_thread
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.replies import Answer, Landed, NothingThere, takes


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
    write_message(
        thread=thread,
        text=answer.text,
        by=Person.objects.get(pk=answer.person_id),
        now=answer.now,
        files=answer.files,
        ref=answer.ref,
        channel=Channel.MAIL,
    )
    return Landed(f"/threads/{thread.ref}/")
