"""Matching whole cohorts: scoring, pairs, reasons, what every other pair would cost, beside the bare solver.

The tight case: half as many mentors as mentees, one to three places each, two fifths of all pairs allowed.
"""

import random
import statistics
import time
from collections.abc import Callable
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
    rows = [*_whole(400), *_solver(400), *_large(3000), *_order(400)]
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
    bare = _seconds(lambda: linear_sum_assignment(value, maximize=True), 1)
    whole = _seconds(lambda: match(people), 1)
    return [
        Row(f"{size} × {size}: the solver alone", bare, "s"),
        Row(f"{size} × {size}: scoring to proven pairs ÷ the solver alone", whole / bare, "×", 1.5),
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
