"""`varpa person`: the way back in where nobody else can open it."""

import click

from varpa.site import boot


@click.group()
def person() -> None:
    """Somebody who signs in here."""


@person.command("change-address")
@click.argument("present")
@click.argument("new")
def change_address(present: str, new: str) -> None:
    """Let letters and codes of whoever has the address PRESENT go to the address NEW.

    For whoever has lost the old mailbox, or the first person of the staff, whose address was mistyped:
    everybody else changes it on "My page". All sessions end, the old address is told, and the history says
    that it was done at the command line. Make sure first that it is really this person who asks.
    """
    boot.wake()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from varpa.factors.actions import correct_address
    from varpa.history.models import Channel
    from varpa.kernel import clock
    from varpa.kernel.refusals import Refusal
    from varpa.people.queries import by_address

    found, address = by_address(present), new.strip().lower()
    if found is None:
        raise click.ClickException(f"Nobody here has the address {present}. Nothing was changed.")
    try:
        validate_email(address)
        correct_address(
            person=found,
            address=address,
            was=found.email or "",
            by=None,
            now=clock.now(),
            channel=Channel.COMMAND,
        )
    except ValidationError as error:
        raise click.ClickException(f"{new} is no address. Nothing was changed.") from error
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{found.name} signs in with {address} from now on.")


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
