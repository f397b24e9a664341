"""`varpa backup` and `varpa restore`: an installation in one file, and back on a machine."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from varpa.site import boot
from varpa.site.ending import in_order

if TYPE_CHECKING:
    from varpa.site.backups.restoring import Restored

FAULTY = 3
"""How `varpa backup` ends where it has made a file of an installation that is damaged."""
MOST_FAULTS = 20
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write everything of this installation into FILE, while the site runs.

    The database as it is at one moment, stored files, the keys of the data folder and the list of erasures,
    with a SHA-256 of each. Only its owner can read the file; whoever has it has everything.

    The copy of the database is proved, and every stored file. Ends with 3 where the file was made, but a
    stored file is damaged or missing: it says which.
    """
    from varpa.kernel import clock
    from varpa.site.backups import databases, making, noting

    file = file.absolute()
    try:
        with in_order():
            made = making.back_up(
                file, data=boot.data_folder(), url=os.environ.get("DATABASE_URL", ""), now=clock.now()
            )
    except FileExistsError as error:
        raise click.ClickException(f"There is a file {file} already; it was left as it is.") from error
    except (making.NothingThereError, databases.UnfitError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"The backup could not be written: {error}.") from error
    noting.note(boot.data_folder(), file)
    click.echo(f"{file}: {len(made.members)} files, {file.stat().st_size / 1_000_000:.1f} MB.")
    if "secret.txt" not in made.members:
        click.echo("The key of signatures (VARPA_SECRET) is not in it: keep that one yourself.")
    if made.faults:
        click.echo("The backup was made, but something of the installation is wrong:", err=True)
        _list(made.faults, err=True)
        click.echo(
            "What is missing or has changed lies in an older backup (a ZIP) under the same name: keep the "
            "older ones until it is back in the data folder.",
            err=True,
        )
        sys.exit(FAULTY)


def _list(faults: list[str], *, err: bool = False) -> None:
    for fault in faults[:MOST_FAULTS]:
        click.echo(f"  {fault}", err=err)
    if len(faults) > MOST_FAULTS:
        click.echo(
            f"  And {len(faults) - MOST_FAULTS} more: all stand in manifest.json of the backup.", err=err
        )


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Keep what is there aside, under a name with the date.")
@click.option(
    "--erasures",
    "lists",
    type=FILE,
    multiple=True,
    help="A list of erasures that lay elsewhere; also several.",
)
@click.option("--trial", is_flag=True, help="A copy to look at, from which no mail, push or SMS leaves.")
def restore(file: Path, replace: bool, lists: tuple[Path, ...], trial: bool) -> None:
    """Restore an installation from FILE into the data folder.

    Everything is proved first: sums, the database, that this version knows it. What an older version made
    is brought up to this one, and whoever was erased since is erased again. Ends without having changed
    anything where something is wrong, where the site runs, or where there is an installation already.
    """
    from varpa.kernel import clock
    from varpa.privacy.erasures import BadListError
    from varpa.site.backups import archive, databases, restoring
    from varpa.site.locks import InUseError

    for path in lists:
        if not path.is_file():
            raise click.ClickException(f"There is no list {path}.")
    try:
        with in_order():
            done = restoring.restore(
                file.absolute(),
                data=boot.data_folder(),
                url=os.environ.get("DATABASE_URL", ""),
                now=clock.now(),
                replace=replace,
                lists=lists,
                trial=trial,
            )
    except (
        restoring.NotRestoredError,
        archive.DamagedError,
        databases.UnfitError,
        BadListError,
        InUseError,
    ) as error:
        raise click.ClickException(f"Not restored, and nothing was changed: {error}") from error
    except OSError as error:
        raise click.ClickException(f"Not restored, and nothing was changed: {error}.") from error
    _tell(done, trial)


def _tell(done: "Restored", trial: bool) -> None:
    click.echo(f"Restored: as it was at {done.manifest.made_at}, by version {done.manifest.version}.")
    if done.manifest.faults:
        click.echo("This was wrong already when the backup was made:")
        _list(done.manifest.faults)
    if done.erased:
        click.echo(f"Erased again, because the list of erasures names them: {done.erased}.")
    if not done.listed:
        click.echo(
            "No list names anybody whom the backup's own does not. If there is a newer list, restore again "
            "with --replace --erasures FILE: without it whoever was erased since is back."
        )
    if not done.secret:
        click.echo("The key of signatures was not in the backup: set the same VARPA_SECRET as before.")
    if trial:
        place = boot.data_folder()
        click.echo(
            f"This is a trial copy: nothing leaves it. Delete {place} afterwards: real people lie in it."
        )
    if done.former:
        click.echo(f"What was there lies in {boot.data_folder() / done.former}. Delete it once all is well.")


@click.command(hidden=True)
def restored() -> None:
    """What `varpa restore` does with the proved copy before it takes its place."""
    from varpa.site.backups import passing

    # Killed, `varpa restore` leaves this one behind: its folder is not swept up under it.
    held = passing.hold(boot.data_folder())
    if held is None:
        raise click.ClickException("The folder is not there any more.")
    boot.wake()
    from varpa.site.backups import bringing_up

    try:
        click.echo(json.dumps({"erased": bringing_up.bring_up()}))
    except bringing_up.NewerError as error:
        raise click.ClickException(str(error)) from error
