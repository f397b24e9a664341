"""Matching whole cohorts: scoring, pairs, reasons, what every other pair would cost, beside the bare solver.

The tight case: half as many mentors as mentees, one to three places each, two fifths of all pairs allowed.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench._report import Row, report
from varpa.site import boot

TOPICS = ("keramika", "galdniecība", "programmēšana", "konditoreja", "frizieris", "grāmatvedība", "tūrisms")
TOWNS = ("Rīga", "Cēsis", "Valmiera", "Šiauliai", "Panevėžys", "Vilnius", "Liepāja")
TIMES = tuple(f"{day} {hour}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for hour in (14, 16, 18))
LANGUAGES = (("lv",), ("lt",), ("lv", "en"), ("lt", "en"))


def main() -> None:
    boot.wake()
    rows = [
        *_whole(400),
        *_solver(400),
        *_peer(400),
        *_large(3000),
        *_order(400),
        *_proved(20_000, _dense_at(3000)),
        *_page(1000),
    ]
    report("matching", rows)


def _whole(size: int) -> list[Row]:
    from varpa.matching.matching import match
    from varpa.matching.reasons import reasons, why_unplaced

    people = _cohort(size)

    def all_of_it() -> Any:
        run = match(people, with_losses=True)
        for row, column in enumerate(run.solved.mentor_of):
            why_unplaced(run, row) if column < 0 else reasons(run, row, int(column))
        return run

    run = all_of_it()
    spent = _seconds(all_of_it, 5)
    beside = f"{run.solved.placed} placed, proven: {run.solved.proven}"
    return [Row(f"{size} × {size}: scoring, pairs, reasons, next bests, fairness", spent, "s", 0.15, beside)]


def _solver(size: int) -> list[Row]:
    from varpa.matching import solving

    points, allowed, capacity = _problem(size)
    bare = _seconds(lambda: solving._assign(points, allowed, capacity), 5)
    solved = solving.solve(points, allowed, capacity)
    losses = _seconds(lambda: solving.losses(points, allowed, capacity, solved), 5)
    again = size * bare
    return [
        Row(f"{size}: the solver alone", bare, "s"),
        Row(
            f"{size}: fairness ÷ the solver alone",
            _seconds(lambda: solving.solve(points, allowed, capacity), 3) / bare,
            "×",
        ),
        Row(f"{size}: losses of every forced pair", losses, "s"),
        Row(f"{size}: losses ÷ solving again for each mentee", losses / again, "×", 1 / 150),
    ]


def _large(size: int) -> list[Row]:
    from scipy.optimize import linear_sum_assignment

    from varpa.matching import solving
    from varpa.matching.matching import match

    people = _cohort(size)
    run = match(people)
    # The very same problem: one of drawn points has fewer equals, and is solved three times as fast.
    owner = np.repeat(np.arange(len(people.mentors)), [mentor.capacity for mentor in people.mentors])
    points, allowed = run.people.block(np.arange(size))
    worth = float(solving.placement_worth(size, len(owner)))
    value = np.take(np.where(allowed, points + worth, 0), owner, axis=1)
    bare = _seconds(lambda: linear_sum_assignment(value, maximize=True), 3)
    whole = _seconds(lambda: match(people), 3)
    return [
        Row(f"{size} × {size}: the solver alone", bare, "s"),
        Row(f"{size} × {size}: scoring to proven pairs ÷ the solver alone", whole / bare, "×", 1.5),
        Row(
            f"{size} × {size}: the same with the extra ÷ the solver alone",
            _seconds(lambda: match(people, dense_up_to=0), 3) / bare,
            "×",
            0.4,
        ),
    ]


def _peer(size: int) -> list[Row]:
    """Munkres 1.1.4 in Python, which open-source peers match with, on the problem of `_solver`."""
    from munkres import Munkres

    from varpa.matching import solving

    points, allowed, capacity = _problem(size)
    owner = np.repeat(np.arange(len(capacity)), capacity)
    worth = solving.placement_worth(size, len(owner))
    costs = worth * 2 - np.where(allowed, points + worth, 0)[:, owner]
    theirs = _seconds(lambda: Munkres().compute(costs.tolist()), 1)
    ours = _seconds(lambda: solving._assign(points, allowed, capacity), 9)
    return [Row(f"{size}: the solver alone ÷ munkres 1.1.4", ours / theirs, "×", 1 / 5000, f"{theirs:.1f} s")]


def _dense_at(size: int) -> float:
    from varpa.matching import solving

    problem = _of(_cohort(size))
    return _seconds(lambda: solving._assign(*problem), 3)


def _of(people: Any) -> tuple[Any, Any, Any]:
    from varpa.matching.matching import match

    run = match(people, dense_up_to=0)
    capacity = np.array([mentor.capacity for mentor in people.mentors])
    return *run.people.block(np.arange(len(people.mentees))), capacity


def _proved(size: int, dense: float) -> list[Row]:
    """Half as many mentors, by the extra, proved over all pairs; in a process of its own for its memory."""
    code = (
        "import time; from bench.matching import _most_memory; from varpa.site import boot; boot.wake(); "
        "from bench.matching import _cohort; "
        f"from varpa.matching.matching import match; people = _cohort({size}); began = time.process_time(); "
        "run = match(people); assert run.solved.proven; print(time.process_time() - began, "
        "_most_memory(), run.solved.placed)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    spent, memory, placed = (float(each) for each in told.split())
    what = f"{size} × {size // 2} with proof"
    return [
        Row(f"{what} ÷ dense at 3000", spent / dense, "×", 9, f"{spent:.1f} s, {placed:.0f} placed"),
        Row(f"{what}: memory", memory, "MB", 800),
    ]


def _page(size: int) -> list[Row]:
    """The way of the page: asked for, read from the database, matched, kept; beside it its queries."""
    with tempfile.TemporaryDirectory() as folder:
        code = (
            "import time; from bench.matching import _most_memory; from varpa.site import boot; boot.wake(); "
            f"from tests.faults.crowd import set_up; set_up({size}); from django.db import connection; "
            "from django.test.utils import CaptureQueriesContext; from varpa.kernel import clock; "
            "from varpa.matching.actions.runs import work_asked; began = time.process_time(); "
            "caught = CaptureQueriesContext(connection); caught.__enter__(); work_asked(clock.now()); "
            "print(time.process_time() - began, len(caught.captured_queries), "
            "_most_memory())"
        )
        changes = {"VARPA_DATA": folder, "DATABASE_URL": ""}
        told = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **changes},
        ).stdout
    spent, queries, memory = (float(each) for each in told.split()[-3:])
    return [
        Row(f"{size} × {size} by the page's way", spent, "s", None, f"{queries:.0f} queries"),
        Row(f"{size} × {size} by the page's way: memory", memory, "MB"),
    ]


def _order(size: int) -> list[Row]:
    """Rows in another order: how many mentees get another mentor."""
    from varpa.matching.cohort import cohort
    from varpa.matching.matching import Run, match

    def pairs(run: Run) -> dict[str, str]:
        keys = [mentor.key for mentor in run.cohort.mentors] + [""]
        found = zip(run.cohort.mentees, run.solved.mentor_of, strict=True)
        return {mentee.key: keys[at] for mentee, at in found}

    people = _cohort(size)
    mentees, mentors = list(people.mentees), list(people.mentors)
    first = pairs(match(people))
    random.Random(5).shuffle(mentees)
    random.Random(6).shuffle(mentors)
    second = pairs(match(cohort(mentees, mentors)))
    return [
        Row(
            f"{size}: other pairs for rows in another order", sum(first[k] != second[k] for k in first), "", 0
        )
    ]


def _most_memory() -> float:
    """Megabytes that this process has held at most; what getrusage tells begins with the parent's."""
    told = Path("/proc/self/status").read_text()
    return int(told.split("VmHWM:")[1].split()[0]) / 1024


