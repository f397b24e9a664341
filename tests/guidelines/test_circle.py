"""The circle: what one programme has learnt is the methodology from which the next one starts."""

import io
import re
import zipfile
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Cast
from tests.guidelines.conftest import ADVICE
from tests.make import FOLDER, NOW
from varpa.evaluation.queries import board
from varpa.guidelines.actions.guidelines import adopt, draft, publish
from varpa.guidelines.exporting import archive, exported
from varpa.guidelines.models import Guidelines, Version
from varpa.guidelines.words import LEARNT_TITLE
from varpa.kernel.text import TranslatedText
from varpa.methodology import load, report
from varpa.methodology.folders import Files, put_down
from varpa.methodology.numbering import next_version
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
TASK = "roles.mentor.tasks.first_meeting.text"
WORDED = TranslatedText(
    "Vadīt pirmo tikšanos klātienē.", "Vesti pirmąjį susitikimą gyvai.", "Lead it in person."
)


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    return Path(settings.METHODOLOGIES)


def test_the_next_programme_starts_from_what_was_learnt(
    cast: Cast, guidelines: Guidelines, folders: Path, tmp_path: Path
) -> None:
    adopt(programme=cast.programme, path="hours_minutes", value=18 * 60, by=cast.inga, now=NOW)
    adopt(programme=cast.programme, path=TASK, value=WORDED.as_dict(), by=cast.inga, now=NOW)
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    out = exported(version, folders)
    put_down(out.files, tmp_path / out.name)
    words, code = report(tmp_path / out.name)
    assert (code, "version 1.1" in words, "18 hours in 14 months" in words) == (0, True, True)
    second = begin_programme(
        organisation=cast.organisation,
        folder=tmp_path / out.name,
        ref="secondprogramme00001",
        name=TranslatedText.same("Educate for Business 2026"),
        starts=date(2026, 9, 1),
        ends=date(2027, 10, 31),
        by=cast.dace,
        now=NOW,
    )
    methodology = methodology_of(second)
    assert methodology.hours_minutes == 18 * 60
    assert methodology.role("mentor").tasks[4].text == WORDED
    for key in ("learnt", "company-visit"):
        body = methodology.document(key).body
        assert all(ADVICE in text for text in (body.lv, body.lt, body.en))
    rows = board(second, NOW)
    assert len(rows) == len(load(FOLDER).calendar)
    assert {cell.state for row in rows for cells in row.cells for cell in cells} == {"not_yet"}


def test_comments_of_the_folder_stay_and_nothing_else_changes(
    cast: Cast, guidelines: Guidelines, folders: Path
) -> None:
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    files = exported(version, folders).files
    before = (FOLDER / "calendar.toml").read_text(encoding="utf-8")
    assert files["calendar.toml"] == before
    assert files["methodology.toml"].startswith("# The mentoring methodology of the cross-border project")


@pytest.mark.parametrize(
    ("language", "hours", "phase", "task"),
    [
        ("lv", "Stundas, ko pāris pavada kopā", "Fāzes · Sākums", "Mentors"),
        ("lt", "Valandos, kurias pora praleidžia kartu", "Etapai · Pradžia", "Mentorius"),
        ("en", "Hours of a pair together", "Phases · Start", "Mentor"),
    ],
)
def test_what_changes_is_headed_by_what_a_person_calls_it(
    cast: Cast,
    guidelines: Guidelines,
    folders: Path,
    language: str,
    hours: str,
    phase: str,
    task: str,
) -> None:
    """Its path stands beside, for whoever looks it up in the folder."""
    adopt(programme=cast.programme, path="hours_minutes", value=18 * 60, by=cast.inga, now=NOW)
    for path in (TASK, "phases.start.text"):
        adopt(programme=cast.programme, path=path, value=WORDED.as_dict(), by=cast.inga, now=NOW)
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    told = exported(version, folders).files[f"CHANGES.{language}.txt"].splitlines()
    heads = {
        path: head for head, path in re.findall(r"^## (.+) \(([\w.-]+)\)$", "\n".join(told), re.MULTILINE)
    }
    assert len(heads) == sum(each.startswith("## ") for each in told)
    assert {"version", "hours_minutes", "phases.start.text", TASK, "documents.learnt.body"} <= set(heads)
    assert heads["hours_minutes"] == hours
    assert heads["phases.start.text"].startswith(phase)
    assert task in heads[TASK].split(" · ")
    assert LEARNT_TITLE.within(language) in heads["documents.learnt.body"]
    assert not any(re.search(r"\w[._]\w", each) for each in heads.values())


