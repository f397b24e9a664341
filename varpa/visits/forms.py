"""Input of what one must know of a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.meetings.models import Photos
from varpa.ui.forms import LocalTimeField, WordsField
from varpa.visits.models import Visit


class VisitForm(forms.Form):
    """Nothing is needed; what stays blank is not shown."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    directions = WordsField(label=_("How to find the place"), rows=2, required=False)
    way = WordsField(label=_("How one gets there and back"), rows=2, required=False)
    accompanied = WordsField(label=_("Who goes along"), rows=1, required=False)
    back = LocalTimeField(label=_("Back home"), required=False)
    bring = WordsField(label=_("What to bring"), rows=2, required=False)
    safety = WordsField(label=_("Safety"), rows=2, required=False)
    tour = WordsField(label=_("Programme of the tour"), rows=5, required=False)
    photos = forms.ChoiceField(
        label=_("May one take photographs?"), choices=Photos.choices, required=False, widget=forms.RadioSelect
    )

    def texts(self) -> dict[str, str]:
        """The texts, by the field of the model."""
        return {name: self.cleaned_data[name] for name in Visit.TEXTS}
