"""What reckoning a plan costs: processor time of a statement, and of its workbook beside it."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import django

from bench._report import Row, report

ROUNDS = 30
MARK_MS = 5.0


def milliseconds(work: Callable[[], object]) -> float:
    """Median processor time of a round."""
    work()
    spent = []
    for _number in range(ROUNDS):
        began = time.process_time()
        work()
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varpa.site.settings")
    django.setup()
    from tests.money.plans import CAKES, rates
    from varpa.money.figures import MOST_PRODUCTS, MOST_ROWS, from_json, to_json
    from varpa.money.reckoning import reckon
    from varpa.money.sheets import workbook

    usual = replace(CAKES, products=CAKES.products * 3, running=CAKES.running * 4)
    lists = {name: (getattr(CAKES, name) * MOST_ROWS)[:MOST_ROWS] for name in ("startup", "running", "staff")}
    fullest = replace(CAKES, years=3, vat=True, products=CAKES.products * MOST_PRODUCTS, **lists)
    known = rates(CAKES)
    rows = []
    for name, plan in (("a usual plan", usual), ("the fullest plan, three years", fullest)):
        kept = to_json(plan)
        read = milliseconds(lambda kept=kept: from_json(kept))
        rows.append(Row(f"{name}, read", read, "ms"))
        reckoned = milliseconds(lambda plan=plan: reckon(plan, known))
        rows.append(Row(f"{name}, reckoned", reckoned, "ms", MARK_MS))
        book = milliseconds(lambda plan=plan: workbook(plan, known, language="lv", title="Tortes"))
        rows.append(Row(f"{name}, workbook", book, "ms"))
    report("money", rows)


if __name__ == "__main__":
    main()
