"""The report of fairness shows groups, and never a person: not even to whoever adds and subtracts."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from varpa.matching.fairness import SMALLEST, Placed, fairness


def by(kind: str, *groups: tuple[tuple[str, ...], int, int]) -> dict[str, Any]:
    """The report on so many people with these names, of whom so many are placed, with 50 points each."""
    people = [
        Placed({kind: names}, 5000 if at < placed else None)
        for names, of, placed in groups
        for at in range(of)
    ]
    found: dict[str, Any] = fairness(people)[kind]
    return found


def shown(report: dict[str, Any]) -> list[str]:
    return [row[0] for row in report["groups"]]


def test_a_group_of_five_is_shown_with_its_mean() -> None:
    report = by("country", (("LV",), 9, 8), (("LT",), 5, 5))
    assert report == {"groups": [["LV", 9, 8, 5000], ["LT", 5, 5, 5000]], "hidden": 0}


def test_what_is_hidden_is_five_people_or_more() -> None:
    report = by("school", (("A",), 9, 9), (("B",), 6, 6), (("C",), 2, 2), (("D",), 1, 1))
    assert (shown(report), report["hidden"]) == (["A"], 3)


def test_a_mean_is_not_what_remains_of_the_sum() -> None:
    report = by("school", (("A",), 9, 9), (("B",), 8, 7), (("C",), 7, 2))
    assert [row[3] for row in report["groups"]] == [5000, None, None]


def test_who_alone_does_not_speak_a_language_is_not_told_by_the_others() -> None:
    report = by("language", (("lv",), 40, 40), (("lt",), 1, 0))
    assert shown(report) == []
    report = by("language", (("lv", "en"), 20, 20), (("lv",), 20, 20), (("en",), 1, 0))
    assert shown(report) == ["en"]


def test_a_language_of_all_hides_nobody() -> None:
    report = by("language", (("lv", "en"), 12, 12), (("lv",), 9, 9))
    assert shown(report) == ["lv", "en"]


def test_a_language_within_another_leaves_no_handful() -> None:
    report = by("language", (("lv", "en"), 20, 20), (("lv",), 2, 0), (("lt",), 9, 9))
    assert shown(report) == ["lv", "lt"]


def test_two_languages_and_all_do_not_tell_who_speaks_both() -> None:
    report = by("language", (("lv",), 20, 20), (("lt",), 15, 15), (("lv", "lt"), 2, 0))
    assert shown(report) == ["lv"]


def test_nobody_makes_an_empty_report() -> None:
    assert fairness([]) == {}


NAMES = some.sets(some.sampled_from("abcd"), min_size=1, max_size=4).map(lambda each: tuple(sorted(each)))
PEOPLE = some.lists(
    some.tuples(NAMES, some.one_of(some.none(), some.integers(0, 10000))), min_size=SMALLEST, max_size=30
)


@given(PEOPLE)
def test_no_sum_of_at_most_three_figures_is_about_a_handful(
    people: list[tuple[tuple[str, ...], int | None]],
) -> None:
    report = fairness([Placed({"language": names}, points) for names, points in people])["language"]
    told = [*shown(report), None]
    for signs in product((-1, 0, 1), repeat=len(told)):
        if sum(map(abs, signs)) > 3:
            continue
        left = [
            sum(sign for sign, name in zip(signs, told, strict=True) if name is None or name in names)
            for names, _points in people
        ]
        assert not 0 < sum(map(bool, left)) < SMALLEST
