"""The long form of the faults: 10,000 changes on each database, a `kill -9` after every thirty of them."""

import os
import subprocess
import sys
import time

from bench._report import Row, report
from varpa.site import boot

CHANGES = 10_000


def main() -> None:
    begun = time.monotonic()
    environment = {**boot.environment(), "VARPA_FAULTS_CHANGES": os.environ.get("CHANGES", str(CHANGES))}
    command = [sys.executable, "-m", "pytest", "tests/faults", "-x"]
    failed = subprocess.call(command, cwd=boot.ROOT, env=environment)
    report(
        "faults",
        [
            Row("changes on each database", float(environment["VARPA_FAULTS_CHANGES"]), ""),
            Row("lost, doubled or broken", float(failed), "runs", 0),
            Row("it took", time.monotonic() - begun, "s"),
        ],
    )


if __name__ == "__main__":
    main()
