"""`varpa person reset-sign-in`: the way back in where nobody else can open it."""

import click

from varpa.site import boot


@click.group()
def person() -> None:
    """Somebody who signs in here."""


@person.command("reset-sign-in")
@click.argument("address")
def reset_sign_in(address: str) -> None:
    """Take off the second step and the passkeys of whoever has this e-mail address.

    For the only person who runs the programmes here, whose phone and recovery codes are lost; others are
    reset on the pages of Varpa. The history says that it was done at the command line, and a letter goes to
    the person. Make sure first that it is really this person who asks.
    """
    boot.wake()
    from varpa.factors.actions import reset
    from varpa.history.models import Channel
    from varpa.kernel import clock
    from varpa.kernel.refusals import Refusal
    from varpa.people.queries import by_address

    found = by_address(address)
    if found is None:
        raise click.ClickException(f"Nobody here has the address {address}. Nothing was changed.")
    try:
        reset(person=found, by=None, now=clock.now(), channel=Channel.COMMAND)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{found.name} signs in by the code by mail, and then sets the second step up anew.")
