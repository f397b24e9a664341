"""Answers as values: what may stand under a question, and which questions an answer leaves open."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from varpa.methodology.surveys import AskKind
from varpa.surveys.models import Question

LONGEST: Final = 2_000
LARGEST: Final = 1_000_000_000


class NoAnswerError(ValueError):
    """A value that is no answer to its question; `key` names the question."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def kept(questions: Iterable[Question], given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to these questions as they are kept, in the order of the questions; blanks are left out.

    What stands under a question that was not to be asked is dropped. Raises NoAnswerError.
    """
    found: dict[str, Any] = {}
    for question in questions:
        if not applies(question, found):
            continue
        value = _value(question, given.get(question.key))
        if value not in (None, "", [], {}):
            found[question.key] = value
    return found


def applies(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether a question is asked after these answers."""
    return not question.only_question or answers.get(question.only_question) == question.only_is


def fits(question: Question, value: Any) -> bool:
    """Whether a value can be an answer to the question, as it is asked now."""
    try:
        _value(question, value)
    except NoAnswerError:
        return False
    return True


def numbers(question: Question, values: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The numbers of an answer, each with the row of the matrix it stands in ("" for none)."""
    value = values.get(question.key)
    if question.kind == AskKind.MATRIX and isinstance(value, dict):
        yield from value.items()
    elif question.kind in (AskKind.SCALE, AskKind.NUMBER) and value is not None:
        yield "", value


def _value(question: Question, given: Any) -> Any:
    if given in (None, "", [], {}):
        return None
    if question.kind == AskKind.TEXT:
        return _text(question, given)
    if question.kind in (AskKind.SCALE, AskKind.NUMBER):
        return _number(question, given)
    options = [each["key"] for each in question.options]
    if question.kind == AskKind.CHOICE:
        return _among(question, given, options)
    if question.kind == AskKind.MANY:
        chosen = [_among(question, each, options) for each in _list(question, given)]
        return [key for key in options if key in chosen]
    if not isinstance(given, Mapping):
        raise NoAnswerError(question.key)
    rows = [each["key"] for each in question.rows]
    for key in given:
        _among(question, key, rows)
    return {key: _number(question, given[key]) for key in rows if given.get(key) not in (None, "")}


def _text(question: Question, given: Any) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if len(text) > LONGEST or not isinstance(given, str):
        raise NoAnswerError(question.key)
    return text


def _number(question: Question, given: Any) -> int:
    number = int(given) if isinstance(given, str) and given.strip().lstrip("-").isdecimal() else given
    fits = isinstance(number, int) and not isinstance(number, bool)
    if not fits or not question.least <= number <= question.most:
        raise NoAnswerError(question.key)
    return int(number)


def _list(question: Question, given: Any) -> list[Any]:
    if not isinstance(given, list | tuple):
        raise NoAnswerError(question.key)
    return list(given)


def _among(question: Question, given: Any, keys: list[str]) -> str:
    if given not in keys:
        raise NoAnswerError(question.key)
    return str(given)
