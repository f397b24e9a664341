"""Sorting mail: what was answered goes where it belongs, the rest reaches a person (R14).

An answer does what its page would have done, by the same action. What an action refuses goes back to its
writer with every word; nobody else reads it. What answers nothing of the sort is shown to the manager.
"""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.clock import zone_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.mailroom import letters
from varpa.mailroom.beside import words_beside
from varpa.mailroom.queries import programme_of, reader_of, wrote_lately
from varpa.people.models import Person
from varpa.people.queries import by_address
from varpa.post import inbound as box
from varpa.post import kinds, replies
from varpa.post.envelope import Recipient, address_of_house, organizer
from varpa.post.itip import reply_in, thing_of
from varpa.post.kinds import LetterKind
from varpa.post.models import Inbound, InboundState, Letter, Why
from varpa.post.pages import read_page
from varpa.post.parsing import Mail, read
from varpa.post.quotes import own_words

log = logging.getLogger("varpa.mailroom")

TRIES = 5
WAITS = timedelta(minutes=1)
LONGEST_TEXT = 20_000


class TooLarge(Refusal):
    sentence = _(
        "Your mail is larger than {most} MB, so nothing of it was kept. Send it without the large files, or "
        "add them on the page."
    )


class TooLong(Refusal):
    sentence = _(
        "Your mail is longer than {most} letters, so nothing of it was kept. Send it in parts, one mail each."
    )


class ManyThings(Refusal):
    """The letter told of several things: for whom an answer is meant nobody can say, so nobody reads it."""

    sentence = _(
        "Your answer was shown to nobody: the letter told of several things, so it is not known whom the "
        "answer is for. You can answer on the page."
    )


class OnlyOnThePage(Refusal):
    """What the two tell each other has its place on a page, and no person of the staff reads it instead."""

    sentence = _(
        "Your answer was shown to nobody: by mail it finds no way to its place. You can answer on the page."
    )


class OnlyByLink(Refusal):
    """Who has no account writes on the page of the own link, which leads to whoever is meant."""

    sentence = _(
        "Your answer was shown to nobody: by mail it finds no way to its place. You can write on the page to "
        "which your personal link leads."
    )


NOT_FROM_YOU = _(
    "A mail that bears your address was put nowhere, and nobody has read it: the mail server says that it "
    "was not sent by you. If it was, answer on the page, or write from where you usually write."
)
LEFT_OUT = _(
    "These files of your mail were not kept, because files of their kind cannot be opened here: {names}. "
    "Send them once more as a PDF or a picture, or write what stands in them."
)


def sort_mail(now: datetime, limit: int = 50) -> int:
    """For the schedule: place every mail that has come; answers how many were dealt with."""
    due = Inbound.objects.filter(state=InboundState.CAME, next_try_at__lte=now).order_by("pk")
    return sum(_try(inbound, now) for inbound in due.defer("raw")[:limit])


def _try(inbound: Inbound, now: datetime) -> bool:
    """One mail that cannot be dealt with stops no other; in the end a person is told of it."""
    try:
        place(inbound=inbound, now=now)
    except (DatabaseError, AlreadyMoved):
        # Another worker, or a moment: nothing is wrong with the mail.
        return False
    except Exception:
        log.exception("mail %s could not be dealt with", inbound.ref)
        attempts = inbound.attempts + 1
        Inbound.objects.filter(pk=inbound.pk).update(attempts=attempts, next_try_at=now + WAITS * attempts)
        if attempts >= TRIES:
            _show(inbound, None, Why.FAILED, now=now)
        return False
    return True


@transaction.atomic
def place(*, inbound: Inbound, now: datetime) -> None:
    """Deal with one mail that has come: all of it, or nothing. Raises AlreadyMoved where that is done."""
    inbound = Inbound.objects.select_for_update().get(pk=inbound.pk)
    if inbound.state != InboundState.CAME:
        raise AlreadyMoved()
    mail = read(bytes(inbound.raw))
    letter, by_key = box.letter_of(mail)
    sender = by_address(mail.sender)
    inbound.letter, inbound.sender, inbound.subject = letter, mail.sender, mail.subject
    inbound.person = letter.person if letter and letter.person else sender.pk if sender else None
    inbound.programme_ref = programme_of(inbound.person)
    inbound.save(update_fields=["letter", "sender", "subject", "person", "programme_ref"])
    calendar = reply_in(mail.calendar, mail.sender)
    if mail.forged:
        _refuse(inbound, sender, now)
    elif mail.bounce or (mail.automatic and calendar is None):
        _pass_over(inbound, mail, now)
    elif letter and not _is_own(letter, mail, sender, by_key):
        _show(inbound, mail, Why.OTHER_ADDRESS, now=now)
    elif calendar:
        _place_calendar(inbound, mail, calendar, sender, now)
    else:
        _place(inbound, mail, letter, now)


