"""`varpa replay`: a whole programme lived through under a moved clock."""

import json
from datetime import datetime
from pathlib import Path

import click

from varpa.site import boot
from varpa.site.commands.progress import Progress


@click.command()
@click.option("--pairs", type=click.IntRange(1, 5000), default=24, show_default=True, help="How many pairs.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="One seed, one programme: the same every time."
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Stop at the end of this day, for example 2013-11-30; else at the end of the programme.",
)
@click.option(
    "--methodology",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of another methodology; else the one of the source document.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as one JSON object.")
def replay(pairs: int, seed: int, until: datetime | None, methodology: Path | None, as_json: bool) -> None:
    """Live a whole programme through, in an empty data folder and through the same actions as the pages.

    The programme begins on 1 March 2013 and keeps to the calendar of its methodology. Nothing is printed
    but what came of it; how far it is stands on the error output.
    """
    boot.wake()
    from varpa.methodology import Broken
    from varpa.site import catalogues, tables
    from varpa.site import replay as lived

    tables.migrate()
    catalogues.compile_all()
    progress = Progress("Replay")
    last = until.date() if until else None
    try:
        told = lived.replay(pairs=pairs, seed=seed, until=last, methodology=methodology, progress=progress)
    except (lived.NotEmpty, lived.TooEarly, Broken) as error:
        raise click.ClickException(str(error)) from error
    progress.finish()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(
        f"{len(told['pairs'])} pairs, {told['actions']} actions, {told['history_lines']} lines of history."
    )
