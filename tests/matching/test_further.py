"""Who would be placed by one place more: asked of every answer that there could be."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.test_solving import Problem, every_answer, problems, worth
from varpa.matching.further import next_in
from varpa.matching.solving import solve


@settings(max_examples=300, deadline=None)
@given(problems(), st.data())
def test_a_place_more_really_places_whoever_is_named(problem: Problem, data: st.DataObject) -> None:
    points, allowed, capacity = problem
    named = next_in(points, allowed, capacity, solve(*problem), np.zeros(len(points), dtype=bool))
    mentor = data.draw(st.integers(0, len(capacity) - 1))
    more = capacity.copy()
    more[mentor] += 1
    answers = list(every_answer(points, allowed, more))
    best = max(worth(points, each)[:2] for each in answers)
    if named[mentor] >= 0:
        chosen = [each for each in answers if worth(points, each)[:2] == best]
        assert all(each[named[mentor]] >= 0 for each in chosen)
    elif named[mentor] == -1:
        now = max(worth(points, each)[0] for each in every_answer(points, allowed, capacity))
        assert best[0] == now
