"""Matching two plain lists, without a database."""

import os
from pathlib import Path

import click

from varpa.site import boot
from varpa.site.commands.using import in_use

TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("mentees", type=TABLE)
@click.argument("mentors", type=TABLE)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder for the results.",
)
@click.option("--language", type=click.Choice(["lv", "lt", "en"]), default="en", show_default=True)
def match(mentees: Path, mentors: Path, out: Path, language: str) -> None:
    """Match the mentees of one file with the mentors of another.

    Both are CSV or XLSX with a first line of headings; lists in a cell are separated by “;”.

    \b
    MENTEES  id, name, school, languages, interests, means, region, availability, topic
    MENTORS  id, name, company, languages, sectors, means, region, availability, experience, capacity

    Both may have a column “wishes”: whom, or what kind of company, one would like.

    Written are pairs.csv, unplaced.csv and summary.json. What somebody has not said is left empty: it counts
    neither for nor against.
    """
    boot.wake()
    from django.utils import translation

    from varpa.kernel.refusals import Refusal
    from varpa.matching.tables import match_files

    with translation.override(language):
        try:
            summary = match_files(mentees, mentors, out)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
    click.echo(
        f"{summary['placed']} of {summary['mentees']} mentees placed with {summary['mentors']} mentors "
        f"({summary['places']} places), in {summary['seconds']} s. See {out}."
    )


@click.command(hidden=True)
@in_use()
def matchings() -> None:
    """Do the matchings and proposals that wait: started beside the worker by itself."""
    # Pages and letters go first.
    os.nice(10)
    boot.wake()
    from varpa.kernel import clock
    from varpa.matching.actions.going import do_all

    do_all(clock.now)
