"""Three plans worked out by hand, with pencil and paper, to the cent."""

from tests.money.plans import CAKES, rates
from varpa.money.figures import Amount, Employee, Figures, Monthly, Product
from varpa.money.reckoning import Scenario, WhatIf, reckon
from varpa.money.statement import BreakEven, Statement, WarningKind


def _row(statement: Statement, name: str) -> list[int]:
    return [getattr(month, name) for month in statement.months]


def test_cakes_in_valmiera_with_a_loan_and_a_helper() -> None:
    statement = reckon(CAKES, rates(CAKES))
    # Wages of 300.01 with 23.59 %: 70.772359, so 70.77.
    assert _row(statement, "staff") == [0] * 5 + [37_078] * 7
    # A seventh of 1,000.00 is 142.86, the last part 142.84; nine per cent a year is 0.75 a month.
    assert _row(statement, "principal") == [0, 0] + [14_286] * 6 + [14_284, 0, 0, 0]
    assert _row(statement, "interest") == [0, 0, 750, 643, 536, 429, 321, 214, 107, 0, 0, 0]
    receipts = [200_000, 175_000, 100_000, 100_000, 125_000, 125_000, 75_000, 75_000, 100_000]
    assert _row(statement, "receipts") == [*receipts, 125_000, 125_000, 175_000]
    payments = [218_000, 92_050, 71_036, 74_262, 83_155, 120_126, 102_018, 101_911, 110_802]
    assert _row(statement, "payments") == [*payments, 105_411, 105_411, 123_411]
    closing = [-18_000, 64_950, 93_914, 119_652, 161_497, 166_371, 139_353, 112_442, 101_640]
    assert _row(statement, "closing") == [*closing, 121_229, 140_818, 192_407]
    assert (statement.funding_need, statement.lowest) == (18_000, 1)

    [year] = statement.years
    assert (year.units, year.sales, year.variable, year.margin) == (500, 1_250_000, 450_000, 800_000)
    assert (year.running, year.staff, year.startup, year.interest) == (269_997, 259_546, 225_050, 3_000)
    assert (year.before_tax, year.tax, year.result) == (42_407, 0, 42_407)
    # 5,325.43 and 7,575.93 are to be covered, and each cake leaves 16.00.
    assert statement.break_even == BreakEven(333, 832_500)
    assert statement.earned_back == BreakEven(474, 1_185_000)
    assert statement.warnings == ((WarningKind.TILL_EMPTY, 1, 18_000, ""),)


BICYCLES = Figures(
    currency="LTL",
    country="LT",
    starts="2013-09",
    years=1,
    vat=True,
    products=(Product("Dviračio nuoma", 1_653, 215, (100, 80, 0, 0, 0, 0, 20, 60, 100, 150, 200, 200)),),
    startup=(Amount("Dviračiai", 600_000, 1),),
    sources=(Amount("Dotacija", 500_000, 1), Amount("Savi pinigai", 250_000, 3)),
    running=(Monthly("Patalpos", 45_005, 1),),
    staff=(Employee("Meistras", 100_000, 9),),
)


def test_bicycles_for_hire_in_litas_with_vat() -> None:
    statement = reckon(BICYCLES, rates(BICYCLES))
    # Of 1,653.00 it is 347.13; of 2,479.50 in the tenth month 520.695, so 520.70.
    collected = [34_713, 27_770, 0, 0, 0, 0, 6_943, 20_828, 34_713, 52_070, 69_426, 69_426]
    assert _row(statement, "vat_collected") == collected
    paid = [139_966, 13_063, 9_451, 9_451, 9_451, 9_451, 10_354, 12_160, 13_966, 16_224, 18_481, 18_481]
    assert _row(statement, "vat_paid") == paid
    due = [-105_253, 14_707, -9_451, -9_451, -9_451, -9_451, -3_411, 8_668, 20_747, 35_846, 50_945]
    assert _row(statement, "vat_due") == [*due, 50_945]
    closing = [-106_458, 83_537, 264_374, 219_369, 174_364, 129_359, 119_154, 172_508, 152_402]
    assert _row(statement, "closing") == [*closing, 207_216, 333_930, 445_545]
    assert (statement.funding_need, statement.lowest, statement.vat_left) == (106_458, 1, 50_945)

    [year] = statement.years
    assert (year.units, year.sales, year.variable) == (910, 1_504_230, 195_650)
    assert (year.running, year.staff, year.startup) == (540_060, 523_920, 600_000)
    assert (year.before_tax, year.tax, year.result) == (-355_400, 0, -355_400)
    assert statement.break_even == BreakEven(740, 1_223_220)
    assert statement.earned_back == BreakEven(1_158, 1_914_174)
    assert statement.warnings == (
        (WarningKind.TILL_EMPTY, 1, 106_458, ""),
        (WarningKind.LOSS, 1, 355_400, ""),
    )


LESSONS = Figures(
    currency="EUR",
    country="LV",
    starts="2014-01",
    years=2,
    vat=False,
    products=(Product("Stunda", 1_200, 0, (10,) * 12), Product("Darba lapa", 350, 120, (25,) * 12)),
    startup=(Amount("Printeris", 12_000, 1),),
    sources=(Amount("Pašu nauda", 20_000, 1),),
    running=(Monthly("Internets", 2_500, 1),),
    growth=(1_500, 0),
)


def test_lessons_for_two_years_careful_and_with_other_prices() -> None:
    what_if = WhatIf(price=1_000, volume=-2_000, cost=-500)
    statement = reckon(LESSONS, rates(LESSONS), scenario=Scenario.CAREFUL, what_if=what_if)
    lesson, sheet = statement.lines
    # 10 * 70 % * 80 % = 5.6; 25 * 70 % = 17.5, so 18, * 80 % = 14.4; a year later 6.9 and 16.1.
    assert (lesson.price, lesson.variable, lesson.units) == (1_320, 0, (6,) * 12 + (7,) * 12)
    assert (sheet.price, sheet.variable, sheet.units) == (385, 114, (14,) * 12 + (16,) * 12)
    assert _row(statement, "sales") == [13_310] * 12 + [15_400] * 12
    assert _row(statement, "variable") == [1_596] * 12 + [1_824] * 12
    assert set(_row(statement, "running")) == {2_375}
    closing = _row(statement, "closing")
    assert (closing[0], closing[11], closing[16], closing[17], closing[23]) == (
        17_339,
        120_068,
        176_073,
        172_264,
        239_470,
    )
    first, second = statement.years
    # 15 % of 1,000.68 is 150.102; of 1,344.12 it is 201.618.
    assert (first.before_tax, first.tax, first.result) == (100_068, 15_010, 85_058)
    assert (second.before_tax, second.tax, second.result) == (134_412, 20_162, 114_250)
    assert statement.total.result == 199_308
    # 285.00 * 240 / 1,405.68 = 48.7 units, at 1,597.20 for 240: 326.095, so 326.10.
    assert statement.break_even == BreakEven(49, 32_610)
    assert statement.earned_back == BreakEven(70, 46_585)
    assert (statement.funding_need, statement.warnings) == (0, ())
