"""What taking in a roster costs, beside reading the same file and `bulk_create` of the same people.

Each case runs in a process and a database of its own, so that its greatest memory is its own. The roster is
previewed and then taken in, as on the page: it is read twice, and each person gets two lines of history.
"""

import csv
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench._report import Row, report
from varpa.site import boot

SIZES = (10_000, 50_000)
KINDS = ("csv", "xlsx")
MARK_RATIO = 4.0
MARK_MIB = 200.0
HEADINGS = [
    "kods",
    "vārds uzvārds",
    "e-pasts",
    "loma",
    "dzimšanas datums",
    "skola",
    "valsts",
    "tēma",
    "tālrunis",
]
FIRST = ("Jānis", "Elīna", "Kārlis", "Šarūnas", "Gabija", "Ģirts", "Žanete", "Rūta")
LAST = ("Bērziņš", "Kalniņa", "Žukauskas", "Petrauskaitė", "Ozoliņa", "Šķēle")
NOW = datetime(2025, 10, 14, 9, 0, tzinfo=UTC)


def people(size: int) -> Iterator[list[str]]:
    """So many people as a school would write them."""
    for at in range(size):
        name = f"{FIRST[at % len(FIRST)]} {LAST[at % len(LAST)]}{at}"
        born, country = f"{at % 28 + 1:02}.{at % 12 + 1:02}.2008", "LV" if at % 2 else "LT"
        school, topic = f"{at % 90}. vidusskola", f"Biznesa ideja par medu un bitēm, {at}. variants"
        yield [
            f"K{at}",
            name,
            f"p{at}@skola.example",
            "audzēknis",
            born,
            school,
            country,
            topic,
            f"+371 {20_000_000 + at}",
        ]


def written(kind: str, size: int) -> bytes:
    """The list as a file."""
    if kind == "csv":
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows([HEADINGS, *people(size)])
        return text.getvalue().encode("cp1257")
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADINGS, *people(size)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def floor(content: bytes, kind: str) -> int:
    """The comparison: read the file, and create the same people and memberships in bulk."""
    from varpa.people.models import Person
    from varpa.programmes.models import Membership, Programme

    programme = Programme.objects.get()
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("cp1257"), newline=""), delimiter=";"))[1:]
    else:
        import openpyxl

        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        rows = [[str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    made = [
        Person(
            name=name,
            email=email,
            phone=phone,
            roster_key=key,
            born=datetime.strptime(born, "%d.%m.%Y").date(),
            joined_at=NOW,
        )
        for key, name, email, _role, born, _school, _country, _topic, phone in rows
    ]
    Person.objects.bulk_create(made, batch_size=500)
    Membership.objects.bulk_create(
        (
            Membership(
                programme=programme,
                person=person,
                role="mentee",
                place=row[5],
                country=row[6],
                topic=row[7],
                applied_at=NOW,
            )
            for person, row in zip(made, rows, strict=True)
        ),
        batch_size=500,
    )
    return len(made)


def taken(content: bytes, kind: str) -> int:
    """Preview the roster, then take it in."""
    from varpa.applications.actions.rosters import hold_roster, take_roster
    from varpa.programmes.models import Programme

    programme = Programme.objects.get()
    roster = hold_roster(programme=programme, name=f"x.{kind}", content=content, role="", by=None, now=NOW)
    return take_roster(roster=roster, by=None, now=NOW)["new"]


def measure(what: str, kind: str, path: str) -> None:
    """In a process of its own: one case, told as JSON."""
    boot.wake()
    from tests import make

    make.programme()
    content = Path(path).read_bytes()
    work = {"floor": floor, "taken": taken}[what]
    before, began = _mib(), time.process_time()
    count = work(content, kind)
    print(json.dumps({"s": time.process_time() - began, "mib": _mib(), "before": before, "count": count}))


def _mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _case(what: str, kind: str, size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="varpa-bench-") as folder:
        path = Path(folder) / f"list.{kind}"
        path.write_bytes(written(kind, size))
        environment = boot.environment(
            VARPA_DATA=folder, VARPA_SECRET="only-for-benches-" * 3, DATABASE_URL=""
        )
        subprocess.run(boot.varpa("migrate"), env=environment, stdout=subprocess.DEVNULL, check=True)
        command = [sys.executable, "-m", "bench.import", what, kind, str(path)]
        told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    found: dict[str, float] = json.loads(told.splitlines()[-1])
    if found["count"] != size:
        raise SystemExit(f"{what}, {kind}: {found['count']} people instead of {size}")
    return found


def main() -> None:
    rows = []
    for size in SIZES:
        for kind in KINDS:
            least, whole = _case("floor", kind, size), _case("taken", kind, size)
            name = f"{kind.upper()}, {size:,} people"
            beside = f"{whole['s']:.1f} s ÷ {least['s']:.1f} s of reading and bulk_create"
            rows.append(Row(name, round(whole["s"] / least["s"], 2), "×", MARK_RATIO, beside))
            beside = f"{whole['before']:.0f} MiB before; reading and bulk_create: {least['mib']:.0f} MiB"
            rows.append(Row(f"{name}, memory", round(whole["mib"], 1), "MiB", MARK_MIB, beside))
    report("import", rows)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(*sys.argv[1:])
    else:
        main()
