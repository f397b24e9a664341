"""Nobody is reckoned out of what is shown: an attacker with all tables, programmes of every shape."""

from collections import Counter
from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import array
from numpy.linalg import lstsq

from varpa.surveys.hiding import LEAST, WHOLE, Cell, Group, labels, of_group, shown_groups

ROLES, COUNTRIES = ("mentor", "mentee"), ("LV", "LT", "EE")
CELLS = st.dictionaries(
    st.sampled_from(list(product(ROLES, COUNTRIES))), st.integers(0, 14), min_size=1, max_size=6
)


def attack(cells: Mapping[Cell, int], shown: frozenset[Group]) -> list[frozenset[Cell]]:
    """Every set of cells with one to four people whose sum follows from the shown sums, by least squares.

    The attacker knows who has answered, so how many stand in each cell; and how the groups are made.
    """
    named = sorted(cell for cell, count in cells.items() if count)
    rows = array([[float(of_group(group, cell)) for cell in named] for group in sorted(shown)])
    found = []
    for chosen in product((0.0, 1.0), repeat=len(named)):
        people = sum(cells[cell] for cell, inside in zip(named, chosen, strict=True) if inside)
        if not 0 < people < LEAST:
            continue
        wanted = array(chosen)
        by, *_rest = lstsq(rows.T, wanted, rcond=None)
        if abs(rows.T @ by - wanted).max() < 1e-8:
            found.append(frozenset(cell for cell, inside in zip(named, chosen, strict=True) if inside))
    return found


@given(CELLS)
@settings(max_examples=300, deadline=None)
def test_no_sum_or_difference_of_shown_groups_speaks_of_fewer_than_five(cells: dict[Cell, int]) -> None:
    shown = shown_groups(cells)
    if not shown:
        assert sum(cells.values()) < LEAST
        return
    assert attack(cells, shown) == []


@given(CELLS)
@settings(max_examples=200, deadline=None)
def test_no_shown_group_is_under_five(cells: dict[Cell, int]) -> None:
    for group in shown_groups(cells):
        assert sum(count for cell, count in cells.items() if of_group(group, cell)) >= LEAST


def test_the_attack_finds_what_plain_hiding_leaves_open() -> None:
    """Hiding the group under five alone is not enough: the whole less the other group is that group."""
    cells = {("mentor", "LV"): 12, ("mentee", "LV"): 3}
    plain: frozenset[Group] = frozenset({WHOLE, ("role", "mentor")})
    assert attack(cells, plain) == [frozenset({("mentee", "LV")})]
    assert shown_groups(cells) == {WHOLE}


def test_role_and_country_together_give_nobody_away() -> None:
    """Each table alone hides nothing under five; one from the other would leave three mentees of Latvia."""
    cells = {("mentor", "LV"): 10, ("mentee", "LV"): 3, ("mentee", "LT"): 9}
    each_alone: frozenset[Group] = frozenset(
        {WHOLE, ("role", "mentor"), ("role", "mentee"), ("country", "LV"), ("country", "LT")}
    )
    assert frozenset({("mentee", "LV")}) in attack(cells, each_alone)
    assert attack(cells, shown_groups(cells)) == []


def test_a_second_group_is_hidden_with_the_first() -> None:
    cells = {("mentor", "LV"): 8, ("mentor", "LT"): 7, ("mentor", "EE"): 2}
    assert shown_groups(cells) == {WHOLE, ("country", "LV")}


def test_large_groups_are_all_shown() -> None:
    cells = {(role, country): 9 for role in ROLES for country in ("LV", "LT")}
    assert len(shown_groups(cells)) == 5


@given(CELLS)
@settings(max_examples=300, deadline=None)
def test_beside_an_anonymous_answer_stand_words_of_at_least_five(cells: dict[Cell, int]) -> None:
    told: dict[Cell, int] = {}
    for cell, label in labels(cells).items():
        told[label] = told.get(label, 0) + cells[cell]
    few = [count for count in told.values() if 0 < count < LEAST]
    assert not few or sum(cells.values()) < LEAST


@given(st.lists(CELLS, min_size=2, max_size=3))
@settings(max_examples=300, deadline=None)
def test_whoever_is_asked_later_stands_with_five_too(waves: list[dict[Cell, int]]) -> None:
    """Each wave adds people; what stood beside answers only ever grows coarser, as they are laid together."""
    cells: Counter[Cell] = Counter()
    held: dict[Cell, Cell] = {}
    for wave in waves:
        before = sum(cells.values())
        cells.update({cell: count for cell, count in wave.items() if count})
        told = labels(cells, held.items())
        assert all(sum(map(bool, told[cell])) <= sum(map(bool, label)) for cell, label in held.items())
        if before and before < LEAST:
            return
        carried = Counter[Cell]()
        for cell, label in told.items():
            carried[label] += cells[cell]
        assert all(count >= LEAST for count in carried.values()) or sum(cells.values()) < LEAST
        held = told
