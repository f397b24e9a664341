"""Waves: a survey is sent to roles, reminded of twice, and closes on its day (methodology §9)."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.kernel.tokens import digest_of
from varpa.people.models import Person
from varpa.programmes.access import LIVE
from varpa.programmes.models import OVER, Membership
from varpa.programmes.queries import today_of
from varpa.surveys import letters
from varpa.surveys.actions.editing import ProgrammeIsOver, require_all_asked_alike
from varpa.surveys.hiding import LEAST, WHOLE, Cell, labels
from varpa.surveys.links import token_from
from varpa.surveys.models import Draft, Invitation, InvitationState, Sheet, Survey, SurveyState
from varpa.surveys.queries.figures import was_shown
from varpa.surveys.queries.surveys import asked_questions, with_programme

LONGEST: Final = timedelta(days=120)
REMINDERS: Final = 2


class ChooseRoles(Refusal):
    sentence = _("Choose whom to ask: mentors, mentees or both.")


class BadLastDay(Refusal):
    sentence = _("The last day has to come, within {most} days from today.")


class NoQuestions(Refusal):
    sentence = _("The survey asks nothing. Add a question first.")


class NobodyToAsk(Refusal):
    sentence = _("Everybody in these roles was asked already.")


class NobodyInRoles(Refusal):
    sentence = _("None of those it goes to has these roles. Choose others.")


class NobodyWasThere(Refusal):
    sentence = _("Nobody is entered as present at this training yet. Enter who was there, then send.")


class TooFewToBeAnonymous(Refusal):
    sentence = _(
        "Fewer than five would be asked. Who has answered is known, so of so few it is soon known whose an "
        "answer is, and nobody can be promised otherwise. Make the survey confidential, then send it."
    )


class ResultsWereShown(Refusal):
    sentence = _(
        "The results of this survey were shown, so it stays closed: looking twice would tell what the few "
        "have answered who came in between. Ask again with another survey."
    )


@transaction.atomic
def send_survey(
    *, survey: Survey, roles: Collection[str], closes_on: date, by: Person | None, now: datetime
) -> int:
    """Ask everybody who takes part in these roles and was not asked yet; answers how many.

    One that asks about a training goes to those who were there.

    A survey that was sent may be sent again: to whoever has come since, and with a later last day; after it
    has closed only while nothing of it was shown.
    """
    today, asked = today_of(survey.programme, now), [role for role in survey.roles if role in roles]
    if not asked:
        raise ChooseRoles()
    if not today <= closes_on <= today + LONGEST:
        raise BadLastDay(most=LONGEST.days)
    if survey.programme.state in OVER:
        raise ProgrammeIsOver()
    if not asked_questions(survey):
        raise NoQuestions()
    if survey.anonymous:
        require_all_asked_alike(survey, survey.roles)
    # The worker shows nothing meanwhile.
    Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.state == SurveyState.CLOSED and was_shown(survey):
        raise ResultsWereShown()
    known = survey.invitations.values("membership")
    members = Membership.objects.filter(programme=survey.programme, role__in=asked, state__in=LIVE)
    if survey.event is not None:
        there = survey.event.attendances.filter(withdrawn_at=None)
        if not there.exists():
            raise NobodyWasThere()
        members = members.filter(pk__in=there.values("membership"))
    members = members.filter(person__is_active=True)
    if not members.exists():
        raise NobodyInRoles()
    new = list(members.exclude(pk__in=known).select_related("person"))
    later = survey.state != SurveyState.DRAFT and survey.closes_on != closes_on
    if not new and not later:
        raise NobodyToAsk()
    if survey.anonymous and len(new) + known.count() < LEAST:
        raise TooFewToBeAnonymous()
    step = "send" if survey.state == SurveyState.DRAFT else "send_again"
    if step == "send":
        # What was taken out before was never asked of anybody, and stands nowhere.
        survey.questions.exclude(removed_at=None).delete()
    move(survey, step, closes_on=closes_on, sent_at=survey.sent_at or now, closed_at=None)
    _invite(survey, new, now)
    told = {"asked": len(new)}
    record("survey.send", survey, now=now, by=by, programme_ref=survey.programme.ref, details=told)
    return len(new)


@transaction.atomic
def close_survey(*, survey: Survey, by: Person | None, now: datetime) -> None:
    """Take no more answers; what was begun and not sent is destroyed with its links."""
    move(survey, "close", closed_at=now, stale=True)
    if survey.anonymous:
        _hide_few(survey)
    waiting = survey.invitations.filter(state=InvitationState.ASKED)
    Draft.objects.filter(digest__in=waiting.values("digest")).delete()
    for invitation in waiting.only("ref"):
        letters.forget(invitation, now=now)
    record("survey.close", survey, now=now, by=by, programme_ref=survey.programme.ref)


def follow_surveys(now: datetime) -> int:
    """The worker's part: reminders in the middle and before the last day, then the closing."""
    done = 0
    for survey in with_programme(Survey.objects.filter(state=SurveyState.OPEN)):
        if survey.closes_on is None or survey.sent_at is None:
            continue
        today = today_of(survey.programme, now)
        if today > survey.closes_on:
            close_survey(survey=survey, by=None, now=now)
            done += 1
            continue
        done += remind_silent(survey=survey, now=now)
    return done


