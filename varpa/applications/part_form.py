"""Input on how somebody takes part."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.applications.rosters.lines import SPOKEN
from varpa.applications.taking_part import standing
from varpa.programmes.actions.participation import MOST_MENTEES
from varpa.programmes.models import Membership, Role
from varpa.programmes.week import TIMES, time_name
from varpa.sectors.sectors import codes_of, sector_name
from varpa.ui.forms import LineField
from varpa.ui.words import language_name

FURTHEST = 2000
_NUMBER = forms.NumberInput(attrs={"class": "minutes", "inputmode": "numeric"})


class InterestsField(LineField):
    """Interests by their names or codes, parted by ";"; cleans to the codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text=_("Several with a semicolon between: bread; furniture; IT."), **options)

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(sector_name(code) for code in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        parts = [part.strip() for part in str(super().clean(value)).split(";") if part.strip()]
        strange = [part for part in parts if not codes_of(part)]
        if strange:
            told = {"names": "; ".join(strange)}
            raise ValidationError(_("Found in no list of interests: %(names)s. Try another word.") % told)
        return list(dict.fromkeys(code for part in parts for code in codes_of(part)))


class PartForm(forms.Form):
    """How a member takes part, as far as staff may put it right."""

    capacity = forms.IntegerField(
        label=_("How many mentees can this mentor take?"),
        min_value=1,
        max_value=MOST_MENTEES,
        widget=_NUMBER,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("A mentor takes 1 to 20 mentees.")
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interests = InterestsField(label=_("Interests"), max_length=1000, required=False)
    region = LineField(label=_("Town"), max_length=80, required=False)
    travel_km = forms.IntegerField(
        label=_("How far can this person travel, in kilometres?"),
        min_value=0,
        max_value=FURTHEST,
        required=False,
        widget=_NUMBER,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("Write whole kilometres, from 0 to 2000, or leave it empty."),
        ),
    )
    availability = forms.MultipleChoiceField(
        label=pgettext_lazy("week", "Free"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, given: Any = None, *, membership: Membership) -> None:
        stands = standing(membership)
        super().__init__(given, initial=stands)
        spoken = dict.fromkeys([*SPOKEN.values(), *stands["languages"]])
        choices = {
            "languages": [(code, language_name(code)) for code in spoken],
            "availability": [(time, time_name(time)) for time in TIMES],
        }
        for name, some in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = some
        if membership.role != Role.MENTOR:
            del self.fields["capacity"]
        else:
            self.fields["interests"].label = _("What the company does")
