"""What a process loads before it can answer: every start of the site and of a command waits for it."""

import subprocess
import sys

# Each is needed by few pages or by the worker alone, and is loaded where it is needed.
LATER = ("numpy", "scipy", "xlsxwriter", "segno", "markdown_it", "tomlkit", "requests")


def test_what_few_pages_need_is_loaded_by_them() -> None:
    """Half a second of two and a half, and with the solver a hundred megabytes a process."""
    asked = (
        "import sys; from varpa.site import boot; boot.wake(); import varpa.site.urls; "
        f"print(*[name for name in {LATER} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert told.stdout.split() == []
