"""What a survey asks: questions of a programme's own, other words, answers, scales and branching (S16).

What was answered never takes another meaning: after answers came only what was missing may be written.
"""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.once import require_same
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.people.models import Person
from varpa.surveys.actions.editing import is_compared, write
from varpa.surveys.models import Question, Survey
from varpa.surveys.queries.surveys import asked_questions, has_answers
from varpa.surveys.values import LARGEST

MOST_QUESTIONS: Final = 60
MOST_OPTIONS: Final = 20
MOST_STEPS: Final = 11
CHOOSES: Final = (AskKind.CHOICE, AskKind.MANY)
LISTS: Final = (*CHOOSES, AskKind.MATRIX)
SCALES: Final = (AskKind.SCALE, AskKind.MATRIX)
ALWAYS: Final = ("", "")
Words = tuple[TranslatedText, ...]


class AnswersCame(Refusal):
    sentence = _(
        "Somebody has answered this question already, so its meaning stays. Add a new question instead, and "
        "take this one out."
    )


class AnonymousAnswersCame(AnswersCame):
    sentence = _(
        "Somebody has answered this anonymous survey already, so it asks everybody the same from now on: "
        "what one sheet has and others lack would tell whose it is. Close it, and make a new survey from it."
    )


class NothingAsked(Refusal):
    sentence = _("Write the question in at least one language.")


class TooFewOptions(Refusal):
    sentence = _("Write at least two answers to choose from, or two rows, each on a line of its own.")


class TooManyOptions(Refusal):
    sentence = _("At most {most} answers or rows fit one question.")


class TwiceTheSame(Refusal):
    sentence = _("Two answers or rows read the same: “{text}”. Write one of them otherwise, or leave it out.")


class BadScale(Refusal):
    sentence = _("A scale has 2 to {most} steps, from the lower number to the higher one.")


class BadLimits(Refusal):
    sentence = _("The smallest number has to be less than the largest.")


class ScaleIsCompared(Refusal):
    sentence = _("This survey is compared with another one, so that both keep the same scale.")


class NoSuchAnswer(Refusal):
    sentence = _("A question can follow only an answer to an earlier question with one answer of several.")


class TooManyQuestions(Refusal):
    sentence = _("A survey has at most {most} questions. A short one is answered by more people.")


class IsNeeded(Refusal):
    sentence = _("Another question is asked only after an answer to this one. Take that one out first.")


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
    only: tuple[str, str] = ALWAYS,
    ref: str = "",
    by: Person,
    now: datetime,
) -> Question:
    """A new question at the end, under a key that no question of the survey has had. One `ref` makes one.

    `only`: a question and its answer after which this one is asked.
    """
    lock(survey)
    known = Question.objects.filter(survey=survey, ref=ref).first() if ref else None
    if known is not None:
        require_same(known, {"kind": kind, "text": text})
        return known
    _require_same_for_all(survey)
    if not text:
        raise NothingAsked()
    questions = list(survey.questions.all())
    if sum(each.removed_at is None for each in questions) >= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    question = Question(
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
        **listed(kind, [{"key": f"a{at + 1}", "text": each.as_dict()} for at, each in enumerate(words)]),
    )
    _require_scale(question, least, most)
    _require_earlier(question, only)
    question.only_question, question.only_is = only
    question.save()
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
    words: Words = (),
    more: Words = (),
    least: int,
    most: int,
    only: tuple[str, str],
    revision: int,
    by: Person,
    now: datetime,
) -> None:
    """Ask otherwise: words language by language, answers or rows, the scale, after which answer it is asked.

    `words` are those of the answers or rows that stand, nothing takes one out; `more` come after them. After
    answers came only what was missing may be written: a text in a language that had none.
    """
    survey = question.survey
    if not text:
        raise NothingAsked()
    lock(survey)
    changes: dict[str, Any] = {"text": text, "hint": hint, "low": low, "high": high}
    changes |= {"least": least, "most": most, "only_question": only[0], "only_is": only[1]}
    changes |= listed(question.kind, _said(question, words, more))
    if has_answers(survey) and not _only_adds(question, changes):
        raise answers_came(survey)
    _require_scale(question, least, most)
    _require_earlier(question, only)
    _require_needed(question, changes["options"])
    write(survey, revision, {})
    Question.objects.filter(pk=question.pk).update(**changes)
    record("survey.edit_question", survey, now=now, by=by, programme_ref=survey.programme.ref)