@transaction.atomic
def remind_silent(*, survey: Survey, now: datetime) -> int:
    """Write once more to who has not answered, if its hour has come: twice at most; answers how many.

    Whoever was asked later, in another wave, has a day to answer first.
    """
    due = reminders_due(survey, today_of(survey.programme, now))
    waiting = survey.invitations.filter(
        state=InvitationState.ASKED,
        reminders__lt=due,
        membership__state__in=LIVE,
        sent_at__lte=now - timedelta(days=1),
    ).select_related("membership__person")
    written = 0
    for invitation in waiting.order_by("pk"):
        invitation.survey = survey
        if Invitation.objects.filter(pk=invitation.pk, reminders__lt=due).update(reminders=due):
            written += letters.remind(invitation, due, now=now)
    if written:
        details = {"reminded": written}
        record("survey.remind", survey, now=now, by=None, programme_ref=survey.programme.ref, details=details)
    return written


def reminders_due(survey: Survey, today: date) -> int:
    """How many reminders there should have been by a day: one half-way, one two days before the end."""
    if survey.closes_on is None or survey.sent_at is None:
        return 0
    first = today_of(survey.programme, survey.sent_at)
    length = (survey.closes_on - first).days
    if length < 2:
        return 0
    half = first + timedelta(days=length // 2)
    last = survey.closes_on - timedelta(days=2)
    return int(today >= half) + int(today >= max(last, half + timedelta(days=1)))


def _invite(survey: Survey, members: list[Membership], now: datetime) -> None:
    beside = _beside(survey, members) if survey.anonymous else {}
    made = []
    for member in members:
        seed = new_ref() + new_ref()
        role, country = beside.get((member.role, member.country), WHOLE)
        made.append(
            Invitation(
                survey=survey,
                membership=member,
                seed=seed,
                digest=digest_of(token_from(seed)),
                role=member.role,
                country=member.country,
                group_role=role,
                group_country=country,
                sent_at=now,
            )
        )
    for invitation in Invitation.objects.bulk_create(made, batch_size=500):
        letters.ask(invitation, now=now)


def _beside(survey: Survey, members: list[Membership]) -> dict[Cell, Cell]:
    """What stands beside the answers of each (role, country), of earlier waves and of this one.

    Where one who comes later would be alone with words of one's own, what stood beside earlier answers is
    made coarser with them, answers that have come included.
    """
    names = ("role", "country", "group_role", "group_country")
    cells = Counter((each.role, each.country) for each in members)
    held: set[tuple[Cell, Cell]] = set()
    for role, country, *label in survey.invitations.order_by().values_list(*names):
        cells[role, country] += 1
        held.add(((role, country), (label[0], label[1])))
    beside = labels(cells, held)
    for cell, stood in held:
        _call(survey, stood, beside[cell])
    return beside


def _hide_few(survey: Survey) -> None:
    """Where fewer than five of a group have answered, their role or country does not stay beside the answers.

    Who has answered is known: beside few of them it would say whose answers these are.
    """
    answered = survey.invitations.filter(state=InvitationState.ANSWERED).order_by()
    cells = Counter(answered.values_list("group_role", "group_country"))
    for cell, label in labels(cells).items():
        _call(survey, cell, label)


def _call(survey: Survey, stood: Cell, label: Cell) -> None:
    """Put other words beside the answers, and beside who was asked, where some stood."""
    if stood != label:
        role, country = label
        same = survey.invitations.filter(group_role=stood[0], group_country=stood[1])
        same.update(group_role=role, group_country=country)
        here = Sheet.objects.filter(survey=survey, role=stood[0], country=stood[1])
        here.update(role=role, country=country)
