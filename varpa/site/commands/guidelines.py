"""`varpa guidelines export`: the methodology of the next programme, from what one has learnt."""

from pathlib import Path

import click

from varpa.site import boot


@click.group()
def guidelines() -> None:
    """Guidelines of a programme: what it has learnt, for the next one."""


@guidelines.command()
@click.option("--programme", "ref", required=True, help="The programme, by its reference.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder that is not there yet, or a file that ends in .zip.",
)
@click.option("--version", "number", type=int, help="Which published version; else the newest.")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder that the programme was made from, where it lies elsewhere: its comments and order stay.",
)
def export(ref: str, out: Path, number: int | None, folder: Path | None) -> None:
    """Write the methodology folder that comes of published guidelines, as a folder or as a ZIP archive.

    It passes `varpa methodology check`; a programme begins from it once it lies where VARPA_METHODOLOGIES
    names its folders, or once the archive is uploaded. The same version gives the same bytes.
    """
    boot.wake()
    from django.conf import settings

    from varpa.guidelines.exporting import archive, exported
    from varpa.guidelines.models import Version
    from varpa.guidelines.queries import versions_read
    from varpa.methodology import Broken
    from varpa.methodology.folders import put_down
    from varpa.site import tables

    tables.migrate()
    versions = versions_read(Version.objects.filter(programme__ref=ref))
    version = (versions.filter(number=number) if number else versions).first()
    if version is None:
        raise click.ClickException("This programme has published no such guidelines.")
    if out.exists() and (out.is_dir() or out.suffix.lower() != ".zip"):
        raise click.ClickException(f"{out} is there already; name a new folder, or a file that ends in .zip.")
    try:
        found = exported(version, folder or Path(settings.METHODOLOGIES))
    except Broken as broken:
        raise click.ClickException(str(broken)) from broken
    if out.suffix.lower() == ".zip":
        out.write_bytes(archive(found.files, found.name))
    else:
        put_down(found.files, out)
    count = len(found.differences)
    click.echo(
        f"{out}: {found.after.title.en}, version {found.after.version}; {count} texts and figures differ."
    )
