"""Parts and points: stated, weighed, and unknown where nobody has said anything."""

from dataclasses import replace

import numpy as np

from varpa.matching.cohort import Mentee, Mentor, cohort
from varpa.matching.matching import match
from varpa.matching.parts import WEIGHTS, PartKey, stems
from varpa.matching.suitability import combine, measure
from varpa.matching.telling import Facts, told


def same_or_not(one: str, other: str) -> int:
    return 1000 if one == other else 0


def measured(mentee: Mentee, *mentors: Mentor) -> dict[PartKey, list[float]]:
    found = measure(cohort([mentee], list(mentors)), same_or_not, np.full((1, len(mentors)), np.nan), WEIGHTS)
    return {key: [float(each) for each in part[0]] for key, part in found.parts.items()}


def test_what_nobody_has_said_is_unknown_and_not_nought() -> None:
    found = measure(cohort([Mentee("elina")], [Mentor("andris")]), same_or_not, np.array([[np.nan]]))
    assert all(np.isnan(part).all() for part in found.parts.values())
    assert found.points.tolist() == [[5000]]


def test_what_is_not_known_stands_in_the_middle() -> None:
    parts = {
        PartKey.INTERESTS: np.array([[1000.0, 1000.0, 1000.0]]),
        PartKey.TOPIC: np.array([[1000.0, np.nan, 0.0]]),
    }
    suits, unknown, does_not = combine(parts, WEIGHTS)[0]
    assert suits > unknown > does_not
    assert suits == 10_000


def test_silence_never_wins_the_last_place() -> None:
    """Who told only the means would be full in all that is known."""
    told = Mentee(
        "told",
        languages=frozenset({"lv"}),
        interests=("wood",),
        region="Cēsis",
        means=frozenset({"video"}),
        availability=frozenset({"tue-evening"}),
        topic="galdniecība",
    )
    silent = Mentee("silent", means=frozenset({"video"}))
    mentor = Mentor(
        "mentor",
        languages=told.languages,
        sectors=told.interests,
        region=told.region,
        means=told.means,
        availability=told.availability,
    )
    run = match(cohort([silent, told], [mentor]))
    assert run.cohort.mentees[int(np.flatnonzero(run.solved.mentor_of >= 0)[0])].key == "told"


def test_weights_that_are_all_nought_make_everybody_alike() -> None:
    parts = {PartKey.INTERESTS: np.array([[1000.0, 0.0]])}
    assert combine(parts, {PartKey.INTERESTS: 0}).tolist() == [[5000, 5000]]


def test_the_first_wish_weighs_as_much_as_all_others() -> None:
    elina = Mentee("elina", interests=("wood", "clay", "glass"))
    wood, clay = Mentor("a", sectors=("wood",)), Mentor("b", sectors=("clay",))
    found = measured(elina, wood, clay)[PartKey.INTERESTS]
    assert found[0] > found[1] > 0


def test_a_topic_is_found_in_an_experience_whatever_its_ending() -> None:
    elina = Mentee("elina", topic="Keramikas darbnīca")
    found = measured(
        elina, Mentor("a", experience="Keramika un podniecība"), Mentor("b", experience="Grāmatvedība")
    )
    assert found[PartKey.TOPIC][0] > 0
    assert found[PartKey.TOPIC][1] == 0


def test_times_in_common_count_up_to_three() -> None:
    elina = Mentee("elina", availability=frozenset({"mon", "tue", "wed", "thu"}))
    one, three = Mentor("a", availability=frozenset({"mon"})), Mentor("b", availability=elina.availability)
    found = measured(elina, one, three)[PartKey.AVAILABILITY]
    assert [round(each) for each in found] == [333, 1000]


def test_stems_ignore_small_words_case_and_accents() -> None:
    assert stems("Mēbeļu galdniecība un koks") == {"mebel", "galdn", "koks"}


def test_what_both_have_but_one_has_no_computer_for_is_told() -> None:
    mentor = Mentor("mentor", means=frozenset({"video", "phone"}))
    facts = Facts(parts={"means": 500})
    by_video = Mentee("mentee", means=frozenset({"video"}), lacking=frozenset({"video", "email"}))
    assert len(told(by_video, mentor, facts).speaks_against) == 1
    by_phone = replace(by_video, means=frozenset({"video", "phone"}))
    assert told(by_phone, mentor, facts).speaks_against == []