@transaction.atomic
def remove_question(*, question: Question, by: Person, now: datetime) -> None:
    """Ask it no more; what was answered stays in the results, under the same key."""
    survey = question.survey
    lock(survey)
    _require_same_for_all(survey)
    if any(each.only_question == question.key for each in asked_questions(survey)):
        raise IsNeeded()
    if Question.objects.filter(pk=question.pk, removed_at=None).update(removed_at=now):
        record("survey.remove_question", survey, now=now, by=by, programme_ref=survey.programme.ref)


@transaction.atomic
def move_question(*, question: Question, up: bool, by: Person, now: datetime) -> None:
    """One place up or down among what is asked; what depends on an answer stays after it."""
    survey = question.survey
    lock(survey)
    _require_same_for_all(survey)
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


def _require_same_for_all(survey: Survey) -> None:
    """Nobody's anonymous sheet has other keys than those before it, nor the same ones in another order."""
    if survey.anonymous and has_answers(survey):
        raise answers_came(survey)


def answers_came(survey: Survey) -> AnswersCame:
    """Why what is asked stays, and the way on: another question, or another survey."""
    return AnonymousAnswersCame() if survey.anonymous else AnswersCame()


def _said(question: Question, words: Words, more: Words) -> list[dict[str, Any]]:
    """Answers or rows as they will stand; a new key is one that none has had, whatever was taken out."""
    held = question.options or question.rows
    told = zip(held, words, strict=True) if words else ((each, _text(each)) for each in held)
    kept = [{"key": own["key"], "text": each.as_dict()} for own, each in told if each]
    new = question.survey.revision + 1
    return kept + [{"key": f"a{new}_{at + 1}", "text": each.as_dict()} for at, each in enumerate(more)]


def listed(kind: str, said: list[dict[str, Any]]) -> dict[str, Any]:
    """Where answers or rows stand. Raises TooFewOptions, TooManyOptions, TwiceTheSame."""
    if kind in LISTS and len(said) < 2:
        raise TooFewOptions()
    if len(said) > MOST_OPTIONS:
        raise TooManyOptions(most=MOST_OPTIONS)
    _require_different([each["text"] for each in said])
    return {"options": said if kind in CHOOSES else [], "rows": said if kind == AskKind.MATRIX else []}


def _require_different(texts: list[dict[str, str]]) -> None:
    """In no language two of them are the same words."""
    for language in LANGUAGES:
        told: set[str] = set()
        for text in texts:
            words = text.get(language, "").strip()
            if words and words.casefold() in told:
                raise TwiceTheSame(text=words)
            told.add(words.casefold())


def _require_scale(question: Question, least: int, most: int) -> None:
    if question.pk and (least, most) == (question.least, question.most):
        return
    if question.kind in SCALES and not 0 <= least < most < least + MOST_STEPS <= LARGEST:
        raise BadScale(most=MOST_STEPS)
    if question.kind == AskKind.NUMBER and not 0 <= least < most <= LARGEST:
        raise BadLimits()
    if question.pk and is_compared(question.survey):
        raise ScaleIsCompared()


def _require_earlier(question: Question, only: tuple[str, str]) -> None:
    """What it follows is an answer to an earlier question that has one of several."""
    if only == ALWAYS:
        return
    earlier = question.survey.questions.filter(key=only[0], kind=AskKind.CHOICE, removed_at=None)
    found = earlier.filter(place__lt=question.place).first()
    if found is None or only[1] not in [each["key"] for each in found.options]:
        raise NoSuchAnswer()


def _require_needed(question: Question, options: list[dict[str, Any]]) -> None:
    """No answer is taken out after which another question is asked."""
    keys = [each["key"] for each in options]
    after = [each for each in asked_questions(question.survey) if each.only_question == question.key]
    if any(each.only_is not in keys for each in after):
        raise IsNeeded()


def _text(option: dict[str, Any]) -> TranslatedText:
    return TranslatedText.from_dict(option["text"])


def lock(survey: Survey) -> None:
    """Whoever else changes the questions waits."""
    Survey.objects.select_for_update().get(pk=survey.pk)


def _only_adds(question: Question, changes: dict[str, Any]) -> bool:
    """Whether a change writes texts only where a language had none."""
    pairs = [(getattr(question, name), changes[name]) for name in ("text", "hint", "low", "high")]
    for name in ("least", "most", "only_question", "only_is"):
        if getattr(question, name) != changes[name]:
            return False
    for name in ("options", "rows"):
        held, said = getattr(question, name), changes[name]
        if [each["key"] for each in held] != [each["key"] for each in said]:
            return False
        pairs += [(_text(old), _text(new)) for old, new in zip(held, said, strict=True)]
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
