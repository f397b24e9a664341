"""The support of mentors (methodology §3): a line to the chief mentor, and the mentors' circle (S10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.access import may
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE
from varpa.support.access import CircleAction, QuestionAction
from varpa.support.letters import mentors as letters
from varpa.support.models import CircleWord, MentorQuestion
from varpa.support.queries.staff import lead_of, managers_of


class NothingSaid(Refusal):
    sentence = _("Write a few words first.")


class OnlyMentors(Refusal):
    sentence = _("Only mentors of the programme can ask here.")


class NotForYou(Refusal):
    sentence = _("Only those who run the programme can answer.")


class NotOfTheCircle(Refusal):
    sentence = _("The circle is for the mentors of the programme and the chief mentor.")


class NotYourWord(Refusal):
    sentence = _("Only whoever wrote it can take it back.")


@transaction.atomic
def ask(
    *, mentor: Membership, text: str, shares: bool, by: Person, now: datetime, ref: str = ""
) -> MentorQuestion:
    """A mentor asks the chief mentor; `shares`: others may read it with its answer, without the name."""
    if mentor.person_id != by.pk or mentor.role != Role.MENTOR or mentor.state not in LIVE:
        raise OnlyMentors()
    if not text.strip():
        raise NothingSaid()
    fields = {"text": text.strip(), "mentor_shares": shares, "programme": mentor.programme, "at": now}
    question, made = make_once(MentorQuestion, ref=ref, fields=fields, mentor=mentor)
    if made:
        record("question.ask", question, now=now, by=by, programme_ref=mentor.programme.ref)
        people = [each for each in managers_of(mentor.programme, None) if each != by]
        letters.tell_asked(question, people or lead_of(mentor.programme, None), now=now)
    return question


@transaction.atomic
def answer(*, question: MentorQuestion, text: str, shares: bool, by: Person, now: datetime) -> None:
    """The chief mentor answers, once; `shares`: the others may read it where the mentor agrees too."""
    if not may(QuestionAction.ANSWER, by, question):
        raise NotForYou()
    if not text.strip():
        raise NothingSaid()
    waiting = MentorQuestion.objects.filter(pk=question.pk, answered_at=None, withdrawn_at=None)
    given = {"answer": text.strip(), "answered_by": by, "answered_at": now, "chief_shares": shares}
    if not waiting.update(**given):
        question.refresh_from_db()
        if (question.answer, question.answered_by) == (text.strip(), by):
            return
        raise AlreadyMoved()
    question.refresh_from_db()
    record("question.answer", question, now=now, by=by, programme_ref=question.programme.ref)
    letters.tell_answered(question, now=now)


@transaction.atomic
def share_question(*, question: MentorQuestion, shares: bool, by: Person, now: datetime) -> None:
    """Either of the two changes the mind about the others reading it: it is read while both agree."""
    mine = question.mentor.person_id == by.pk
    if not mine and not may(QuestionAction.ANSWER, by, question):
        raise NotForYou()
    field = "mentor_shares" if mine else "chief_shares"
    same = MentorQuestion.objects.filter(pk=question.pk).exclude(**{field: shares})
    if same.update(**{field: shares}):
        details = {"shares": int(shares)}
        record(
            "question.share", question, now=now, by=by, programme_ref=question.programme.ref, details=details
        )


@transaction.atomic
def withdraw_question(*, question: MentorQuestion, by: Person, now: datetime) -> None:
    """The mentor takes a question back."""
    if question.mentor.person_id != by.pk:
        raise NotYourWord()
    if MentorQuestion.objects.filter(pk=question.pk, withdrawn_at=None).update(withdrawn_at=now):
        record("question.withdraw", question, now=now, by=by, programme_ref=question.programme.ref)


@transaction.atomic
def say(*, programme: Programme, text: str, by: Person, now: datetime, ref: str = "") -> CircleWord:
    """A word in the mentors' circle; a second click says it once."""
    if not may(CircleAction.READ, by, programme):
        raise NotOfTheCircle()
    if not text.strip():
        raise NothingSaid()
    fields = {"text": text.strip(), "by": by, "at": now}
    word, made = make_once(CircleWord, ref=ref, fields=fields, programme=programme)
    if made:
        record("circle.say", word, now=now, by=by, programme_ref=programme.ref)
    return word


@transaction.atomic
def take_back_word(*, word: CircleWord, by: Person, now: datetime) -> None:
    """One's own word becomes a line without words."""
    if word.by_id != by.pk:
        raise NotYourWord()
    if CircleWord.objects.filter(pk=word.pk, withdrawn_at=None).update(withdrawn_at=now, text=""):
        record("circle.take_back", word, now=now, by=by, programme_ref=word.programme.ref)
