"""What one more pair costs the whole, from what a run has kept: against every answer there could be."""

import re

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, see, send, text
from tests.matching.test_solving import Problem, every_answer, problems, worth
from varpa.matching import results, solving
from varpa.matching.actions.choices import decide
from varpa.matching.forced import Kept, forced
from varpa.matching.models import ChoiceKind, Measured, Run
from varpa.matching.queries.moves import Move
from varpa.programmes.models import Membership


def kept(problem: Problem, mentor_of: list[int], locked: list[bool]) -> Kept:
    points, allowed, capacity = problem
    return Kept(
        np.where(allowed, points, -1).astype(np.int16),
        capacity,
        np.array(mentor_of),
        np.array([int(points[row, column]) if column >= 0 else 0 for row, column in enumerate(mentor_of)]),
        np.array(locked),
    )


@settings(max_examples=100)
@given(problems())
def test_it_is_what_losing_all_pairs_at_once_says(problem: Problem) -> None:
    solved = solving.solve(*problem)
    one = solving.placement_worth(len(problem[0]), int(np.minimum(problem[2], len(problem[0])).sum())) or 1
    lost = solving.losses(*problem, solved)
    people = kept(problem, solved.mentor_of.tolist(), [False] * len(problem[0]))
    for row in range(len(problem[0])):
        found = forced(people, row)
        for column in range(len(problem[2])):
            if np.isfinite(lost[row, column]):
                placements, points = found.of(column) or (-1, -1)
                assert placements * one + points == lost[row, column]
            else:
                assert found.of(column) is None


@settings(max_examples=150)
@given(problems(), st.data())
def test_of_a_decided_mentee_it_is_what_another_decision_would_cost(
    problem: Problem, data: st.DataObject
) -> None:
    points = problem[0]
    answers = list(every_answer(*problem))
    chosen = data.draw(st.sampled_from(answers))
    locked = [each >= 0 and data.draw(st.booleans()) for each in chosen]
    keeping = [
        each
        for each in answers
        if all(each[row] == chosen[row] for row, is_locked in enumerate(locked) if is_locked)
    ]
    now = max(keeping, key=lambda each: worth(points, each)[:2])
    people = kept(problem, list(now), locked)
    for row, column in np.ndindex(points.shape):
        others = [
            worth(points, each)[:2]
            for each in answers
            if each[row] == column
            and all(each[place] == now[place] for place, fixed in enumerate(locked) if fixed and place != row)
        ]
        if others:
            placed, total = max(others)
            before = worth(points, now)
            assert forced(people, row).of(column) == (before[0] - placed, before[1] - total)
        else:
            assert forced(people, row).of(column) is None


@pytest.fixture
def people(cast: Cast) -> dict[str, Membership]:
    cast.inga.language = "en"
    cast.inga.save()
    return {
        "laima": mentor(cast, "Laima Vītola", languages=["lv"], interests=["23.4"], region="Cēsis"),
        "ruta": mentor(cast, "Ruta Saule", languages=["lv", "lt"], interests=["62.01"], region="Vilnius"),
        "janis": mentee(cast, "Jānis Bērzs", languages=["lv"], interests=["23.4"], region="Cēsis"),
        "egle": mentee(cast, "Eglė Lapė", languages=["lt"], interests=["62.01"], region="Vilnius"),
    }


def move(cast: Cast, run: Run, mentee: Membership, mentor: Membership) -> Move:
    found: Move = see(cast.inga, "cost", run.ref, mentee=mentee.ref, mentor=mentor.ref).context["move"]
    return found


@pytest.mark.django_db
def test_what_it_costs_is_known_beyond_the_best_that_are_listed(
    cast: Cast, people: dict[str, Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "KEPT", 0)
    run = matched(cast)
    found = move(cast, run, people["janis"], people["ruta"])
    assert "1 mentee fewer would have a mentor" in found.loses
    assert found.rules == []
    page = send(
        cast.inga,
        "decide",
        run.ref,
        kind="move",
        mentee=people["janis"].ref,
        other=people["ruta"].ref,
        page="1",
    )
    assert "1 mentee fewer would have a mentor" in page.content.decode()


@pytest.mark.django_db
def test_what_it_costs_is_known_of_more_mentors_than_are_compared_at_once(
    cast: Cast, people: dict[str, Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "LOSSES_UP_TO", 1)
    run = matched(cast)
    assert run.figures["with_losses"] is False
    assert "1 mentee fewer would have a mentor" in move(cast, run, people["janis"], people["ruta"]).loses
    line = run.lines.get(mentee__membership=people["janis"])
    row = see(cast.inga, "mentee", run.ref, str(line.mentee.number)).context["row"]
    assert ["1 mentee fewer would have a mentor" in other.loses for other in row.others] == [True]
    board = text(cast.inga, "run", run.ref)
    assert "the mentee’s own page, which the name opens, does" in board
    own = reverse("matching:mentee", args=[run.ref, line.mentee.number])
    assert re.search(rf'<a [^>]*href="{own}">What another mentor would cost<', board)
    assert f'href="{own}">All possible mentors, and what each would cost<' in board


@pytest.mark.django_db
def test_where_nothing_is_kept_of_a_run_no_page_promises_what_it_would_cost(
    cast: Cast, people: dict[str, Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "LOSSES_UP_TO", 1)
    run = matched(cast)
    Measured.objects.filter(run=run).delete()
    board = text(cast.inga, "run", run.ref)
    assert "would cost<" not in board
    assert "which the name opens, does" not in board
    assert "What it would cost is not known from this matching" in board


@pytest.mark.django_db
def test_where_the_board_tells_what_it_would_cost_it_leads_nowhere_else_for_it(
    cast: Cast, people: dict[str, Membership]
) -> None:
    board = text(cast.inga, "run", matched(cast).ref)
    assert "would cost<" not in board
    assert "not known from this matching" not in board


@pytest.mark.django_db
def test_what_another_decision_would_cost_is_known(cast: Cast, people: dict[str, Membership]) -> None:
    two = {"mentee": people["janis"], "mentor": people["ruta"]}
    decide(programme=cast.programme, kind=ChoiceKind.LOCK, **two, by=cast.inga, now=NOW)
    run = matched(cast)
    assert "1 mentee more would have a mentor" in move(cast, run, people["janis"], people["laima"]).loses
