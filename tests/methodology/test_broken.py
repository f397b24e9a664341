"""A folder with mistakes: every one is said, at once, with its file and line, in plain words."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methodology.conftest import OTHER
from varpa.methodology import Broken, Problem, check, from_json, load, report, to_json

Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OTHER, tmp_path / "broken"))


@pytest.fixture
def change(folder: Path) -> Change:
    """Replaces the first place of a text in a file."""

    def changed(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return changed


def line_of(folder: Path, file: str, text: str) -> int:
    """The number of the line on which a text stands; 0 for the file as a whole."""
    if not text:
        return 0
    lines = (folder / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


# file, what stands there, what is written instead, on which line it is reported, and the words
MISTAKES = [
    ("methodology.toml", "months = 6", "monts = 6", "monts", "unknown key “monts”; did you mean “months”?"),
    ("methodology.toml", "hours_minutes = 600", 'hours_minutes = "ten"', "ten", "a whole number, not “ten”"),
    ("methodology.toml", "hours_minutes = 600", "hours_minutes = 0", "= 0", "more than 0 and at most 60000"),
    (
        "methodology.toml",
        "hours_minutes = 600",
        f"hours_minutes = {'9' * 400}",
        "999",
        "cannot be a very large number",
    ),
    ("methodology.toml", "months = 6", "months = 61", "= 61", "between 1 and 60"),
    ("methodology.toml", 'key = "first-workshop"', 'key = "First!"', "First!", "small letters, digits"),
    ("methodology.toml", 'lt = "Pirmosios dirbtuvės"\n', "", 8, "“title” is missing in Lithuanian"),
    ("methodology.toml", '"The first workshop"', '""', 'en = ""', "“title” is empty in English (en)"),
    ("methodology.toml", 'lt = "Susitikti"', 'li = "Susitikti"', "li =", "unknown key “li”"),
    ("methodology.toml", '"goals_set"', '"goal_set"', "goal_set", "did you mean “goals_set”?"),
    ("methodology.toml", '"goals_set"', '"pair_active"', 29, "as “meet” does already"),
    ("methodology.toml", '"pair_active"', '"goals_set"', "goals_set", "the first phase begins with “pair_"),
    ("methodology.toml", '"goals_set"', '"visit_held"', "visit_held", "can never happen: no [[kinds]]"),
    ("methodology.toml", 'acts = "first"', 'acts = "start"', "start", "“acts” cannot be “start”"),
    ("methodology.toml", 'acts = "regular"', 'acts = "visit"', "[[kinds]]", "has acts = “regular”"),
    (
        "methodology.toml",
        'document = "safety"',
        'document = "saftey"',
        "saftey",
        "there is no document “saftey”; did you mean “safety”?",
    ),
    (
        "methodology.toml",
        'fact = "hours_reached"',
        'fact = "hours"',
        'fact = "hours"',
        "“fact” cannot be “hours”",
    ),
    ("methodology.toml", '"letter"', '"phone"', 53, "the key “phone” is there twice"),
    ("methodology.toml", "in_person = true", "in_person = 1", "in_person", "must be true or false, not 1"),
    ("methodology.toml", 'roles = ["mentor"]', 'roles = "mentor"', "roles =", "must be a list in brackets"),
    ("methodology.toml", 'roles = ["mentor"]', 'roles = ["tutor"]', "tutor", "cannot be “tutor”"),
    ("methodology.toml", 'source = "ours"', 'source = "mine"', "mine", "allowed: seed, ours"),
    ("people.toml", 'key = "manager"', 'key = "boss"', "boss", "there is no role “boss”"),
    ("people.toml", 'key = "mentee"', 'key = "mentor"', 25, "the key “mentor” is there twice"),
    ("calendar.toml", 'evidence = "read"', 'evidence = "red"', '"red"', "did you mean “read”?"),
    ("calendar.toml", 'document = "safety"\n', "", 8, "has evidence = “read” but no “document”"),
    (
        "calendar.toml",
        '"safety"',
        '"saftey"',
        "saftey",
        "there is no document “saftey”; did you mean “safety”?",
    ),
    ("calendar.toml", '"safety"', '"methodology"', '"methodology"', "is not for the role “mentee”"),
    ("calendar.toml", 'of = "pairs"', 'of = "people"', '"people"', "cannot count people, only pairs"),
    ("calendar.toml", "{ days = 20 }", "{ days = 50 }", "= 50", "“reads_safety” is due outside its period"),
    ("calendar.toml", "{ days = 20 }", '"soon"', "soon", "must be written { months = 1, days = 0 }"),
    ("calendar.toml", "{ days = 20 }", "{ weeks = 2 }", "weeks", "unknown key “weeks”"),
    ("calendar.toml", "months = 6", "months = 7", "= 7", "ends after the programme's 6 months"),
    ("calendar.toml", "months = 6, days = -1", "days = 20", "ends = { days = 20 }", "ends before it starts"),
    ("calendar.toml", 'role = "mentor"\n', "", 17, "calendar 1, activities 2 has no “role” (key “agrees”)"),
    ("calendar.toml", 'key = "works"', 'key = "agrees"', 31, "the key “agrees” is there twice"),
    ("plan.toml", '"rhythm"', '"rythm"', "rythm", "did you mean “rhythm”?"),
    ("plan.toml", '"material"\n', '"material"\nfacts = "goals"\n', "facts", "questions of diary.toml only"),
    (
        "plan.toml",
        "[[questions]]",
        "[questions]",
        "[questions]",
        "“questions” must be [[tables]], not a table",
    ),
    ("diary.toml", '"hands"\n', '"hands"\nacts = "means"\n', "acts", "questions of plan.toml only"),
    ("diary.toml", '["mentee"]', '["friend"]', "friend", "cannot be “friend”"),
    ("diary.toml", '["mentee"]', '["mentee", "mentee"]', '["mentee", ', "“mentee” is there twice"),
    ("methodology.toml", 'roles = ["mentor"]', "roles = []", "roles = []", "“roles” is empty"),
    ("methodology.toml", '"2.1"', '" "', 'version = " "', "“version” is empty"),
    ("methodology.toml", '"2.1"', f'"{"2" * 21}"', "2" * 21, "“version” has at most 20 letters"),
    (
        "methodology.toml",
        '"The first workshop"',
        '"\u00a0\u200b"',
        "\u200b",
        "“title” is empty in English (en)",
    ),
    (
        "methodology.toml",
        '"The first workshop"',
        '"The\\nfirst"',
        "The\\nfirst",
        "“title.en” must stand on one line",
    ),
    (
        "methodology.toml",
        '"The first workshop"',
        f'"{"The" * 70}"',
        "TheThe",
        "“title.en” has at most 200 letters, not 210",
    ),
    ("plan.toml", 'lv = "', 'lv = "\u202e', "\u202e", "contains a control character"),
    ("plan.toml", 'lv = "', 'lv = "\\u009f', "u009f", "contains a control character"),
    ("en/safety.md", "First the", "First\x00 the", "\x00", "contains a control character"),
    ("diary.toml", 'lv = "Īsi', 'lv = "\\u0007Īsi', "u0007", "contains a control character"),
    ("first_meeting.toml", 'lt = "Kas tai bus?"', 'lt = "Kas tai bus?', "Kas tai bus", "this is not TOML"),
    ("lt/safety.md", "# Sauga", "Sauga", "Sauga", "a guide must begin with a heading"),
    ("lt/safety.md", "Pirmiausia", "## Akiniai\n\nPirmiausia", "", "headings below the title: 1, but 0"),
    ("en/safety.md", "\nFirst the glasses, then the work.\n", "", "#", "a heading and nothing below it"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "words"), MISTAKES)
def test_one_mistake(
    folder: Path, change: Change, file: str, old: str, new: str, where: str | int, words: str
) -> None:
    change(file, old, new)
    problems = check(folder)
    told = [problem for problem in problems if words in problem.words]
    line = where if isinstance(where, int) else line_of(folder, file, where)
    assert [(problem.file, problem.line) for problem in told] == [(file, line)]
    assert len(problems) <= 2


# what is written instead of `source = "ours"` in plan.toml, on which line it is reported, and the words
SLIPS = [
    ('source = "ours"\nsource = "seed"', 2, "“source” is written a second time"),
    ("source = “ours”", 1, "a text stands in straight quotation marks"),
    ("source = ours", 1, "a text stands in quotation marks"),
    ("source: ours", 1, "between a key and its value stands an equals sign"),
    ('sourсe = "ours"', 1, "a key has the letters a to z only; “с” is CYRILLIC SMALL LETTER ES"),
    ('source = "ours', 1, "the quotation mark is not closed on its line"),
    ('x = """\nsource = "ours"', 1, "quotation marks that open here are never closed"),
    ('x = ["a"\nsource = "ours"', 1, "a bracket that opens here is not closed"),
    ('x = { a = 1\nsource = "ours"', 1, "a bracket that opens here is not closed"),
    ("source = 2013-02-31", 1, "there is no such day or time"),
    (r'source = "C:\plan"', 1, "a backslash in a text is written twice"),
    ('source = "ours" "seed"', 1, "something stands after the value"),
    ('[[x]\nsource = "ours"', 1, "a heading ends with as many brackets as it begins with"),
]


