"""Long work shows how far it is: a bar on a terminal, a plain line at every tenth in a log."""

import sys
import time
from typing import TextIO

WIDTH = 30


class Progress:
    """Called with what is done, of how much, and a word on what is being done now."""

    def __init__(self, title: str, out: TextIO | None = None) -> None:
        self.title = title
        self.out = out or sys.stderr
        self.bar = self.out.isatty()
        self.tenth = -1
        self.begun = time.monotonic()

    def __call__(self, done: int, of: int, word: str = "") -> None:
        share = min(done / of, 1.0) if of else 1.0
        if self.bar:
            filled = round(share * WIDTH)
            line = f"{self.title} [{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {of} {word}"
            self.out.write(f"\r{line[:110]}\x1b[K")
        elif int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            self.out.write(f"{self.title}: {done} of {of} {word}".rstrip() + "\n")
        self.out.flush()

    def finish(self, word: str = "done") -> None:
        """Close the bar with how long it took."""
        start = "\r" if self.bar else ""
        end = "\x1b[K\n" if self.bar else "\n"
        self.out.write(f"{start}{self.title}: {word}, {time.monotonic() - self.begun:.1f} s{end}")
        self.out.flush()
