"""Input of absences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.programmes.countries import country_name
from varpa.programmes.models import Programme
from varpa.ui.forms import DayField, RefField


class AwayForm(forms.Form):
    """From the first day to the last; a blank last day means one day."""

    ref = RefField()
    first = DayField(label=_("First day away"))
    last = DayField(label=_("Last day away"), required=False)


class SchoolForm(forms.Form):
    """From the first day without school to the last, in one of the programme's countries."""

    country = forms.ChoiceField(label=_("Country"))
    first = DayField(label=_("First day without school"))
    last = DayField(label=_("Last day without school"))

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, country_name(code)) for code in programme.countries]
