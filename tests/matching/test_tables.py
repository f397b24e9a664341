"""`varpa match`: two files in, three files out."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from varpa.matching import solving
from varpa.site.cli import main

MENTEES = """id,name,school,languages,interests,means,region,availability,topic
e1,Elīna,Cēsu skola,lv;en,keramika,video;e-mail,Cēsis,Tue 18;Thu 18,Keramikas darbnīca
g1,Gabija,Šiaulių mokykla,lt,medis,phone,Šiauliai,Mon 16,Baldų dirbtuvė
z1,Zane,,ru,,,,,
"""
MENTORS = """id,name,company,languages,sectors,means,region,availability,experience,capacity
a1,Andris,Māls un uguns,lv,keramika,video,Priekuļi,Tue 18,Keramika,1
r1,Rimantas,Baldai,lt;en,medis,phone;video,Šiauliai,Mon 16,Baldai,2
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    mentees, mentors = tmp_path / "mentees.csv", tmp_path / "mentors.csv"
    mentees.write_text(MENTEES, encoding="utf-8")
    mentors.write_text(MENTORS, encoding="utf-8")
    return mentees, mentors


def run(files: tuple[Path, Path], out: Path, *more: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["match", *map(str, files), "--out", str(out), *more])
    return result.exit_code, result.output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_files_are_matched(files: tuple[Path, Path], tmp_path: Path) -> None:
    assert run(files, tmp_path / "out")[0] == 0
    found = rows(tmp_path / "out" / "pairs.csv")
    assert [(each["mentee"], each["mentor"]) for each in found] == [("e1", "a1"), ("g1", "r1")]
    assert all(each["reasons"] for each in found)
    (left,) = rows(tmp_path / "out" / "unplaced.csv")
    assert left["mentee"] == "z1"
    assert "language" in left["why"]
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert list(summary) == [
        *("mentees", "mentors", "places", "placed", "total_suitability", "lowest_suitability"),
        *("proven_optimal", "solver", "seconds"),
    ]
    assert (summary["mentees"], summary["mentors"], summary["places"], summary["placed"]) == (3, 2, 3, 2)
    assert summary["proven_optimal"] is True


def test_reasons_come_in_the_language_asked_for(files: tuple[Path, Path], tmp_path: Path) -> None:
    run(files, tmp_path / "out", "--language", "lv")
    assert "abiem" in rows(tmp_path / "out" / "pairs.csv")[0]["reasons"]


def test_what_is_wrong_is_told_by_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    mentees, mentors = files
    mentees.write_text(MENTEES + "e1,Twice,,,,,,,\n,Nobody,,,,,,,\n", encoding="utf-8")
    mentors.write_text(MENTORS.replace(",2\n", ",many\n"), encoding="utf-8")
    code, said = run(files, tmp_path / "out")
    assert code == 1
    assert "mentees.csv, line 5: the id “e1” stands there twice." in said
    assert "mentees.csv, line 6: the id is empty." in said
    assert "mentors.csv, line 3: the capacity “many” is no whole number." in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("written", ["10000", "99999", "99999.0", "99999999999999999999"])
def test_a_capacity_that_nobody_can_mean_is_told_by_line(
    files: tuple[Path, Path], tmp_path: Path, written: str
) -> None:
    files[1].write_text(MENTORS.replace("Keramika,1", f"Keramika,{written}"), encoding="utf-8")
    code, said = run(files, tmp_path / "out")
    assert code == 1
    assert f"mentors.csv, line 2: the capacity “{written}” is too large: at most 9999 mentees." in said


@pytest.mark.parametrize("written", ["2.0", "2.00", '"2,0"', " 2 ", "02"])
def test_a_capacity_is_read_as_a_spreadsheet_writes_it(
    files: tuple[Path, Path], tmp_path: Path, written: str
) -> None:
    files[1].write_text(MENTORS.replace("Keramika,1", f"Keramika,{written}"), encoding="utf-8")
    code, _said = run(files, tmp_path / "out")
    assert code == 0
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["places"] == 4


@pytest.mark.parametrize("written", ["2.5", "1.000", "-1", "2.", "²"])
def test_what_is_no_whole_number_is_no_capacity(
    files: tuple[Path, Path], tmp_path: Path, written: str
) -> None:
    files[1].write_text(MENTORS.replace("Keramika,1", f"Keramika,{written}"), encoding="utf-8")
    assert f"“{written}” is no whole number." in run(files, tmp_path / "out")[1]


