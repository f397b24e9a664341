"""Every page of the site, for everybody who may see it, in programmes of 20 and of 2,000 pairs.

A figure is the processor time of the page ÷ that of the floor, asked for in turns in the same seconds. The
programmes are those of the demonstration, one that has ended and one in its middle, with what its people
lived so many times (`_copies`). A list shows 20 rows at twenty pairs and 50 at 2,000: for lists the growth is
that from 60 pairs, where the first page is full, to 2,000.
"""

import shutil
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench._report import Row, report
from bench._site import FLOOR, Site, floor_page, folder, served

if TYPE_CHECKING:
    # Django is not awake when a bench begins.
    from bench._visits import Visit

SIZES = (20, 60, 2000)
ROUNDS, TIMES = 3, 6
QUERIES, GROWTH = 12, 1.15
DETAIL, LIST, HOME = 3.0, 4.0, 5.0
HOMES = {"home:home", "home:room", "home:board"}
ELSEWHERE = {
    # Shown in a demonstration only.
    *("people:stand_in", "post:letters", "post:letter", "post:body", "post:calendar"),
}


WRITTEN_DOWN = {
    # Each opening is written down for those whose dossier it is (R11).
    "dossier:observed",
    # A passkey signs what was never asked before: each opening draws it anew and keeps it in the session.
    "factors:passkeys",
}


def commits(sites: list[Site]) -> int:
    return sum(site.commits() for site in sites)


def mark(visit: "Visit") -> float:
    """The most that a page may cost, in floors."""
    return HOME if visit.name in HOMES else LIST if visit.is_list else DETAIL


def main() -> None:
    with folder() as data, ExitStack() as stack:
        from bench import _visits
        from bench._queries import count
        from varpa.site.replay.living import live

        live()
        floor = floor_page()
        found = _visits.find(_visits.visitors(), sys.argv[1:])
        visits = found.visits
        folders = [data, *(enlarged(data, size) for size in SIZES[1:])]
        queries = [count(place, visits) for place in (folders[0], folders[-1])]
        measured = dearest(visits, queries[-1])
        least = stack.enter_context(served(FLOOR, folders[0]))
        sites = [stack.enter_context(served(data=place)) for place in folders]
        costs, written = {}, 0
        for place in measured:
            visit, before = visits[place], commits(sites)
            costs[place] = measure(least, floor, sites, visit.path, visit.visitor.cookie)
            written += 0 if visit.name in WRITTEN_DOWN else commits(sites) - before
    rows = []
    for name in sorted({each.name for each in visits}):
        at = [place for place, each in enumerate(visits) if each.name == name]
        timed = [place for place in at if place in costs]
        worst = max(timed, key=lambda place: costs[place][-1])
        asked = {
            size: max(counts[place] for place in at) for size, counts in zip(SIZES[::2], queries, strict=True)
        }
        changed = [visits[place].visitor.role for place in at if queries[0][place] != queries[1][place]]
        rows += [
            Row(
                f"{name}: processor ÷ floor",
                costs[worst][-1],
                "",
                mark(visits[worst]),
                visits[worst].visitor.role,
            ),
            Row(f"{name}: queries", max(asked.values()), "", QUERIES),
            Row(f"{name}: queries differ by size", len(changed), "", 0, ", ".join(changed)),
            Row(f"{name}: growth", max(growth(visits[place], costs[place]) for place in timed), "×", GROWTH),
        ]
    missing = {name: why for name, why in found.unseen.items() if name not in ELSEWHERE}
    rows += [
        Row("transactions written by reading", written, "", 0),
        Row("addresses that nobody could open", len(missing), "", 0, ", ".join(missing)),
    ]
    report("pages", rows)


def dearest(visits: "list[Visit]", queries: list[int]) -> list[int]:
    """Of every address and role the visit that asks the database most: which are measured."""
    most: dict[tuple[str, str], int] = {}
    for place, visit in enumerate(visits):
        key = visit.name, visit.visitor.role
        if key not in most or queries[place] > queries[most[key]]:
            most[key] = place
    return list(most.values())


def growth(visit: "Visit", costs: list[float]) -> float:
    """From the small programme to the large one; for a list from the first full page."""
    return costs[2] / costs[1 if visit.is_list else 0]


def enlarged(data: Path, size: int) -> Path:
    """A data folder with the same programme and more pairs."""
    from django.db import connection

    from bench._copies import enlarge
    from varpa.site import wal

    wal.checkpoint()
    connection.close()
    place = data / f"of-{size}"
    place.mkdir()
    shutil.copy(data / "varpa.sqlite3", place)
    shutil.copytree(data / "static", place / "static")
    enlarge(place / "varpa.sqlite3", size // SIZES[0])
    return place


def measure(least: Site, floor: tuple[str, str], sites: list[Site], path: str, cookie: str) -> list[float]:
    """The page at each size in floors: the middle of a few rounds, floor and sizes in turns."""
    rounds = []
    for number in range(ROUNDS + 1):
        warm = 4 if number == 0 else 0
        unit = least.cost(*floor, TIMES, warm)
        rounds.append([site.cost(path, cookie, TIMES, warm) / unit for site in sites])
    return [statistics.median(each) for each in zip(*rounds[1:], strict=True)]


if __name__ == "__main__":
    main()
