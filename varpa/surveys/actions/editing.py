"""A survey is an editable copy of a form; what was answered never takes another meaning (S16)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.models import Event
from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology
from varpa.methodology.surveys import ROWS_OF_COMPETENCES, AskedQuestion, AskKind, Option
from varpa.people.models import Person
from varpa.programmes.models import OVER, Programme, ProgrammeState
from varpa.programmes.queries import methodology_of
from varpa.surveys.models import Question, Secrecy, Survey, SurveyState
from varpa.surveys.queries.surveys import asked_questions, has_answers, was_held

MOST_QUESTIONS: Final = 60
MOST_OPTIONS: Final = 20
CHOOSES: Final = (AskKind.CHOICE, AskKind.MANY)
Words = tuple[TranslatedText, ...]


class NoSuchForm(Refusal):
    sentence = _("The methodology of this programme has no such form.")


class ProgrammeIsOver(Refusal):
    sentence = _("The programme is closed: no more surveys are made or sent.")


class AnswersCame(Refusal):
    sentence = _(
        "Somebody has answered this question already, so its meaning stays. Add a new question instead, and "
        "take this one out."
    )


class SurveyIsSent(Refusal):
    sentence = _("The survey is sent: to whom and how it is answered was promised, and stays.")


class ComparesBeforeAndAfter(Refusal):
    sentence = _(
        "What compares before and after has to know who answers: it is confidential, never anonymous."
    )


class NothingAsked(Refusal):
    sentence = _("Write the question in at least one language.")


class TooFewOptions(Refusal):
    sentence = _("Write at least two answers to choose from, or two rows, each on a line of its own.")


class TooManyQuestions(Refusal):
    sentence = _("A survey has at most {most} questions. A short one is answered by more people.")


class IsNeeded(Refusal):
    sentence = _("Another question is asked only after an answer to this one. Take that one out first.")


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
        if secrecy == Secrecy.ANONYMOUS and _is_compared(survey):
            raise ComparesBeforeAndAfter()
        changes |= fixed
    _write(survey, revision, changes)
    record("survey.edit", survey, now=now, by=by, programme_ref=survey.programme.ref)
    return survey


@transaction.atomic
def add_question(
    *,
    survey: Survey,
    kind: str,
    text: TranslatedText,
    words: Words = (),
    low: TranslatedText | None = None,
    high: TranslatedText | None = None,
    least: int = 1,
    most: int = 5,
    only: tuple[str, str] = ("", ""),
    ref: str = "",
    by: Person,
    now: datetime,
) -> Question:
    """A new question at the end, under a key that no question of the survey has had. One `ref` makes one."""
    _lock(survey)
    known = Question.objects.filter(survey=survey, ref=ref).first() if ref else None
    if known is not None:
        return known
    if not text:
        raise NothingAsked()
    questions = list(survey.questions.all())
    if sum(each.removed_at is None for each in questions) >= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    said = [{"key": f"a{at + 1}", "text": each.as_dict()} for at, each in enumerate(words[:MOST_OPTIONS])]
    if kind in (*CHOOSES, AskKind.MATRIX) and len(said) < 2:
        raise TooFewOptions()
    question = Question.objects.create(
        survey=survey,
        ref=ref or new_ref(),
        key=_new_key({each.key for each in questions}),
        place=max((each.place for each in questions), default=-1) + 1,
        kind=kind,
        text=text,
        hint=TranslatedText(),
        low=low or TranslatedText(),
        high=high or TranslatedText(),
        least=least,
        most=most,
        options=said if kind in CHOOSES else [],
        rows=said if kind == AskKind.MATRIX else [],
        only_question=only[0],
        only_is=only[1],
    )
    record("survey.add_question", survey, now=now, by=by, programme_ref=survey.programme.ref)
    return question


@transaction.atomic
def edit_question(
    *,
    question: Question,
    text: TranslatedText,
    hint: TranslatedText,
    low: TranslatedText,
    high: TranslatedText,
    words: Words,
    revision: int,
    by: Person,
    now: datetime,
) -> None:
    """Word a question otherwise, language by language.

    After answers came only what was missing may be written: a text in a language that had none.
    """
    survey = question.survey
    held = question.options or question.rows
    said = [
        {"key": own["key"], "text": each.as_dict()} for own, each in zip(held, words or (), strict=False)
    ] or held
    changes: dict[str, Any] = {"text": text, "hint": hint, "low": low, "high": high}
    changes["options" if question.options else "rows"] = said
    if not text:
        raise NothingAsked()
    _lock(survey)
    if has_answers(survey) and not _only_adds(question, changes):
        raise AnswersCame()
    _write(survey, revision, {})
    Question.objects.filter(pk=question.pk).update(**changes)
    record("survey.edit_question", survey, now=now, by=by, programme_ref=survey.programme.ref)


@transaction.atomic
def remove_question(*, question: Question, by: Person, now: datetime) -> None:
    """Ask it no more; what was answered stays in the results, under the same key."""
    survey = question.survey
    _lock(survey)
    if any(each.only_question == question.key for each in asked_questions(survey)):
        raise IsNeeded()
    if Question.objects.filter(pk=question.pk, removed_at=None).update(removed_at=now):
        record("survey.remove_question", survey, now=now, by=by, programme_ref=survey.programme.ref)


@transaction.atomic
def move_question(*, question: Question, up: bool, by: Person, now: datetime) -> None:
    """One place up or down among what is asked; what depends on an answer stays after it."""
    survey = question.survey
    _lock(survey)
    order = asked_questions(survey)
    at = next((place for place, each in enumerate(order) if each.pk == question.pk), None)
    other = -1 if at is None else at - 1 if up else at + 1
    if at is None or not 0 <= other < len(order):
        return
    order[at], order[other] = order[other], order[at]
    seen: set[str] = set()
    for place, each in enumerate(order):
        if each.only_question and each.only_question not in seen:
            raise IsNeeded()
        seen.add(each.key)
        each.place = place
    Question.objects.bulk_update(order, ["place"])
    record("survey.move_question", survey, now=now, by=by, programme_ref=survey.programme.ref)


def _about(form: TranslatedText, title: TranslatedText) -> TranslatedText:
    """What a survey about one training is called."""
    return TranslatedText(**{code: f"{form.within(code)}: {title.within(code)}" for code in LANGUAGES})


def _copy(survey: Survey, methodology: Methodology, asked: AskedQuestion, place: int) -> Question:
    rows = asked.rows
    if asked.rows_of == ROWS_OF_COMPETENCES:
        rows = tuple(Option(each.key, each.name) for each in methodology.competences)
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


def _lock(survey: Survey) -> None:
    """Whoever else changes the questions waits."""
    Survey.objects.select_for_update().get(pk=survey.pk)


def _write(survey: Survey, revision: int, changes: dict[str, Any]) -> None:
    found = Survey.objects.filter(pk=survey.pk, revision=revision)
    if not found.update(revision=revision + 1, **changes):
        raise WrittenMeanwhile()
    for name, value in {**changes, "revision": revision + 1}.items():
        setattr(survey, name, value)


def _is_compared(survey: Survey) -> bool:
    known = methodology_of(survey.programme).surveys
    return bool(survey.compares) or survey.key in {form.compares for form in known}


def _only_adds(question: Question, changes: dict[str, Any]) -> bool:
    """Whether a change writes texts only where a language had none."""
    pairs = [(getattr(question, name), changes[name]) for name in ("text", "hint", "low", "high")]
    held, said = question.options or question.rows, changes["options" if question.options else "rows"]
    if [each["key"] for each in held] != [each["key"] for each in said]:
        return False
    pairs += [
        (TranslatedText.from_dict(old["text"]), TranslatedText.from_dict(new["text"]))
        for old, new in zip(held, said, strict=True)
    ]
    return all(
        not text or text == new.as_dict()[language]
        for old, new in pairs
        for language, text in old.as_dict().items()
    )


def _new_key(known: set[str]) -> str:
    number = 1
    while f"own_{number}" in known:
        number += 1
    return f"own_{number}"
