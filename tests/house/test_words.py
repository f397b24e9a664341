"""Names say what a thing is. A drawer for the rest is where a house begins to rot."""

import re

from tests.house import walk

NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "shared",
    "base",
    "core",
    "lib",
    "managers",
    "services",
    "signals",
    "handlers",
}
# Django asks an engine of a database for a module of this name.
ENGINE = "varpa/site/sqlite/base.py"
SOFTENED = re.compile(r"#\s*noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)* - \w)")
SKIPPED = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail)\b|\btime\.sleep\(")


def test_no_module_is_a_drawer() -> None:
    paths = [path for path in (walk.CODE).rglob("*") if path.is_dir() or path.suffix == ".py"]
    assert [walk.name(path) for path in paths if path.stem in NO_NAMES] == [ENGINE]


def test_what_a_linter_is_not_told_has_its_reason() -> None:
    bare = [
        f"{walk.name(path)}:{number}"
        for path in walk.python()
        if path.name != "test_words.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if SOFTENED.search(line)
    ]
    assert bare == []


def test_no_test_sleeps_or_is_skipped() -> None:
    tests = [path for path in (walk.ROOT / "tests").rglob("*.py") if path.name != "test_words.py"]
    # Faults and servers are real processes that take real time to come and go.
    quiet = [path for path in tests if "faults" not in path.parts and path.name != "postgresql.py"]
    assert [walk.name(path) for path in quiet if SKIPPED.search(path.read_text())] == []


def test_the_code_takes_the_time_from_the_clock() -> None:
    own = re.compile(r"\bdatetime\.now\(|\bdate\.today\(|\btimezone\.now\(|\bdatetime\.utcnow\(|\bNow\(\)")
    found = [
        walk.name(path)
        for room in walk.rooms()
        for path in walk.of_room(room)
        if own.search(path.read_text()) and walk.name(path) != "varpa/kernel/clock.py"
    ]
    assert found == []
