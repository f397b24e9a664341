"""The definitions hold for every plan: the chain of balances, funding need, break-even, scenarios, years."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.money import plans
from tests.money.plans import CAKES
from varpa.money.figures import Amount, Figures, Loan, Product
from varpa.money.rates import Rates
from varpa.money.reckoning import Scenario, WhatIf, changed, half_up, reckon
from varpa.money.statement import PlanWarning, WarningKind

NO_TAXES = Rates("EE")
EVERY_MONTH = (1,) * 12


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_a_half_is_rounded_up(number: int, by: int) -> None:
    exact = Fraction(number, by)
    assert half_up(number, by) - Fraction(1, 2) <= exact < half_up(number, by) + Fraction(1, 2)


def test_a_change_is_in_basis_points() -> None:
    assert [changed(250, change) for change in (-5000, -1, 0, 20, 5000)] == [125, 250, 250, 251, 375]


@given(plans.SIZES, plans.SCENARIOS, plans.WHAT_IFS)
def test_closing_is_opening_and_receipts_less_payments(
    plan: Figures, scenario: Scenario, what_if: WhatIf
) -> None:
    statement = reckon(plan, plans.rates(plan), scenario=scenario, what_if=what_if)
    assert [month.month for month in statement.months] == list(range(1, 12 * plan.years + 1))
    before = 0
    for month in statement.months:
        assert month.opening == before
        assert month.closing == month.opening + month.receipts - month.payments
        came_back = max(0, -month.vat_settled)
        assert month.receipts == month.sales + month.vat_collected + month.sources + month.loan + came_back
        costs = month.variable + month.running + month.staff + month.startup
        state = month.vat_paid + max(0, month.vat_settled) + month.tax
        assert month.payments == costs + state + month.interest + month.principal
        assert min(month.receipts, month.payments) >= 0
        before = month.closing
    assert statement.total.closing == before


@given(plans.SIZES)
def test_funding_need_is_the_lowest_closing_below_nothing(plan: Figures) -> None:
    statement = reckon(plan, plans.rates(plan))
    lowest = min(month.closing for month in statement.months)
    assert statement.funding_need == max(0, -lowest)
    assert statement.months[statement.lowest - 1].closing == lowest
    is_told = any(each.kind is WarningKind.TILL_EMPTY for each in statement.warnings)
    assert is_told == (statement.funding_need > 0)


@given(plans.SIZES)
def test_who_brings_the_funding_need_never_has_an_empty_till(plan: Figures) -> None:
    need = reckon(plan, plans.rates(plan)).funding_need
    funded = replace(plan, sources=(*plan.sources, Amount("Nauda", need, 1)))
    assert reckon(funded, plans.rates(plan)).funding_need == 0


@given(plans.SIZES, plans.SCENARIOS, plans.WHAT_IFS)
def test_a_year_is_made_of_its_months(plan: Figures, scenario: Scenario, what_if: WhatIf) -> None:
    statement = reckon(plan, plans.rates(plan), scenario=scenario, what_if=what_if)
    for year in statement.years:
        months = statement.months[(year.year - 1) * 12 : year.year * 12]
        for name in ("units", "sales", "variable", "running", "staff", "startup", "interest", "receipts"):
            assert getattr(year, name) == sum(getattr(month, name) for month in months)
        assert year.margin == year.sales - year.variable
        costs = year.running + year.staff + year.startup + year.interest
        assert year.before_tax == year.margin - costs
        assert year.result == year.before_tax - year.tax
        assert year.tax == half_up(max(0, year.before_tax) * year.tax_rate, 10_000)
    assert statement.total.result == sum(year.result for year in statement.years)


@given(plans.SIZES)
def test_money_is_neither_made_nor_lost(plan: Figures) -> None:
    """What the till holds at the end is all results, and what is still owed to others or by them."""
    statement = reckon(plan, plans.rates(plan))
    brought = sum(month.sources for month in statement.months)
    owed = statement.months[-1].balance + statement.tax_left + statement.vat_left
    assert statement.total.closing == brought + statement.total.result + owed


@given(plans.SIZES)
def test_vat_is_settled_in_the_month_after(plan: Figures) -> None:
    months = reckon(plan, plans.rates(plan)).months
    assert all(month.vat_due == month.vat_collected - month.vat_paid for month in months)
    assert [month.vat_settled for month in months] == [0, *(month.vat_due for month in months[:-1])]
    if not plan.vat:
        assert not any(month.vat_collected or month.vat_paid for month in months)


@given(plans.figures(rows=1), plans.SCENARIOS, plans.WHAT_IFS)
def test_break_even_of_one_product(plan: Figures, scenario: Scenario, what_if: WhatIf) -> None:
    statement = reckon(plan, plans.rates(plan), scenario=scenario, what_if=what_if)
    if not statement.lines:
        assert statement.break_even is None
        return
    [line] = statement.lines
    year = statement.years[0]
    if line.price <= line.variable:
        assert statement.break_even is None
        return
    fixed, left = year.running + year.staff + year.interest, line.price - line.variable
    assert statement.break_even
    units = statement.break_even.units
    assert units * left >= fixed
    assert units == 0 or (units - 1) * left < fixed
    assert statement.break_even.sales == units * line.price


@given(plans.SIZES, plans.SCENARIOS)
def test_break_even_of_the_mix_with_start_up_costs_is_where_no_loss_is(
    plan: Figures, scenario: Scenario
) -> None:
    statement = reckon(plan, plans.rates(plan), scenario=scenario)
    year = statement.years[0]
    if statement.earned_back and year.units:
        assert (year.units >= statement.earned_back.units) == (year.before_tax >= 0)
    elif year.units:
        assert year.margin <= 0


def test_break_even_of_several_products_is_of_their_mix() -> None:
    two = (
        Product("Torte", 2_000, 1_000, EVERY_MONTH),
        Product("Kliņģeris", 500, 200, tuple(2 * each for each in EVERY_MONTH)),
    )
    statement = reckon(replace(CAKES, products=two, staff=(), loan=None), NO_TAXES)
    # 269,997 to be covered; 12 cakes and 24 pretzels leave 12 * 1000 + 24 * 300 = 19,200 for 36 units.
    assert statement.years[0].running == 269_997
    assert statement.break_even is not None
    assert statement.break_even.units == 507
    # 507 units in that mix bring 507 * 36,000 / 36.
    assert statement.break_even.sales == 507_000


@given(plans.SIZES, plans.WHAT_IFS)
def test_a_bolder_scenario_sells_no_less(plan: Figures, what_if: WhatIf) -> None:
    careful, expected, bold = (
        reckon(plan, plans.rates(plan), scenario=each, what_if=what_if) for each in Scenario
    )
    for name in ("units", "sales", "variable"):
        for less, more in ((careful, expected), (expected, bold)):
            pairs = zip(less.months, more.months, strict=True)
            assert all(getattr(one, name) <= getattr(other, name) for one, other in pairs)


@given(plans.SIZES)
def test_where_each_unit_leaves_something_a_bolder_scenario_ends_with_no_less(plan: Figures) -> None:
    dearer = tuple(replace(each, price=max(each.price, each.variable)) for each in plan.products)
    plan = replace(plan, products=dearer, vat=False)
    told = [reckon(plan, NO_TAXES, scenario=each) for each in Scenario]
    assert sorted(each.funding_need for each in told) == [each.funding_need for each in reversed(told)]
    assert sorted(each.total.result for each in told) == [each.total.result for each in told]


@given(plans.SIZES, plans.SCENARIOS, plans.WHAT_IFS)
def test_a_loan_is_paid_back_whole(plan: Figures, scenario: Scenario, what_if: WhatIf) -> None:
    months = reckon(plan, plans.rates(plan), scenario=scenario, what_if=what_if).months
    assert all(month.balance >= 0 for month in months)
    came, back = sum(month.loan for month in months), sum(month.principal for month in months)
    assert came - back == months[-1].balance
    if plan.loan and plan.loan.starts + plan.loan.months <= len(months):
        assert months[-1].balance == 0


def test_a_loan_of_two_cents_in_four_parts() -> None:
    plan = replace(CAKES, loan=Loan(2, 0, 4, 1))
    assert [month.principal for month in reckon(plan, NO_TAXES).months[:5]] == [0, 1, 1, 0, 0]


def test_growth_is_of_the_year_before() -> None:
    plan = replace(CAKES, years=3, growth=(5_000, -1_000), products=(Product("Torte", 100, 0, (3,) * 12),))
    statement = reckon(plan, NO_TAXES)
    assert [year.units for year in statement.years] == [36, 12 * 5, 12 * 5]
    assert reckon(replace(plan, growth=(0, -10_000)), NO_TAXES).years[2].units == 0


def test_tax_on_profit_is_paid_in_the_sixth_month_of_the_next_year() -> None:
    plan = replace(CAKES, years=2, country="LT", staff=(), startup=())
    statement = reckon(plan, plans.rates(plan))
    assert statement.years[0].tax_rate == 700
    assert statement.years[0].tax > 0
    assert {month.month: month.tax for month in statement.months if month.tax} == {18: statement.years[0].tax}
    assert statement.tax_left == statement.years[1].tax


def test_a_larger_firm_has_the_usual_rate() -> None:
    plan = replace(CAKES, country="LT", products=(Product("Torte", 2_500_001, 0, EVERY_MONTH),))
    assert reckon(plan, plans.rates(plan)).years[0].tax_rate == 1_700
    plan = replace(plan, products=(Product("Torte", 2_500_000, 0, EVERY_MONTH),))
    assert reckon(plan, plans.rates(plan)).years[0].tax_rate == 700
    plan = replace(plan, staff=plan.staff * 11)
    assert reckon(plan, plans.rates(plan)).years[0].tax_rate == 700
    plan = replace(plan, starts="2025-01")
    assert reckon(plan, plans.rates(plan)).years[0].tax_rate == 1_600


def _warned(plan: Figures, **changes: object) -> dict[WarningKind, PlanWarning]:
    changed_plan = replace(plan, **changes)
    return {each.kind: each for each in reckon(changed_plan, plans.rates(changed_plan)).warnings}


def test_a_product_below_its_cost_is_named_with_what_each_unit_loses() -> None:
    warned = _warned(CAKES, products=(Product("Torte", 800, 900, EVERY_MONTH),))
    assert warned[WarningKind.BELOW_COST] == (WarningKind.BELOW_COST, 0, 100, "Torte")
    assert WarningKind.NO_BREAK_EVEN in warned
    warned = _warned(CAKES, products=(Product("Torte", 900, 900, EVERY_MONTH),))
    assert warned[WarningKind.AT_COST].name == "Torte"


def test_an_empty_till_is_told_with_its_first_and_its_worst_month() -> None:
    warned = _warned(CAKES, sources=(Amount("Pašu nauda", 100_000, 1),))
    statement = reckon(replace(CAKES, sources=(Amount("Pašu nauda", 100_000, 1),)), NO_TAXES)
    assert warned[WarningKind.TILL_EMPTY][1:3] == (1, -statement.months[0].closing)
    assert WarningKind.TILL_LOWEST not in warned
    later = (*CAKES.startup, Amount("Auto", 900_000, 7))
    assert _warned(CAKES, startup=later)[WarningKind.TILL_LOWEST].month >= 7


def test_the_month_in_which_vat_begins_is_told() -> None:
    dear = (Product("Torte", 500_000, 0, EVERY_MONTH),)
    assert _warned(CAKES, products=dear)[WarningKind.VAT_LIMIT][1:3] == (11, 5_500_000)
    assert WarningKind.VAT_LIMIT not in _warned(CAKES, products=dear, vat=True)


def test_nothing_sold_a_loss_and_what_lies_beyond_the_plan_are_told() -> None:
    warned = _warned(CAKES, products=(Product("Torte", 2, 1, (0,) * 12),), loan=Loan(1, 0, 1, 13))
    assert {WarningKind.NOTHING_SOLD, WarningKind.LOSS, WarningKind.BEYOND_PLAN} <= warned.keys()
    assert warned[WarningKind.LOSS].month == 1
    assert warned[WarningKind.BEYOND_PLAN].month == 13


def test_too_little_sold_to_break_even_is_told_in_units() -> None:
    warned = _warned(CAKES, products=(Product("Torte", 2_500, 900, EVERY_MONTH),))
    statement = reckon(
        replace(CAKES, products=(Product("Torte", 2_500, 900, EVERY_MONTH),)), plans.rates(CAKES)
    )
    assert statement.break_even
    assert warned[WarningKind.BREAK_EVEN_MISSED].amount == statement.break_even.units - 12


@pytest.mark.parametrize("scenario", Scenario)
def test_a_plan_without_anything_is_reckoned(scenario: Scenario) -> None:
    statement = reckon(Figures("EUR", "LV", "2026-09", 1, vat=True), NO_TAXES, scenario=scenario)
    assert statement.funding_need == 0
    assert statement.break_even is None
    assert statement.warnings == ()
