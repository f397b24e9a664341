"""`varpa mail-in`, `varpa lmtp`: the two roads by which a mail server hands in answers."""

import sys

import click

from varpa.site import boot
from varpa.site.commands.using import in_use

TRY_AGAIN = 75
"""What a mail server reads as "not now": it keeps the mail and comes again (sysexits, EX_TEMPFAIL)."""


@click.command("mail-in")
def mail_in() -> None:
    """Take one mail from standard input: for a pipe of the mail server.

    A line of Postfix's or Exim's aliases may call it:

    \b
        reply: "|/srv/varpa/start.py mail-in"

    The mail is kept before the command ends; the worker places it within seconds. Where the database does not
    answer, or a backup is being restored, the command ends with 75 and the mail server brings the mail again
    later.
    """
    raw = sys.stdin.buffer.read()
    if not raw.strip():
        raise click.ClickException("There was no mail on standard input.")
    boot.wake()
    from django.db import DatabaseError

    from varpa.kernel import clock
    from varpa.post import inbound
    from varpa.site import locks

    try:
        with locks.served(boot.data_folder()):
            inbound.keep(raw, clock.now())
    except DatabaseError as error:
        click.echo(f"The database did not answer: {error}", err=True)
        sys.exit(TRY_AGAIN)
    except locks.InUseError as error:
        click.echo(str(error), err=True)
        sys.exit(TRY_AGAIN)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the mail server reaches it.")
@click.option("--port", default=8024, show_default=True, help="The port to listen on.")
@in_use()
def lmtp(host: str, port: int) -> None:
    """Take mail by LMTP (RFC 2033) from the mail server of this house, until Ctrl-C.

    Postfix is told so in main.cf, with `recipient_delimiter = +` for the signed addresses:

    \b
        transport_maps = inline:{ reply@school.example=lmtp:inet:127.0.0.1:8024 }

    It answers yes only once the mail is kept; the worker places it within seconds.
    """
    boot.wake()
    from varpa.site.ending import Ending
    from varpa.site.lmtp import serving

    ending = Ending()
    with serving(host, port) as address:
        click.echo(f"Mail is taken by LMTP at {address}  (Ctrl-C ends it)")
        while not ending.asked:
            ending.rest(1.0)
