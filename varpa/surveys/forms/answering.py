"""The form that somebody is asked: one field a question, one a row of a matrix. It keeps nothing."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.surveys.marks import as_text
from varpa.surveys.models import Draft, Question
from varpa.surveys.values import LONGEST, fits
from varpa.ui.forms import WordsField

MOST_CHIPS: Final = 11
BLANK: Final[tuple[Any, ...]] = (None, "", [])


@dataclass(frozen=True)
class AskedHere:
    """A question on the page with its fields; `only` names field and value upon which it is asked.

    `changed`: it was asked otherwise when it was answered.
    """

    question: Question
    fields: list[BoundField]
    only: str
    after: str
    changed: bool = False

    @property
    def is_matrix(self) -> bool:
        return self.question.kind == AskKind.MATRIX


class AnswerForm(forms.Form):
    """Every question may be left out. `revision` is that of the draft on which the page stands.

    `asked_as`: the marks of the questions as the page shows them; `changed`: those that were asked otherwise.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0, min_value=0)
    asked_as = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8_000)
    changed: set[str]

    def __init__(
        self,
        *args: Any,
        questions: Iterable[Question],
        values: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.questions = list(questions)
        self.changed = set()
        super().__init__(*args, **kwargs)
        for question in self.questions:
            for name, row in _names(question):
                self.fields[name] = _field(question, row)
                self.initial[name] = _initial(question, row, values or {})

    def asked(self) -> list[AskedHere]:
        """The questions in their order, each with its fields."""
        known = {each.key: each for each in self.questions}
        found = []
        for question in self.questions:
            fields = [self[name] for name, _row in _names(question)]
            earlier = known.get(question.only_question)
            only = f"q_{question.only_question}={question.only_is}" if earlier else ""
            after = _said(earlier, question.only_is) if earlier else ""
            found.append(AskedHere(question, fields, only, after, question.key in self.changed))
        return found

    def set_asked(self, marks: Mapping[str, str], changed: set[str]) -> None:
        """The page shows the questions as they are now: the next sending knows them."""
        data: Any = copy(self.data)
        data["asked_as"] = as_text(marks)
        self.data, self.changed = data, changed

    def set_beside(self, kept: Draft) -> None:
        """What another tab has kept meanwhile: it fills what is blank, or is told at its question (R13)."""
        data: Any = copy(self.data)
        data["revision"] = str(kept.revision)
        for question in self.questions:
            for name, row in _names(question):
                there, here = _initial(question, row, kept.values), self.cleaned_data.get(name)
                if there in BLANK or there == here:
                    continue
                if here in BLANK:
                    data.setlist(name, there if isinstance(there, list) else [there])
                else:
                    told = _("Kept from elsewhere: “%(answer)s”") % {"answer": _told(question, there)}
                    self.add_error(name, told)
        self.data = data

    def values(self) -> dict[str, Any]:
        """What was answered, by question."""
        found: dict[str, Any] = {}
        for question in self.questions:
            given = {row: self.cleaned_data.get(name) for name, row in _names(question)}
            if question.kind == AskKind.MATRIX:
                found[question.key] = {row: value for row, value in given.items() if value}
            else:
                found[question.key] = given[""]
        return found


def _told(question: Question, value: Any) -> str:
    """An answer in words."""
    names = dict(_options(question))
    return ", ".join(names.get(each, str(each)) for each in (value if isinstance(value, list) else [value]))


def _names(question: Question) -> list[tuple[str, str]]:
    """The names of a question's fields, each with the row of the matrix that it stands for."""
    if question.kind == AskKind.MATRIX:
        return [(f"q_{question.key}__{each['key']}", each["key"]) for each in question.rows]
    return [(f"q_{question.key}", "")]


def _field(question: Question, row: str) -> forms.Field:
    label = str(_row(question, row) if row else question.text)
    said: dict[str, Any] = {"label": label, "required": False, "help_text": str(question.hint)}
    if question.kind == AskKind.TEXT:
        return WordsField(rows=3, max_length=LONGEST, **said)
    if question.kind == AskKind.NUMBER:
        said |= {"min_value": question.least, "max_value": question.most}
        return forms.IntegerField(widget=forms.NumberInput(attrs={"class": "minutes"}), **said)
    if question.kind == AskKind.MANY:
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=_options(question), widget=widget, **said)
    choices = _options(question) if question.kind == AskKind.CHOICE else _steps(question)
    # What was once chosen of one row of circles cannot be unchosen otherwise, and nothing has to be answered.
    return forms.ChoiceField(choices=[*choices, ("", _("No answer"))], widget=forms.RadioSelect, **said)


def _options(question: Question) -> list[tuple[str, str]]:
    return [(each["key"], str(TranslatedText.from_dict(each["text"]))) for each in question.options]


def _steps(question: Question) -> list[tuple[str, str]]:
    # What the ends of a matrix mean stands once, above its rows.
    worded = question.kind == AskKind.SCALE
    ends = {question.least: str(question.low), question.most: str(question.high)} if worded else {}
    steps = range(question.least, question.most + 1)
    return [(str(step), f"{step} {ends[step]}".strip() if step in ends else str(step)) for step in steps]


def _row(question: Question, row: str) -> TranslatedText:
    return next(TranslatedText.from_dict(each["text"]) for each in question.rows if each["key"] == row)


def _said(question: Question, option: str) -> str:
    word = dict(_options(question)).get(option, "")
    return str(_("If “%(answer)s” above")) % {"answer": word}


def _initial(question: Question, row: str, values: Mapping[str, Any]) -> Any:
    value = values.get(question.key)
    if not fits(question, value):
        # It was begun while the question was asked otherwise.
        value = None
    if question.kind == AskKind.MATRIX:
        value = value.get(row) if isinstance(value, dict) else None
    steps = question.kind in (AskKind.SCALE, AskKind.MATRIX)
    return str(value) if steps and value is not None else value
