"""Live figures by role and country: whoever keeps every page that was ever shown finds nobody (R10)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import combinations, product
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import array
from numpy.linalg import matrix_rank

from tests.cast import Cast
from tests.surveys.conftest import BOTH, CLOSED, LATER, WELL, crowd, invitations, sent
from varpa.kernel.text import TranslatedText
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.results import compute_results
from varpa.surveys.actions.sending import ResultsWereShown, close_survey, send_survey
from varpa.surveys.computing import Answers, draw, figures, live
from varpa.surveys.hiding import LEAST, Cell
from varpa.surveys.models import Drawn, Question, Sheet, Survey
from varpa.surveys.queries import figures as told

ROLES, COUNTRIES = ("mentor", "mentee"), ("LV", "LT", "")
CELLS: list[Cell] = list(product(ROLES, COUNTRIES))
# Who answers one after another: of which cell, whether this question too, whether the worker reckons then.
COMING = st.lists(st.sampled_from(CELLS), min_size=1, max_size=4, unique=True).flatmap(
    lambda cells: st.lists(
        st.tuples(st.sampled_from(cells), st.integers(0, 5).map(bool), st.integers(0, 2).map(bool)),
        min_size=12,
        max_size=46,
    )
)
ASKED = st.fixed_dictionaries({cell: st.integers(5, 20) for cell in CELLS})
Coming = list[tuple[Cell, bool, bool]]
Look = list[dict[str, Any]]


def looks_of(coming: Coming, asked: Mapping[Cell, int]) -> list[Look]:
    """Every page of a survey while it comes in, and the last one after it has closed.

    The answer of each is a power of two: the sum of a group says who is in it, whatever the lot has been.
    """
    questions = [Question(key="q", kind="number", text=TranslatedText.same("q"))]
    here: list[Answers] = []
    found: list[Look] = [[]]
    batches: dict[str, Any] = {}
    for place, (cell, answers, reckons) in enumerate(coming):
        here.append(Answers(cell, {"q": 2**place} if answers else {}))
        if not reckons:
            continue
        waiting = [at for at, each in enumerate(here) if not each.drawn]
        for at, where in draw([here[each].cell for each in waiting], asked).items():
            here[waiting[at]] = here[waiting[at]]._replace(drawn=where)
        look, batches = live(questions, here, earlier=found[-1], batches=batches)
        found.append(look)
    return [*found, figures(questions, here, earlier=found[-1])]


def people_of(look: Look) -> Iterable[frozenset[int]]:
    for each in look:
        if each["n"]:
            total = round(each["mean"] * each["n"])
            yield frozenset(place for place in range(total.bit_length()) if total >> place & 1)


def found_by_an_attack(sums: set[frozenset[int]]) -> list[tuple[int, ...]]:
    """One set of one to four people of whom some sum and difference of these sums speaks alone, if any."""
    people = sorted(frozenset().union(*sums))
    rows = sorted(sums, key=sorted)
    alike = Counter(tuple(each in row for row in rows) for each in people)
    atoms = list(alike)
    basis = array([[float(atom[at]) for atom in atoms] for at in range(len(rows))])
    rank = matrix_rank(basis) if rows else 0
    few = [at for at, atom in enumerate(atoms) if alike[atom] < LEAST]
    for size in range(1, LEAST):
        for chosen in combinations(few, size):
            if sum(alike[atoms[at]] for at in chosen) < LEAST:
                rest = [at for at in range(len(atoms)) if at not in chosen]
                if not rest or matrix_rank(basis[:, rest]) < rank:
                    return [chosen]
    return []


@given(COMING, ASKED)
@settings(max_examples=150, deadline=None)
def test_all_pages_ever_shown_together_give_nobody_away(coming: Coming, asked: dict[Cell, int]) -> None:
    """Along the whole, roles, countries and time; even for somebody who knew how the lots have fallen."""
    looks = looks_of(coming, asked)
    assert found_by_an_attack({people for look in looks for people in people_of(look)}) == []


def test_the_attack_finds_one_who_came_between_two_looks() -> None:
    assert found_by_an_attack({frozenset(range(10)), frozenset(range(11))})
    assert not found_by_an_attack({frozenset(range(10)), frozenset(range(15))})


def test_roles_and_countries_are_shown_while_answers_come() -> None:
    coming = [(cell, True, True) for cell in [each for each in CELLS if each[1]] * 13]
    *_before, last, closed = looks_of(coming, dict.fromkeys(CELLS, 14))
    assert {(each["by"], each["group"]) for each in last if each["n"]} == {
        ("", ""),
        *(("role", role) for role in ROLES),
        *(("country", country) for country in ("LV", "LT")),
    }
    assert last[0]["n"] >= len(coming) / 3
    assert closed[0]["n"] == len(coming)


@given(COMING, ASKED)
@settings(max_examples=100, deadline=None)
def test_a_shown_group_gains_nobody_or_five(coming: Coming, asked: dict[Cell, int]) -> None:
    counts: dict[tuple[str, str], int] = {}
    for look in looks_of(coming, asked)[:-1]:
        for each in look:
            group = (each["by"], each["group"])
            if group in counts or each["n"]:
                gained = each["n"] - counts.get(group, 0)
                assert gained == 0 or gained >= LEAST
                counts[group] = each["n"]


@pytest.fixture
def crowded(db: None, cast: Cast) -> Survey:
    crowd(cast.programme, {("mentor", "LV"): 14, ("mentee", "LV"): 14, ("mentee", "LT"): 14})
    return sent(cast, "progress_survey")


def say(survey: Survey, chosen: slice, **values: Any) -> None:
    for each in invitations(survey)[chosen]:
        submit_answers(invitation=each, values={**WELL, **values}, by=None, now=LATER)


def stand(cast: Cast) -> dict[tuple[str, str], tuple[int | None, float | None]]:
    found = told.figures(cast.programme)
    return {(each.role, each.country): (each.n, each.mean) for each in found if each.question == "course"}


def test_the_manager_sees_live_by_role_and_country(client: Client, cast: Cast, crowded: Survey) -> None:
    say(crowded, slice(None))
    compute_results(survey=crowded, now=LATER)
    assert all(stand(cast)[role, ""][0] for role in BOTH)
    client.force_login(cast.inga)
    page = client.get(f"/surveys/{crowded.ref}/results/").content.decode()
    assert f"{stand(cast)['', ''][0]} no 46" in page


def test_one_more_answer_changes_nothing_that_is_shown(cast: Cast, crowded: Survey) -> None:
    say(crowded, slice(0, 30))
    for hour in range(8):
        compute_results(survey=crowded, now=LATER + timedelta(hours=hour))
    seen = stand(cast)
    assert seen["", ""][0]
    say(crowded, slice(30, 31), course=1)
    compute_results(survey=crowded, now=LATER + timedelta(hours=9))
    after = stand(cast)
    gained = [(after[group][0] or 0) - (n or 0) for group, (n, _mean) in seen.items()]
    assert all(number == 0 or number >= LEAST for number in gained)


def test_until_it_closes_as_many_of_a_group_wait_as_are_counted(cast: Cast, crowded: Survey) -> None:
    """Whoever holds the database finds beside the newest answer as many that wait as of its group count."""
    say(crowded, slice(0, 30))
    compute_results(survey=crowded, now=LATER)
    rows = Counter(Sheet.objects.values_list("role", "country", "drawn"))
    for role, country, drawn in list(rows):
        assert rows[role, country, Drawn.WAITS] >= (rows[role, country, drawn] if drawn else 0)


def test_after_the_closing_all_are_counted_and_the_lot_is_gone(cast: Cast, crowded: Survey) -> None:
    say(crowded, slice(0, 30))
    compute_results(survey=crowded, now=LATER)
    close_survey(survey=crowded, by=cast.inga, now=CLOSED)
    compute_results(survey=crowded, now=CLOSED)
    assert stand(cast)["", ""][0] == 30
    assert not Sheet.objects.filter(drawn__gt=0).exists()


def test_what_was_shown_after_the_closing_is_not_opened_again(cast: Cast, crowded: Survey) -> None:
    """R10: whoever looked at both closings would take the few from the many."""
    say(crowded, slice(0, 30))
    close_survey(survey=crowded, by=cast.inga, now=CLOSED)
    compute_results(survey=crowded, now=CLOSED)
    with pytest.raises(ResultsWereShown):
        reopen(crowded, cast)


def test_a_survey_of_which_nothing_could_be_shown_is_opened_again(cast: Cast, crowded: Survey) -> None:
    say(crowded, slice(0, 4))
    close_survey(survey=crowded, by=cast.inga, now=CLOSED)
    compute_results(survey=crowded, now=CLOSED)
    reopen(crowded, cast)
    say(crowded, slice(4, 30))
    crowded.refresh_from_db()
    close_survey(survey=crowded, by=cast.inga, now=CLOSED + timedelta(days=1))
    compute_results(survey=crowded, now=CLOSED + timedelta(days=1))
    assert stand(cast)["", ""][0] == 30


def test_what_is_compared_with_is_not_opened_again_either(cast: Cast) -> None:
    crowd(cast.programme, {("mentee", "LV"): 14})
    first, last = sent(cast, "competences_start"), sent(cast, "competences_end")
    for survey in (first, last):
        for each in invitations(survey):
            given = {"competences": {"marketing": 3}}
            submit_answers(invitation=each, values=given, by=None, now=LATER)
        close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=last, now=CLOSED)
    with pytest.raises(ResultsWereShown):
        reopen(first, cast)


def reopen(survey: Survey, cast: Cast) -> None:
    later = CLOSED.date() + timedelta(days=5)
    send_survey(survey=survey, roles=BOTH, closes_on=later, by=cast.inga, now=CLOSED)
