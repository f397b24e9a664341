"""Web server and worker kept alive together and ended together, by a process that does nothing else."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from varpa.site.ending import Ending

log = logging.getLogger("varpa.supervisor")

GRACE_SECONDS = 15.0
SHORT_LIFE_SECONDS = 5.0
SHORT_LIVES = 5


@dataclass
class Program:
    """One command kept running. `once`: it may end by itself and is not started again."""

    name: str
    command: Sequence[str]
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    short_lives: int = 0

    def start(self) -> None:
        # In a session of its own: Ctrl-C reaches the supervisor only, which ends the others in order.
        self.process = subprocess.Popen(self.command, start_new_session=True)
        self.started = time.monotonic()


def finish(command: Sequence[str]) -> int | None:
    """Run a program to its end and answer its code; None where both were told to end before."""
    ending, program = Ending(), Program("", command, once=True)
    program.start()
    assert program.process is not None
    while program.process.poll() is None:
        if ending.asked:
            end([program.process])
            return None
        ending.rest(0.05)
    return program.process.returncode


def keep(
    first: Program, others: Sequence[Program], *, answers: Callable[[], object], ready: Callable[[], None]
) -> int:
    """Start `first`, and the others when it answers; keep all running until told to end.

    `ready` is called once, when it answers for the first time. Answers the exit code: 0 when told to end,
    1 where a program cannot be kept alive.
    """
    ending = Ending()
    running = [first]
    try:
        first.start()
        while not ending.asked:
            if not all(_alive(program) for program in running):
                return 1
            if running == [first] and answers():
                ready()
                for program in others:
                    program.start()
                running += others
            ending.rest(0.05 if running == [first] else 0.5)
        return 0
    finally:
        end([program.process for program in running if program.process])


def _alive(program: Program) -> bool:
    """Start a program again that has died; False where it died five times within seconds of its start."""
    if program.process is None or program.process.poll() is None:
        return True
    code = program.process.returncode
    _sweep(program.process)
    if program.once:
        program.process = None
        if code:
            log.error("%s ended with code %s", program.name, code)
        return True
    short = time.monotonic() - program.started < SHORT_LIFE_SECONDS
    program.short_lives = program.short_lives + 1 if short else 0
    if program.short_lives >= SHORT_LIVES:
        log.error("%s does not stay alive (code %s)", program.name, code)
        return False
    log.warning("%s ended with code %s; started again", program.name, code)
    program.start()
    return True


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, wait, and kill what has not ended after 15 seconds."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("killed process %s, which did not end", process.pid)
            process.kill()
            process.wait()
        _sweep(process)


def _sweep(process: subprocess.Popen[bytes]) -> None:
    """Kill what a dead program has left behind: a web server's workers would go on holding the port."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
