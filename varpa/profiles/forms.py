"""Input of the pages of a company profile."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.profiles.models import Source
from varpa.ui.forms import LineField, RefField, WordsField

PART_LENGTH = 20_000


class BeginForm(forms.Form):
    """The company of which a profile begins."""

    company = LineField(label=_("Name of the company"), max_length=160)


class NameForm(BeginForm):
    """The same name, written otherwise."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PartForm(forms.Form):
    """What the mentee writes in one part."""

    text = WordsField(
        label=pgettext_lazy("company profile", "Your text"), rows=12, max_length=PART_LENGTH, required=False
    )
    sources = forms.MultipleChoiceField(
        label=_("How do you know it?"),
        choices=Source.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kept = forms.BooleanField(label=_("This part is not for publication"), required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """What the mentor says of a part."""

    ref = RefField()
    text = WordsField(label=_("What is not right?"), rows=3)
