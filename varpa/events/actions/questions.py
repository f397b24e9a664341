"""What is unclear: asked before, wanted by others too, answered there or after (methodology §10)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events import letters
from varpa.events.models import Event, EventState, Invitation, Question, Vote
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.merging import save_text
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person

MOST: Final = 20
LONGEST: Final = 2_000
ASKED_AFTER: Final = timedelta(days=14)
"""How long after an event something may still be asked."""


class Closed(Refusal):
    sentence = _("Questions to this event are closed. Write to the project manager.")


class Empty(Refusal):
    sentence = _("Write something here. One sentence is enough.")


class TooLong(Refusal):
    sentence = _("Write it in at most {most} signs.")


class TooMany(Refusal):
    sentence = _("You have asked {most} questions here already. Take one back first.")


class OwnQuestion(Refusal):
    sentence = _("This is your own question; it counts already.")


class Hidden(Refusal):
    sentence = _("This question is not shown to others.")


class AnsweredAlready(Refusal):
    sentence = _("This question has an answer already; it can no longer be taken back.")


@transaction.atomic
def ask_question(
    *,
    invitation: Invitation,
    text: str,
    in_confidence: bool,
    by: Person,
    now: datetime,
    language: str,
    ref: str = "",
    channel: str = Channel.WEB,
) -> Question:
    """A member asks. `in_confidence`: only staff reads it. Twice is once."""
    event, text = invitation.event, text.strip()
    if not is_open(event, now):
        raise Closed()
    if not text:
        raise Empty()
    if len(text) > LONGEST:
        raise TooLong(most=LONGEST)
    own = Question.objects.filter(event=event, membership=invitation.membership, withdrawn_at=None)
    if own.exclude(ref=ref).count() >= MOST:
        raise TooMany(most=MOST)
    fields = {"text": text, "in_confidence": in_confidence, "language": language, "at": now}
    within = {"event": event, "membership": invitation.membership}
    question, made = make_once(Question, ref=ref, fields=fields, **within)
    if made:
        _record("question.ask", question, by=by, now=now, channel=channel)
    return question


@transaction.atomic
def vote(*, question: Question, invitation: Invitation, by: Person, now: datetime) -> bool:
    """Another member wants it answered too, once; answers whether this is new."""
    if question.in_confidence or question.withdrawn_at:
        raise Hidden()
    if not is_open(question.event, now):
        raise Closed()
    if question.membership_id == invitation.membership_id:
        raise OwnQuestion()
    _row, made = Vote.objects.get_or_create(
        question=question, membership=invitation.membership, defaults={"at": now}
    )
    if made:
        _record("question.vote", question, by=by, now=now)
    return made


@transaction.atomic
def answer_question(
    *, question: Question, answer: str, revision: int, by: Person, now: datetime, language: str
) -> bool:
    """Staff answers, there or after; whoever asked is told once. Raises merging.Conflict (R13)."""
    answer = answer.strip()
    if not answer:
        raise Empty()
    if question.withdrawn_at:
        raise Hidden()
    first = question.answered_at is None
    said = {"answered_by": by, "answered_at": now, "answered_in": language}
    if not first and question.answer == answer:
        return False
    save_text(question, revision=revision, texts={"answer": answer}, **said)
    _record("question.answer", question, by=by, now=now)
    if first:
        letters.tell_answer(question, now=now)
    return True


@transaction.atomic
def take_question_back(*, question: Question, by: Person, now: datetime) -> None:
    """Whoever asked takes it back while nobody has answered; twice is once."""
    standing = Question.objects.filter(pk=question.pk, withdrawn_at=None)
    if standing.filter(answered_at=None).update(withdrawn_at=now):
        _record("question.take_back", question, by=by, now=now)
    elif standing.exists():
        raise AnsweredAlready()


def is_open(event: Event, now: datetime) -> bool:
    """Whether something may be asked: from the announcement until two weeks after."""
    alive = event.state in (EventState.ANNOUNCED, EventState.HELD)
    return alive and now <= event.starts_at + ASKED_AFTER


def _record(verb: str, question: Question, *, by: Person, now: datetime, channel: str = Channel.WEB) -> None:
    programme, details = question.event.programme.ref, {"event": question.event.ref}
    record(verb, question, now=now, by=by, channel=channel, programme_ref=programme, details=details)
