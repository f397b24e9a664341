"""A methodology written as a folder, and changed in place: loaded again it says what it should."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.methodology.conftest import OTHER, SEED
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology, load, overrides
from varpa.methodology.differing import differences, told
from varpa.methodology.editing import Folder, folder_at
from varpa.methodology.marks import Origin
from varpa.methodology.model import Document, Question
from varpa.methodology.writing import Files, files_of

FOLDERS = [SEED, OTHER]


def read(files: Files, place: Path) -> Methodology:
    for name, text in files.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return load(place)


@pytest.mark.parametrize("folder", FOLDERS)
def test_written_and_loaded_it_is_the_same(folder: Path, tmp_path: Path) -> None:
    assert read(files_of(load(folder)), tmp_path) == load(folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_untouched_every_file_stays_to_the_letter(folder: Path) -> None:
    files = folder_at(folder).files()
    assert {name: (folder / name).read_text("utf-8") for name in files} == files


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("as_written", [True, False])
def test_every_text_can_be_worded_anew(folder: Path, as_written: bool, tmp_path: Path) -> None:
    before = load(folder)
    files = folder_at(folder) if as_written else Folder(files_of(before))
    texts = {path: TranslatedText(f"lv {path}", f"lt {path}", f"en {path}") for path in _told(before)}
    for path, text in texts.items():
        files.put_text(path, text)
    files.put_value("hours_minutes", 900)
    changes = {"texts": {path: text.as_dict() for path, text in texts.items()}, "hours_minutes": 900}
    assert read(files.files(), tmp_path) == overrides.apply(before, changes)


def test_comments_stay_where_a_value_changes(tmp_path: Path) -> None:
    folder = folder_at(SEED)
    folder.put_value("version", "9.9")
    before, after = (SEED / "methodology.toml").read_text("utf-8"), folder.files()["methodology.toml"]
    assert after == before.replace('version = "1.0"', 'version = "9.9"')


def test_a_question_and_a_guide_are_added(tmp_path: Path) -> None:
    folder, text = folder_at(SEED), TranslatedText.same("Vai viss skaidrs?")
    folder.add_question("plan", Question("clear", text, str(Origin.OURS)))
    guide = Document("learnt", ("mentor",), "ours", title=text, body=TranslatedText.same("Nav.\u202e"))
    for _turn in range(2):
        folder.put_document(guide)
    after = read(folder.files(), tmp_path)
    assert after.plan.questions[-1].text == text
    assert [each.key for each in after.documents].count("learnt") == 1
    assert after.document("learnt").body == TranslatedText.same("Nav.")


def test_what_differs_is_told_in_words() -> None:
    before = load(SEED)
    after = replace(before, version="1.1", title=TranslatedText.same("Cita"))
    found = differences(before, after)
    assert [each.path for each in found] == ["version", "title"]
    for language in LANGUAGES:
        lines = told(before, after, found, language, str.upper).splitlines()
        assert {"+ Cita", "## VERSION (version)", "## TITLE (title)"} <= set(lines)


def _told(methodology: Methodology) -> list[str]:
    return [path for path in overrides.paths(methodology) if overrides.text_at(methodology, path)]
