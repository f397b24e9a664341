"""The day of the defence in its long form: 60 jurors, 30 presentations, a `kill -9` in the middle of each."""

import os
import tempfile
from pathlib import Path

from bench._report import Row, report
from tests.faults.phones import Day, live
from tests.faults.theatre import Site

JURORS, SLOTS = 60, 30


def main() -> None:
    jurors, slots = int(os.environ.get("JURORS", JURORS)), int(os.environ.get("SLOTS", SLOTS))
    with tempfile.TemporaryDirectory(prefix="varpa-bench-") as folder:
        site = Site(Path(folder))
        try:
            day = live(site, jurors, slots)
        finally:
            site.end_if_running()
    report("defence", _rows(day, slots))


def _rows(day: Day, slots: int) -> list[Row]:
    seconds = sorted(second for phone in day.phones for second in phone.seconds)
    again = sum(phone.sent_again for phone in day.phones)
    refused = sum(phone.refused for phone in day.phones)
    return [
        Row("votes acknowledged", len(day.acknowledged), "", beside=f"{refused} refused: beyond the budget"),
        Row("votes lost or doubled", day.lost, "", 0),
        Row("votes that nobody was told of", len(set(day.kept) - set(day.acknowledged)), "", 0),
        Row("budgets exceeded", day.seen["over"] + day.seen["unequal"], "", 0),
        Row("presentations whose sum is wrong", day.seen["misfixed"], "", 0),
        Row("votes taken after the close", day.seen["late"] + sum(each.late for each in day.phones), "", 0),
        Row("presentations not closed", slots - day.seen["closed"], "", 0),
        Row("kill -9", day.kills, "", beside=f"{again} forms sent again"),
        Row("an answer, half of them within", seconds[len(seconds) // 2] * 1000, "ms"),
        Row("an answer, 95 of 100 within", seconds[len(seconds) * 95 // 100] * 1000, "ms"),
        Row("it took", day.seconds, "s"),
    ]


if __name__ == "__main__":
    main()
