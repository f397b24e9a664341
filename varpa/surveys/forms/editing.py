"""Input of the pages on which a survey is made ready and sent."""

from collections.abc import Iterable
from copy import copy
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.programmes.models import Role
from varpa.surveys.actions.questions import CHOOSES, LISTS, SCALES
from varpa.surveys.models import Question, Secrecy, Survey, SurveyState
from varpa.surveys.values import LARGEST
from varpa.surveys.words import role_names
from varpa.ui.forms import DayField, MinutesField, RefField, TranslatedField

ASKED: Final = (Role.MENTOR, Role.MENTEE)
KINDS: Final = [
    (AskKind.SCALE.value, _("a scale")),
    (AskKind.CHOICE.value, _("one answer of several")),
    (AskKind.MANY.value, _("several answers")),
    (AskKind.MATRIX.value, _("a scale for each of several things")),
    (AskKind.NUMBER.value, _("a number")),
    (AskKind.TEXT.value, _("own words")),
]
MOST_NUMBER: Final = 10_000
LONGEST_LINES: Final = 2000
"""Of answers or rows together; so each of them may be as long, and is saved again as it was taken."""


class SurveyForm(forms.Form):
    """What a survey is called, how long it takes, and until it is sent: whom it asks, and how."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = TranslatedField(label=pgettext_lazy("survey", "Name"), max_length=200)
    text = TranslatedField(label=_("What it is about"), rows=3, max_length=1000, required=False)
    minutes = MinutesField(label=_("Minutes that it takes"), most=60)
    roles = forms.MultipleChoiceField(label=_("Who is asked"), widget=forms.CheckboxSelectMultiple)
    secrecy = forms.ChoiceField(
        label=_("How it is answered"), choices=Secrecy.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        start = {name: getattr(survey, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": start, **kwargs})
        self.fixed = survey.state != SurveyState.DRAFT
        self.survey = survey
        _ask(self.fields["roles"], survey, ASKED)
        if self.fixed:
            del self.fields["roles"], self.fields["secrecy"]

    def said(self) -> dict[str, Any]:
        """What the action is handed."""
        kept = {} if not self.fixed else {"roles": self.survey.roles, "secrecy": self.survey.secrecy}
        return {**kept, **self.cleaned_data}


class CopyForm(forms.Form):
    """What the new survey is called, and its last day where that is known."""

    ref = RefField()
    name = TranslatedField(label=pgettext_lazy("survey", "Name"), max_length=200)
    closes_on = DayField(label=_("Last day for answers"), required=False)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"name": survey.name}, **kwargs})


class SendForm(forms.Form):
    """To whom, and until when."""

    roles = forms.MultipleChoiceField(label=_("To whom"), widget=forms.CheckboxSelectMultiple)
    closes_on = DayField(label=_("Last day for answers"))

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(
            *args, **{"initial": {"roles": survey.roles, "closes_on": survey.closes_on}, **kwargs}
        )
        _ask(self.fields["roles"], survey, [role for role in ASKED if role in survey.roles])


def _ask(roles: forms.Field, survey: Survey, offered: Iterable[str]) -> None:
    assert isinstance(roles, forms.MultipleChoiceField)
    roles.choices = [(role, role_names(survey.programme, role)) for role in offered]


def _limit(label: Any) -> forms.IntegerField:
    attrs = {"class": "minutes"}
    widget = forms.NumberInput(attrs=attrs)
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=LARGEST, widget=widget)


class NewQuestionForm(forms.Form):
    """A question of the programme's own."""

    ref = RefField()
    kind = forms.ChoiceField(label=_("How it is answered"), choices=KINDS, widget=forms.RadioSelect)
    text = TranslatedField(label=_("The question"), max_length=300)
    words = TranslatedField(
        label=_("What to choose from, or the things to rate: one on each line"),
        help_text=_("In each language the same things in the same order."),
        rows=4,
        max_length=LONGEST_LINES,
        required=False,
    )
    least = _limit(_("Lowest step of the scale, or smallest number"))
    most = _limit(_("Highest step of the scale, or largest number"))
    low = TranslatedField(label=_("What the lowest step means"), max_length=60, required=False)
    high = TranslatedField(label=_("What the highest step means"), max_length=60, required=False)
    only = forms.ChoiceField(label=_("When it is asked"), required=False)

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["most"].help_text = _("Left blank, a scale goes from 1 to 5.")
        _offer(self.fields["only"], questions)

    def said(self) -> dict[str, Any]:
        """What the action is handed; what is left blank of a scale is 1 to 5."""
        found = dict(self.cleaned_data)
        usual = (0, MOST_NUMBER) if found["kind"] == AskKind.NUMBER else (1, 5)
        given = (found["least"], found["most"])
        least, most = (limit if said is None else said for said, limit in zip(given, usual, strict=True))
        words = _lines(found["words"]) if found["kind"] in LISTS else ()
        return {**found, "words": words, "least": least, "most": most, "only": _only(found["only"])}


