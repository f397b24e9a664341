"""Three plans by others, typed in: textbooks say what they come to, and ours is the same to the cent.

Their countries know other taxes, so they are reckoned for one of which nothing is known here.
"""

from dataclasses import replace

import pytest

from tests.money.plans import rates
from varpa.money.figures import Amount, Figures, Monthly, Product
from varpa.money.reckoning import reckon
from varpa.money.statement import BreakEven, WarningKind

NOWHERE = Figures(currency="USD", country="US", starts="2026-01", years=1, vat=False)

# Garrison, Noreen, Brewer: Managerial Accounting, on cost, volume and profit: Acoustic Concepts, Inc.
# A speaker is sold for $250 and costs $150; $35,000 a month are fixed; 400 are sold a month.
SPEAKERS = replace(
    NOWHERE,
    products=(Product("Speaker", 25_000, 15_000, (400,) * 12),),
    running=(Monthly("Fixed expenses", 3_500_000, 1),),
)


def test_speakers_break_even_at_350_a_month_and_earn_5000() -> None:
    statement = reckon(SPEAKERS, rates(SPEAKERS))
    [year] = statement.years
    # Of a month: sales 100,000, variable expenses 60,000, contribution 40,000, net operating income 5,000.
    assert (year.sales, year.variable, year.margin) == (12 * 10_000_000, 12 * 6_000_000, 12 * 4_000_000)
    assert year.result == 12 * 500_000
    # 350 speakers a month, sales of 87,500.
    assert statement.break_even == BreakEven(12 * 350, 12 * 8_750_000)


@pytest.mark.parametrize(
    ("units", "price", "variable", "fixed", "income"),
    [
        # $10,000 more for advertising, 520 sold: 7,000.
        (520, 25_000, 15_000, 4_500_000, 700_000),
        # Better parts for $10 more each, 480 sold: 43,200 are left of the sales, 3,200 more than before.
        (480, 25_000, 16_000, 3_500_000, 820_000),
        # $20 cheaper, $15,000 more for advertising, 600 sold: 48,000 are left of the sales, a loss of 2,000.
        (600, 23_000, 15_000, 5_000_000, -200_000),
    ],
)
def test_what_the_sales_manager_proposes(
    units: int, price: int, variable: int, fixed: int, income: int
) -> None:
    plan = replace(
        SPEAKERS,
        products=(Product("Speaker", price, variable, (units,) * 12),),
        running=(Monthly("Fixed expenses", fixed, 1),),
    )
    assert reckon(plan, rates(plan)).years[0].result == 12 * income


# Whitecotton, Libby, Phillips: Managerial Accounting, an exercise on contribution margin: Hawk Homes, Inc.
# A birdhouse is sold for $30.00 and costs $14.50; $13,268 a year are fixed; 1,210 are sold.
BIRDHOUSES = replace(
    NOWHERE,
    products=(Product("Birdhouse", 3_000, 1_450, (110,) * 11 + (0,)),),
    running=(Monthly("Fixed costs of the year, at its end", 1_326_800, 12),),
)


def test_birdhouses_break_even_at_856_and_earn_5487() -> None:
    statement = reckon(BIRDHOUSES, rates(BIRDHOUSES))
    [year] = statement.years
    assert (year.units, year.sales, year.variable) == (1_210, 3_630_000, 1_754_500)
    assert (year.margin, year.running, year.result) == (1_875_500, 1_326_800, 548_700)
    assert statement.break_even == BreakEven(856, 856 * 3_000)


def test_birdhouses_that_earn_21000() -> None:
    """The same exercise: 2,210.8 of them, as the textbook says; of whole ones 2,211 are the first."""
    enough = replace(BIRDHOUSES, products=(Product("Birdhouse", 3_000, 1_450, (201,) * 11 + (0,)),))
    fewer = replace(enough, products=(Product("Birdhouse", 3_000, 1_450, (201,) * 10 + (200, 0)),))
    assert (
        reckon(fewer, rates(fewer)).years[0].result
        < 2_100_000
        <= reckon(enough, rates(enough)).years[0].result
    )


# BBC Bitesize, GCSE Business, on cash flow: £2,000 in the bank; receipts of 500, 750 and 5,000, spending of
# 1,500, 3,000 and 2,000 from January to March.
CASH = replace(
    NOWHERE,
    currency="GBP",
    country="GB",
    sources=(
        Amount("In the bank", 200_000, 1),
        Amount("Receipts of January", 50_000, 1),
        Amount("Receipts of February", 75_000, 2),
        Amount("Receipts of March", 500_000, 3),
    ),
    startup=(Amount("January", 150_000, 1), Amount("February", 300_000, 2), Amount("March", 200_000, 3)),
)


def test_the_till_is_empty_in_february_and_full_again_in_march() -> None:
    statement = reckon(CASH, rates(CASH))
    months = statement.months[:3]
    assert [month.closing for month in months] == [100_000, -125_000, 175_000]
    assert [month.opening for month in months] == [0, 100_000, -125_000]
    assert (statement.funding_need, statement.lowest) == (125_000, 2)
    assert (WarningKind.TILL_EMPTY, 2, 125_000, "") in statement.warnings
