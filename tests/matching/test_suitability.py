"""Parts and points: stated, weighed, and unknown where nobody has said anything."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from django.utils import translation

from varpa.matching.cohort import Mentee, Mentor, cohort
from varpa.matching.grids import Grid
from varpa.matching.matching import match
from varpa.matching.parts import WEIGHTS, PartKey
from varpa.matching.places import kilometres
from varpa.matching.reasons import facts_of, reasons
from varpa.matching.suitability import Suitability, measure
from varpa.matching.telling import Facts, told
from varpa.sectors.sectors import sector


def same_or_not(one: str, other: str) -> int:
    return 1000 if one == other else 0


def measured(mentee: Mentee, *mentors: Mentor) -> dict[PartKey, list[float]]:
    people = cohort([mentee], list(mentors))
    found = measure(people, same_or_not, kilometres([""], ["" for _each in mentors]), WEIGHTS)
    return {key: [float(each) for each in part.row(0)] for key, part in found.parts.items()}


def combined(parts: dict[PartKey, list[float]], weights: Mapping[PartKey, int]) -> list[int]:
    """Points of one mentee with as many mentors as each part has values."""
    none, all_of_them = np.zeros(1, dtype=np.int64), np.arange(len(next(iter(parts.values()))))
    grids = {key: Grid(none, all_of_them, np.array([part])[[0]].__getitem__) for key, part in parts.items()}
    found = Suitability(grids, weights, next(iter(grids.values()))).points(none)
    return [int(each) for each in found[0]]


def test_what_nobody_has_said_is_unknown_and_not_nought() -> None:
    found = measure(cohort([Mentee("elina")], [Mentor("andris")]), same_or_not, kilometres([""], [""]))
    assert all(np.isnan(part[0, 0]) for part in found.parts.values())
    assert found.points(np.array([0])).tolist() == [[5000]]


def test_what_is_not_known_stands_in_the_middle() -> None:
    parts = {
        PartKey.INTERESTS: [1000.0, 1000.0, 1000.0],
        PartKey.TOPIC: [1000.0, np.nan, 0.0],
    }
    suits, unknown, does_not = combined(parts, WEIGHTS)
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
    assert combined({PartKey.INTERESTS: [1000.0, 0.0]}, {PartKey.INTERESTS: 0}) == [5000, 5000]


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


def test_what_both_have_but_one_has_no_computer_for_is_told() -> None:
    mentor = Mentor("mentor", means=frozenset({"video", "phone"}))
    facts = Facts(parts={"means": 500})
    by_video = Mentee("mentee", means=frozenset({"video"}), lacking=frozenset({"video", "email"}))
    assert len(told(by_video, mentor, facts).speaks_against) == 1
    by_phone = replace(by_video, means=frozenset({"video", "phone"}))
    assert told(by_phone, mentor, facts).speaks_against == []


def test_a_whole_section_is_half_answered_by_what_is_in_it_and_that_is_said() -> None:
    """Said as what both are in, whichever of the two has told it whole."""
    whole, part = Mentee("whole", interests=("C",)), Mentee("part", interests=("62",))
    wood, all_of_it = Mentor("wood", sectors=("16",)), Mentor("all", sectors=("J",))
    run = match(cohort([whole, part], [wood, all_of_it]))
    mentees = [each.key for each in run.cohort.mentees]
    mentors = [each.key for each in run.cohort.mentors]
    with translation.override("en"):
        for mentee, mentor, name in (
            ("whole", "wood", "Making things and crafts"),
            ("part", "all", "Information and media"),
        ):
            two = mentees.index(mentee), mentors.index(mentor)
            assert facts_of(run, *two).parts["interests"] == 500
            assert reasons(run, *two).speaks_for == [f"both: {name}"]
            assert reasons(run, *two).speaks_against == []


def test_what_is_nearer_than_the_section_is_said_first() -> None:
    mentee, mentor = Mentee("elina", interests=("C", "16.2")), Mentor("andris", sectors=("16",))
    with translation.override("en"):
        found = told(mentee, mentor, Facts({"interests": 650}))
        assert found.speaks_for == ["near: " + str(getattr(sector("16.2"), "name", ""))]


def test_a_run_from_before_sections_counted_keeps_what_it_said() -> None:
    mentee, mentor = Mentee("elina", interests=("C",)), Mentor("andris", sectors=("16",))
    with translation.override("en"):
        found = told(mentee, mentor, Facts({"interests": 250}))
    assert (found.speaks_for, found.speaks_against) == ([], ["other interests"])
