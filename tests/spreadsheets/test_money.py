"""A thousand workbooks recomputed by LibreOffice, which knows only their formulas. It takes long."""

from pathlib import Path

import hypothesis
from hypothesis import given, settings

from tests.money import plans, spreadsheet
from varpa.money.figures import Figures
from varpa.money.reckoning import Scenario, WhatIf
from varpa.money.sheets import workbook

MANY = 1000
"""The mark of how many plans agree to the cent."""


def _random(count: int) -> list[tuple[Figures, Scenario, WhatIf]]:
    """So many plans, of every size; the same ones in each run, so that a failure comes again."""
    found: list[tuple[Figures, Scenario, WhatIf]] = []

    @hypothesis.seed(2026)
    @settings(max_examples=count, database=None, phases=[hypothesis.Phase.generate])
    @given(plans.SIZES, plans.SCENARIOS, plans.WHAT_IFS)
    def gather(plan: Figures, scenario: Scenario, what_if: WhatIf) -> None:
        found.append((plan, scenario, what_if))

    gather()
    return found


def test_a_spreadsheet_program_comes_to_the_same_cent(tmp_path: Path) -> None:
    books = {
        str(at): workbook(
            plan, plans.rates(plan), language="en", title="Plan", scenario=scenario, what_if=what_if
        )
        for at, (plan, scenario, what_if) in enumerate(_random(MANY))
    }
    assert len(books) >= MANY * 9 // 10
    told = spreadsheet.recomputed(books, tmp_path)
    for name, book in books.items():
        assert told[name] == spreadsheet.written(book), name
