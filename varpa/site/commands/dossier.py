"""A programme's dossier: everything that a funder asks for, in one archive that proves itself."""

import os
from datetime import datetime
from pathlib import Path

import click

from varpa.site import boot
from varpa.site.commands.using import in_use
from varpa.site.ending import in_order

DAY = click.DateTime(["%Y-%m-%d"])
ARCHIVE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def dossier() -> None:
    """Put a programme's dossier together, or prove that one was not changed."""


@dossier.command()
@click.option("--programme", required=True, help="The programme's reference.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The archive.")
@click.option("--period", default="", help="A reporting period of the programme, by its name.")
@click.option("--from", "first", type=DAY, help="The first day of the period, included.")
@click.option("--to", "last", type=DAY, help="The last day of the period, included.")
@click.option(
    "--partner", default="", help="A partner: its reference, name, or country where it is the only one."
)
@click.option("--language", type=click.Choice(["lv", "lt", "en"]), default="en", show_default=True)
@click.option(
    "--names",
    type=click.Choice(["signed", "nowhere", "everywhere"]),
    default="signed",
    show_default=True,
    help="Where pupils stand by name.",
)
def build(
    programme: str,
    out: Path,
    period: str,
    first: datetime | None,
    last: datetime | None,
    partner: str,
    language: str,
    names: str,
) -> None:
    """Write the dossier of a programme: the same state gives the same bytes."""
    boot.wake()
    from django.utils import translation

    from varpa.dossier.archive import sum_of
    from varpa.dossier.building import build as put_together
    from varpa.dossier.reach import Reach, partner_asked, period_asked, require_period
    from varpa.kernel.refusals import Refusal
    from varpa.programmes.models import Programme

    found = Programme.objects.select_related("organisation", "emblem", "methodology_version")
    of = found.filter(ref=programme).first()
    if of is None:
        raise click.ClickException(
            f"No programme has the reference {programme}. "
            "It stands in the address of its pages: /programmes/REF/."
        )
    days = {name: day.date() if day else None for name, day in (("first", first), ("last", last))}
    with translation.override(language):
        try:
            begins, ends = period_asked(of, period, days["first"], days["last"])
            require_period(begins, ends)
            reach = Reach(of, language, begins, ends, partner_asked(of, partner), names)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
        try:
            # Told to end, it takes away what was begun beside the result.
            with in_order():
                built = put_together(reach, out)
        except OSError as error:
            raise click.ClickException(
                f"{out} could not be written ({error.strerror}). Nothing is left of it."
            ) from error
    click.echo(f"{out}: {len(built.packed)} files, as of {built.as_of:%Y-%m-%d %H:%M} UTC")
    click.echo(f"SHA-256 {sum_of(out)}")


@dossier.command()
@click.argument("file", type=ARCHIVE)
@click.option("--sha256", default="", help="The sum that the programme's page shows for it.")
@click.option("--language", type=click.Choice(["lv", "lt", "en"]), default="en", show_default=True)
def verify(file: Path, sha256: str, language: str) -> None:
    """Prove that a dossier is as it was made."""
    boot.wake()
    from django.utils import translation

    from varpa.dossier.verifying import told
    from varpa.dossier.verifying import verify as prove
    from varpa.kernel.refusals import Refusal

    with translation.override(language):
        try:
            found = prove(file, expected=sha256)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
        click.echo(told(found, str(file), compared=bool(sha256)))


@click.command(hidden=True)
@in_use()
def dossiers() -> None:
    """Put together the dossiers that wait: started beside the worker by itself."""
    # Pages and letters go first.
    os.nice(10)
    boot.wake()
    from varpa.dossier.actions.working import build_waiting
    from varpa.kernel import clock

    build_waiting(clock.now)
