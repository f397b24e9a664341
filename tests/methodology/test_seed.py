"""The methodology of the source document: complete, and laid rightly upon its programme."""

from datetime import date
from pathlib import Path

import pytest

from varpa.methodology import Methodology, check, dates_of, digest, from_json, load, to_json

FOLDER = Path(__file__).parents[2] / "methodologies" / "educate-for-business"


@pytest.fixture(scope="module")
def seed() -> Methodology:
    return load(FOLDER)


def test_the_folder_has_no_problem() -> None:
    assert check(FOLDER) == []


def test_counts_are_those_of_the_source(seed: Methodology) -> None:
    assert seed.hours_minutes == 16 * 60
    assert len(seed.phases) == 5
    assert len(seed.role("mentor").tasks) == 11
    assert len(seed.role("mentee").tasks) == 10
    assert len(seed.plan.questions) == 11
    assert len(seed.diary.questions) == 13


def test_a_snapshot_comes_back_equal(seed: Methodology) -> None:
    again = from_json(to_json(seed))
    assert again == seed
    assert digest(again) == digest(seed)


def test_the_programme_of_2013_keeps_the_days_of_the_table(seed: Methodology) -> None:
    windows = dates_of(seed, date(2013, 3, 1), date(2014, 4, 30))
    assert windows["before_start"][:2] == (date(2013, 6, 1), date(2013, 7, 31))
    assert windows["first_joint_meeting"][:2] == (date(2013, 7, 24), date(2013, 7, 24))
    assert windows["progress_survey"][:2] == (date(2013, 10, 1), date(2013, 10, 31))
    assert windows["guidelines"].due == date(2014, 3, 31)


def test_a_shorter_programme_keeps_its_order_and_its_end(seed: Methodology) -> None:
    starts, ends = date(2025, 9, 1), date(2026, 2, 28)
    windows = list(dates_of(seed, starts, ends).values())
    assert all(starts <= window.starts <= window.due <= window.ends <= ends for window in windows)
    assert [window.starts for window in windows] == sorted(window.starts for window in windows)
