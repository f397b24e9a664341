"""A cohort matched: rules, locks and reasons."""

import random

import numpy as np
import pytest

from varpa.matching.cohort import Mentee, Mentor, Rules, cohort
from varpa.matching.matching import Run, match
from varpa.matching.reasons import reasons, why_unplaced
from varpa.matching.results import found

LV, LT = frozenset({"lv"}), frozenset({"lt"})


def pairs(run: Run) -> dict[str, str]:
    rows = enumerate(run.solved.mentor_of)
    return {run.cohort.mentees[row].key: run.cohort.mentors[at].key for row, at in rows if at >= 0}


def many(count: int) -> tuple[list[Mentee], list[Mentor]]:
    chance = random.Random(3)
    topics = ["keramika", "galdniecība", "programmēšana", "konditoreja", "frizieris"]
    mentees = [
        Mentee(
            f"e{n:03}",
            languages=LV,
            interests=(chance.choice(topics),),
            region=chance.choice(["Rīga", "Cēsis"]),
        )
        for n in range(count)
    ]
    mentors = [
        Mentor(f"m{n:03}", languages=LV, sectors=(chance.choice(topics),), capacity=chance.randint(1, 2))
        for n in range(count // 2)
    ]
    return mentees, mentors


def test_rows_in_another_order_give_the_same_pairs() -> None:
    mentees, mentors = many(40)
    first = match(cohort(mentees, mentors))
    random.Random(1).shuffle(mentees)
    random.Random(2).shuffle(mentors)
    assert pairs(match(cohort(mentees, mentors))) == pairs(first)
    assert first.solved.proven


def test_without_a_language_in_common_nobody_is_proposed() -> None:
    run = match(cohort([Mentee("elina", languages=LV)], [Mentor("rimantas", languages=LT)]))
    assert pairs(run) == {}
    found = why_unplaced(run, 0)
    assert "language" in found.why
    assert "1 mentor" in found.would_help


def test_who_has_named_no_language_is_not_kept_out() -> None:
    assert pairs(match(cohort([Mentee("elina")], [Mentor("rimantas", languages=LT)]))) == {
        "elina": "rimantas"
    }


def test_a_lock_is_kept_against_a_rule_and_takes_its_place() -> None:
    rules = Rules(locks={"elina": "rimantas"})
    mentees = [Mentee("elina", languages=LV), Mentee("gabija", languages=LT, topic="medis")]
    mentors = [Mentor("rimantas", languages=LT, experience="medis"), Mentor("andris", languages=LV)]
    assert pairs(match(cohort(mentees, mentors, rules))) == {"elina": "rimantas"}


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (Rules(locks={"elina": "nobody"}), "unknown"),
        (Rules(locks={"elina": "andris"}, vetoes=frozenset({("elina", "andris")})), "vetoed"),
        (Rules(locks={"elina": "andris", "gabija": "andris"}), "full"),
    ],
)
def test_a_lock_that_cannot_be_kept_is_told(rules: Rules, why: str) -> None:
    run = match(cohort([Mentee("elina"), Mentee("gabija")], [Mentor("andris")], rules))
    assert [each.why for each in run.ignored] == [why]


def test_all_vetoed() -> None:
    rules = Rules(vetoes=frozenset({("elina", "andris")}))
    run = match(cohort([Mentee("elina")], [Mentor("andris")], rules))
    assert pairs(run) == {}
    assert why_unplaced(run, 0).why == "Somebody has asked that none of these mentors be the one."


def test_who_is_left_over_is_told_whose_place_would_help() -> None:
    mentees = [Mentee("elina", topic="keramika"), Mentee("ieva")]
    run = match(cohort(mentees, [Mentor("andris", name="Andris Ozols", experience="keramika")]))
    assert pairs(run) == {"elina": "andris"}
    assert why_unplaced(run, 1).would_help == "One more place with: Andris Ozols."


def test_reasons_are_told_in_words() -> None:
    elina = Mentee(
        "elina", languages=LV, interests=("clay",), region="Cēsis", availability=frozenset({"Tue evening"})
    )
    andris = Mentor(
        "andris", languages=LV, sectors=("clay",), region="Priekuļi", availability=frozenset({"Tue evening"})
    )
    run = match(cohort([elina], [andris]))
    assert reasons(run, 0, 0).speaks_for == ["both: clay", "Latvian", "6 km", "Tue evening"]
    assert reasons(run, 0, 0).speaks_against == []


def test_three_mentors_for_forty_mentees() -> None:
    mentees, _ = many(40)
    assert match(cohort(mentees, [Mentor(f"m{n}") for n in range(3)])).solved.placed == 3


def test_losses_are_found_only_where_somebody_asks() -> None:
    assert match(cohort(*many(10))).losses is None


