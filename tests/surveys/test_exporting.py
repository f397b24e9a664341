"""What SPSS and Stata read: names and labels that both of them take (S16)."""

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, CLOSED, LAST, LATER, crowd, invitations
from varpa.kernel.text import TranslatedText
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.copying import copy_survey
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.exporting import export_answers
from varpa.surveys.actions.results import compute_results
from varpa.surveys.actions.sending import close_survey, send_survey
from varpa.surveys.exporting import SPSS, STATA, Data, Variable, labelled, names_of
from varpa.surveys.models import Question, Survey
from varpa.surveys.values import LARGEST

pytestmark = pytest.mark.django_db
NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
LOOK_BACK = {"mobilising_resources": 2, "mobilising_others": 3}


def exported(survey: Survey, cast: Cast) -> dict[str, bytes]:
    content = export_answers(survey=survey, kind="zip", by=cast.inga, now=CLOSED)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig")), delimiter=";"))


def read_back(files: dict[str, bytes], name: str, folder: Path) -> tuple[Any, Any]:
    """The rows and the labels of a file, by the library that statisticians read it with."""
    place = folder / name
    place.write_bytes(files[name])
    return pyreadstat.read_sav(place) if name.endswith("sav") else pyreadstat.read_dta(place)


@pytest.fixture
def copied(cast: Cast) -> Survey:
    """Competences with their look back, asked alone: by names as long as any."""
    crowd(cast.programme, {("mentee", "LV"): 12})
    form = open_survey(programme=cast.programme, form="competences_end", by=cast.inga, now=NOW)
    survey = copy_survey(
        survey=form, name=TranslatedText.same("Prasmes"), closes_on=None, by=cast.inga, now=NOW
    )
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    for each in invitations(survey):
        submit_answers(invitation=each, values={"entrecomp_looking_back": LOOK_BACK}, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    return survey


@pytest.mark.parametrize("name", ["answers.sav", "answers.dta"])
def test_spss_and_stata_get_the_rows_with_their_labels(
    cast: Cast, copied: Survey, name: str, tmp_path: Path
) -> None:
    """Stata stops at a name that is too long."""
    files = exported(copied, cast)
    rows, book = table(files, "answers.csv"), table(files, "codebook.csv")
    heads = [head for head in rows[0] if head not in ("role", "country")]
    assert len(heads) == len(LOOK_BACK)
    assert all(NAME.fullmatch(head) for head in heads), heads
    assert sorted(rows[0][head] for head in heads) == ["2", "3"]
    assert {row["variable"] for row in book} == set(heads)
    found, told = read_back(files, name, tmp_path)
    assert list(found.columns) == list(rows[0])
    assert [{head: str(int(row[head])) for head in heads} for _at, row in found.iterrows()] == [
        {head: row[head] for head in heads} for row in rows
    ]
    for head in heads:
        words = {int(row["value"]): row["means"] for row in book if row["variable"] == head and row["means"]}
        assert told.variable_value_labels[head] == words
        assert told.column_names_to_labels[head]


@pytest.mark.parametrize("name", ["answers.sav", "answers.dta"])
def test_what_nobody_answered_is_missing_and_no_nought(name: str, tmp_path: Path) -> None:
    question = Question(key="course", kind="scale")
    steps = ((1, "ļoti " * 60), (5, "nē"))
    asked = [Variable(each, "Kā veicas?\n" * 40, steps, question) for each in ("course", "other")]
    data = Data(asked, ["role"], [["mentor", 1, None], ["mentee", None, None]], [])
    program = SPSS if name.endswith("sav") else STATA
    found, told = read_back({name: labelled(data, program)}, name, tmp_path)
    assert found.isna().sum().to_dict() == {"role": 0, "course": 1, "other": 2}
    assert list(found["role"]) == ["mentor", "mentee"]
    assert len(told.column_names_to_labels["course"].encode()) <= program.label
    assert told.variable_value_labels["course"][1].startswith("ļoti ļoti")


@pytest.mark.parametrize("name", ["answers.sav", "answers.dta"])
def test_a_large_number_is_kept_whole(name: str, tmp_path: Path) -> None:
    asked = [Variable("turnover", "Apgrozījums", (), Question(key="turnover", kind="number"))]
    data = Data(asked, ["role"], [["mentor", LARGEST], ["mentee", None]], [])
    program = SPSS if name.endswith("sav") else STATA
    found, _told = read_back({name: labelled(data, program)}, name, tmp_path)
    assert found["turnover"].dropna().tolist() == [LARGEST]


def test_a_key_of_another_methodology_becomes_a_name() -> None:
    long = "what_each_of_us_has_learnt_from_it"
    names = names_of(["first-half", "2014", "first_half", f"{long}_one", f"{long}_two"])
    assert names[:3] == ["first_half", "v_2014", "first_half_2"]
    assert len(set(names)) == 5
    assert all(NAME.fullmatch(name) for name in names)