def test_languages_are_the_same_by_any_name(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[0].write_text(
        MENTEES.replace("g1,Gabija,Šiaulių mokykla,lt", "g1,Gabija,Šiaulių mokykla,Lithuanian")
    )
    files[1].write_text(MENTORS.replace("Baldai,lt;en", "Baldai,lietuvių"))
    assert run(files, tmp_path / "out")[0] == 0
    found = rows(tmp_path / "out" / "pairs.csv")
    assert ("g1", "r1") in [(each["mentee"], each["mentor"]) for each in found]


def test_means_are_the_same_by_any_name(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[0].write_text(MENTEES.replace(",video;e-mail,", ",tālrunis,"))
    files[1].write_text(MENTORS.replace("keramika,video,", "keramika,telefonas;Zoom,"))
    assert run(files, tmp_path / "out", "--language", "lv")[0] == 0
    found = rows(tmp_path / "out" / "pairs.csv")[0]
    assert (found["mentee"], found["mentor"]) == ("e1", "a1")
    assert "tālrunis" in found["reasons"]


def test_a_column_of_wishes_may_stand_beside(files: tuple[Path, Path], tmp_path: Path) -> None:
    lines = MENTEES.splitlines()
    wished = [f"{lines[0]},wishes", f"{lines[1]},Māls un uguns", f"{lines[2]},", f"{lines[3]},"]
    files[0].write_text("\n".join(wished), encoding="utf-8")
    assert run(files, tmp_path / "out")[0] == 0
    assert "answers a wish" in rows(tmp_path / "out" / "pairs.csv")[0]["reasons"]


def test_a_column_that_is_missing_is_told(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[1].write_text("id,name\na1,Andris\n", encoding="utf-8")
    code, said = run(files, tmp_path / "out")
    assert code == 1
    assert "these columns are missing in the first line: company" in said


def test_a_cohort_whose_sums_would_not_be_exact_is_refused_in_a_sentence(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "EXACT", 10_000)
    code, said = run(files, tmp_path / "out")
    assert code == 1
    assert said == "Error: These are too many people for one matching. Divide them, by country for example.\n"


def test_files_with_nobody_in_them(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[1].write_text(MENTORS.splitlines()[0] + "\n", encoding="utf-8")
    assert run(files, tmp_path / "out")[0] == 0
    assert {each["why"] for each in rows(tmp_path / "out" / "unplaced.csv")} == {"There are no mentors."}


def test_a_row_with_too_many_cells_is_refused_by_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[0].write_text(MENTEES.replace("Elīna,Cēsu", "Elīna,Ļoti,Cēsu"), encoding="utf-8")
    code, said = run(files, tmp_path / "out")
    assert code == 1
    assert "mentees.csv, line 2: 10 cells, 9 headings." in said
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    there = tmp_path / "file"
    there.write_text("")
    for out in (there, there / "within", Path("/proc/nowhere")):
        code, said = run(files, out)
        assert (code, "Traceback" in said) == (1, False)
        assert f"Nothing could be written to {out}" in said


@pytest.mark.parametrize(
    "first", ["otrdienas vakars", "antradienio vakaras", "Tuesday evening", "tue-evening"]
)
@pytest.mark.parametrize("second", ["otrdien vakarā", "antradienį vakare", "Tuesday evenings", "tue-evening"])
def test_times_are_the_same_by_any_name(
    files: tuple[Path, Path], tmp_path: Path, first: str, second: str
) -> None:
    files[0].write_text(MENTEES.replace("Tue 18;Thu 18", f"{first};Thu 18"), encoding="utf-8")
    files[1].write_text(MENTORS.replace("Tue 18", second), encoding="utf-8")
    assert run(files, tmp_path / "out", "--language", "lv")[0] == 0
    assert "otrdienas vakars" in rows(tmp_path / "out" / "pairs.csv")[0]["reasons"].lower()


def test_a_word_that_nobody_knows_keeps_its_marks(files: tuple[Path, Path], tmp_path: Path) -> None:
    mentees = MENTEES.replace("lv;en,keramika,", "Lībiešu,Mazmāksla,")
    for name, there in (("one", "Lībiešu,Mazmāksla"), ("other", "libiesu,mazmaksla")):
        files[0].write_text(mentees.replace("Lībiešu,Mazmāksla", there), encoding="utf-8")
        files[1].write_text(MENTORS.replace("lv,keramika,", "Lībiešu,Mazmāksla,"), encoding="utf-8")
        assert run(files, tmp_path / name)[0] == 0
        reasons = rows(tmp_path / name / "pairs.csv")[0]["reasons"]
        assert "both: Mazmāksla; " in reasons
        assert "Lībiešu" in reasons


IDS = ["=e1", "+371 26", "-1", "@e1", "=HYPERLINK(1)", "'e1", "\u00e9\u0101"]


@pytest.mark.parametrize("key", IDS)
def test_an_id_comes_back_as_it_came(files: tuple[Path, Path], tmp_path: Path, key: str) -> None:
    files[0].write_text(MENTEES.replace("e1,", f"{key},").replace("z1,", "@z1,"), encoding="utf-8")
    files[1].write_text(MENTORS.replace("a1,", f"{key},"), encoding="utf-8")
    assert run(files, tmp_path / "out")[0] == 0
    found = {(each["mentee"], each["mentor"]) for each in rows(tmp_path / "out" / "pairs.csv")}
    assert found == {(key, key), ("g1", "r1")}
    assert rows(tmp_path / "out" / "unplaced.csv")[0]["mentee"] == "@z1"


def test_no_word_is_reckoned_out_by_a_spreadsheet(files: tuple[Path, Path], tmp_path: Path) -> None:
    lists = "=1+1,,video;e-mail,,,"
    files[0].write_text(f"{MENTEES.splitlines()[0]}\ne1,Elīna,,{lists}\n", encoding="utf-8")
    files[1].write_text(f"{MENTORS.splitlines()[0]}\na1,Andris,,{lists},1\n", encoding="utf-8")
    assert run(files, tmp_path / "out")[0] == 0
    assert rows(tmp_path / "out" / "pairs.csv")[0]["reasons"].startswith("'=1+1; ")
