"""Being told to end: Ctrl-C, SIGTERM and a closed terminal all mean "finish what you do, then go"."""

import signal
import time

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
STEP = 0.1


class Ending:
    """Becomes `asked` when this process is told to end; to be made in the main thread."""

    def __init__(self) -> None:
        self.asked = False
        for number in SIGNALS:
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True

    def rest(self, seconds: float) -> None:
        """Sleep, but wake up when told to end. (No Event: its lock could be held when the signal comes.)"""
        until = time.monotonic() + seconds
        while not self.asked and time.monotonic() < until:
            time.sleep(min(STEP, seconds))
