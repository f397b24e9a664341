"""Input only: recommendations, their tags, the words of a section, a change for the next methodology."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.drafts.forms import ArchiveField
from varpa.guidelines.models import Recommendation, Says, ShownAs, Source, Version
from varpa.guidelines.outline import steps_of, topics_of
from varpa.guidelines.springs import Spring
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.people.models import Language
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.ui.forms import DayField, RefField, TranslatedField, WordsField

ANYTHING = [("", _("No matter"))]
NOTED = (Source.NOTE, Source.SURVEY, Source.EVENT)


class TagsForm(forms.Form):
    """Where a recommendation belongs."""

    says = forms.ChoiceField(label=_("What it says"), choices=Says.choices, widget=forms.RadioSelect)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    for_role = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        methodology = methodology_of(programme)
        _choose(self, "phase", [(each.key, each.name) for each in steps_of(methodology)[1:]])
        _choose(self, "topic", [(each.key, each.name) for each in topics_of(methodology)])


class OfferForm(TagsForm):
    """A recommendation: sentences of what one has written, or own words."""

    ref = RefField()
    chosen = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    words = WordsField(label=_("In own words"), rows=4, max_length=4000, required=False)
    shown_as = forms.ChoiceField(
        label=_("What others are told of you"), choices=ShownAs.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("In which language it is"),
        choices=Language.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    source = forms.ChoiceField(
        label=_("Where it is from"),
        choices=[(each.value, each.label) for each in NOTED],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, spring: Spring, may_be_named: bool, **options: Any) -> None:
        usual: dict[str, str] = {"says": Says.CHANGE, "shown_as": ShownAs.ROLE, "source": Source.NOTE}
        usual |= {"phase": spring.phase, "topic": spring.topic}
        super().__init__(*args, initial=usual, **options)
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(each.key, each.text) for passage in spring.passages for each in passage.sentences]
        chosen.label = _("Sentences that may be shown to others")
        if not spring.passages:
            del self.fields["chosen"]
        if spring.source != Source.NOTE:
            del self.fields["source"]
        if spring.source in (Source.NOTE, Source.SURVEY) or not may_be_named:
            del self.fields["shown_as"]
        if spring.source != Source.SURVEY or spring.language:
            del self.fields["language"]


class ConsentForm(forms.Form):
    """One's word, and how one is shown."""

    shown_as = forms.ChoiceField(choices=ShownAs.choices)


class FilterForm(forms.Form):
    """What the manager's list is narrowed to; nonsense narrows nothing."""

    phase = forms.ChoiceField(label=_("Phase"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    role = forms.ChoiceField(label=_("From whom"), required=False)
    says = forms.ChoiceField(
        label=_("What it says"), choices=[("", _("Everything")), *Says.choices], required=False
    )
    source = forms.ChoiceField(
        label=_("Where it is from"), choices=[("", _("Everything")), *Source.choices], required=False
    )
    aside = forms.ChoiceField(
        label=_("Set aside"), choices=[("", _("No")), ("yes", _("Yes"))], required=False
    )

    def __init__(self, given: Any, *, programme: Programme) -> None:
        super().__init__(given)
        methodology = methodology_of(programme)
        _choose(self, "phase", [(each.key, each.name) for each in steps_of(methodology)[1:]])
        _choose(self, "topic", [(each.key, each.name) for each in topics_of(methodology)])

    @cached_property
    def asked(self) -> dict[str, str]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SectionForm(forms.Form):
    """The words of a section, a text a language."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    lv = WordsField(label=Language.LATVIAN.label, rows=14, max_length=40_000, required=False)
    lt = WordsField(label=Language.LITHUANIAN.label, rows=14, max_length=40_000, required=False)
    en = WordsField(label=Language.ENGLISH.label, rows=14, max_length=40_000, required=False)

    @property
    def texts(self) -> dict[str, str]:
        return {language: self.cleaned_data[language] for language in LANGUAGES}


class ChangeForm(forms.Form):
    """Another wording of a text of the methodology, in all three languages; `revision` is the change that
    stood there when the form was shown, 0 for none.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    text = TranslatedField(label=_("How it should read"), every=True, rows=8, max_length=20_000)

    @property
    def value(self) -> dict[str, str]:
        text = self.cleaned_data["text"]
        assert isinstance(text, TranslatedText)
        return text.as_dict()


class UploadForm(forms.Form):
    """The archive of a methodology."""

    folder = ArchiveField(help_text=_("As it was exported from the guidelines of a programme."))


def tags_of(recommendation: Recommendation) -> dict[str, str]:
    """What the form of tags begins with."""
    return {name: getattr(recommendation, name) for name in ("says", "phase", "topic", "for_role")}


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [*ANYTHING, *choices]
    field.error_messages["invalid_choice"] = _("Choose one from the list.")


class FollowingForm(forms.Form):
    """What the programme of the next year has of its own from the first day."""

    ref = RefField()
    name = TranslatedField(label=_("Name of the programme"), every=True, max_length=120)
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"))
    same_managers = forms.BooleanField(
        label=_("The same people manage it"), help_text=_("Each gets a letter."), required=False
    )
    learnt = forms.BooleanField(label=_("Begin from what this programme has learnt"), required=False)

    def __init__(self, *args: Any, version: Version | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._version = version
        if version is None:
            del self.fields["learnt"]
            return
        told = {"learnt": version.becomes, "present": version.programme.methodology_version.version}
        self.fields["learnt"].help_text = _(
            "Version {learnt} of the methodology came of the published guidelines: with their words and the "
            "changes adopted in them. Otherwise it begins from version {present}, without them."
        ).format(**told)

    @property
    def said(self) -> dict[str, Any]:
        learnt = self._version if self.cleaned_data.get("learnt") else None
        return {**self.cleaned_data, "learnt": learnt}
