"""From a fresh checkout, packages cached, to the first page answered; then to a page after a restart.

Beside it, in the same run: how long this machine takes to wake Django up once.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench._report import Row, report
from varpa.site import boot, ports

FIRST, RESTART = 15.0, 3.0


def answered(checkout: Path, data: Path) -> float:
    """Seconds from `python3 start.py` to the first whole page; the site is ended afterwards."""
    port = ports.choose("127.0.0.1", None)
    environment = {**os.environ, "PORT": str(port), "VARPA_DATA": str(data)}
    for name in ("DATABASE_URL", "PYTHONPATH", "VIRTUAL_ENV"):
        environment.pop(name, None)
    begun = time.monotonic()
    process = subprocess.Popen(
        ["python3", "start.py"],
        cwd=checkout,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _page(f"http://127.0.0.1:{port}/"):
            if process.poll() is not None or time.monotonic() - begun > 300:
                raise SystemExit("the site did not start")
            time.sleep(0.05)
        return time.monotonic() - begun
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def waking() -> float:
    """Seconds that one process needs to wake Django up, the middle of three."""
    command = [sys.executable, "-c", "import varpa.site.wsgi"]
    tries = []
    for _ in range(3):
        begun = time.monotonic()
        subprocess.run(command, cwd=boot.ROOT, env=boot.environment(), check=True)
        tries.append(time.monotonic() - begun)
    return sorted(tries)[1]


def _page(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return b"</html>" in answer.read()
    except (urllib.error.URLError, OSError):
        return False


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="varpa-first-") as folder:
        checkout, data = Path(folder, "checkout"), Path(folder, "data")
        subprocess.run(["git", "clone", "--quiet", str(boot.ROOT), str(checkout)], check=True)
        once = waking()
        first = answered(checkout, data)
        again = answered(checkout, data)
    report(
        "first",
        [
            Row("one process wakes up", once, "s"),
            Row("fresh checkout to the first page", first, "s", FIRST, f"{first / once:.1f} × waking up"),
            Row("a restart to a page", again, "s", RESTART, f"{again / once:.1f} × waking up"),
        ],
    )


if __name__ == "__main__":
    main()
