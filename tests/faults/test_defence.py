"""The day of the defence under load with `kill -9`: no acknowledged vote is lost, no budget exceeded (R9).

The short form is 10 jurors and 3 presentations; `bench defence` asks for 60 and 30.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests import postgresql
from tests.faults.phones import live
from tests.faults.theatre import Site

JURORS, SLOTS = 10, 3


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    with nullcontext() if request.param == "sqlite" else postgresql.server() as server:
        made = Site(tmp_path, server.url if server else "")
        yield made
        made.end_if_running()


def test_no_vote_is_lost_and_no_budget_exceeded(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    day = live(site, JURORS, SLOTS)
    again = sum(phone.sent_again for phone in day.phones)
    with capsys.disabled():
        print(f"\n{len(day.acknowledged)} votes, {day.kills} kills, {again} sent again, {day.seconds:.0f} s")
    assert day.kills > 0
    assert day.seen["closed"] == SLOTS
    assert day.lost == 0
    assert day.kept == day.acknowledged, "nor is there one that nobody was told of"
    assert {name: day.seen[name] for name in ("over", "unequal", "misfixed", "late")} == dict.fromkeys(
        ("over", "unequal", "misfixed", "late"), 0
    )
    assert sum(phone.late for phone in day.phones) == 0
    assert sum(phone.refused for phone in day.phones) > 0, "somebody has tried to give more than there was"
    assert day.seen["lines"] == len(day.acknowledged)