def _problem(size: int) -> tuple[Any, Any, Any]:
    chance = np.random.default_rng(size)
    points = chance.integers(0, 10_001, (size, size // 2))
    return points, chance.random(points.shape) < 0.42, chance.integers(1, 4, size // 2)


def _cohort(size: int) -> Any:
    from varpa.matching.cohort import Mentee, Mentor, cohort
    from varpa.sectors.sectors import codes_of

    chance = random.Random(size)
    codes = [code for topic in TOPICS for code in codes_of(topic)] or list(TOPICS)

    def some(of: tuple[str, ...] | list[str], most: int) -> Any:
        return tuple(chance.sample(of, chance.randint(1, most)))

    mentees = [
        Mentee(
            f"e{number:06}",
            languages=frozenset(chance.choice(LANGUAGES)),
            interests=some(codes, 3),
            means=frozenset(some(["video", "phone", "e-mail"], 2)),
            region=chance.choice(TOWNS),
            availability=frozenset(some(TIMES, 5)),
            topic=chance.choice(TOPICS),
        )
        for number in range(size)
    ]
    mentors = [
        Mentor(
            f"m{number:06}",
            languages=frozenset(chance.choice(LANGUAGES)),
            sectors=some(codes, 2),
            means=frozenset(some(["video", "phone", "e-mail"], 2)),
            region=chance.choice(TOWNS),
            availability=frozenset(some(TIMES, 5)),
            experience=chance.choice(TOPICS),
            capacity=chance.randint(1, 3),
        )
        for number in range(size // 2)
    ]
    return cohort(mentees, mentors)


def _seconds(work: Callable[[], Any], times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