@pytest.mark.parametrize(("written", "line", "words"), SLIPS)
def test_what_is_not_toml_is_said_in_plain_words(
    folder: Path, change: Change, written: str, line: int, words: str
) -> None:
    change("plan.toml", 'source = "ours"', written)
    told = next(problem for problem in check(folder) if problem.file == "plan.toml")
    assert (told.line, told.words[: len(words) + 18]) == (line, f"this is not TOML: {words}")


def test_a_table_that_was_begun_otherwise_is_named(folder: Path, change: Change) -> None:
    change("methodology.toml", "[[phases]]", "[phases]")
    words = "this is not TOML: “phases” was begun in another way above; write [[phases]] each time"
    assert words in [problem.words for problem in check(folder)]


@pytest.mark.parametrize("name", ["training.toml.txt", "TRAINING.TOML", "training.tml", "training"])
def test_a_file_whose_name_went_wrong_is_told(folder: Path, name: str) -> None:
    (folder / name).write_text("", encoding="utf-8")
    words = "a methodology has no file of this name; did you mean “training.toml”?"
    assert check(folder) == [Problem(name, 0, words)]


@pytest.mark.parametrize("name", ["safety.txt", "Safety.MD", "safety.md.txt"])
def test_a_guide_whose_name_went_wrong_is_told(folder: Path, name: str) -> None:
    (folder / "lt" / "safety.md").rename(folder / "lt" / name)
    told = [problem.words for problem in check(folder) if problem.file == f"lt/{name}"]
    assert told == ["a guide has the name of its document and ends in .md: “safety.md”"]


