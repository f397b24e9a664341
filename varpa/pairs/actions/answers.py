"""What all answers to the methodology's questions share: they are asked for, they fit, they are merged."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.methodology import Methodology
from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import QuestionSet

LONGEST: Mapping[str, int] = {
    QuestionAct.REPLY_TIME: 60,
    QuestionAct.RHYTHM: 366,
    QuestionAct.EVALUATION: 366,
    QuestionAct.LENGTH: 24 * 60,
    QuestionAct.TOPICS: 14,
}
"""The most of an agreed figure: working days, days between meetings or looks back or before one, minutes."""


class NoSuchQuestion(Refusal):
    sentence = _("This question is no longer asked. Open the page again; your text is kept here.")


class NoSuchChoice(Refusal):
    sentence = _("This choice does not fit the question. Choose again; your text is kept here.")


def require_asked(asked: QuestionSet, keys: Collection[str]) -> None:
    """Raise NoSuchQuestion unless each of the keys is one of the questions."""
    if not set(keys) <= {question.key for question in asked.questions}:
        raise NoSuchQuestion()


def fitting(methodology: Methodology, key: str, choice: object) -> object:
    """A choice as it is kept with the answer to a question of the plan: None where nothing is chosen.

    Raises NoSuchChoice where it is not what the question's act takes (`PlanAnswer.choice`).
    """
    if choice in (None, "", []):
        return None
    acts = next((each.acts for each in methodology.plan.questions if each.key == key), "")
    if acts == QuestionAct.MEANS and isinstance(choice, list):
        known = [each.key for each in methodology.means]
        if all(each in known for each in choice):
            return [each for each in known if each in choice]
    if acts == QuestionAct.HOURS and isinstance(choice, list) and _is_stretch(choice):
        return choice
    if acts == QuestionAct.RHYTHM and isinstance(choice, list) and _is_rhythm_and_length(choice):
        return choice
    if acts in LONGEST and type(choice) is int and 1 <= choice <= LONGEST[acts]:
        return choice
    raise NoSuchChoice()


def _is_stretch(choice: list[object]) -> bool:
    """Whether these are two full hours of one day, the earlier first."""
    whole = [each for each in choice if type(each) is int and 0 <= each <= 24]
    return len(choice) == len(whole) == 2 and whole[0] < whole[1]


def _is_rhythm_and_length(choice: list[object]) -> bool:
    """Whether these are days from one meeting to the next (0: not agreed) and minutes of a meeting."""
    whole = [each for each in choice if type(each) is int]
    if len(choice) != 2 or len(whole) != 2:
        return False
    days, minutes = whole
    return 0 <= days <= LONGEST[QuestionAct.RHYTHM] and 1 <= minutes <= LONGEST[QuestionAct.LENGTH]


@contextmanager
def conflicts_named(name: str) -> Iterator[None]:
    """Let a conflict about a row's `text` say which answer it is: pages show several of them at once."""
    try:
        yield
    except Conflict as conflict:
        stored, given = conflict.stored["text"], conflict.given["text"]
        raise Conflict(stored={name: stored}, given={name: given}, revision=conflict.revision) from conflict
