"""`varpa methodology check PATH`: is this folder a methodology?"""

import sys
from pathlib import Path

import click


@click.group()
def methodology() -> None:
    """Methodology folders: the programme as data."""


@methodology.command()
@click.argument("path", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Read the folder PATH whole and say everything that is wrong, with file and line.

    Ends with 0 for a good folder, else with 1.
    """
    from varpa.methodology import report

    words, code = report(path)
    click.echo(words)
    sys.exit(code)
