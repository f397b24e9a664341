"""Input of the pages of news and of pages that members write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.people.models import Language
from varpa.programmes.models import Programme, Role
from varpa.programmes.roles import role_name
from varpa.ui.forms import LineField, RefField, TranslatedField, WordsField

TEXT_LENGTH, PAGE_LENGTH = 5_000, 20_000


class NewsForm(forms.Form):
    """`ref` belongs to a new one, `revision` to one that is changed."""

    ref = RefField(required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    title = TranslatedField(label=_("Headline"), max_length=160)
    text = TranslatedField(label=_("What there is to tell"), rows=8, max_length=TEXT_LENGTH, required=False)
    for_mentors = forms.BooleanField(label=_("For mentors"), required=False, initial=True)
    for_mentees = forms.BooleanField(label=_("For mentees"), required=False, initial=True)
    for_all = forms.BooleanField(
        label=_("For everybody"),
        help_text=_("It stands on the programme’s public page too and is read without signing in."),
        required=False,
    )
    by_letter = forms.BooleanField(label=_("Write it to them by e-mail too"), required=False, initial=True)

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, role in (("for_mentors", Role.MENTOR), ("for_mentees", Role.MENTEE)):
            self.fields[name].label = role_name(programme, role, str(self.fields[name].label))


class PageForm(forms.Form):
    """A page: `revision` is the text upon which one writes."""

    ref = RefField(required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    language = forms.ChoiceField(label=_("Language of the page"), choices=Language.choices, required=False)
    title = LineField(label=_("Name of the page"), max_length=120)
    text = WordsField(label=_("What stands on it"), rows=14, max_length=PAGE_LENGTH, required=False)
