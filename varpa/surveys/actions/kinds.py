"""Answering a question in another way, while nobody has answered it (S16)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.people.models import Person
from varpa.surveys.actions.editing import is_compared, write
from varpa.surveys.actions.questions import (
    LISTS,
    SCALES,
    IsNeeded,
    Words,
    answers_came,
    listed,
    lock,
)
from varpa.surveys.models import Question
from varpa.surveys.queries.surveys import asked_questions, has_answers

USUAL_SCALE = (1, 5)
USUAL_NUMBER = (0, 10_000)


class UnknownKind(Refusal):
    sentence = _("Choose from the list how the question is answered.")


class KindIsCompared(Refusal):
    sentence = _(
        "This survey is compared with another one, so the question is answered as it is there. Add a new "
        "question instead."
    )


class WouldDrop(Refusal):
    """Texts have no place in the new kind: they go only once whoever changes it has been told of them."""

    sentence = _("These texts have no place in the new way of answering and would be gone: {what}.")


@transaction.atomic
def change_kind(
    *,
    question: Question,
    kind: str,
    words: Words = (),
    dropping: bool = False,
    revision: int,
    by: Person,
    now: datetime,
) -> None:
    """Let a question be answered in another way: its own text, hint, place and who is asked stay.

    Answers to choose from become the things to rate, and the other way round; `words` come after them. A
    scale keeps its steps. What has no place any more goes only where `dropping` (WouldDrop). Raises
    AnswersCame, KindIsCompared, IsNeeded where another question follows one of its answers, TooFewOptions.
    """
    survey = question.survey
    if kind not in list(AskKind):
        raise UnknownKind()
    lock(survey)
    if kind == question.kind:
        return
    if has_answers(survey):
        raise answers_came(survey)
    if is_compared(survey):
        raise KindIsCompared()
    if any(each.only_question == question.key for each in asked_questions(survey)):
        raise IsNeeded()
    gone = dropped(question, kind)
    if gone and not dropping:
        raise WouldDrop(what="; ".join(gettext("“%(text)s”") % {"text": text} for text in gone))
    write(survey, revision, {})
    Question.objects.filter(pk=question.pk).update(**_changes(question, kind, words))
    details = {"kind": kind}
    record("survey.change_kind", survey, now=now, by=by, programme_ref=survey.programme.ref, details=details)


def dropped(question: Question, kind: str) -> list[str]:
    """The texts of a question that another kind has no place for, in the reader's language."""
    gone: list[TranslatedText] = []
    if kind not in LISTS:
        gone += [TranslatedText.from_dict(each["text"]) for each in (*question.options, *question.rows)]
    if question.kind in SCALES and kind not in SCALES:
        gone += [question.low, question.high]
    return [str(text) for text in gone if text]


def _changes(question: Question, kind: str, words: Words) -> dict[str, Any]:
    held = [*question.options, *question.rows] if kind in LISTS else []
    new = question.survey.revision
    said = held + [{"key": f"a{new}_{at + 1}", "text": each.as_dict()} for at, each in enumerate(words)]
    changes: dict[str, Any] = {"kind": kind, **listed(kind, said if kind in LISTS else [])}
    if kind not in SCALES:
        changes |= {"low": TranslatedText(), "high": TranslatedText()}
    if not (kind in SCALES and question.kind in SCALES):
        least, most = USUAL_NUMBER if kind == AskKind.NUMBER else USUAL_SCALE
        changes |= {"least": least, "most": most}
    return changes
