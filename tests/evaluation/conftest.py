"""What the tests of evaluation share: the cast, cells of the board, activities that pairs record."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.closing.actions import end_cooperation, excuse
from varpa.evaluation.queries import Cell, cell_of
from varpa.methodology import Counted, EvidenceKind, Fact
from varpa.pairs.actions.pairs import settle_fact
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

ONCE = "first_half_support"
PEOPLE = "mentee_second_discussion"
PAIRS = "company_profile"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def by_pairs(cast: Cast) -> Programme:
    """The programme by a methodology in which `company_profile` is recorded for each pair."""
    methodology = methodology_of(cast.programme)
    calendar = tuple(
        replace(
            period,
            activities=tuple(
                replace(each, of=Counted.PAIRS, evidence=EvidenceKind.RECORDED) if each.key == PAIRS else each
                for each in period.activities
            ),
        )
        for period in methodology.calendar
    )
    changed = replace(methodology, calendar=calendar)
    version = take_methodology(methodology=changed, now=NOW)
    Programme.objects.filter(pk=cast.programme.pk).update(methodology_version=version)
    return Programme.objects.get(pk=cast.programme.pk)


def ended_without(cast: Cast, *facts: Fact) -> None:
    """The pair went the whole way, and said of these why they did not happen."""
    for each in methodology_of(cast.programme).requirements:
        if each.fact in facts:
            excuse(pair=cast.pair, requirement=each.key, reason="Dzirnavas slēgtas.", by=cast.andris, now=NOW)
        else:
            settle_fact(pair=cast.pair, fact=each.fact, holds=True, now=NOW)
    end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)


def cell(programme: Programme, key: str, now: datetime = NOW) -> Cell:
    """A cell of the board, which is there."""
    found = cell_of(programme, key, now)
    assert found is not None
    return found


def stands(programme: Programme, key: str, now: datetime = NOW) -> tuple[str, int, int]:
    """State, done and of: "late, 1 of 2"."""
    found = cell(programme, key, now)
    return found.state, found.done, found.of
