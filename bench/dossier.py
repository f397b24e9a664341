"""A programme's dossier of 24 and of 2,000 pairs: time a pair, and the most memory that its process held.

Each is built by the command, in a process of its own, as the worker does; then proved. With numbers behind it
(`bench dossier 24 200`) other sizes are measured.
"""

import os
import subprocess
import sys
from pathlib import Path

from bench._report import Row, report
from bench._site import folder
from varpa.site import boot

SIZES = (24, 2000)
GROWS, MEMORY = 1.2, 300.0


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    with folder() as data:
        from bench import _copies, _growth

        grown = _growth.grow(sizes[0])
        found = [measured(data, grown.programme.ref)]
        for size in sizes[1:]:
            _copies.enlarge(data / "varpa.sqlite3", size // sizes[0])
            found.append(measured(data, grown.programme.ref))
    rows = [
        row
        for size, (build, prove, memory, bytes_) in zip(sizes, found, strict=True)
        for row in (
            Row(f"built, {size} pairs", build, "s", beside=f"{bytes_ / 1e6:.1f} MB"),
            Row(f"proved, {size} pairs", prove, "s"),
            Row(f"memory, {size} pairs", memory, "MiB", MEMORY),
        )
    ]
    per_pair = [build / size for size, (build, *_rest) in zip(sizes, found, strict=True)]
    rows += [
        Row(f"a pair, {size} ÷ {sizes[0]} pairs", cost / per_pair[0], "×", GROWS)
        for size, cost in zip(sizes[1:], per_pair[1:], strict=True)
    ]
    report("dossier", rows)


def measured(data: Path, ref: str) -> tuple[float, float, float, int]:
    """Processor seconds of building and of proving, MiB of the larger, bytes of the archive."""
    out = data / "dossier.zip"
    build, most = spent(boot.varpa("dossier", "build", "--programme", ref, "--out", str(out)))
    prove, other = spent(boot.varpa("dossier", "verify", str(out)))
    return build, prove, max(most, other), out.stat().st_size


def spent(command: list[str]) -> tuple[float, float]:
    """Processor seconds and the most memory in MiB of a command."""
    process = subprocess.Popen(command, env=boot.environment(), stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
