"""Input of amounts, rates and whole numbers, typed as people write them.

`12,50`, `12.50`, `1 200`, `12,50 €`. `1,659`, which some read as less than two and others as more than a
thousand, is asked about, never guessed.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varpa.money.amounts import read_money, read_number, two_readings
from varpa.money.figures import MOST, MOST_UNITS
from varpa.money.words import JOIN

_PERCENT = re.compile(r"(-|\u2212)?\s?(\d{1,4})(?:[.,](\d{1,2}))?\s?%?")


def written_money(cents: int) -> str:
    """Cents as they stand in an input; from five digits on in groups of three: `1 000 000`."""
    whole, part = divmod(cents, 100)
    said = f"{whole:,}".replace(",", JOIN) if whole >= 10_000 else str(whole)
    return f"{said},{part:02}" if part else said


class MoneyField(forms.Field):
    """An amount; cleans to cents, None where it may be blank."""

    default_error_messages = {
        "required": _("Write an amount, for example 12,50."),
        "invalid": _("Write an amount of 0 or more, for example 12,50. It cannot be a formula."),
        "two_ways": _("This can be read in two ways: write %(small)s or %(large)s."),
        "too_large": _("This is more than fits here. Look at the amount once more."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "input amount", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return written_money(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        cents, readings = read_money(str(value)), two_readings(str(value))
        if readings:
            both = dict(zip(("small", "large"), map(written_money, readings), strict=True))
            raise ValidationError(self.error_messages["two_ways"], code="two_ways", params=both)
        if cents is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if cents > MOST:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return cents


class PercentField(forms.Field):
    """A rate or a change in per cent; cleans to basis points."""

    def __init__(self, *, least: int = 0, most: int = 10_000, **kwargs: Any) -> None:
        self.least, self.most = least, most
        attrs = {"class": "input amount", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return f"{'-' if value < 0 else ''}{written_money(abs(value))}"

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        found = _PERCENT.fullmatch(str(value).strip())
        points = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0")) if found else 0
        points = -points if found and found[1] else points
        if not found or not self.least <= points <= self.most:
            words = _("Write a number of per cent from %(least)d to %(most)d, for example 8,5.")
            bounds = {"least": self.least // 100, "most": self.most // 100}
            raise ValidationError(words, code="invalid", params=bounds)
        return points


class CountField(forms.IntegerField):
    """A whole number; blanks between its thousands are allowed."""

    def __init__(self, *, most: int = MOST_UNITS, least: int = 0, **kwargs: Any) -> None:
        attrs = {"class": "input amount", "inputmode": "numeric", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        options = {"widget": widget, "required": False, **kwargs}
        super().__init__(min_value=least, max_value=most, **options)
        self.bounds = {"least": least, "most": most}

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        number = read_number(value)
        if number is None:
            # Django reads 1.000 as 1.
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def clean(self, value: Any) -> int | None:
        """The number, refused in the language of whoever reads: the bounds come in when it is said."""
        try:
            number: int | None = super().clean(value)
        except ValidationError as refused:
            words = _("Write a whole number from %(least)d to %(most)d.")
            raise ValidationError(words, code="invalid", params=self.bounds) from refused
        return number
