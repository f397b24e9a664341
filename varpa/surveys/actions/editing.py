"""A survey is an editable copy of a form; what was answered never takes another meaning (S16)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.models import Event
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology
from varpa.methodology.surveys import AskedQuestion, Option
from varpa.people.models import Person
from varpa.programmes.models import OVER, Programme, ProgrammeState
from varpa.programmes.queries import methodology_of
from varpa.surveys.models import Question, Secrecy, Survey, SurveyState
from varpa.surveys.queries.surveys import asked_questions, was_held


class NoSuchForm(Refusal):
    sentence = _("The methodology of this programme has no such form.")


class ProgrammeIsOver(Refusal):
    sentence = _("The programme is closed: no more surveys are made or sent.")


class SurveyIsSent(Refusal):
    sentence = _("The survey is sent: to whom and how it is answered was promised, and stays.")


class ComparesBeforeAndAfter(Refusal):
    sentence = _(
        "What compares before and after has to know who answers: it is confidential, never anonymous."
    )


class AsksOneRoleAlone(Refusal):
    sentence = _(
        "A question of this survey is for one role alone. What the sheets of others lack would tell whose "
        "they are, so it cannot be anonymous: make it confidential, or take that question out."
    )


class WrittenMeanwhile(Refusal):
    sentence = _("Somebody else has changed the survey since this page was opened. Look at it once more.")


class NoSuchTraining(Refusal):
    sentence = _("This form asks about a training: choose one that was held.")


@transaction.atomic
def open_survey(
    *, programme: Programme, form: str, about: Event | None = None, by: Person | None, now: datetime
) -> Survey:
    """Turn a form on: a draft of it for this programme, to edit and to send. A second click finds it.

    A form that asks `about` a training has a draft for each that was held.
    """
    if programme.state in OVER:
        raise ProgrammeIsOver()
    methodology = methodology_of(programme)
    asked = next((each for each in methodology.surveys if each.key == form), None)
    if asked is None:
        raise NoSuchForm()
    if bool(asked.after) != (about is not None) or (about and not was_held(about, programme, now)):
        raise NoSuchTraining()
    survey, made = Survey.objects.get_or_create(
        programme=programme,
        key=f"{asked.key}_{about.ref}" if about else asked.key,
        defaults={
            "event": about,
            "name": _about(asked.name, about.title) if about else asked.name,
            "text": asked.text,
            "roles": list(asked.roles),
            "minutes": asked.minutes,
            "secrecy": str(asked.secrecy),
            "compares": asked.compares,
            "made_at": now,
        },
    )
    if made:
        copies = [_copy(survey, methodology, each, at) for at, each in enumerate(asked.questions)]
        Question.objects.bulk_create(copies)
        record("survey.open", survey, now=now, by=by, programme_ref=programme.ref)
    return survey


def open_usual_surveys(now: datetime) -> int:
    """The worker makes the drafts of the forms that are on in every running programme; how many are new."""
    made = 0
    for programme in Programme.objects.filter(state=ProgrammeState.RUNNING):
        known = set(Survey.objects.filter(programme=programme).values_list("key", flat=True))
        for form in methodology_of(programme).surveys:
            if form.on and form.key not in known:
                open_survey(programme=programme, form=form.key, by=None, now=now)
                made += 1
    return made


@transaction.atomic
def edit_survey(
    *,
    survey: Survey,
    name: TranslatedText,
    text: TranslatedText,
    roles: Iterable[str],
    minutes: int,
    secrecy: str,
    revision: int,
    by: Person,
    now: datetime,
) -> Survey:
    """Change what a survey is called and, until it is sent, to whom it goes and how it is answered."""
    changes: dict[str, Any] = {"name": name, "text": text, "minutes": minutes}
    fixed = {"roles": list(roles), "secrecy": secrecy}
    if any(getattr(survey, key) != value for key, value in fixed.items()):
        if survey.state != SurveyState.DRAFT:
            raise SurveyIsSent()
        if secrecy == Secrecy.ANONYMOUS and is_compared(survey):
            raise ComparesBeforeAndAfter()
        if secrecy == Secrecy.ANONYMOUS:
            require_all_asked_alike(survey, fixed["roles"])
        changes |= fixed
    write(survey, revision, changes)
    record("survey.edit", survey, now=now, by=by, programme_ref=survey.programme.ref)
    return survey


def _about(form: TranslatedText, title: TranslatedText) -> TranslatedText:
    """What a survey about one training is called; empty in a language in which the training has no title.

    So that language is warned of, as of a question that lacks it, and reads the whole name in another one.
    """
    named = {code: own for code, own in title.as_dict().items() if own}
    return TranslatedText(**{code: f"{form.within(code)}: {own}" for code, own in named.items()})


def _copy(survey: Survey, methodology: Methodology, asked: AskedQuestion, place: int) -> Question:
    rows = asked.rows
    if asked.rows_of:
        rows = tuple(Option(each.key, each.name) for each in getattr(methodology, asked.rows_of))
    return Question(
        survey=survey,
        key=asked.key,
        place=place,
        kind=str(asked.kind),
        text=asked.text,
        hint=asked.hint,
        least=asked.least,
        most=asked.most,
        low=asked.low,
        high=asked.high,
        options=[{"key": each.key, "text": each.text.as_dict()} for each in asked.options],
        rows=[{"key": each.key, "text": each.text.as_dict()} for each in rows],
        roles=list(asked.roles),
        only_question=asked.only_if.question,
        only_is=asked.only_if.is_,
        again=asked.again,
    )


def write(survey: Survey, revision: int, changes: dict[str, Any]) -> None:
    """Write upon the revision that was read. Raises WrittenMeanwhile."""
    found = Survey.objects.filter(pk=survey.pk, revision=revision)
    if not found.update(revision=revision + 1, **changes):
        raise WrittenMeanwhile()
    for name, value in {**changes, "revision": revision + 1}.items():
        setattr(survey, name, value)


def require_all_asked_alike(survey: Survey, roles: Iterable[str]) -> None:
    """No question is for some of these roles alone: sheets would tell by what they lack. AsksOneRoleAlone."""
    if any(each.roles and set(roles) - set(each.roles) for each in asked_questions(survey)):
        raise AsksOneRoleAlone()


def is_compared(survey: Survey) -> bool:
    """Whether it compares with another survey, or another one with it."""
    known = methodology_of(survey.programme).surveys
    return bool(survey.compares) or survey.key in {form.compares for form in known}
