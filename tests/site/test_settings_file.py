"""`settings.toml` of the data folder: one place for the service, the commands and the nightly backup."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from varpa.site import boot, settings_file

ADDRESS = 'VARPA_URL = "https://varpa.skola.example"\n'


def written(folder: Path, text: str) -> Path:
    (folder / settings_file.NAME).write_text(text)
    return folder


def test_what_stands_in_the_file_counts_as_if_the_environment_said_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARPA_FROM", "said before")
    monkeypatch.delenv("VARPA_URL", raising=False)
    monkeypatch.setenv("VARPA_PROXIES", "")
    monkeypatch.delenv("VARPA_PROXIES")
    settings_file.take(written(tmp_path, f'{ADDRESS}VARPA_FROM = "by the file"\nVARPA_PROXIES = 1\n'))
    names = ("VARPA_URL", "VARPA_FROM", "VARPA_PROXIES")
    assert [os.environ[name] for name in names] == ["https://varpa.skola.example", "said before", "1"]
    # Taken back by the fixture only if it knows of it.
    for name in ("VARPA_URL", "VARPA_PROXIES"):
        monkeypatch.delenv(name)


def test_without_a_file_nothing_is_said(tmp_path: Path) -> None:
    assert settings_file.read(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('VARPA_SMPT = "smtp://mail.example"', "there is no setting VARPA_SMPT. Did you mean VARPA_SMTP?"),
        ('COLOUR = "blue"', "docs/settings.md lists all."),
        ('VARPA_DATA = "/srv/data"', "It stands in the environment only."),
        ("VARPA_PROXIES = true", "VARPA_PROXIES needs a text in quotation marks, or a whole number."),
        (f"{ADDRESS}VARPA_FROM = Varpa", "line 2"),
    ],
)
def test_what_cannot_be_meant_is_told_by_its_place(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(settings_file.BadSettingsError) as error:
        settings_file.read(written(tmp_path, text))
    assert told in str(error.value)
    assert str(tmp_path / settings_file.NAME) in str(error.value)


def test_another_encoding_is_told_and_no_stack_is_shown(tmp_path: Path) -> None:
    (tmp_path / settings_file.NAME).write_bytes('VARPA_FROM = "Skola Cēsīs"'.encode("cp1257"))
    told = asked(tmp_path, "check")
    assert told.returncode == 1
    assert told.stderr.startswith(f"{tmp_path / settings_file.NAME} cannot be read")
    assert "Traceback" not in told.stderr


def test_every_command_reads_it(tmp_path: Path) -> None:
    written(tmp_path, 'VARPA_FROM = "Skola <varpa@skola.example>"\n')
    code = "from varpa.site.cli import main; import os, click\n"
    shown = "main.add_command(click.Command('shown', callback=lambda: print(os.environ['VARPA_FROM'])))\n"
    run = "import sys; from varpa.site.__main__ import main as begin; begin()"
    told = subprocess.run(
        [sys.executable, "-c", code + shown + run, "shown"],
        env=boot.environment(VARPA_DATA=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.strip() == "Skola <varpa@skola.example>", told.stderr


def asked(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        boot.varpa(*arguments),
        env=boot.environment(VARPA_DATA=str(folder)),
        capture_output=True,
        text=True,
        check=False,
    )
