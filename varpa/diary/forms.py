"""Input of the diary: one box and a length, the rest folded; none of it needed (R6)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.diary.counting import WrongDiaryLength
from varpa.diary.models import FIELDS, Entry, passage_of
from varpa.diary.queries import Earlier, KnownFact
from varpa.kernel.refusals import Refusal
from varpa.meetings.forms import AT
from varpa.meetings.models import Meeting
from varpa.methodology.model import Question
from varpa.pairs.models import Pair
from varpa.ui.doing import refused
from varpa.ui.forms import DayField, MinutesField, RefField, WordsField


class EntryForm(forms.Form):
    """An entry; for each question of the diary a field, or one for each of the two it asks about."""

    ref = RefField()
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    notes = WordsField(label=_("Notes"), rows=4, required=False)
    minutes = MinutesField(label=_("Length in minutes"), required=False)
    day = DayField(label=_("Day"))
    results = WordsField(label=_("What are the results?"), rows=1, required=False)
    recommendations = WordsField(label=_("What do you recommend for the work ahead?"), rows=1, required=False)
    on_mentee = WordsField(rows=1, required=False)
    on_self = WordsField(label=_("What did you learn about yourself?"), rows=1, required=False)
    on_effectiveness = WordsField(label=_("How effective was the meeting?"), rows=1, required=False)

    FOLDED = FIELDS[1:]

    def __init__(
        self,
        *args: Any,
        questions: tuple[Question, ...],
        pair: Pair,
        meeting: Meeting | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.questions = questions
        names = {"mentor": pgettext_lazy("diary", "You"), "mentee": pair.mentee.person.first_name}
        noticed = _("%(name)s: what did you notice?") % {"name": names["mentee"]}
        self.fields["on_mentee"].label = noticed
        if meeting:
            self.fields["minutes"].label = _("How many minutes did the meeting take?")
            self.fields["day"].widget = forms.HiddenInput()
        for question in questions:
            for about in question.about or ("",):
                label = names.get(about) or pgettext_lazy("diary", "Answer")
                field = WordsField(label=label, rows=1, required=False)
                self.fields[passage_of(question.key, about)] = field

    def texts(self) -> dict[str, str]:
        """The passages, by name."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def answers(self) -> dict[tuple[str, str], str]:
        """The answers, {(question, about): text}."""
        return {
            (question.key, about): self.cleaned_data[passage_of(question.key, about)]
            for question in self.questions
            for about in question.about or ("",)
        }

    def labels(self) -> dict[str, str]:
        """What each text is called where it stands alone, for the page of two texts (R13)."""
        found = {name: str(self.fields[name].label) for name in FIELDS}
        for question in self.questions:
            for about in question.about or ("",):
                name = passage_of(question.key, about)
                whom = f" {self.fields[name].label}" if about else ""
                found[name] = f"{question.text}{whom}"
        return found

    def folded(self) -> list[BoundField]:
        """What may be written beside the notes."""
        return [self[name] for name in self.FOLDED]

    def asked(
        self, known: Mapping[str, list[KnownFact]], earlier: Mapping[str, Earlier]
    ) -> list[dict[str, Any]]:
        """The questions with their fields, what the system knows, and what was answered before."""
        return [
            {
                "question": question,
                "known": known.get(question.key, []),
                "fields": [
                    {"bound": self[name], "earlier": earlier.get(name)}
                    for about in question.about or ("",)
                    for name in (passage_of(question.key, about),)
                ],
                "each": bool(question.about),
            }
            for question in self.questions
        ]


def tell(form: EntryForm, refusal: Refusal) -> None:
    """Say at its field why an action refused; the day of a meeting's entry has none that is seen."""
    at = "minutes" if isinstance(refusal, WrongDiaryLength) else AT.get(type(refusal), "")
    hidden = at in form.fields and form.fields[at].widget.is_hidden
    refused(form, refusal, "" if hidden else at)


def stands_open(fields: list[BoundField]) -> bool:
    """Whether a fold is shown open: something is written in it, or wrong."""
    return any(bound.value() or bound.errors for bound in fields)


class ReplyForm(forms.Form):
    """The mentee's answer to the diary."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    text = WordsField(label=_("What would you like to answer?"), rows=5)


def initial_of(entry: Entry, minutes: int | None) -> dict[str, Any]:
    """What stands in an entry, as the form shows it."""
    stored = {name: getattr(entry, name) for name in FIELDS}
    answers = {passage_of(each.question, each.about): each.text for each in entry.answers.all()}
    own = {"ref": entry.ref, "revision": entry.revision, "day": entry.day, "minutes": minutes}
    return {**stored, **answers, **own}
