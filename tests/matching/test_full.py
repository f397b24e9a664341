"""Mentors whose places are taken are known to a matching, though it places nobody with them."""

from typing import Any

import numpy as np
import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, pairs_of, see, text
from varpa.matching.cohort import Cohort, Mentee, Mentor, cohort
from varpa.matching.matching import match
from varpa.matching.reasons import why_unplaced
from varpa.programmes.actions.participation import say_participation


@pytest.mark.django_db
def test_the_one_who_shares_a_language_is_full_and_one_place_more_would_help(cast: Cast) -> None:
    cast.inga.language = "en"
    cast.inga.save()
    mentor(cast, "Ruta Saule", languages=["lt"])
    say_participation(membership=cast.mentor, said={"languages": ["lv"]}, by=None, now=NOW)
    janis = mentee(cast, "Jānis Bērzs", languages=["lv"])
    run = matched(cast)
    assert run.lines.get().without["why"] == "full"
    page = text(cast.inga, "run", run.ref, show="left")
    assert "None of the 2 mentors who would suit has a free place." in page
    assert f"One more place with: {cast.mentor.person.name}, " in page
    assert f">{cast.mentor.person.name}</a>" in page
    assert "Without this rule 1 mentor would be possible: a shared language." in page
    assert (run.figures["mentors"], run.figures["places"]) == (1, 1)
    move = see(cast.inga, "cost", run.ref, mentee=janis.ref, mentor=cast.mentor.ref).context["move"]
    assert move.loses == "no place is free with the mentor"


@pytest.mark.django_db
def test_nobody_is_placed_with_a_full_mentor_nor_offered_one(cast: Cast) -> None:
    mentor(cast, "Ruta Saule", languages=["lv"])
    say_participation(membership=cast.mentor, said={"languages": ["lv"]}, by=None, now=NOW)
    mentee(cast, "Jānis Bērzs", languages=["lv"])
    run = matched(cast)
    assert pairs_of(run) == {"Jānis Bērzs": "Ruta Saule"}
    assert run.lines.get().others == []


def people(*capacities: int, **said: Any) -> Cohort:
    lv = frozenset({"lv"})
    mentees = [Mentee(f"e{place}", languages=lv, **said) for place in range(3)]
    mentors = [
        Mentor(f"m{place}", name=f"Mentor {place}", languages=lv, capacity=capacity, region="Cēsis")
        for place, capacity in enumerate(capacities)
    ]
    return cohort(mentees, mentors)


def test_mentors_without_a_place_change_nothing_for_others() -> None:
    with_full, without = match(people(0, 1, 0, 1), with_losses=True), match(people(1, 1), with_losses=True)
    assert with_full.solved.total == without.solved.total
    assert with_full.solved.placed == 2
    assert with_full.losses
    assert without.losses
    assert np.array_equal(with_full.losses.placements[:, [1, 3]], without.losses.placements)
    assert (with_full.losses.placements[:, [0, 2]] == -1).all()
    large = match(people(0, 1, 0, 1), dense_up_to=0)
    assert (large.solved.placed, large.solved.total) == (2, with_full.solved.total)


def test_a_wish_for_a_full_mentor_is_held_against_nobody() -> None:
    assert match(people(0, 1, wishes=("mentor 0",))).solved.total == match(people(0, 1)).solved.total


def test_a_mentor_without_a_place_has_none_taken() -> None:
    told = why_unplaced(match(people(0)), 0)
    assert told.why == "The 1 mentor who would suit has no free place."
    assert (
        why_unplaced(match(people(0, 0)), 0).why == "None of the 2 mentors who would suit has a free place."
    )
