"""`varpa import`: the preview in words, then all or nothing."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests import make
from tests.applications.conftest import PUPILS, text_of
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.models import Roster, RosterState
from varpa.history.models import Channel, Line
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Membership
from varpa.site.cli import main

pytestmark = pytest.mark.django_db


def run(
    folder: Path,
    rows: list[list[str]],
    *options: str,
    encoding: str = "cp1257",
    country: str = "LV",
    **given: Any,
) -> Result:
    path = folder / "saraksts.csv"
    path.write_bytes(text_of(rows).encode(encoding))
    return CliRunner().invoke(main, ["import", str(path), "--country", country, *options], **given)


def test_a_list_is_shown_and_nothing_taken_in_unless_asked(cast: Cast, tmp_path: Path) -> None:
    before = Membership.objects.count()
    told = run(tmp_path, PUPILS, "--programme", cast.programme.ref)
    assert (told.exit_code, Membership.objects.count()) == (1, before)
    assert "3 people, read as Windows-1257." in told.output
    assert "Vārds, uzvārds (name)" in told.output
    assert "New: 3. Known, with something new: 0. Known, as before: 0." in told.output
    assert "add --yes" in told.output
    assert Roster.objects.get().state == RosterState.DROPPED


def test_the_first_names_are_said_and_an_encoding_may_be_named(cast: Cast, tmp_path: Path) -> None:
    asked = ("--programme", cast.programme.ref, "--saved-in")
    assert (
        "The first: Kārlis Šķēle, Žanete Ķirse, Mārtiņš Zariņš."
        in run(tmp_path, PUPILS, *asked, "cp1257").output
    )
    assert "ķ" not in run(tmp_path, PUPILS, *asked, "Windows-1250").output
    assert "was not saved as UTF-8" in run(tmp_path, PUPILS, *asked, "utf_8").output
    assert "No encoding here is called nothing" in run(tmp_path, PUPILS, *asked, "nothing").output


def test_a_list_is_taken_in_and_again_without_doubles(cast: Cast, tmp_path: Path) -> None:
    asked = ("--programme", cast.programme.ref, "--yes")
    told = run(tmp_path, PUPILS, *asked)
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "3 added, 0 changed, 0 as before.")
    again = run(tmp_path, PUPILS, *asked, encoding="utf_16")
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "0 added, 0 changed, 3 as before.")
    line = Line.objects.filter(verb="person.add").last()
    assert line is not None
    assert (line.channel, line.actor) == (Channel.COMMAND, None)


def test_a_wrong_line_keeps_all_out(cast: Cast, tmp_path: Path) -> None:
    before = Membership.objects.count()
    rows = [*PUPILS, ["Anna Ozola", "anna", "mentee", "", "", "", ""]]
    told = run(tmp_path, rows, "--programme", cast.programme.ref, "--yes")
    assert (told.exit_code, Membership.objects.count()) == (1, before)
    assert "line 5, Anna Ozola: “anna” is no e-mail address." in told.output
    assert "add --yes" not in told.output


def test_what_is_no_list_is_told_in_a_sentence(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"%PDF-1.7")
    told = CliRunner().invoke(main, ["import", str(path), "--programme", cast.programme.ref])
    assert (told.exit_code, "Save it as CSV or XLSX" in told.output) == (1, True)


def test_the_role_may_be_said_by_an_option(cast: Cast, tmp_path: Path) -> None:
    rows = [["name"], ["Anna Ozola"]]
    told = run(tmp_path, rows, "--programme", cast.programme.ref, "--yes")
    assert told.exit_code == 1
    assert "who is a mentor and who a mentee. Say it with --role mentor or --role mentee" in told.output
    assert "beside the file" not in told.output
    assert run(tmp_path, rows, "--programme", cast.programme.ref, "--role", "mentor", "--yes").exit_code == 0
    assert Membership.objects.get(person__name="Anna Ozola").role == "mentor"


def test_a_line_without_a_role_names_the_option(cast: Cast, tmp_path: Path) -> None:
    rows = [["name", "role"], ["Anna Ozola", ""], ["Jānis Liepa", "mentor"]]
    told = run(tmp_path, rows, "--programme", cast.programme.ref, "--yes")
    assert told.exit_code == 1
    assert "line 2, Anna Ozola: the role is missing" in told.output
    assert "or say it with --role." in told.output
    assert "upload" not in told.output


def test_the_programme_need_not_be_said_where_there_is_one(tmp_path: Path) -> None:
    told = run(tmp_path, PUPILS, "--yes")
    assert "There is no programme that runs" in told.output
    one = make.programme()
    assert run(tmp_path, PUPILS, "--yes").exit_code == 0
    two = make.programme(make.organisation("Šiaulių verslo inkubatorius"))
    told = run(tmp_path, PUPILS, "--yes")
    assert told.exit_code == 1
    assert one.ref in told.output
    assert two.ref in told.output
    for step in ("close", "finish"):
        take_step(programme=two, step=step, by=None, now=NOW)
    assert run(tmp_path, PUPILS, "--yes").exit_code == 0
    assert "no programme nothere" in run(tmp_path, PUPILS, "--programme", "nothere").output
