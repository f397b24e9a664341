"""`varpa migrate`, `catalogues`, `docs`, `check`: what keeps an installation and the house in order."""

import sys

import click

from varpa.site import boot


@click.command()
def migrate() -> None:
    """Bring the database up to this version."""
    boot.wake()
    from varpa.site import tables

    tables.migrate(verbosity=1)


@click.command()
def catalogues() -> None:
    """Bring each room's catalogue up to its texts, compile it, and say what is not yet translated.

    Adds new texts without a translation, takes out texts that are no longer used. Ends with 1 where a
    translation is missing.
    """
    boot.wake()
    from varpa.site import catalogues as house

    house.update()
    house.compile_all()
    missing = house.missing()
    for (room, language), texts in sorted(missing.items()):
        click.echo(f"{room}, {language}: {len(texts)} missing, for example: {texts[0]}")
    if missing:
        sys.exit(1)
    click.echo("Every text is translated.")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where a document is not current.")
def docs(check: bool) -> None:
    """Draw the documents that come from the code: docs/access.md, letters.md, states.md, settings.md."""
    boot.wake()
    from varpa.site import drawings as house

    stale = [name for name, text in house.drawn().items() if not house.is_current(name, text)]
    for name in stale:
        click.echo(f"docs/{name} {'is not current' if check else 'was drawn anew'}")
        if not check:
            house.write(name, house.drawn()[name])
    if check and stale:
        sys.exit(1)


@click.command()
@click.option("--letter", metavar="ADDRESS", help="Besides, send one letter to this address, now.")
def check(letter: str | None) -> None:
    """Look whether this installation is sound, and does its work.

    Settings, database, migrations, methodologies, catalogues; where people work with it also its public
    address, the mail server, letters that wait, who may read the data folder, room on the disk, the last
    backup. Ends with 1 where something is wrong: for a watcher, or for cron, which mails what is printed.
    """
    boot.wake()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from varpa.site import running, soundness

    try:
        validate_email(letter or "anna@school.example")
    except ValidationError as error:
        raise click.BadParameter(f"{letter} is no address.", param_hint="--letter") from error

    faults = 0
    for name, found in soundness.checks():
        click.echo(f"{name}: {'in order' if not found else ''}".rstrip())
        for fault in found:
            click.echo(f"  {fault}")
        faults += len(found)
    if letter and (refused := running.send_one(letter)):
        click.echo(f"letter to {letter}:\n  {refused}")
        faults += 1
    elif letter:
        click.echo(f"letter to {letter}: the mail server took it; look whether it came")
    if faults:
        sys.exit(1)


@click.command(hidden=True)
def prepare() -> None:
    """What `varpa serve` does first: database, erasures that a copy has lost, catalogues, static files."""
    boot.wake()
    from varpa.privacy.erasures import BadListError
    from varpa.site import preparation

    try:
        erased = preparation.prepare()
    except BadListError as error:
        raise click.ClickException(str(error)) from error
    if erased:
        click.echo(f"Erased again, because the list of erasures names them: {erased}.")
