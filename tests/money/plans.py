"""Random plans for tests: of the size that a pupil writes, and of every size that may be typed."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from varpa.money.figures import (
    GROWTH,
    MOST,
    MOST_MONTHS,
    MOST_RATE,
    Amount,
    Employee,
    Figures,
    Loan,
    Monthly,
    Product,
)
from varpa.money.rates import Rates, rates_of, to_json
from varpa.money.reckoning import CHANGE, Scenario, WhatIf

# Latvian and Lithuanian letters, and what a spreadsheet takes for a formula, an address or a number.
NAMES = st.sampled_from(
    [
        "",
        "Torte",
        "Šķēres Ģirtam",
        "=1+1",
        "@SUM(A1)",
        "https://varpa.example",
        "-5",
        "007",
        " ",
        "{name}",
        "<b>&",
        '"',
    ]
)
MONTHS = st.integers(1, MOST_MONTHS)
POINTS = st.integers(*CHANGE)


def products(most: int, units: int, rows: int) -> st.SearchStrategy[Product]:
    """Products of a plan with so many: together they never sell more in a year than may be typed."""
    amounts = st.integers(0, min(most, MOST // (12 * units * rows)))
    volumes = st.lists(st.integers(0, units), min_size=12, max_size=12).map(tuple)
    return st.builds(Product, NAMES, amounts, amounts, volumes)


def figures(most: int = 500_000, units: int = 300, rows: int = 4) -> st.SearchStrategy[Figures]:
    """Plans with amounts of at most so many cents and so many units of a product a month."""
    amounts = st.integers(0, most)

    def some(kind: st.SearchStrategy) -> st.SearchStrategy:
        return st.lists(kind, max_size=rows).map(tuple)

    return st.builds(
        Figures,
        currency=st.sampled_from(["EUR", "LVL", "LTL"]),
        country=st.sampled_from(["LV", "LT", "EE"]),
        starts=st.dates().map(lambda day: f"20{day.year % 100:02}-{day.month:02}"),
        years=st.integers(1, 3),
        vat=st.booleans(),
        products=some(products(most, units, rows)),
        startup=some(st.builds(Amount, NAMES, amounts, MONTHS)),
        sources=some(st.builds(Amount, NAMES, amounts, MONTHS)),
        running=some(st.builds(Monthly, NAMES, amounts, MONTHS)),
        staff=some(st.builds(Employee, NAMES, amounts, MONTHS)),
        loan=st.none() | st.builds(Loan, amounts, st.integers(0, MOST_RATE), st.integers(1, 360), MONTHS),
        growth=st.tuples(st.integers(*GROWTH), st.integers(*GROWTH)),
    )


SCENARIOS = st.sampled_from(Scenario)
WHAT_IFS = st.builds(WhatIf, POINTS, POINTS, POINTS)
# Any of a plan's sizes: a lemonade stand, a bakery, and the most that may be typed.
SIZES = figures() | figures(most=2_000, units=20) | figures(most=MOST, units=1, rows=2)


def rates(plan: Figures) -> Rates:
    return rates_of(plan.country, int(plan.starts[:4]))


def kept_rates(plan: Figures) -> dict[str, Any]:
    """The same as a version keeps them."""
    return to_json(rates(plan))


def renamed(plan: Figures, name: str) -> Figures:
    """The plan with one name for everything that has a name."""
    lists = ("products", "startup", "sources", "running", "staff")
    return replace(
        plan, **{rows: tuple(replace(row, name=name) for row in getattr(plan, rows)) for rows in lists}
    )


# A bakery of cakes in Valmiera, without VAT, in 2026; worked out by hand in test_plans.py.
CAKES = Figures(
    currency="EUR",
    country="LV",
    starts="2026-01",
    years=1,
    vat=False,
    products=(Product("Torte", 2_500, 900, (20, 30, 40, 40, 50, 50, 30, 30, 40, 50, 50, 70)),),
    startup=(Amount("Krāsns", 180_000, 1), Amount("Trauki", 45_050, 2)),
    sources=(Amount("Pašu nauda", 150_000, 1),),
    running=(Monthly("Telpas", 20_000, 1), Monthly("Reklāma", 3_333, 4)),
    staff=(Employee("Palīgs", 30_001, 6),),
    loan=Loan(100_000, 900, 7, 2),
)
