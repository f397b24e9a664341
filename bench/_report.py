"""How a bench reports: a table for a person, a file for a program, and whether the marks were met."""

import json
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """One figure beside its mark; `mark` is the most it may be, None where it is only shown."""

    what: str
    figure: float
    unit: str
    mark: float | None = None
    beside: str = ""

    @property
    def met(self) -> bool:
        return self.mark is None or self.figure <= self.mark


def report(name: str, rows: list[Row]) -> None:
    """Print the table, write bench/results/NAME.json, and end with 1 where a mark was missed."""
    wide = max(len(row.what) for row in rows)
    print(f"\nbench {name}")
    for row in rows:
        mark = "" if row.mark is None else f"  mark {row.mark:g}{'' if row.met else '  MISSED'}"
        print(f"  {row.what:<{wide}}  {row.figure:>10.3g} {row.unit:<6}{mark:<22}{row.beside}".rstrip())
    told = {
        "bench": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "rows": [{**asdict(row), "met": row.met} for row in rows],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    if not all(row.met for row in rows):
        sys.exit(1)
