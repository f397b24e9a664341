"""Slides made elsewhere."""

import os
import signal
import sys

import click

from varpa.site import boot
from varpa.site.commands.using import in_use


@click.command(hidden=True)
@in_use()
def slides() -> None:
    """Turn the slides that wait into PDF: started beside the worker by itself."""
    # Pages and letters go first.
    os.nice(10)
    # Told to end, it ends the program that it has begun as well.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    boot.wake()
    from varpa.kernel import clock
    from varpa.presentations.actions.turning import turn_waiting

    turn_waiting(clock.now)
