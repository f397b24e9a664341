"""Input of the diary: one box and a length, the rest folded; none of it needed (R6)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.diary.models import FIELDS, Entry
from varpa.methodology.model import Question
from varpa.pairs.models import Pair
from varpa.ui.forms import DayField, MinutesField, RefField, WordsField


class EntryForm(forms.Form):
    """An entry; for each question of the diary a field, or one for each of the two it asks about."""

    ref = RefField(required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    notes = WordsField(label=_("Notes"), rows=4, required=False)
    minutes = MinutesField(label=_("How many minutes did the meeting take?"), required=False)
    day = DayField(label=_("Day"))
    results = WordsField(label=_("What are the results?"), rows=1, required=False)
    recommendations = WordsField(label=_("What do you recommend for the work ahead?"), rows=1, required=False)
    on_mentee = WordsField(label=_("What did you notice about the mentee?"), rows=1, required=False)
    on_self = WordsField(label=_("What did you learn about yourself?"), rows=1, required=False)
    on_effectiveness = WordsField(label=_("How effective was the meeting?"), rows=1, required=False)

    FOLDED = FIELDS[1:]

    def __init__(self, *args: Any, questions: tuple[Question, ...], pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = questions
        for question in questions:
            for about in question.about or ("",):
                label = pair.member(about).person.first_name if about else str(question.text)
                field = WordsField(label=label, rows=1, required=False)
                self.fields[field_name(question.key, about)] = field

    def texts(self) -> dict[str, str]:
        """The passages, by name."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def answers(self) -> dict[tuple[str, str], str]:
        """The answers, {(question, about): text}."""
        return {
            (question.key, about): self.cleaned_data[field_name(question.key, about)]
            for question in self.questions
            for about in question.about or ("",)
        }

    def asked(self, known: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
        """The questions with their fields and what the system knows, for the page."""
        return [
            {
                "question": question,
                "known": known.get(question.key, []),
                "fields": [self[field_name(question.key, about)] for about in question.about or ("",)],
                "each": bool(question.about),
            }
            for question in self.questions
        ]


class ReplyForm(forms.Form):
    """The mentee's answer to the diary."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    text = WordsField(label=_("Your answer to the diary"), rows=5)


def field_name(question: str, about: str) -> str:
    """The name of a question's field in the form."""
    return f"q-{question}-{about}" if about else f"q-{question}"


def initial_of(entry: Entry) -> dict[str, Any]:
    """What stands in an entry, as the form shows it."""
    stored = {name: getattr(entry, name) for name in FIELDS}
    answers = {field_name(each.question, each.about): each.text for each in entry.answers.all()}
    own = {"ref": entry.ref, "revision": entry.revision, "day": entry.day, "minutes": entry.minutes}
    return {**stored, **answers, **own}
