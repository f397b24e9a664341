"""Input for the cooperation plan: one question at a time, one page in own words, a photographed paper."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varpa.kernel.text import TranslatedText
from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Question
from varpa.pairs.actions.answers import LONGEST
from varpa.pairs.queries import Talk
from varpa.ui import stamps
from varpa.ui.forms import MinutesField, WordsField

DAYS, WEEKS = "days", "weeks"


def _figure(label: Any, hint: Any = "") -> forms.IntegerField:
    attrs = {"class": "minutes", "inputmode": "numeric", "autocomplete": "off"}
    made = forms.IntegerField(
        label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attrs)
    )
    made.error_messages["invalid"] = _("Write a whole number, for example 3.")
    return made


def hour_field(label: Any) -> forms.TypedChoiceField:
    hours = [("", _("not agreed")), *((hour, f"{hour}:00") for hour in range(25))]
    return forms.TypedChoiceField(label=label, choices=hours, coerce=int, empty_value=None, required=False)


def stretch_of(form: forms.Form, given: Mapping[str, Any]) -> list[int] | None:
    """From which hour until which; None where neither is chosen, and with an error where they do not fit."""
    begins, ends = given.get("begins"), given.get("ends")
    if (begins is None) != (ends is None) or (begins is not None and begins >= ends):
        form.add_error("ends", gettext("Choose two hours, the later one here."))
    return None if begins is None or ends is None else [begins, ends]


class QuestionForm(forms.Form):
    """One question of the plan: what I think, what we agree, and what the question acts on.

    `revision` is the stamp of the view and of the agreement, upon a version of the plan.
    """

    revision = forms.CharField(widget=forms.HiddenInput(), required=False)
    stretch: list[int] | None = None
    view = WordsField(label=_("My view"), required=False, rows=3)
    text = WordsField(label=_("What we agree"), required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        question: Question,
        means: list[tuple[str, TranslatedText]],
        with_length: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.question = question
        if question.acts == QuestionAct.MEANS:
            self.fields["means"] = forms.MultipleChoiceField(
                label=_("Means we agree on"),
                choices=means,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        elif question.acts == QuestionAct.REPLY_TIME:
            self.fields["days"] = _figure(_("Working days until an answer"))
        elif question.acts == QuestionAct.HOURS:
            self.fields["begins"] = hour_field(_("Letters may come from"))
            self.fields["ends"] = hour_field(_("until"))
        elif question.acts == QuestionAct.TOPICS:
            self.fields["before"] = _figure(_("How many days before a meeting do topics and questions come?"))
        elif question.acts in (QuestionAct.RHYTHM, QuestionAct.EVALUATION):
            label = _("A meeting every …") if question.acts == QuestionAct.RHYTHM else _("Look back every …")
            self.fields["every"] = _figure(label)
            self.fields["unit"] = forms.ChoiceField(
                label=_("Days or weeks?"),
                choices=[(WEEKS, _("weeks")), (DAYS, _("days"))],
                required=False,
                widget=forms.RadioSelect,
            )
        if with_length or question.acts == QuestionAct.LENGTH:
            self.fields["minutes"] = MinutesField(label=_("Length of a meeting, minutes"), required=False)

    @property
    def choice_fields(self) -> list[forms.BoundField]:
        """The fields of what the question acts on; none where it does not act."""
        return [self[name] for name in self.fields if name not in ("revision", "view", "text")]

    def clean_days(self) -> int | None:
        return self._within("days", LONGEST[QuestionAct.REPLY_TIME])

    def clean_before(self) -> int | None:
        return self._within("before", LONGEST[QuestionAct.TOPICS])

    def clean_every(self) -> int | None:
        return self._within("every", LONGEST[QuestionAct.RHYTHM])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.question.acts == QuestionAct.HOURS:
            self.stretch = stretch_of(self, given)
        every = given.get("every")
        if every and given.get("unit") != DAYS:
            given["every"] = every * 7
            if every * 7 > LONGEST[QuestionAct.RHYTHM]:
                self.add_error("every", _too_many(LONGEST[QuestionAct.RHYTHM] // 7))
        return given

    def _within(self, name: str, most: int) -> int | None:
        figure: int | None = self.cleaned_data[name]
        if figure is not None and not 1 <= figure <= most:
            raise ValidationError(_too_many(most))
        return figure

    @property
    def choice(self) -> object:
        """What the question acts on, as it is kept."""
        given = self.cleaned_data
        if self.question.acts == QuestionAct.HOURS:
            return self.stretch
        if self.question.acts == QuestionAct.RHYTHM and given.get("minutes"):
            return [given.get("every") or 0, given["minutes"]]
        names = {
            QuestionAct.MEANS: "means",
            QuestionAct.REPLY_TIME: "days",
            QuestionAct.RHYTHM: "every",
            QuestionAct.EVALUATION: "every",
            QuestionAct.LENGTH: "minutes",
            QuestionAct.TOPICS: "before",
        }
        chosen = next((given.get(name) for act, name in names.items() if act == self.question.acts), None)
        return chosen or None

    @property
    def stamp(self) -> stamps.Stamp:
        return stamps.read(self.cleaned_data["revision"])

    @property
    def changed_texts(self) -> dict[str, str]:
        """Of "view" and "text" what the writer has changed; a changed choice counts as a changed text."""
        stamp = self.stamp
        values = self.values
        return {name: self.cleaned_data[name] for name in values if stamp.changed(name, values[name])}

    @property
    def values(self) -> dict[str, object]:
        """What the stamp marks of "view" and "text"."""
        return {
            "view": self.cleaned_data["view"],
            "text": agreement(self.cleaned_data["text"], self.choice),
        }


def agreement(text: str, choice: object) -> object:
    """The agreed text and choice as the stamp marks them; the order of means says nothing."""
    in_order = isinstance(choice, list) and any(isinstance(each, int) for each in choice)
    return [text, sorted(choice) if isinstance(choice, list) and not in_order else choice]


def _too_many(most: int) -> str:
    return gettext("Write a whole number from 1 to %(most)d.") % {"most": most}


def shown(talk: Talk, side: str) -> dict[str, tuple[int, object]]:
    """What the page of a question shows to one side, for the stamp: {name: (revision, value)}."""
    view, answer = talk.views.get(side), talk.answer
    return {
        "view": (view.revision if view else 0, talk.view(side)),
        "text": (
            answer.revision if answer else 0,
            agreement(talk.text, answer.choice if answer else None),
        ),
    }


def question_initial(talk: Talk, side: str, version: int) -> dict[str, Any]:
    """What the form shows at first."""
    choice = talk.answer.choice if talk.answer else None
    initial: dict[str, Any] = {
        "revision": str(stamps.Stamp(version).upon(shown(talk, side))),
        "view": talk.view(side),
        "text": talk.text,
        "unit": WEEKS,
    }
    if isinstance(choice, list) and talk.question.acts == QuestionAct.HOURS:
        return {**initial, "begins": choice[0], "ends": choice[1]}
    if isinstance(choice, list) and talk.question.acts == QuestionAct.RHYTHM:
        return {**initial, **_spaced(choice[0]), "minutes": choice[1]}
    if talk.question.acts in (QuestionAct.RHYTHM, QuestionAct.EVALUATION) and isinstance(choice, int):
        return {**initial, **_spaced(choice)}
    return {**initial, **dict.fromkeys(("means", "days", "before", "minutes"), choice)}


def _spaced(days: int) -> dict[str, Any]:
    """Days from one to the next, in weeks where they are whole weeks; no days, no figure."""
    if not days:
        return {}
    return {"every": days // 7, "unit": WEEKS} if days % 7 == 0 else {"every": days, "unit": DAYS}


class OwnWordsForm(forms.Form):
    """One page in own words."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=0, max_value=stamps.HIGHEST
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=0, max_value=stamps.HIGHEST
    )
    own_words = WordsField(
        label=_("How we work together"),
        help_text=_("Everything that matters to both: when, how, how often, what stays between the two."),
        required=False,
        rows=12,
    )


class PaperForm(forms.Form):
    """A photograph of the paper on which the two agreed."""

    paper = forms.FileField(
        label=_("A photograph of the paper"),
        help_text=_("One picture, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("required", "missing"):
            self.fields["paper"].error_messages[name] = _("Choose a picture or take one.")
        self.fields["paper"].error_messages["empty"] = _("The picture is empty. Take it again.")


class ConfirmForm(forms.Form):
    """Which edition was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=stamps.HIGHEST)
