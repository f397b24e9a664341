"""Input of a look at the cooperation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.checkins.models import How, Nearer
from varpa.ui.forms import WordsField


class LookForm(forms.Form):
    """Three short questions; the last may stay blank."""

    how = forms.ChoiceField(
        label=_("How does the cooperation work?"), choices=How.choices, widget=forms.RadioSelect
    )
    nearer = forms.ChoiceField(
        label=_("Do the two of you come nearer to the goals?"),
        choices=Nearer.choices,
        widget=forms.RadioSelect,
    )
    shared = forms.BooleanField(required=False, widget=forms.HiddenInput)
    change = WordsField(label=_("What could be done differently?"), required=False, rows=3)
