"""What every command that works on a running site holds: no backup is restored under it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from varpa.site import boot


@contextmanager
def in_use() -> Iterator[None]:
    """While the data folder is used, from before the site wakes up: `@in_use()` below `@click.command()`.

    Whoever comes during a restore, or after half of one, is told so.
    """
    from varpa.site import locks

    boot.make_folder()
    try:
        with locks.served(boot.data_folder()):
            yield
    except locks.InUseError as error:
        raise click.ClickException(str(error)) from error
