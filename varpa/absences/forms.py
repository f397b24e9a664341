"""Input of absences."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.ui.forms import DayField, RefField


class AwayForm(forms.Form):
    """From the first day to the last; a blank last day means one day."""

    ref = RefField()
    first = DayField(label=_("First day away"))
    last = DayField(label=_("Last day away"), required=False)
