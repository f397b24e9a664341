"""`varpa backup` and `varpa restore`: an installation in one file, and back on a machine."""

import json
import os
from pathlib import Path

import click

from varpa.site import boot

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write everything of this installation into FILE, while the site runs.

    The database as it is at one moment, stored files, the keys of the data folder and the list of erasures,
    with a SHA-256 of each. Only its owner can read the file; whoever has it has everything.
    """
    from varpa.kernel import clock
    from varpa.site.backups import databases, making

    file = file.absolute()
    try:
        made = making.back_up(
            file, data=boot.data_folder(), url=os.environ.get("DATABASE_URL", ""), now=clock.now()
        )
    except FileExistsError as error:
        raise click.ClickException(f"There is a file {file} already; it was left as it is.") from error
    except (making.NothingThereError, databases.UnfitError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"The backup could not be written: {error}.") from error
    click.echo(f"{file}: {len(made.members)} files, {file.stat().st_size / 1_000_000:.1f} MB.")
    if "secret.txt" not in made.members:
        click.echo("The key of signatures (VARPA_SECRET) is not in it: keep that one yourself.")


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
def restore(file: Path, replace: bool, lists: tuple[Path, ...]) -> None:
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
        done = restoring.restore(
            file.absolute(),
            data=boot.data_folder(),
            url=os.environ.get("DATABASE_URL", ""),
            now=clock.now(),
            replace=replace,
            lists=lists,
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
    click.echo(f"Restored: as it was at {done.manifest.made_at}, by version {done.manifest.version}.")
    if done.erased:
        click.echo(f"Erased again, because the list of erasures names them: {done.erased}.")
    if not done.listed:
        click.echo(
            "No list names anybody whom the backup's own does not. If there is a newer list, restore again "
            "with --replace --erasures FILE: without it whoever was erased since is back."
        )
    if not done.secret:
        click.echo("The key of signatures was not in the backup: set the same VARPA_SECRET as before.")
    if done.former:
        click.echo(f"What was there lies in {boot.data_folder() / done.former}. Delete it once all is well.")


@click.command(hidden=True)
def restored() -> None:
    """What `varpa restore` does with the proved copy before it takes its place."""
    boot.wake()
    from varpa.site.backups import bringing_up

    try:
        click.echo(json.dumps({"erased": bringing_up.bring_up()}))
    except bringing_up.NewerError as error:
        raise click.ClickException(str(error)) from error
