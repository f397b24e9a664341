"""Whether two surveys ask the same: what was rewritten in one of them is not compared with the other.

The forms of a methodology may word one question for the middle and for the end ("How is it going?", "How did
it go?"): as its forms word them, two questions of one key are one. Otherwise their words have to be the same.
"""

from collections.abc import Iterable
from typing import Any, Final

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology
from varpa.methodology.surveys import AskKind
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, own_methodology_of
from varpa.surveys.models import Question, Survey

_WORDS: Final = ("text", "low", "high")
NUMBERED: Final = (AskKind.SCALE, AskKind.MATRIX, AskKind.NUMBER)


class Wording:
    """What two surveys of a programme ask under the same keys, by its words; there may be no earlier one."""

    def __init__(self, earlier: Survey | None, later: Survey, programme: Programme) -> None:
        methodology = own_methodology_of(programme)
        self._earlier = {each.key: each for each in earlier.questions.all()} if earlier else {}
        self._form_before = _form(methodology, earlier.key if earlier else "")
        self._form = _form(methodology, later.key)

    def is_same(self, later: Question, row: str = "") -> bool:
        """Whether a question, and a row of it, means what it meant before, if it was asked then."""
        earlier = self._earlier.get(later.key)
        if earlier is None:
            return True
        same = all(_same(getattr(earlier, name), getattr(later, name)) for name in _WORDS)
        as_written = _is_of(earlier, self._form_before) and _is_of(later, self._form)
        return (same or as_written) and _same_row(earlier, later, row)

    def looks_back_on(self, later: Question, back: Question, row: str) -> bool:
        """Whether what looks back still asks after the same row, in the words of the methodology."""
        return _is_of(back, self._form) and _same_row(back, later, row)


def asked_alike(survey: Survey, question: Question) -> list[str]:
    """What the surveys and forms are called with which a question is compared, if both keep its words."""
    if question.kind not in NUMBERED or survey.event_id:
        return []
    others = Survey.objects.filter(programme=survey.programme_id, event=None).exclude(pk=survey.pk)
    named = {each.key: str(each.name) for each in others.filter(questions__key=question.key)}
    for form in methodology_of(survey.programme).surveys:
        if not form.after and any(each.key == question.key for each in form.questions):
            named.setdefault(form.key, str(form.name))
    named.pop(survey.key, None)
    return list(dict.fromkeys(named.values()))


def _form(methodology: Methodology, key: str) -> dict[tuple[str, str], TranslatedText]:
    """The words of a form of the methodology, by question and part."""
    form = next((each for each in methodology.surveys if each.key == key), None)
    questions: Iterable[Any] = form.questions if form else ()
    return {name: said for each in questions for name, said in _words(each)}


def _is_of(question: Question, form: dict[tuple[str, str], TranslatedText]) -> bool:
    """Whether it reads as the form has it."""
    return all(name in form and _same(said, form[name]) for name, said in _words(question))


def _same_row(one: Question, other: Question, row: str) -> bool:
    then, now = _row(one, row), _row(other, row)
    return then is None or now is None or _same(then, now)


def _words(question: Any) -> list[tuple[tuple[str, str], TranslatedText]]:
    return [((question.key, name), getattr(question, name)) for name in _WORDS]


def _row(question: Question, key: str) -> TranslatedText | None:
    found = [each["text"] for each in question.rows if each["key"] == key]
    return TranslatedText.from_dict(found[0]) if found else None


def _same(one: TranslatedText, other: TranslatedText) -> bool:
    """The same in every language that both have: one that lacked a text may get it at any time."""
    told = [(getattr(one, code).split(), getattr(other, code).split()) for code in LANGUAGES]
    return all(then == now for then, now in told if then and now)
