"""`varpa replay`: a whole programme lived through under a moved clock."""

import json
from datetime import datetime

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
    help="Stop on this day, for example 2014-04-30; else at the end.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as one JSON object.")
def replay(pairs: int, seed: int, until: datetime | None, as_json: bool) -> None:
    """Live a whole programme through, in an empty data folder and through the same actions as the pages."""
    boot.wake()
    from django.core.management import call_command

    from varpa.site import replay as lived

    call_command("migrate", interactive=False, verbosity=0)
    progress = Progress("Replay")
    told = lived.replay(pairs=pairs, seed=seed, until=until.date() if until else None, progress=progress)
    progress.finish()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(
        f"{len(told['pairs'])} pairs, {told['actions']} actions, {told['history_lines']} lines of history."
    )
