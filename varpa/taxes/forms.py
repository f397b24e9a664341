"""Input of one rate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.money.fields import CountField, MoneyField, PercentField
from varpa.money.rates import AMOUNTS, LARGEST, SHARES
from varpa.money.words import RATES, SIGNS
from varpa.taxes.models import LONGEST_SOURCE
from varpa.taxes.queries import Year
from varpa.ui.forms import DayField, LineField


class RateForm(forms.Form):
    """A rate by its everyday name: per cent, an amount, or a number of people, as it asks."""

    stands = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    value = forms.Field()
    source = LineField(
        label=_("Where does it stand?"),
        help_text=_("The law, or the address of a page."),
        max_length=LONGEST_SOURCE,
    )
    checked = DayField(label=_("Looked up there on"))

    def __init__(self, data: Any = None, *, told: Year, name: str) -> None:
        row = told.line(name).row
        initial: dict[str, Any] = {"stands": told.line(name).ref, "value": getattr(told.rates, name)}
        if row:
            initial |= {"source": row.source, "checked": row.checked}
        super().__init__(data, initial=initial)
        self.fields["value"] = value_field(name, told.rates.currency)


def value_field(name: str, currency: str) -> forms.Field:
    """The field for a rate of a name; nothing may not be left out, 0 says that there is none."""
    label = str(RATES[name])
    if name in SHARES:
        return PercentField(
            label=f"{label}, %",
            help_text=_("For example 21 or 8,5. 0: there is none."),
            required=True,
            error_messages={"required": _("Write a number of per cent, for example 8,5.")},
        )
    if name in AMOUNTS:
        told = f"{label}, {SIGNS.get(currency, currency)}"
        return MoneyField(label=told, help_text=_("For example 50 000. 0: there is none."), required=True)
    missing = _("Write a whole number, for example 10.")
    return CountField(
        label=label,
        help_text=_("0: the number of people does not count."),
        most=LARGEST,
        required=True,
        error_messages={"required": missing},
    )
