"""Waking Django up in a command, and the places that a command needs to know before that."""

import os
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent.parent
MARKER = "demonstration.txt"
TRIAL = "trial.txt"
"""Marks a trial copy of a backup (`varpa restore --trial`): nothing leaves it."""


def wake() -> None:
    """Make settings, models and the database ready to be used in this process."""
    make_folder()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varpa.site.settings")
    import django

    django.setup()


def data_folder() -> Path:
    """Where everything of this installation lies: `VARPA_DATA`, else `./data`."""
    return Path(os.environ.get("VARPA_DATA", "data")).resolve()


def make_folder() -> None:
    """Have a data folder, whose it is alone; where that cannot be, a command ends with a sentence."""
    folder = data_folder()
    try:
        # Nobody else of this machine looks into it, unless whoever runs the site lets them.
        folder.mkdir(0o700, parents=True, exist_ok=True)
    except OSError as error:
        words = f"The data folder {folder} (VARPA_DATA) cannot be used: {error.strerror}."
        raise click.ClickException(words) from error


def file_mailbox() -> str:
    """Where letters go while no mail server is named, in a sentence; "" where one is."""
    folder = data_folder() / "mailbox"
    if (data_folder() / TRIAL).exists():
        return f"This is a trial copy, nothing leaves it: letters, and codes for signing in, lie in {folder}"
    if os.environ.get("VARPA_SMTP"):
        return ""
    return f"No mail server is named (VARPA_SMTP): letters, and codes for signing in, lie in {folder}"


def varpa(*arguments: str) -> list[str]:
    """The command line that runs `varpa ARGUMENTS` in a process of its own."""
    return [sys.executable, "-m", "varpa.site", *arguments]


def environment(**changes: str) -> dict[str, str]:
    """The environment of such a process: it finds this checkout wherever it is started from."""
    paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONUNBUFFERED": "1",
        **changes,
    }