class QuestionForm(forms.Form):
    """A question: words language by language, answers or rows, scale, after which answer it is asked."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = TranslatedField(label=_("The question"), max_length=300)
    hint = TranslatedField(label=_("Hint"), max_length=300, required=False)
    least = _limit(_("Lowest step of the scale, or smallest number"))
    most = _limit(_("Highest step of the scale, or largest number"))
    low = TranslatedField(label=_("What the lowest step means"), max_length=60, required=False)
    high = TranslatedField(label=_("What the highest step means"), max_length=60, required=False)

    def __init__(
        self, *args: Any, question: Question, questions: Iterable[Question], revision: int, **kwargs: Any
    ) -> None:
        names = ("text", "hint", "least", "most", "low", "high")
        start: dict[str, Any] = {name: getattr(question, name) for name in names}
        start["only"] = "=".join((question.only_question, question.only_is)).strip("=")
        super().__init__(*args, **{"initial": {**start, "revision": revision}, **kwargs})
        self.question = question
        if question.kind not in SCALES:
            del self.fields["low"], self.fields["high"]
        if question.kind not in (*SCALES, AskKind.NUMBER):
            del self.fields["least"], self.fields["most"]
        self.listed = question.options or question.rows
        for at, each in enumerate(self.listed):
            chosen = question.kind in CHOOSES
            label = _("Answer %(number)d") if chosen else pgettext_lazy("matrix", "Row %(number)d")
            text = TranslatedText.from_dict(each["text"])
            named = label % {"number": at + 1}
            self.fields[f"word_{at}"] = TranslatedField(
                max_length=LONGEST_LINES, label=named, initial=text, required=False
            )
        if question.kind in LISTS:
            self.fields["more"] = TranslatedField(
                label=_("More of them: one on each line"),
                help_text=_("What is left blank in every language above is taken out."),
                rows=3,
                max_length=LONGEST_LINES,
                required=False,
            )
        self.fields["only"] = forms.ChoiceField(label=_("When it is asked"), required=False)
        _offer(self.fields["only"], [each for each in questions if each.place < question.place])

    def said(self) -> dict[str, Any]:
        """What the action is handed."""
        found = self.cleaned_data
        words = tuple(found[f"word_{at}"] for at in range(len(self.listed)))
        kept = {name: _given(found, name, self.question) for name in ("low", "high", "least", "most")}
        own = {name: found[name] for name in ("text", "hint", "revision")}
        more = _lines(found["more"]) if found.get("more") else ()
        return {**own, **kept, "words": words, "more": more, "only": _only(found["only"])}


class KindForm(forms.Form):
    """In which other way a question is answered; `told`: for which kind it was said what would be gone."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    told = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=KINDS, widget=forms.RadioSelect)
    words = TranslatedField(
        label=_("What to choose from, or the things to rate: one on each line"),
        help_text=_("What there is already stays before them."),
        rows=4,
        max_length=LONGEST_LINES,
        required=False,
    )
    dropping = forms.BooleanField(label=_("They may go"), required=False)

    def __init__(self, *args: Any, question: Question, revision: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"kind": question.kind, "revision": revision}, **kwargs})
        if not self.data.get("told"):
            del self.fields["dropping"]

    def said(self) -> dict[str, Any]:
        """What the action is handed; a tick counts for what was told."""
        found = self.cleaned_data
        kind = found["kind"]
        words = _lines(found["words"]) if kind in LISTS else ()
        dropping = bool(found.get("dropping")) and found["told"] == kind
        return {"kind": kind, "words": words, "dropping": dropping, "revision": found["revision"]}

    def tell(self, refusal: str) -> None:
        """Say what would be gone, and ask."""
        sent: Any = copy(self.data)
        sent["told"] = self.cleaned_data["kind"]
        sent.pop("dropping", None)
        self.data = sent
        self.fields["dropping"] = copy(self.base_fields["dropping"])
        self.add_error("dropping", refusal)


def _given(found: dict[str, Any], name: str, question: Question) -> Any:
    """What was written, or what stands where there is no such field or a number is left blank."""
    value = found.get(name)
    return getattr(question, name) if value is None else value


def _offer(field: forms.Field, questions: Iterable[Question]) -> None:
    """After which answers it may be asked: those to questions with one answer of several."""
    assert isinstance(field, forms.ChoiceField)
    said = _("Only after “%(answer)s” to: %(question)s")
    field.choices = [("", _("Always"))] + [
        (
            f"{each.key}={option['key']}",
            said % {"answer": TranslatedText.from_dict(option["text"]), "question": each.text},
        )
        for each in questions
        if each.kind == AskKind.CHOICE
        for option in each.options
    ]


def _only(chosen: str) -> tuple[str, str]:
    question, _equals, option = chosen.partition("=")
    return question, option


class ThemeForm(forms.Form):
    ref = RefField()
    text = TranslatedField(label=_("Theme"), rows=2, max_length=600)


def _lines(text: TranslatedText) -> tuple[TranslatedText, ...]:
    """Lines that belong together, language by language; a language may lack some."""
    columns = {
        language: [line.strip() for line in text.as_dict()[language].splitlines() if line.strip()]
        for language in LANGUAGES
    }
    most = max(map(len, columns.values()))
    return tuple(
        TranslatedText(**{name: column[at] if at < len(column) else "" for name, column in columns.items()})
        for at in range(most)
    )
