"""What the check of a folder counts, and tells."""

import shutil
from pathlib import Path

import pytest

from tests.methodology.conftest import OTHER
from varpa.methodology import check, report

NO_HEADINGS = ("#brilles pirmās", "```\n# šis nav virsraksts\n```", "~~~ text\n## nē\n~~~")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OTHER, tmp_path / "told"))


@pytest.mark.parametrize("words", NO_HEADINGS)
def test_what_is_no_heading_in_markdown_is_none(folder: Path, words: str) -> None:
    guide = folder / "lt" / "safety.md"
    guide.write_text(guide.read_text().replace("Pirmiausia", f"{words}\n\nPirmiausia", 1))
    assert check(folder) == []


def test_a_length_that_is_no_whole_hour_is_told_in_minutes(folder: Path) -> None:
    file = folder / "methodology.toml"
    file.write_text(file.read_text().replace("hours_minutes = 600", "hours_minutes = 615", 1))
    assert "10 hours 15 minutes in 6 months" in report(folder)[0]
