"""Answers to what the mailroom itself has written."""

from dataclasses import replace

from varpa.mailroom.actions import ManyThings, OnlyOnThePage
from varpa.post import kinds, replies
from varpa.post.models import Inbound


@replies.takes("mailroom.many_things")
def many_things(_answer: replies.Answer) -> replies.Landed:
    """What was gathered in one letter is answered on the pages; the words go back to their writer."""
    raise ManyThings()


@replies.takes("mailroom.on_page")
def on_page(_answer: replies.Answer) -> replies.Landed:
    """What is meant for the other of a pair is answered on its page; the words go back to their writer."""
    raise OnlyOnThePage()


@replies.takes("mailroom.again")
def again(answer: replies.Answer) -> replies.Landed:
    """A letter that came back is answered: as if the letter that was answered first were answered again."""
    first = Inbound.objects.filter(ref=answer.thing).select_related("letter").defer("raw").first()
    letter = first.letter if first else None
    kind = kinds.known(letter.kind) if letter else None
    if letter is None or kind is None or not kind.answer:
        raise replies.NothingThere()
    first_answer = replace(answer, about=letter.about, kind=letter.kind, letter_at=letter.created_at)
    return replies.hand_on(kind.answer, first_answer)