def test_what_only_looks_on_is_left_in_peace(folder: Path) -> None:
    for name in ("README.md", "notes.txt", ".DS_Store", "lv/.hidden", "lv/picture.png"):
        (folder / name).write_text("x", encoding="utf-8")
    assert check(folder) == []


def test_a_file_with_the_line_ends_of_an_old_mac_is_read(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    assert check(folder) == []


def test_a_slip_hides_no_contradiction_in_its_file(folder: Path, change: Change) -> None:
    change("calendar.toml", 'source = "ours"', "source = ours")
    change("calendar.toml", "months = 6, days = -1", "months = 9, days = -1")
    change("methodology.toml", 'begins = "goals_set"', 'begins = "pair_active"')
    change("methodology.toml", "in_person = true", "in_person true")
    told = [(problem.file, problem.words[:31]) for problem in check(folder)]
    assert told == [
        ("calendar.toml", "this is not TOML: a text stands"),
        ("calendar.toml", "period “winter” ends after the p"[:31]),
        ("methodology.toml", "phase “make” begins with “pair_"),
        ("methodology.toml", "this is not TOML: between a key"),
    ]


def test_a_broken_heading_makes_nothing_up(folder: Path, change: Change) -> None:
    change("calendar.toml", '[[calendar]]\nkey = "winter"', '[[calendar]\nkey = "winter"')
    assert len(check(folder)) == 1


def test_what_stood_in_a_broken_file_is_not_said_to_be_missing(folder: Path, change: Change) -> None:
    change("methodology.toml", 'roles = ["mentor", "mentee"]', 'roles = ["mentor", "mentee"')
    assert [problem.file for problem in check(folder)] == ["methodology.toml"]


def test_the_folder_of_the_tests_is_good(folder: Path) -> None:
    assert check(folder) == []


ALL_AT_ONCE = [
    ("methodology.toml", "hours_minutes = 600", "hours_minutes = true", "hours_minutes"),
    ("methodology.toml", 'lt = "Pirmosios dirbtuvės"', 'lt = " "', 'lt = " "'),
    ("methodology.toml", 'begins = "goals_set"', 'begins = "goals"', 'begins = "goals"'),
    ("methodology.toml", "in_person = true", 'in_person = "yes"', "in_person"),
    ("methodology.toml", 'roles = ["mentor", "mentee"]', 'roles = ["mentor", "mentees"]', "mentees"),
    ("people.toml", 'en = "Coordinator"', "en = 7", "en = 7"),
    ("people.toml", 'key = "tools"', 'kee = "tools"', "kee"),
    ("calendar.toml", 'evidence = "read"', 'evidence = "reed"', "reed"),
    ("calendar.toml", 'evidence = "goals_set"', 'evidence = "visit_held"', "visit_held"),
    ("calendar.toml", "months = 6, days = -1", "months = 9, days = -1", "months = 9"),
    ("calendar.toml", 'of = "pairs"\nname', 'of = "people"\nname', 'of = "people"'),
    ("plan.toml", 'acts = "rhythm"', 'acts = "dance"', "dance"),
    ("plan.toml", 'key = "material"', 'key = "evenings"\nhnt = 1', "hnt"),
    ("first_meeting.toml", '"Kas tai bus?"', '"Kas tai bus?', "Kas tai bus?"),
    ("diary.toml", 'facts = "lateness"', 'facts = "late"', 'facts = "late"'),
    ("diary.toml", 'about = ["mentee"]', 'about = ["mentee", 5]', "5]"),
    ("lv/safety.md", "# Drošība", "Drošība", "Drošība"),
]


def test_every_mistake_of_a_folder_is_said_at_once(folder: Path, change: Change) -> None:
    for file, old, new, _where in ALL_AT_ONCE:
        change(file, old, new)
    (folder / "en" / "safety.md").unlink()
    (folder / "trainings.toml").write_text("", encoding="utf-8")
    (folder / "lt" / "notes.md").write_bytes(b"# \xff")
    told = {(problem.file, problem.line) for problem in check(folder)}
    wanted = {(file, line_of(folder, file, where)) for file, _old, _new, where in ALL_AT_ONCE}
    assert wanted | {("en/safety.md", 0), ("trainings.toml", 0), ("lt/notes.md", 0)} <= told


def test_a_broken_folder_never_starts_a_programme(folder: Path, change: Change) -> None:
    change("plan.toml", '"rhythm"', '"rythm"')
    change("diary.toml", '"lateness"', '"late"')
    with pytest.raises(Broken) as caught:
        load(folder)
    assert [problem.file for problem in caught.value.problems] == ["diary.toml", "plan.toml"]
    assert "plan.toml:7: “acts” cannot be “rythm”; did you mean “rhythm”?" in str(caught.value)


def test_the_report_of_a_broken_folder(folder: Path, change: Change) -> None:
    change("plan.toml", '"rhythm"', '"rythm"')
    words, code = report(folder)
    assert code == 1
    assert words.startswith(f"{folder}: 1 problem\n  plan.toml:7: ")


def test_the_report_of_a_good_folder(folder: Path) -> None:
    words, code = report(folder)
    assert code == 0
    assert "The first workshop, version 2.1, is complete: 10 hours in 6 months, 4 phases" in words


def test_the_report_of_a_small_one_counts_as_one_speaks(folder: Path, change: Change) -> None:
    change("methodology.toml", "hours_minutes = 600", "hours_minutes = 61")
    assert "is complete: 1 hour 1 minute in 6 months" in report(folder)[0]


@pytest.mark.parametrize("missing", ["methodology.toml", "people.toml", "calendar.toml", "plan.toml"])
def test_a_missing_file_is_one_problem(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    assert Problem(missing, 0, "this file is missing") in check(folder)


def test_no_folder_at_all(tmp_path: Path) -> None:
    assert [problem.words for problem in check(tmp_path / "nowhere")] == ["there is no such folder"]
    assert report(tmp_path / "nowhere")[1] == 1


def test_an_empty_folder_lacks_every_file_that_is_needed(tmp_path: Path) -> None:
    assert len(check(tmp_path)) == 6


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'key = "\xff"', "this is not UTF-8 text; save the file as UTF-8"),
        ('key = "x"'.encode("utf-16"), "this is not UTF-8 text; save the file as UTF-8"),
        (b"a = " + b"[" * 5000, "brackets are nested too deeply"),
        (b"#" * 2_000_001, "this file is larger than 2 MB"),
    ],
)
def test_files_that_are_something_else(folder: Path, raw: bytes, words: str) -> None:
    (folder / "plan.toml").write_bytes(raw)
    assert [problem.words for problem in check(folder) if problem.file == "plan.toml"] == [words]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(folder) == []


