"""Long work in a process of its own: the worker goes on with letters, and gets the memory back at the end."""

import logging
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from varpa.site import boot

log = logging.getLogger("varpa.worker")


@dataclass
class Aside:
    """A command that is run while `waits` says that there is something to do; one at a time.

    `broken` is called where it ended as it should not: killed, or without memory.
    """

    arguments: Sequence[str]
    waits: Callable[[], bool]
    broken: Callable[[datetime], object]
    process: subprocess.Popen[bytes] | None = None
    unwanted: bool = False

    def __call__(self, now: datetime) -> None:
        """For the schedule: begin, or look how it stands; never waits. What nobody waits for is ended."""
        if self.process is None:
            if self.waits():
                self.unwanted = False
                # In the worker's own session: whoever ends that one for good ends this one with it.
                self.process = subprocess.Popen(boot.varpa(*self.arguments))
        elif self.process.poll() is not None:
            code, self.process = self.process.returncode, None
            if code and not self.unwanted:
                log.warning("%s ended with code %s", " ".join(self.arguments), code)
                self.broken(now)
        elif not self.waits() and not self.unwanted:
            # Cancelled, or all but gone by itself: either way nothing is lost.
            self.unwanted = True
            self.process.terminate()

    def end(self) -> None:
        """End it with the worker."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        self.process = None
