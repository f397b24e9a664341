"""Input of the figures of a plan: a few tables, each with blank rows at its end.

A row without a name and without a figure is no row.
"""

from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.cells import PRODUCTS, SOLD, TABLES
from varpa.money.fields import CountField, MoneyField, PercentField
from varpa.money.figures import MONTHS, MOST_MONTHS, MOST_PRODUCTS, MOST_ROWS, Figures, Loan, Product
from varpa.money.rates import rates_of
from varpa.ui.forms import LineField

BLANK_ROWS: Final = 1


class Row(forms.Form):
    """A row of a table: without a name and without a figure it is none; with one of them it needs a name."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.is_blank():
            return said
        if not said.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the row a name."))
        return said

    def is_blank(self) -> bool:
        """Whether nothing was typed; the month alone is nothing, since it is filled in beforehand."""
        return not self.errors and not any(
            value not in (None, "") for name, value in self.cleaned_data.items() if name != "month"
        )


class ProductForm(Row):
    """What is sold, at what price and cost, and how many of it."""

    name = LineField(label=_("What is sold"), max_length=120, required=False)
    price = MoneyField(label=_("Price of one"))
    variable = MoneyField(label=_("What one costs you"))
    each = CountField(label=_("How many a month"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month in range(1, MONTHS + 1):
            label = _("Month %(month)d") % {"month": month}
            self.fields[f"m{month}"] = CountField(label=label)

    @property
    def months(self) -> list[forms.BoundField]:
        """The twelve fields for what differs by month."""
        return [self[f"m{month}"] for month in range(1, MONTHS + 1)]

    @property
    def by_month(self) -> bool:
        """Whether a month has a figure of its own, so that they stand open."""
        return any(bound.value() not in (None, "") or bound.errors for bound in self.months)

    def product(self) -> Product:
        """The row as figures; a month without an own number has the number of every month."""
        said = self.cleaned_data
        each = said["each"] or 0
        own = [said[f"m{month}"] for month in range(1, MONTHS + 1)]
        volumes = tuple(each if number is None else number for number in own)
        return Product(said["name"], said["price"] or 0, said["variable"] or 0, volumes)


class AmountForm(Row):
    """An amount with its name and month: paid or received once, or every month from that one."""

    name = LineField(max_length=120, required=False)
    cents = MoneyField()
    month = CountField(least=1, most=MOST_MONTHS)

    def __init__(self, *args: Any, labels: tuple[object, object, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in zip(("name", "cents", "month"), labels, strict=True):
            self.fields[name].label = str(label)

    def values(self) -> tuple[str, int, int]:
        """Name, cents and month, as the rows of the figures take them."""
        said = self.cleaned_data
        return said["name"], said["cents"] or 0, said["month"] or 1


class FrameForm(forms.Form):
    """From when, for how long, VAT, the loan, and how much more is sold in later years."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    starts = forms.RegexField(
        r"^20[0-9]{2}-(0[1-9]|1[0-2])$",
        label=_("First month"),
        widget=forms.TextInput(attrs={"type": "month", "class": "input"}),
        error_messages={"invalid": _("Choose the first month, for example 2026-09.")},
    )
    years = forms.TypedChoiceField(
        label=_("For how many years"), coerce=int, choices=[(1, "1"), (2, "2"), (3, "3")]
    )
    vat = forms.BooleanField(label=_("The firm is registered for VAT"), required=False)
    loan = MoneyField(label=_("Loan"))
    rate = PercentField(label=_("Interest a year, %"))
    months = CountField(label=_("Paid back in how many months"), least=1, most=360)
    from_month = CountField(label=_("The loan comes in month"), least=1, most=MOST_MONTHS)
    second = PercentField(
        label=_("In the second year how much more or less is sold, %"), least=-10_000, most=20_000
    )
    third = PercentField(label=_("In the third year, %"), least=-10_000, most=20_000)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("loan") and not said.get("months") and "months" not in self.errors:
            self.add_error("months", _("Write in how many months the loan is paid back."))
        return said

    def borrowed(self) -> Loan | None:
        said = self.cleaned_data
        if not said["loan"]:
            return None
        return Loan(said["loan"], said["rate"] or 0, said["months"], said["from_month"] or 1)


class FiguresForms:
    """All tables of the figures as one form."""

    def __init__(self, figures: Figures, revision: int, data: Mapping[str, Any] | None = None) -> None:
        self.figures = figures
        self.frame = FrameForm(data, initial=_frame(figures, revision))
        given = [_product(product) for product in figures.products]
        self.products = _formset(ProductForm, MOST_PRODUCTS, PRODUCTS, data, given)
        self.tables = {
            name: _formset(AmountForm, MOST_ROWS, name, data, _rows(figures, name), labels=table.labels)
            for name, table in TABLES.items()
        }

    @property
    def sections(self) -> list[tuple[str, object, Any, bool]]:
        """Key, heading and rows of each table, and whether it stands open: what is sold always does."""
        amounts = [
            (name, TABLES[name].head, table, bool(table.initial_forms) or table.is_bound)
            for name, table in self.tables.items()
        ]
        return [(PRODUCTS, SOLD, self.products, True), *amounts]

    def is_valid(self) -> bool:
        parts = (self.frame, self.products, *self.tables.values())
        # Each is asked, so that every mistake is told at once.
        asked = [part.is_valid() for part in parts]
        return all(asked)

    def cleaned(self) -> Figures:
        """The figures that were typed, in the currency that the country has in their first year."""
        rows: dict[str, Any] = {
            name: tuple(TABLES[name].row(*form.values()) for form in _filled(table))
            for name, table in self.tables.items()
        }
        said = self.frame.cleaned_data
        rates = rates_of(self.figures.country, int(said["starts"][:4]))
        return replace(
            self.figures,
            currency=rates.currency,
            starts=said["starts"],
            years=said["years"],
            vat=said["vat"],
            loan=self.frame.borrowed(),
            growth=(said["second"] or 0, said["third"] or 0),
            products=tuple(form.product() for form in _filled(self.products)),
            **rows,
        )


def _filled(table: Any) -> list[Any]:
    return [form for form in table.forms if not form.is_blank()]


def _formset(
    form: type[Row],
    most: int,
    name: str,
    data: Mapping[str, Any] | None,
    initial: list[dict[str, Any]],
    **options: Any,
) -> Any:
    made = forms.formset_factory(
        form, extra=BLANK_ROWS, max_num=most, absolute_max=most + BLANK_ROWS, validate_max=True
    )
    # A row that stands as it stood is no empty one: a second click keeps it.
    return made(data, prefix=name, initial=initial, form_kwargs={"empty_permitted": False, **options})


def _frame(figures: Figures, revision: int) -> dict[str, Any]:
    loan, (second, third) = figures.loan, figures.growth
    borrowed = {}
    if loan:
        borrowed = {"loan": loan.cents, "rate": loan.rate, "months": loan.months, "from_month": loan.starts}
    frame = {"starts": figures.starts, "years": figures.years, "vat": figures.vat, "revision": revision}
    return {**frame, **borrowed, "second": second or None, "third": third or None}


def _rows(figures: Figures, name: str) -> list[dict[str, Any]]:
    """Each kind of row holds name, cents and month, in this order."""
    return [
        dict(zip(("name", "cents", "month"), astuple(row), strict=True)) for row in getattr(figures, name)
    ]


def _product(product: Product) -> dict[str, Any]:
    each = max(set(product.volumes), key=product.volumes.count)
    own = {f"m{month}": number for month, number in enumerate(product.volumes, 1) if number != each}
    return {"name": product.name, "price": product.price, "variable": product.variable, "each": each, **own}
