"""Input of absences and of hours that are taken."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.programmes.countries import country_name
from varpa.programmes.models import Programme
from varpa.programmes.week import DAYS
from varpa.ui import words
from varpa.ui.forms import DayField, HourField, LineField, RefField


class AwayForm(forms.Form):
    """From the first day to the last; a blank last day means one day."""

    ref = RefField()
    first = DayField(label=_("First day away"))
    last = DayField(label=_("Last day away"), required=False)


class WeekDaysField(forms.MultipleChoiceField):
    """One or several days of the week, by their keys."""

    def __init__(self) -> None:
        missing = _("Choose at least one day.")
        super().__init__(
            label=_("On which days"),
            choices=lambda: [(key, capfirst(words.weekday(number))) for number, key in enumerate(DAYS)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": missing, "invalid_choice": missing},
        )


class LessonsForm(forms.Form):
    """Lessons of one or several days of the week; `parity` is which of two weeks that take turns."""

    days = WeekDaysField()
    begins = HourField(label=pgettext_lazy("hours", "From"))
    ends = HourField(label=pgettext_lazy("hours", "Until"))
    parity = forms.TypedChoiceField(
        label=_("In which weeks"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: Any, this_week: int, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["parity"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Every week")),
            (str(this_week), _("Every other week, this one too")),
            (str(1 - this_week), _("Every other week, from the next one")),
        ]


class LastDayForm(forms.Form):
    """Until when the lessons hold; blank: until they are taken back."""

    last = DayField(
        label=_("Last day of these lessons"),
        help_text=_("It may stay empty: then they hold until you take them back."),
        required=False,
    )


class PracticeForm(forms.Form):
    """A time of practice: from day to day, on some days of the week, in some hours."""

    first = DayField(label=_("First day of practice"))
    last = DayField(label=_("Last day of practice"))
    days = WeekDaysField()
    begins = HourField(label=pgettext_lazy("hours", "From"))
    ends = HourField(label=pgettext_lazy("hours", "Until"))
    place = LineField(label=_("Where, if you like"), required=False)


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
