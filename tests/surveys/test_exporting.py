"""What SPSS and Stata read: names and labels that both of them take (S16)."""

import csv
import io
import re
import zipfile

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
from varpa.surveys.exporting import names_of
from varpa.surveys.models import Survey

pytestmark = pytest.mark.django_db
NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
LOOK_BACK = {"mobilising_resources": 2, "mobilising_others": 3}


def exported(survey: Survey, cast: Cast) -> dict[str, str]:
    content = export_answers(survey=survey, kind="zip", by=cast.inga, now=CLOSED)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


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


def test_names_are_such_that_stata_and_spss_take_them(cast: Cast, copied: Survey) -> None:
    """Stata stops at a name of more than 32 letters."""
    files = exported(copied, cast)
    rows = list(csv.DictReader(io.StringIO(files["answers.csv"]), delimiter=";"))
    heads = [head for head in rows[0] if head not in ("role", "country")]
    assert len(heads) == len(LOOK_BACK)
    assert all(NAME.fullmatch(head) for head in heads), heads
    assert sorted(rows[0][head] for head in heads) == ["2", "3"]
    book = csv.DictReader(io.StringIO(files["codebook.csv"]), delimiter=";")
    assert {row["variable"] for row in book} == set(heads)
    assert all(f"label values {head} {head}" in files["answers.do"] for head in heads)
    assert all(f"  {head} F8.0" in files["answers.sps"] for head in heads)


def test_a_key_of_another_methodology_becomes_a_name() -> None:
    long = "what_each_of_us_has_learnt_from_it"
    names = names_of(["first-half", "2014", "first_half", f"{long}_one", f"{long}_two"])
    assert names[:3] == ["first_half", "v_2014", "first_half_2"]
    assert len(set(names)) == 5
    assert all(NAME.fullmatch(name) for name in names)


def test_no_label_is_longer_than_spss_keeps(cast: Cast, copied: Survey) -> None:
    """It counts bytes, of which a letter with a mark has two."""
    for line in exported(copied, cast)["answers.sps"].splitlines():
        for said in re.findall(r"'((?:[^']|'')*)'", line):
            most = 256 if line.startswith("VARIABLE LABELS") else 120
            assert len(said.encode()) <= most
            assert said
