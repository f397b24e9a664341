"""Being told to end: Ctrl-C, SIGTERM and a closed terminal all mean "finish what you do, then go"."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def in_order() -> Iterator[None]:
    """Whoever is told to end inside the block leaves it like any other: what is passing is taken away.

    Raises SystemExit, once: the second Ctrl-C waits for what the first one has begun.
    """
    heard = [each for each in SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]

    def leave(number: int, _frame: object) -> None:
        for each in heard:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    before = {each: signal.signal(each, leave) for each in heard}
    try:
        yield
    finally:
        for each, how in before.items():
            signal.signal(each, how)