@pytest.mark.parametrize("seed", range(4))
def test_a_loss_is_what_matching_again_with_the_two_locked_gives(seed: int) -> None:
    mentees, mentors = some(seed)
    run = match(cohort(mentees, mentors), with_losses=True)
    assert run.losses is not None
    for row, mentee in enumerate(run.cohort.mentees):
        for column, mentor in enumerate(run.cohort.mentors):
            if not run.people.block(np.array([row]))[1][0, column]:
                assert run.losses.placements[row, column] == -1
                continue
            again = match(cohort(mentees, mentors, Rules(locks={mentee.key: mentor.key})))
            lost = run.solved.placed - again.solved.placed, run.solved.total - again.solved.total
            assert (run.losses.placements[row, column], run.losses.points[row, column]) == lost


def some(seed: int) -> tuple[list[Mentee], list[Mentor]]:
    """A few people of whom not everybody can be with everybody."""
    chance = random.Random(seed)
    spoken = [LV, LT, LV | LT]
    topics = ["keramika", "galdniecība", "programmēšana"]
    mentees = [
        Mentee(f"e{n}", languages=chance.choice(spoken), interests=(chance.choice(topics),)) for n in range(7)
    ]
    mentors = [
        Mentor(
            f"m{n}",
            languages=chance.choice(spoken),
            sectors=(chance.choice(topics),),
            capacity=chance.randint(1, 2),
        )
        for n in range(3)
    ]
    return mentees, mentors


def test_what_a_mentee_can_travel_holds_where_it_is_said() -> None:
    near, far = Mentor("a", region="Valmiera"), Mentor("b", region="Vilnius")
    rules = Rules(within_travel=True)
    assert pairs(match(cohort([Mentee("e", region="Cēsis", travel=60)], [near, far], rules))) == {"e": "a"}
    left = match(cohort([Mentee("e", region="Cēsis", travel=60)], [far], rules))
    assert "further away" in why_unplaced(left, 0).why
    assert pairs(match(cohort([Mentee("e", region="Cēsis")], [far], rules))) == {"e": "b"}


def test_the_staff_forbid_and_it_is_told_as_theirs() -> None:
    left = match(cohort([Mentee("e")], [Mentor("m")], Rules(forbidden=frozenset({("e", "m")}))))
    assert "staff" in why_unplaced(left, 0).why


def test_times_of_the_week_are_told_in_words() -> None:
    times = frozenset({"tue-evening", "mon-morning"})
    run = match(cohort([Mentee("e", availability=times)], [Mentor("m", availability=times)]))
    assert "Monday morning, Tuesday evening" in reasons(run, 0, 0).speaks_for


def test_who_said_rather_not_is_not_proposed_again_unless_somebody_decides_it() -> None:
    two = [Mentee("elina", languages=LV)], [Mentor("andris", languages=LV)]
    refused = frozenset({("elina", "andris")})
    run = match(cohort(*two, Rules(refused=refused)))
    assert pairs(run) == {}
    assert "rather not" in why_unplaced(run, 0).why
    assert pairs(match(cohort(*two, Rules(refused=refused, locks={"elina": "andris"})))) == {
        "elina": "andris"
    }


def test_a_mentor_whose_places_are_locked_is_nobodys_next_best() -> None:
    mentees = [Mentee(key, languages=LV) for key in ("a", "b", "c")]
    mentors = [Mentor("x", languages=LV), Mentor("y", languages=LV)]
    run = match(cohort(mentees, mentors, Rules(locks={"a": "x"})), with_losses=True)
    by_key = dict(zip("abc", found(run), strict=True))
    assert [each["mentor"] for each in by_key["b"].others + by_key["c"].others if each["mentor"] == 0] == []
    costs = [each.get("placements", 0) for line in by_key.values() for each in line.others]
    assert all(cost >= 0 for cost in costs)


def test_a_place_that_would_go_to_somebody_else_is_not_promised() -> None:
    mentees = [Mentee("elina", topic="keramika"), Mentee("ieva", topic="keramika"), Mentee("jana")]
    run = match(cohort(mentees, [Mentor("andris", name="Andris Ozols", experience="keramika")]))
    (placed,) = pairs(run)
    told = {each.key: why_unplaced(run, row).would_help for row, each in enumerate(mentees)}
    assert placed in ("elina", "ieva")
    other = "ieva" if placed == "elina" else "elina"
    assert told[other] == "One more place with: Andris Ozols."
    assert told["jana"].endswith("with 2 more places with one of these it is sure: Andris Ozols.")
    assert run.left == 2


def test_a_place_with_a_mentor_who_does_not_suit_helps_where_somebody_moves_on() -> None:
    both, lv, lt = (frozenset(each) for each in ({"lv", "lt"}, {"lv"}, {"lt"}))
    mentees = [Mentee("elina", languages=both, topic="keramika"), Mentee("ieva", languages=lv)]
    andris = Mentor("andris", "Andris Ozols", languages=lv, experience="keramika")
    run = match(cohort(mentees, [andris, Mentor("ona", "Ona Petraitytė", languages=lt, capacity=0)]))
    assert pairs(run) == {"elina": "andris"}
    assert why_unplaced(run, 1).would_help.startswith("One more place with: Andris Ozols, Ona Petraitytė.")
