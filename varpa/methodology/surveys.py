"""Forms of surveys: what mentors and mentees are asked (methodology §9)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from varpa.kernel.text import TranslatedText
from varpa.methodology.marks import Origin, RoleKey

_NOTHING: Final = TranslatedText()
_ASKED: Final = (RoleKey.MENTOR, RoleKey.MENTEE)


class AskKind(StrEnum):
    """How a question is answered: one step of a scale, one word, several, a scale a row, a number, words."""

    SCALE = "scale"
    CHOICE = "choice"
    MANY = "many"
    MATRIX = "matrix"
    NUMBER = "number"
    TEXT = "text"


class Secrecy(StrEnum):
    """ANONYMOUS: nobody can find out whose an answer is. CONFIDENTIAL: known, and shown only of groups."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"


class Moment(StrEnum):
    """When in a programme a form is meant to be sent."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


ROWS_OF: Final = ("competences", "framework")
"""Lists of the methodology whose names may be the rows of a matrix."""
AFTER_TRAINING: Final = "training"


def _one_of(words: Any, **more: Any) -> Any:
    return field(metadata={"words": words}, **more)


@dataclass(frozen=True)
class Option:
    """A word to choose, or a row of a matrix; its key is the question's own."""

    key: str
    text: TranslatedText


@dataclass(frozen=True)
class OnlyIf:
    """A question is asked only of whoever has chosen the option `is` in an earlier `question`."""

    question: str = ""
    is_: str = ""

    def __bool__(self) -> bool:
        return bool(self.question or self.is_)


@dataclass(frozen=True)
class AskedQuestion:
    """One question of a form. `roles`: who is asked, none is everybody whom the form is for.

    A scale goes from `least` to `most` with words for its ends; a number lies between the two. The rows of a
    matrix are its own, or with `rows_of` the methodology's competences or those of a framework beside them.
    `again` marks the second half of a comparison: how it was at the start, asked at the end (the
    retrospective pre-test).
    """

    key: str
    text: TranslatedText
    kind: AskKind
    source: str = _one_of(Origin)
    roles: tuple[str, ...] = _one_of(_ASKED, default=())
    hint: TranslatedText = _NOTHING
    least: int = 1
    most: int = 5
    low: TranslatedText = _NOTHING
    high: TranslatedText = _NOTHING
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    rows_of: str = _one_of(ROWS_OF, default="")
    only_if: OnlyIf = OnlyIf()
    again: bool = False


@dataclass(frozen=True)
class SurveyForm:
    """A form: `minutes` that it asks of a person. `on`: it stands ready as a draft in each programme.

    `compares` names the form that it is compared with, question by question: both are confidential then.
    `after` a training: a copy for each, sent to those who were there.
    """

    key: str
    name: TranslatedText
    text: TranslatedText
    minutes: int
    secrecy: Secrecy
    moment: Moment
    roles: tuple[str, ...] = _one_of(_ASKED)
    source: str = _one_of(Origin)
    on: bool = False
    compares: str = ""
    after: str = _one_of((AFTER_TRAINING,), default="")
    questions: tuple[AskedQuestion, ...] = ()