PIECES = [
    '"',
    '"""',
    "[",
    "[[",
    "{",
    "}",
    "=",
    ".",
    "\x00",
    "ž",
    "-1",
    "1" * 30,
    "1e400",
    "2020-01-01",
    "nan",
]
VALUES = ["3", '""', "[]", "{}", "[{}]", "true", "{ lv = 1 }", "{ months = 999 }", '["a"]', "9" * 30]


def spoilt(text: str, chance: random.Random) -> str:
    """The text with one thing gone wrong."""
    lines, at = text.split("\n"), chance.randrange(len(text) + 1)
    row = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            return text[:at] + chance.choice(PIECES) + text[at:]
        case 1:
            return text[:at] + text[at + chance.randrange(40) :]
        case 2:
            return text[:at]
        case 3:
            lines.insert(chance.randrange(len(lines)), lines[row])
        case 4:
            lines[row] = lines[row].partition("=")[0] + "= " + chance.choice(VALUES)
        case _:
            del lines[row]
    return "\n".join(lines)


@settings(max_examples=100, derandomize=True)
@given(chance=st.randoms(use_true_random=False), times=st.integers(1, 4))
def test_whatever_stands_in_the_files_nothing_breaks(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, times: int
) -> None:
    folder = Path(shutil.copytree(OTHER, tmp_path_factory.mktemp("spoilt") / "folder"))
    files = sorted(path for path in folder.rglob("*.*"))
    for _time in range(times):
        path = chance.choice(files)
        raw = spoilt(path.read_text(encoding="utf-8") or " ", chance).encode("utf-8", "replace")
        path.write_bytes(raw)
    problems = check(folder)
    assert all(problem.words and str(problem) for problem in problems)
    if not problems:
        assert from_json(to_json(load(folder))) == load(folder)
