"""`varpa organisation create`: the beginning of a real installation."""

from typing import Any

import click

from varpa.site import boot

OPTIONS = {"person_name": "person"}


@click.group()
def organisation() -> None:
    """The organisation that runs programmes here."""


@organisation.command()
@click.option("--name", prompt="Name of the organisation", help="As it stands on letters and documents.")
@click.option(
    "--person", "person_name", prompt="Your name", help="The first member of the lead partner's staff."
)
@click.option("--email", prompt="Your e-mail address", help="Where the codes for signing in go.")
@click.option("--language", type=click.Choice(["lv", "lt", "en"]), default="en", show_default=True)
@click.option("--zone", default="Europe/Riga", show_default=True, help="The time zone of that person.")
def create(**given: Any) -> None:
    """Begin a real installation: an organisation and the first person of its staff.

    From then on `python3 start.py` serves it; the demonstration stays apart, at `python3 start.py demo`.
    """
    boot.wake()
    from varpa.kernel import clock
    from varpa.kernel.refusals import Refusal
    from varpa.people.actions import create_organisation
    from varpa.people.forms import BeginningForm
    from varpa.site import tables

    form = BeginningForm(given)
    if not form.is_valid():
        wrong = [f"--{OPTIONS.get(field, field)}: {told[0]}" for field, told in form.errors.items()]
        raise click.ClickException("\n".join([*wrong, "Nothing was made."]))
    begun = form.cleaned_data
    tables.migrate()
    try:
        create_organisation(now=clock.now(), **begun)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{begun['name']} is there. Start the site and sign in as {begun['email']}.")
    if where := boot.file_mailbox():
        click.echo(where)
