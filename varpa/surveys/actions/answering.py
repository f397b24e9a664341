"""Answers: kept as one goes, sent once. What is anonymous leads nowhere afterwards (decision 0016)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.people.models import Person
from varpa.programmes.access import LIVE
from varpa.surveys import letters
from varpa.surveys.links import token_of
from varpa.surveys.marks import Marks, changed_since, marks_of
from varpa.surveys.models import Draft, Invitation, InvitationState, Question, Sheet, Survey
from varpa.surveys.queries.surveys import asked_questions, for_role, is_open
from varpa.surveys.values import NoAnswerError, kept


class SurveyClosed(Refusal):
    sentence = _("The survey has closed: no more answers are taken. Nothing of what you wrote here is kept.")


class NoLongerAsked(Refusal):
    sentence = _("This person no longer takes part in the programme, so nothing is asked.")


class AnsweredAlready(Refusal):
    sentence = _("The answers were sent already, perhaps from another tab. They are kept, once.")


class WrittenElsewhere(Refusal):
    sentence = _(
        "These answers are open in a second tab or device, and something newer was kept from there. It fills "
        "what was blank here, and stands beside what you answered otherwise. Look at it, then send once more."
    )


class NotAnAnswer(Refusal):
    sentence = _("Look at this question once more: “{question}”. Everything else is as you wrote it.")


class AskedOtherwise(Refusal):
    """A question was changed while a page with it stood open; `keys` names the questions."""

    sentence = _(
        "Questions were changed while this page stood open; they are marked. What you wrote is still here: "
        "look at it there, then send once more."
    )

    def __init__(self, keys: set[str]) -> None:
        super().__init__()
        self.keys = keys


class NothingSaid(Refusal):
    sentence = _("Nothing is answered yet. One question is enough.")


@transaction.atomic
def save_answers(
    *,
    invitation: Invitation,
    values: Mapping[str, Any],
    revision: int,
    now: datetime,
    asked: Mapping[str, str] | None = None,
) -> int:
    """Keep what is written so far, under its link alone; answers the revision upon which to go on.

    `asked`: the marks of the questions as the page shows them; raises AskedOtherwise where they have changed.
    No history: that somebody has begun is nobody's to know.
    """
    _require_open(invitation, now)
    marks = _require_meant(invitation, asked)
    said = _kept(invitation, values)
    digest = invitation.digest
    # Held until the draft is kept: an answer sent at this moment waits, and then takes the draft with it.
    if not Invitation.objects.select_for_update().filter(pk=invitation.pk, digest=digest).first():
        raise AnsweredAlready()
    try:
        with transaction.atomic():
            first = {"values": said, "asked": marks, "revision": 1}
            if Draft.objects.get_or_create(digest=digest, defaults=first)[1]:
                return 1
    except IntegrityError:
        pass
    own = Draft.objects.filter(digest=digest)
    if own.filter(values=said, asked=marks).exists():
        return int(own.values_list("revision", flat=True).get())
    if not own.filter(revision=revision).update(values=said, asked=marks, revision=revision + 1):
        raise WrittenElsewhere()
    return revision + 1


@transaction.atomic
def submit_answers(
    *,
    invitation: Invitation,
    values: Mapping[str, Any],
    by: Person | None,
    now: datetime,
    channel: str = Channel.WEB,
    revision: int | None = None,
    asked: Mapping[str, str] | None = None,
) -> None:
    """Send the answers, once. The link and the draft are destroyed in the same transaction.

    `revision`: that of the draft on which the page stands; None where there was none. Raises WrittenElsewhere
    where another tab has kept something else since (R13), AskedOtherwise where a question is not as `asked`.

    `by` is who typed them: the one who was asked (None: by the link alone), or staff from a paper. History
    says who has answered; in an anonymous survey nothing leads from there to the sheet, or back.
    """
    _require_open(invitation, now)
    # Whoever changes a question at this moment waits, or has changed it: then the answer is looked at anew.
    Survey.objects.select_for_update().get(pk=invitation.survey_id)
    _require_meant(invitation, asked)
    said = _kept(invitation, values)
    if not said:
        raise NothingSaid()
    survey, member, digest = invitation.survey, invitation.membership, invitation.digest
    token = token_of(invitation)
    try:
        move(invitation, "answer", digest="", seed="")
    except AlreadyMoved as error:
        raise AnsweredAlready() from error
    own = Draft.objects.filter(digest=digest)
    if revision is not None and own.filter(revision__gt=revision).exclude(values=said).exists():
        raise WrittenElsewhere()
    own.delete()
    _keep(survey, invitation, said)
    Survey.objects.filter(pk=survey.pk, stale=False).update(stale=True)
    letters.forget(invitation, now=now)
    letters.forget_link(invitation, token)
    typed = by is not None and by.pk != member.person_id
    record(
        "survey.answer",
        invitation,
        now=now,
        by=by or member.person,
        channel=Channel.PAPER if typed else channel,
        behalf=member.person if typed else None,
        programme_ref=survey.programme.ref,
    )


def _keep(survey: Survey, invitation: Invitation, said: dict[str, Any]) -> None:
    """A sheet of its own, under a random key that is also its place in the table."""
    member = invitation.membership
    if survey.anonymous:
        place = {"role": invitation.group_role, "country": invitation.group_country}
    else:
        place = {"role": invitation.role, "country": invitation.country}
    owner = None if survey.anonymous else member
    Sheet.objects.create(survey=survey, membership=owner, values=said, **place)


def asked_of(invitation: Invitation) -> list[Question]:
    """The questions that somebody is asked, in their order."""
    return for_role(asked_questions(invitation.survey), invitation.membership.role)


def _require_meant(invitation: Invitation, asked: Mapping[str, str] | None) -> Marks:
    """The marks of what is asked now. Raises AskedOtherwise where the page had others."""
    marks = marks_of(asked_of(invitation), invitation)
    if changed := changed_since(asked or {}, marks):
        raise AskedOtherwise(changed)
    return marks


def _kept(invitation: Invitation, values: Mapping[str, Any]) -> dict[str, Any]:
    questions = asked_of(invitation)
    try:
        return kept(questions, values)
    except NoAnswerError as error:
        wrong = next(each for each in questions if each.key == error.key)
        raise NotAnAnswer(question=str(wrong.text)) from error


def _require_open(invitation: Invitation, now: datetime) -> None:
    if invitation.state != InvitationState.ASKED or not invitation.digest:
        raise AnsweredAlready()
    member = invitation.membership
    if member.state not in LIVE or not member.person.is_active:
        raise NoLongerAsked()
    if not is_open(invitation.survey, now):
        raise SurveyClosed()
