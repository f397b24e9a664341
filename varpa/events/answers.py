"""What is answered by mail to an invitation (R14), in words or by a calendar: by the actions of the page."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from varpa.events.actions.coming import Begun, answer_invitation
from varpa.events.actions.questions import ask_question
from varpa.events.models import Event, EventState, Invitation, InvitationState
from varpa.events.queries.events import own_invitation, with_programme
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.mailroom.meant import MOVE, YES, is_only_no, is_only_yes, meant
from varpa.people.models import Person
from varpa.post.replies import Answer, Landed, NothingThere, takes

SAID: Final = {"ACCEPTED": True, "DECLINED": False}
WAITS: Final = _(
    "All places are taken, so you are on the waiting list. If a place becomes free, a letter comes."
)
ASKED: Final = _(
    "Your words have reached those who lead the event; nobody else reads them. A letter comes when there is "
    "an answer."
)
STILL_ASKED: Final = _("Whether you come is still open: answer “yes” or “no”.")
ASKED_TOO: Final = _(
    "Your answer is kept. Your other words have reached those who lead the event; nobody else reads them."
)
FILES_STAYED: Final = _(
    "Your words are where they belong; the files that lay beside them could not be kept there."
)


class SayYesOrNo(Refusal):
    sentence = _("An event keeps its hour for everybody. Open its page and say whether you come or cannot.")


class MovedSince(Refusal):
    """What is said of the old time is not said of the new one; what was said in time stands all the same."""

    sentence = _(
        "The event has changed since this letter, so your answer to it was not entered. What you had said "
        "before stands, and a place that you have is kept. Open the page of the event and answer what holds "
        "now."
    )


class NotHeld(Refusal):
    sentence = _("This event will not take place, so there is nothing left to answer.")


class NothingSaid(Refusal):
    sentence = _("There was nothing in your answer to keep. “Yes”, “no” or a question is enough.")


@takes("events.invitation")
def in_words(answer: Answer) -> Landed:
    """A yes or a no; other words go to those who lead the event, in confidence."""
    event, person, own = _asked(answer)
    text = answer.text.strip()
    if not text:
        raise NothingSaid()
    given = meant(text)
    if given == MOVE:
        return _only_words(SayYesOrNo(), own, answer, person)
    if given and (refusal := _not_fresh(event, answer)):
        return _only_words(refusal, own, answer, person)
    if given:
        _say(own, answer, person, comes=given == YES)
    told = [WAITS] if given == YES and own.state == InvitationState.WAITING else []
    if not given or not _is_alone(text, person):
        _ask(own, answer, person)
        told.append(ASKED_TOO if given else ASKED)
        if own.state == InvitationState.ASKED and event.starts_at > answer.now:
            told.append(STILL_ASKED)
    if answer.files:
        told.append(FILES_STAYED)
    return Landed(f"/events/{event.ref}/", " ".join(map(str, told)))


@takes("calendar.event")
def calendar(answer: Answer) -> Landed:
    """Yes or no; `about` is "event:REF", made of the UID. Words beside it go where those of a mail go."""
    event, person, own = _asked(answer)
    if answer.calendar is None:
        raise NothingThere()
    if answer.calendar.said not in SAID:
        return _only_words(SayYesOrNo(), own, answer, person)
    if event.starts_at <= answer.now:
        return _only_words(Begun(), own, answer, person)
    if answer.calendar.sequence < event.sequence:
        return _only_words(MovedSince(), own, answer, person)
    _say(own, answer, person, comes=SAID[answer.calendar.said])
    if not answer.text.strip() or _is_alone(answer.text, person):
        return Landed(f"/events/{event.ref}/")
    _ask(own, answer, person)
    return Landed(f"/events/{event.ref}/", ASKED_TOO)


def _asked(answer: Answer) -> tuple[Event, Person, Invitation]:
    event = with_programme(Event.objects.filter(ref=answer.thing)).first()
    person = Person.objects.get(pk=answer.person_id)
    own = own_invitation(event, person) if event else None
    if event is None or own is None:
        raise NothingThere()
    if event.state == EventState.CANCELLED:
        raise NotHeld()
    own.event = event
    return event, person, own


def _is_alone(text: str, person: Person) -> bool:
    """Whether nothing stands beside the yes or no that anybody would have to read."""
    return is_only_yes(text, person.name) or is_only_no(text, person.name)


def _not_fresh(event: Event, answer: Answer) -> Refusal | None:
    if event.starts_at <= answer.now:
        return Begun()
    if event.changed_at and answer.letter_at and answer.letter_at < event.changed_at:
        return MovedSince()
    return None


def _only_words(refusal: Refusal, own: Invitation, answer: Answer, person: Person) -> Landed:
    """The yes or the no is not entered; words beside it reach those who lead the event all the same."""
    if not answer.text.strip() or _is_alone(answer.text, person):
        raise refusal
    _ask(own, answer, person)
    told = [refusal, ASKED, *([FILES_STAYED] if answer.files else [])]
    return Landed(f"/events/{own.event.ref}/", " ".join(map(str, told)))


def _say(own: Invitation, answer: Answer, person: Person, *, comes: bool) -> None:
    """What was said of needs before stays: neither a calendar nor a yes says anything of them."""
    answer_invitation(
        invitation=own,
        comes=comes,
        travel=own.travel,
        diet=own.diet,
        by=person,
        now=answer.now,
        channel=Channel.MAIL,
    )


def _ask(own: Invitation, answer: Answer, person: Person) -> None:
    """In confidence: whoever answers a letter of the house does not write to everybody who is invited."""
    ask_question(
        invitation=own,
        text=answer.text,
        in_confidence=True,
        by=person,
        now=answer.now,
        language=person.language,
        ref=answer.ref,
        channel=Channel.MAIL,
    )