def test_the_same_state_gives_the_same_bytes(cast: Cast, guidelines: Guidelines, folders: Path) -> None:
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    first, second = (exported(version, folders) for _turn in range(2))
    assert archive(first.files, first.name) == archive(second.files, second.name)
    with zipfile.ZipFile(io.BytesIO(archive(first.files, first.name))) as packed:
        assert packed.testzip() is None
        assert f"{first.name}/lv/learnt.md" in packed.namelist()


def test_without_the_folder_it_is_written_from_what_the_programme_kept(
    cast: Cast, guidelines: Guidelines, folders: Path, tmp_path: Path
) -> None:
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    kept, written = exported(version, folders), exported(version, tmp_path / "nowhere")
    assert kept.after == written.after


def test_a_third_programme_keeps_what_the_first_one_learnt(
    cast: Cast, guidelines: Guidelines, folders: Path, tmp_path: Path
) -> None:
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    out = exported(version, folders)
    put_down(out.files, tmp_path / out.name)
    taken = take_methodology(methodology=load(tmp_path / out.name), now=NOW)
    version.programme.methodology_version = taken
    version.programme.name = TranslatedText.same("Otrā programma")
    version.becomes = "1.2"
    again = exported(version, tmp_path).after
    assert again.version == "1.2"
    body = again.document("learnt").body.lv
    assert body.index("## Otrā programma") < body.index("## Educate for Business")
    assert again.document("company-visit").body.lv.count("## Ko iemācījās") == 1


def second_lap(cast: Cast, guidelines: Guidelines, folders: Path) -> tuple[Files, Version]:
    """The folder that the first programme exports, and the guidelines of a second one that began from it."""
    first = exported(publish(guidelines=guidelines, by=cast.inga, now=NOW), folders)
    second = begin_programme(
        organisation=cast.organisation,
        methodology=first.after,
        ref="secondprogramme00001",
        name=TranslatedText.same("Educate for Business 2026"),
        starts=date(2026, 9, 1),
        ends=date(2027, 10, 31),
        by=cast.dace,
        now=NOW,
    )
    adopt(programme=second, path="hours_minutes", value=18 * 60, by=cast.dace, now=NOW)
    return first.files, publish(
        guidelines=draft(programme=second, by=cast.dace, now=NOW), by=cast.dace, now=NOW
    )


def test_of_the_second_lap_the_difference_is_small_too(
    cast: Cast, guidelines: Guidelines, folders: Path
) -> None:
    """It began from an archive that lies nowhere: the guidelines of which it came write it once more."""
    before, version = second_lap(cast, guidelines, folders)
    after = exported(version, folders).files
    assert after["calendar.toml"] == before["calendar.toml"]
    assert after["methodology.toml"].startswith("# The mentoring methodology of the cross-border project")
    changed = [
        line
        for line in unified_diff(*(files["methodology.toml"].splitlines() for files in (before, after)), n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert len(changed) == 4, "the version and the hours"


def test_a_folder_that_lies_elsewhere_is_named(
    cast: Cast, guidelines: Guidelines, folders: Path, tmp_path: Path
) -> None:
    before, version = second_lap(cast, guidelines, folders)
    Version.objects.exclude(pk=version.pk).delete()
    put_down(before, tmp_path / "next")
    for at in (tmp_path / "next", tmp_path):
        assert exported(version, at).files["calendar.toml"] == before["calendar.toml"]
    assert exported(version, folders).files["calendar.toml"] != before["calendar.toml"]


@pytest.mark.parametrize(
    ("version", "number", "then"),
    [("1.0", 1, "1.1"), ("2", 3, "5"), ("beta", 2, "beta.2"), ("1.9", 1, "1.10")],
)
def test_the_version_grows(version: str, number: int, then: str) -> None:
    assert next_version(version, number) == then
