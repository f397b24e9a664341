"""A whole programme through the real actions: what an action and a pair's year cost, by size."""

import json
import subprocess
import sys
import time

from bench._report import Row, report
from bench._site import folder
from varpa.site import boot

SIZES, LONG = (24, 240), 2400
GROWS, YEAR = 1.2, 1.5


def main() -> None:
    """Live programmes of two sizes, with `long` of three; each in a process and a folder of its own."""
    sizes = (*SIZES, LONG) if "long" in sys.argv[1:] else SIZES
    costs = {pairs: _child(pairs) for pairs in sizes}
    base, _year = costs[sizes[0]]
    rows = [Row(f"an action, {pairs} pairs", cost, "ms") for pairs, (cost, _year) in costs.items()]
    rows += [
        Row(f"an action, {pairs} ÷ {sizes[0]} pairs", costs[pairs][0] / base, "×", GROWS)
        for pairs in sizes[1:]
    ]
    rows += [Row(f"a pair's year, {pairs} pairs", year, "s", YEAR) for pairs, (_cost, year) in costs.items()]
    report("replay", rows)


def _child(pairs: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.replay", "lived", str(pairs)]
    out = subprocess.run(command, env=boot.environment(), stdout=subprocess.PIPE, check=True).stdout
    cost, year = json.loads(out)
    return cost, year


def lived(pairs: int) -> tuple[float, float]:
    """Processor time of an action in milliseconds, of a pair's year in seconds; all is in it."""
    with folder():
        from varpa.site.replay import replay

        began = time.process_time()
        told = replay(pairs=pairs, seed=1)
        spent = time.process_time() - began
    return spent / told["actions"] * 1000, spent / pairs


if __name__ == "__main__":
    if sys.argv[1:2] == ["lived"]:
        print(json.dumps(lived(int(sys.argv[2]))))
    else:
        main()