def _place_calendar(
    inbound: Inbound, mail: Mail, reply: replies.CalendarReply, sender: Person | None, now: datetime
) -> None:
    """What a calendar program answers; it names the meeting by its UID, whatever the mail answers."""
    thing = thing_of(reply.uid)
    handler = replies.handler_of(f"calendar.{thing.partition(':')[0]}") if thing else None
    # By the key of a letter another address speaks for its reader, in words and in a calendar.
    if sender is None and inbound.letter and inbound.person:
        sender = Person.objects.get(pk=inbound.person)
    answers_for = by_address(reply.attendee)
    # Who passes on what somebody else has answered does not answer it.
    if handler is None or sender is None or (answers_for and answers_for != sender):
        _show(inbound, mail, Why.OTHER_ADDRESS if handler else Why.NO_LETTER, now=now)
        return
    comment, body = (_own(each, inbound.letter, wordless=True) for each in (reply.comment, mail.text))
    answer = replies.Answer(
        ref=inbound.ref,
        about=thing,
        person_id=sender.pk,
        text=words_beside(comment, body, (sender.name, mail.sender)),
        now=now,
        files=mail.files,
        calendar=reply,
    )
    _hand(inbound, handler, answer, sender, None)


def _refuse(inbound: Inbound, sender: Person | None, now: datetime) -> None:
    """A mail in somebody's name that was not sent by them is read by nobody; they are told, once a day."""
    if sender is None:
        move(inbound, "pass_over")
        _record("mail.pass_over", inbound, now=now)
        return
    move(inbound, "send_back")
    _record("mail.send_back", inbound, now=now)
    to = reader_of(sender)
    with translation.override(to.language):
        letters.tell_forged(inbound, to, sentence=str(NOT_FROM_YOU), now=now)


def _pass_over(inbound: Inbound, mail: Mail, now: datetime) -> None:
    if mail.bounce and mail.bounce.for_good:
        box.give_back(mail.bounce.message_id, mail.bounce.code)
    move(inbound, "pass_over")
    _record("mail.pass_over", inbound, now=now)


def _is_own(letter: Letter, mail: Mail, sender: Person | None, by_key: bool) -> bool:
    """Whether it is the reader of the letter who answers: from their address, or by their key.

    A key that somebody else of the house uses came to them by mistake.
    """
    if letter.person is None:
        return mail.sender == letter.to_address.lower()
    if sender is not None:
        return sender.pk == letter.person
    return by_key or mail.sender == letter.to_address.lower()


def _place(inbound: Inbound, mail: Mail, letter: Letter | None, now: datetime) -> None:
    kind = kinds.known(letter.kind) if letter else None
    handler = replies.handler_of(kind.answer) if kind and kind.answer else None
    if letter and handler and letter.person is None:
        to = reader_of(None, inbound)
        with translation.override(to.language):
            _send_back(inbound, to, text=_said(mail, letter), sentence=str(OnlyByLink()), link="", now=now)
        return
    if letter is None or handler is None or inbound.person is None:
        _show(inbound, mail, Why.TO_THE_HOUSE if letter else Why.NO_LETTER, now=now)
        return
    answer = replies.Answer(
        ref=inbound.ref,
        about=letter.about,
        person_id=inbound.person,
        text=_said(mail, letter),
        now=now,
        files=mail.files,
        kind=letter.kind,
        letter_at=letter.created_at,
    )
    _hand(inbound, handler, answer, Person.objects.get(pk=inbound.person), mail)


