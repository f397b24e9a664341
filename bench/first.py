"""From a fresh checkout, packages cached, to the first page answered; then to a page after a restart.

What is restarted is an installation with an organisation: a demonstration that was broken off while it
grew is grown anew, and its restart would be a first start. Beside it, in the same run: how long this machine
takes to wake Django up once.
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


def surroundings(data: Path) -> dict[str, str]:
    """What a start finds around it on a machine where nothing else of Varpa is."""
    gone = ("DATABASE_URL", "PYTHONPATH", "VIRTUAL_ENV")
    return {
        name: value for name, value in {**os.environ, "VARPA_DATA": str(data)}.items() if name not in gone
    }


def settle(checkout: Path, data: Path) -> None:
    """Begin a real installation."""
    told = ["--name", "The bench", "--person", "Bench", "--email", "bench@varpa.example"]
    command = ["python3", "start.py", "organisation", "create", *told]
    subprocess.run(command, cwd=checkout, env=surroundings(data), stdout=subprocess.DEVNULL, check=True)


def answered(checkout: Path, data: Path) -> float:
    """Seconds from `python3 start.py` to the first whole page; the site is ended afterwards."""
    port = ports.choose("127.0.0.1", None)
    environment = {**surroundings(data), "PORT": str(port)}
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
        settle(checkout, Path(folder, "real"))
        answered(checkout, Path(folder, "real"))
        again = answered(checkout, Path(folder, "real"))
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
