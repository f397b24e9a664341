"""`varpa service`: how systemd starts the site with the machine."""

import getpass
import shlex
import sys

import click

from varpa.site import boot

# KillMode: the supervisor ends the others in order. ProtectSystem: it writes into checkout and data only.
UNIT = """\
# Written by: python3 start.py service
[Unit]
Description=Varpa
Wants=network-online.target
After=network-online.target

[Service]
User={user}
WorkingDirectory={root}
Environment="VARPA_DATA={data}"
ExecStart={start}
Restart=always
RestartSec=5
KillMode=mixed
TimeoutStopSec=40
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=full

[Install]
WantedBy=multi-user.target
"""


@click.command()
@click.option("--user", default=getpass.getuser, show_default="you", help="The user who is to run the site.")
def service(user: str) -> None:
    """Print a unit for systemd that starts the site with the machine, from this checkout and data folder.

    Everything else that is set stands in settings.toml of the data folder (docs/operate/install.md).
    """
    if user == "root":
        raise click.ClickException(
            "The site needs no rights of root. Run this as its own user, or say --user."
        )
    start = shlex.join([sys.base_prefix + "/bin/python3", str(boot.ROOT / "start.py"), "serve"])
    said = {"user": user, "root": boot.ROOT, "data": boot.data_folder(), "start": start}
    # To systemd a percent sign is the beginning of something else.
    click.echo(UNIT.format(**{name: str(value).replace("%", "%%") for name, value in said.items()}), nl=False)
