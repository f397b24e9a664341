"""Input about the reporting periods of a programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.ui.forms import DayField, LineField, RefField


class PeriodForm(forms.Form):
    """A further period; `ref` is given when the form is shown, so that two clicks add one."""

    ref = RefField()
    name = LineField(
        label=_("Name of the period"),
        help_text=_("As the agreement with the funder calls it."),
        max_length=60,
    )
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
