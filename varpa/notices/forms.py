"""Input about being told."""

from datetime import time

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.notices.endpoints import LONGEST
from varpa.notices.queries import Manner
from varpa.post.models import Beside, Pace
from varpa.ui.forms import HourField, LineField

NO_DAY = _("Choose a day from the list.")
NO_WAY = _("Choose one of the ways.")
DAYS = (
    (0, pgettext_lazy("day of the week", "Monday")),
    (1, pgettext_lazy("day of the week", "Tuesday")),
    (2, pgettext_lazy("day of the week", "Wednesday")),
    (3, pgettext_lazy("day of the week", "Thursday")),
    (4, pgettext_lazy("day of the week", "Friday")),
    (5, pgettext_lazy("day of the week", "Saturday")),
    (6, pgettext_lazy("day of the week", "Sunday")),
)


class HoursForm(forms.Form):
    """Quiet hours and days."""

    begins = HourField(label=pgettext_lazy("quiet hours", "From"), required=False)
    ends = HourField(label=pgettext_lazy("quiet hours", "Until"), required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("Quiet days"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("On these days nothing comes that can wait."),
        error_messages={"invalid_choice": _("Choose days from the list.")},
    )

    def __init__(self, given: QueryDict | None, *, manner: Manner) -> None:
        rest = manner.rest
        own = {"begins": rest.begins, "ends": rest.ends, "days": sorted(rest.days)}
        super().__init__(given, initial=own)


class PaceForm(forms.Form):
    """How what can be stopped comes by mail."""

    pace = forms.ChoiceField(
        label=_("Letters"),
        choices=Pace.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NO_WAY, "invalid_choice": NO_WAY},
    )
    tell_at = HourField(label=_("Hour of the gathered letter"), required=False)
    tell_on = forms.TypedChoiceField(
        label=_("Day of the weekly letter"),
        choices=DAYS,
        coerce=int,
        error_messages={"required": NO_DAY, "invalid_choice": NO_DAY},
    )

    def __init__(self, given: QueryDict | None, *, manner: Manner) -> None:
        habit = manner.habit
        self.was = habit.tell_at
        own = {"pace": habit.pace, "tell_at": habit.tell_at, "tell_on": habit.tell_on}
        super().__init__(given, initial=own)

    def clean_tell_at(self) -> time:
        """Left empty, the hour stays."""
        given: time | None = self.cleaned_data["tell_at"]
        return given or self.was


class BesideForm(forms.Form):
    """What comes by mail beside a device."""

    beside = forms.ChoiceField(
        label=_("What the devices show"),
        choices=Beside.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NO_WAY, "invalid_choice": NO_WAY},
    )

    def __init__(self, given: QueryDict | None, *, manner: Manner) -> None:
        super().__init__(given, initial={"beside": manner.habit.beside})


class NumberForm(forms.Form):
    """A phone number, as its owner writes it; whether it is one a rule says."""

    number = LineField(
        label=_("Phone number"),
        max_length=30,
        help_text=_("With its country, for example +371 20000000."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class CodeForm(forms.Form):
    """The code that came to the number."""

    code = LineField(
        label=_("Code from the message"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )


class DeviceForm(forms.Form):
    """What the browser says of itself, by a script; what is wrong with it a rule says."""

    endpoint = forms.CharField(max_length=LONGEST)
    public_key = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=60)