def _hand(
    inbound: Inbound, handler: replies.Handler, answer: replies.Answer, person: Person, mail: Mail | None
) -> None:
    """Let the room do what was answered; what it refuses goes back, in the words of the writer's language.

    Where nothing was found that the writer had written, the whole `mail` goes back, with what it quotes.
    """
    now = answer.now
    with translation.override(person.language), timezone.override(zone_of(person.zone)):
        try:
            if not inbound.whole:
                raise TooLarge(most=box.LARGEST // 1024 // 1024)
            if len(answer.text) > LONGEST_TEXT:
                raise TooLong(most=LONGEST_TEXT)
            with transaction.atomic():
                landed = handler(answer)
        except Refusal as refusal:
            link = (
                inbound.letter.link
                if inbound.letter and isinstance(refusal, (ManyThings, OnlyOnThePage))
                else ""
            )
            to, text = reader_of(person), answer.text or (mail.whole.strip()[:LONGEST_TEXT] if mail else "")
            sentence = " ".join(filter(None, [str(refusal), _left_out(mail)]))
            _send_back(inbound, to, text=text, sentence=sentence, link=link, now=now, by=person)
            return
        move(inbound, "place")
        _record("mail.place", inbound, now=now, by=person)
        told = " ".join(filter(None, [str(landed.told), _left_out(mail)]))
        if told:
            _tell(inbound, reader_of(person), text=landed.back, sentence=told, link=landed.link, now=now)


def _left_out(mail: Mail | None) -> str:
    """Which files that lay beside a mail could not be kept, and why."""
    return str(LEFT_OUT).format(names=", ".join(mail.left_out)) if mail and mail.left_out else ""


def _said(mail: Mail, letter: Letter | None) -> str:
    return _own(mail.text, letter, quoted=mail.quoted)


def _own(text: str, letter: Letter | None, *, quoted: str = "", wordless: bool = False) -> str:
    house = [address_of_house()[1], organizer()[1].partition("@")[0] + "+", *address_of_house()[:1]]
    sent, page = (letter.text, read_page(letter.html).whole) if letter else ("", "")
    return own_words(text, house, sent, page=page, quoted=quoted, wordless=wordless)


def _send_back(
    inbound: Inbound,
    to: Recipient,
    *,
    text: str,
    sentence: str,
    link: str,
    now: datetime,
    by: Person | None = None,
) -> None:
    move(inbound, "send_back")
    _record("mail.send_back", inbound, now=now, by=by)
    _tell(inbound, to, text=text, sentence=sentence, link=link, now=now)


def _tell(inbound: Inbound, to: Recipient, *, text: str, sentence: str, link: str, now: datetime) -> None:
    landed = inbound.state == InboundState.PLACED
    letters.send_back(inbound, to, sentence=sentence, text=text, link=link, landed=landed, now=now)


def _show(inbound: Inbound, mail: Mail | None, why: Why, *, now: datetime) -> None:
    """Let a person look at it; its words only where they were written to the house."""
    private = why in (Why.OTHER_ADDRESS, Why.FAILED)
    text = "" if private or mail is None else _said(mail, inbound.letter)[:LONGEST_TEXT]
    move(inbound, "show", why=why.value, text=text)
    _record("mail.show", inbound, now=now)
    if mail is None or not _may_write_back(inbound, now):
        return
    kind: LetterKind = letters.OTHER_ADDRESS if why == Why.OTHER_ADDRESS else letters.NO_PLACE
    letters.tell_no_place(inbound, reader_of(by_address(inbound.sender), inbound), kind=kind, now=now)


def _may_write_back(inbound: Inbound, now: datetime) -> bool:
    """Never to a stranger, whose address may be forged; and once a day, so that no machine is drawn in."""
    known = inbound.letter is not None or by_address(inbound.sender) is not None
    return known and bool(inbound.sender) and not wrote_lately(inbound, now)


@transaction.atomic
def settle_mail(*, inbound: Inbound, by: Person, now: datetime) -> None:
    """A person has seen to a mail that found no place. A second click changes nothing."""
    if inbound.state == InboundState.SETTLED:
        return
    move(inbound, "settle", settled_at=now, settled_by=by.pk)
    record("mail.settle", inbound, now=now, by=by, programme_ref=inbound.programme_ref)


def _record(verb: str, inbound: Inbound, *, now: datetime, by: Person | None = None) -> None:
    record(verb, inbound, now=now, by=by, channel=Channel.MAIL, programme_ref=inbound.programme_ref)
