"""`settings.toml` of the data folder: what stands there counts as if the environment said it, which wins.

So the service, a command typed by hand and the nightly backup all know the same.
"""

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from varpa.site.settings_words import WORDS

NAME: Final = "settings.toml"
# Known before the file is found, or of the code alone.
ELSEWHERE: Final = {"VARPA_DATA", "PYTHONPATH", "VARPA_TEST_DATABASE"}
NUMBERS: Final = ("PORT", "VARPA_PROXIES", "VARPA_SECOND_STEP_DAYS")
SETTINGS: Final = sorted(set(WORDS) - ELSEWHERE)


class BadSettingsError(Exception):
    """The file says something that cannot be meant: which and where, in its own words."""


def take(folder: Path) -> None:
    """Let the file of this data folder speak where the environment is silent. Raises BadSettingsError."""
    for name, value in read(folder).items():
        os.environ.setdefault(name, value)


def read(folder: Path) -> dict[str, str]:
    """What the file says, by name; nothing where there is none. Raises BadSettingsError."""
    path = folder / NAME
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadSettingsError(f"{path} cannot be read: {error}") from error
    for name, value in said.items():
        if name not in SETTINGS:
            raise BadSettingsError(f"{path}: there is no setting {name}. {_advice(name)}")
        # A yes or no is a number to Python.
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise BadSettingsError(f"{path}: {name} needs a text in quotation marks, or a whole number.")
        if name in NUMBERS and not str(value).isdecimal():
            raise BadSettingsError(f"{path}: {name} needs a whole number, such as 1.")
    return {name: str(value) for name, value in said.items()}


def _advice(name: str) -> str:
    if name in ELSEWHERE:
        return "It stands in the environment only."
    close = get_close_matches(name, SETTINGS, 1)
    return f"Did you mean {close[0]}?" if close else "docs/settings.md lists all."
