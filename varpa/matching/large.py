"""Large cohorts: an existing solver of flows over candidates, then proof over all pairs.

The full matrix of 20,000 by 10,000 is never laid out: it is read in blocks of rows. Each mentee's and each
mentor's best are candidates; OR-Tools' min-cost flow solves them, prices of the mentors are found, and by
these every other pair is looked at. One that would gain something becomes a candidate, and all begins anew,
until none does: then no answer over any pairs is better (linear programming duality, in whole numbers).

OR-Tools (Apache 2.0) is the optional extra `large`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varpa.matching.grids import Rows, Values
from varpa.matching.solving import MOST_POINTS, Allowed, Places, Points, Solved, placement_worth

SOLVER = "OR-Tools SimpleMinCostFlow"
BEST = 40
"""So many candidates of each side to begin with."""
ADDED = 20
"""So many more of a mentee at most, where pairs that are no candidates would gain something."""
NEARLY = 200
"""Points that a pair may lack and be added all the same, where others gain: it saves a round."""
ROUNDS = 40
SAMPLE = 1000
CELLS = 2_000_000
"""Cells of a block: what is held of all pairs at one time, and stays near the processor."""
SHADES = 1024
"""Equal points are told apart by chance, or everybody's candidates would be the same few mentors."""

Block = Callable[[Rows], tuple[Points, Allowed]]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Edges:
    """Candidates: mentee, mentor and points, in the order of mentees and mentors."""

    row: Rows
    column: Rows
    points: NDArray[np.int64]

    def only(self, chosen: NDArray[np.bool_]) -> "Edges":
        return Edges(self.row[chosen], self.column[chosen], self.points[chosen])


NOBODY = np.zeros(0, dtype=np.int64)
NONE = Edges(NOBODY, NOBODY, NOBODY)


def installed() -> bool:
    """Whether the extra `large` is there."""
    return find_spec("ortools") is not None


