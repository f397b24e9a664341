"""Input of proposals of times. Why something cannot be is said by the actions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varpa.meetings.where import zones_for
from varpa.methodology.model import Kind
from varpa.pairs.models import Pair
from varpa.pairs.queries import means_for
from varpa.people.models import Person
from varpa.ui import words
from varpa.ui.forms import LineField, LocalTimeField, MinutesField, RefField


class TimesForm(forms.Form):
    """Up to three times for a meeting; blank ones are left out."""

    ref = RefField()
    answers = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    first = LocalTimeField(label=_("First time"))
    second = LocalTimeField(label=_("Second time"), required=False)
    third = LocalTimeField(label=_("Third time"), required=False)
    kind = forms.ChoiceField(label=_("Kind of meeting"))
    minutes = MinutesField(label=_("Minutes"))
    means = forms.ChoiceField(label=_("How do the two of you meet?"))
    place = LineField(label=_("Place"), max_length=300, required=False)
    word = LineField(label=_("A word to it, if you like"), max_length=300, required=False)
    zone = forms.ChoiceField(label=_("Time zone"))

    TIMES = ("first", "second", "third")

    def __init__(
        self,
        *args: Any,
        pair: Pair,
        reader: Person,
        kinds: list[Kind],
        agreed: Mapping[str, object],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offered = {
            "kind": [(kind.key, capfirst(str(kind.name))) for kind in kinds],
            "means": [(key, capfirst(str(name))) for key, name in means_for(pair, agreed)],
            "zone": [(zone, words.zone(zone)) for zone in zones_for(pair, reader)],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.error_messages["required"] = field.error_messages["invalid_choice"] = _(
                "Choose from the list."
            )

    def given(self) -> dict[str, Any]:
        """What the action asks for."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in self.TIMES}
        times: list[datetime | None] = [self.cleaned_data.get(name) for name in self.TIMES]
        return {**rest, "starts_local": [time for time in times if time]}


class DeclineForm(forms.Form):
    """Why none suits, or when it would."""

    answer = LineField(label=_("A word to it, if you like"), max_length=300, required=False)
