"""Every page of the site, for everybody who may see it, in programmes of 20 and of 2,000 pairs.

A figure is the processor time of the page ÷ that of the floor, asked for in turns in the same seconds. A page
that lists people or pairs of the programme shows 20 or 40 rows at twenty pairs and 50 at 2,000: for lists the
growth is that from 60 pairs, where the first page is full, to 2,000.
"""

import shutil
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path

from bench._report import Row, report
from bench._site import FLOOR, Site, floor_page, folder, served

SIZES = (20, 60, 2000)
ROUNDS, TIMES = 5, 8
QUERIES, GROWTH = 12, 1.15
DETAIL, LIST, HOME = 3.0, 4.0, 5.0
HOMES = {"home:home", "home:room", "home:board"}
LISTS = {
    "applications:people",
    "diary:diary",
    "diary:handover",
    "evaluation:activity",
    "home:pairs",
    "meetings:hours",
    "meetings:list",
    "meetings:promises",
    "pairs:new",
    "programmes:list",
}
ELSEWHERE = {
    # Shown in a demonstration only.
    *("people:stand_in", "post:letters", "post:letter", "post:body", "post:calendar"),
}


def mark(name: str) -> float:
    """The most that a page may cost, in floors."""
    return HOME if name in HOMES else LIST if name in LISTS else DETAIL


def main() -> None:
    with folder() as data, ExitStack() as stack:
        from bench import _growth, _visits
        from bench._queries import count

        grown = _growth.grow(SIZES[0])
        floor = floor_page()
        visitors = _visits.visitors(grown)
        found = _visits.find(visitors, sys.argv[1:])
        visits = found.visits
        folders = [data, *(enlarged(data, grown, size) for size in SIZES[1:])]
        queries = [count(place, visits) for place in (folders[0], folders[-1])]
        least = stack.enter_context(served(FLOOR, folders[0]))
        sites = [stack.enter_context(served(data=place)) for place in folders]
        before = sum(site.commits() for site in sites)
        costs = [measure(least, floor, sites, each.path, each.visitor.cookie) for each in visits]
        written = sum(site.commits() for site in sites) - before
    rows = []
    for name in sorted({each.name for each in visits}):
        at = [place for place, each in enumerate(visits) if each.name == name]
        worst = max(at, key=lambda place: costs[place][-1])
        asked = {
            size: max(counts[place] for place in at) for size, counts in zip(SIZES[::2], queries, strict=True)
        }
        changed = [visits[place].visitor.role for place in at if queries[0][place] != queries[1][place]]
        rows += [
            Row(f"{name}: processor ÷ floor", costs[worst][-1], "", mark(name), visits[worst].visitor.role),
            Row(f"{name}: queries", max(asked.values()), "", QUERIES),
            Row(f"{name}: queries differ by size", len(changed), "", 0, ", ".join(changed)),
            Row(f"{name}: growth", max(growth(name, costs[place]) for place in at), "×", GROWTH),
        ]
    missing = {name: why for name, why in found.unseen.items() if name not in ELSEWHERE}
    rows += [
        Row("transactions written by reading", written, "", 0),
        Row("addresses that nobody could open", len(missing), "", 0, ", ".join(missing)),
    ]
    report("pages", rows)


def growth(name: str, costs: list[float]) -> float:
    """From the small programme to the large one; for a list from the first full page."""
    return costs[2] / costs[1 if name in LISTS else 0]


def enlarged(data: Path, grown: object, size: int) -> Path:
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
    enlarge(place / "varpa.sqlite3", grown.before, size // SIZES[0])  # type: ignore[attr-defined]
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