def blocks(rows: int, columns: int) -> Iterator[Rows]:
    """All rows, so many at a time that a block stays small."""
    step = max(CELLS // max(columns, 1), 1)
    return (np.arange(begin, min(begin + step, rows)) for begin in range(0, rows, step))


def solve(block: Block, mentees: int, capacity: Places, tell: Tell) -> Solved:
    """As `solving.solve`; of answers that are as good over the candidates, the worst-off is best off."""
    mentors = len(capacity)
    if not mentees or not mentors:
        return Solved(np.full(mentees, -1), 0, 0, proven=True)
    edges = _candidates(block, mentees, mentors)
    proven, price, solved = False, np.zeros(mentors + 2), Solved(np.full(mentees, -1), 0, 0)
    for step in range(ROUNDS):
        tell(min(20 + 5 * step, 70))
        solved = _flow(edges, mentees, capacity)
        found = _prices(edges, mentees, capacity, solved)
        if found is None:
            break
        price = found
        worth = placement_worth(mentees, int(np.minimum(capacity, mentees).sum()))
        more = _gaining(block, mentees, price, _now(solved, mentees, capacity, edges, price) - worth)
        if not len(more.row):
            proven = True
            break
        edges = _joined(edges, more, mentors)
    solved = replace(solved, proven=proven)
    return _raise_lowest(edges, mentees, capacity, solved, price) if proven and solved.placed else solved


def _candidates(block: Block, mentees: int, mentors: int) -> Edges:
    chance = np.random.default_rng(1)
    shades = chance.integers(0, SHADES, mentors + SHADES, dtype=np.int32)

    def ranked(rows: Rows) -> NDArray[np.int32]:
        points, allowed = block(rows)
        rank: NDArray[np.int32] = np.multiply(points, SHADES, dtype=np.int32)
        for own, begin in zip(rank, (rows * 389) % SHADES, strict=True):
            own += shades[begin : begin + mentors]
        np.copyto(rank, -1, where=~allowed)
        return rank

    enough = _enough(ranked(_sample(mentees)), BEST / mentees, axis=0)
    found = []
    for rows in blocks(mentees, mentors):
        rank = ranked(rows)
        own = _enough(rank[:, _sample(mentors)], BEST / mentors, axis=1)
        row, column = _where(rank >= np.minimum(enough[None, :], own[:, None]))
        found.append(Edges(rows[row], column, rank[row, column].astype(np.int64) // SHADES))
    return _one(found)


def _where(chosen: Allowed) -> tuple[Rows, Rows]:
    """As `np.nonzero`, which takes ten times as long for few of many."""
    row, column = np.divmod(np.flatnonzero(chosen), chosen.shape[1])
    return row, column


def _sample(many: int) -> Rows:
    """Every so many-th: enough to judge from which rank on one is among the best."""
    return np.arange(0, many, max(many // SAMPLE, 1))


def _enough(rank: NDArray[np.int32], share: float, axis: int) -> NDArray[np.int32]:
    """From which rank on one is in the best share of these."""
    many = rank.shape[axis]
    place = max(many - max(round(many * share), 2), 0)
    enough: NDArray[np.int32] = np.take(np.partition(rank, place, axis=axis), place, axis=axis)
    return np.maximum(enough, 0)


def _one(found: list[Edges]) -> Edges:
    return Edges(
        np.concatenate([each.row for each in found]),
        np.concatenate([each.column for each in found]),
        np.concatenate([each.points for each in found]),
    )


def _joined(edges: Edges, more: Edges, mentors: int) -> Edges:
    """Both in one order, each pair once."""
    both = _one([edges, more])
    _keys, first = np.unique(both.row * mentors + both.column, return_index=True)
    return Edges(both.row[first], both.column[first], both.points[first])


def _flow(edges: Edges, mentees: int, capacity: Places) -> Solved:
    """The best answer over these pairs: a unit flows from each mentee who is placed through the mentor."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    mentors = len(capacity)
    sink, people, places = mentees + mentors, np.arange(mentees), np.arange(mentors)
    flow = SimpleMinCostFlow()
    tails = np.concatenate([edges.row, mentees + places]).astype(np.int32)
    heads = np.concatenate([mentees + edges.column, np.full(mentors, sink)]).astype(np.int32)
    most = np.concatenate([np.ones(len(edges.row)), np.minimum(capacity, mentees)])
    costs = np.concatenate([-edges.points, np.zeros(mentors)]).astype(np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, most.astype(np.int64), costs)
    flow.set_nodes_supplies(np.append(people, sink), np.append(np.ones(mentees, dtype=np.int64), -mentees))
    # Most placements first, then most points: without a placement's worth costs are small, and soon scaled.
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the solver of flows answers {status}")
    used = np.flatnonzero(flow.flows(np.arange(len(edges.row))))
    mentor_of = np.full(mentees, -1)
    mentor_of[edges.row[used]] = edges.column[used]
    got = edges.points[used]
    return Solved(mentor_of, int(got.sum()), int(got.min()) if len(got) else 0)


def _now(
    solved: Solved, mentees: int, capacity: Places, edges: Edges, price: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What each mentee brings with the mentor that was found, at the prices; nought without one."""
    worth = placement_worth(mentees, int(np.minimum(capacity, mentees).sum()))
    now = np.full(mentees, price[len(capacity)])
    taken = solved.mentor_of[edges.row] == edges.column
    now[edges.row[taken]] = edges.points[taken] + worth + price[edges.column[taken]]
    return now


def _prices(edges: Edges, mentees: int, capacity: Places, solved: Solved) -> NDArray[np.float64] | None:
    """As `solving.prices`, over candidates: mentors, then being without one, then free places."""
    mentors = len(capacity)
    worth = float(placement_worth(mentees, int(np.minimum(capacity, mentees).sum())))
    outside, free = mentors, mentors + 1
    here = np.where(solved.mentor_of >= 0, solved.mentor_of, outside)
    brings = np.zeros(mentees)
    taken = solved.mentor_of[edges.row] == edges.column
    brings[edges.row[taken]] = edges.points[taken] + worth
    used = np.bincount(here, minlength=mentors + 1)[:mentors]
    spare, full = np.flatnonzero(used < capacity), np.flatnonzero(used > 0)
    source = np.concatenate([here[edges.row], here, spare, [outside], np.full(len(full) + 1, free)])
    target = np.concatenate(
        [edges.column, np.full(mentees, outside), np.full(len(spare) + 1, free), full, [outside]]
    )
    loses = np.concatenate(
        [brings[edges.row] - edges.points - worth, brings, np.zeros(len(spare) + len(full) + 2)]
    )
    return _least(source, target, loses, mentors + 2)


def _least(source: Rows, target: Rows, loses: NDArray[np.float64], nodes: int) -> NDArray[np.float64] | None:
    """The least loss of getting to each node from anywhere; None where a circle of moves gains something."""
    order = np.lexsort((loses, source * nodes + target))
    key = (source * nodes + target)[order]
    first = order[np.flatnonzero(np.append(True, key[1:] != key[:-1]))]
    source, target, loses = source[first], target[first], loses[first]
    price, changed = np.zeros(nodes), np.ones(nodes, dtype=bool)
    for _round in range(nodes + 1):
        tried = changed[source]
        if not tried.any():
            return price
        lower = price.copy()
        np.minimum.at(lower, target[tried], price[source[tried]] + loses[tried])
        changed = lower < price
        price = lower
    return None


def _gaining(block: Block, mentees: int, price: NDArray[np.float64], least: NDArray[np.float64]) -> Edges:
    """The pairs of more points and price than each mentee's `least`, and those that nearly are.

    The next prices will often make those gain. Where none gains anything there is nothing to add.
    """
    mentors = len(price) - 2
    far = max(np.abs(price).max(), np.abs(least).max(initial=0)) + MOST_POINTS + NEARLY
    kind: Any = np.int32 if far < 2**31 else np.int64
    prices, leasts = price[:mentors].astype(kind), least.astype(kind)
    found, gains = [], False
    for rows in blocks(mentees, mentors):
        points, allowed = block(rows)
        gain: Values = points.astype(kind)
        gain += prices
        bar = leasts[rows][:, None]
        near = (gain > bar - NEARLY) & allowed
        if np.count_nonzero(near) > ADDED * len(rows):
            near = (gain > bar) & allowed
        row, column = _where(near)
        more = gain[row, column] - leasts[rows[row]]
        gains = gains or bool((more > 0).any())
        kept = _most(row, column, more)
        row, column = row[kept], column[kept]
        found.append(Edges(rows[row], column, points[row, column].astype(np.int64)))
    return _one(found) if gains else NONE


def _most(row: Rows, column: Rows, more: Values) -> Rows:
    """The places of those pairs that gain most of their mentee's, so many as are added of each."""
    order = np.lexsort((column, -more, row))
    kept: Rows = order[np.arange(len(order)) - np.searchsorted(row, row[order]) < ADDED]
    return kept


def _raise_lowest(
    edges: Edges, mentees: int, capacity: Places, best: Solved, price: NDArray[np.float64]
) -> Solved:
    """As in `solving`: the highest floor under all points that costs nothing, over the candidates."""
    worth = placement_worth(mentees, int(np.minimum(capacity, mentees).sum()))
    now = _now(best, mentees, capacity, edges, price)
    edges = edges.only(edges.points + worth + price[edges.column] == now[edges.row])
    reachable = np.full(mentees, -1, dtype=np.int64)
    np.maximum.at(reachable, edges.row, edges.points)
    limit = int(reachable[now != price[len(capacity)]].min(initial=MOST_POINTS))
    floors = np.unique(edges.points[(edges.points > best.lowest) & (edges.points <= limit)])
    low, high = 0, len(floors)
    while low < high:
        middle = (low + high) // 2
        tried = _flow(edges.only(edges.points >= floors[middle]), mentees, capacity)
        if tried.placed == best.placed and tried.total == best.total:
            best = replace(tried, proven=True)
            low = max(middle + 1, int(np.searchsorted(floors, tried.lowest, side="right")))
        else:
            high = middle
    return best
