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


def test_one_kind_less_another_leaves_no_handful() -> None:
    rows = (("LV", "A", 16, 6000), ("LV", "B", 1, 9000), ("LV", "B", 1, None), ("LT", "C", 8, 5000))
    people = [
        Placed({"country": (country,), "school": (school,)}, points)
        for country, school, count, points in (*rows, ("LT", "D", 5, 5000))
        for _each in range(count)
    ]
    report = fairness(people)
    assert shown(report["country"]) == ["LV", "LT"]
    assert (shown(report["school"]), report["school"]["hidden"]) == (["C", "D"], 2)


def test_however_many_schools_of_a_country_are_subtracted() -> None:
    people = [
        Placed({"country": ("LV",), "school": (f"school {number}",)}, 5000)
        for number, count in enumerate((9, 8, 7, 6, 2))
        for _each in range(count)
    ]
    people += [Placed({"country": ("LT",), "school": ("LT",)}, 5000) for _each in range(9)]
    assert shown(fairness(people)["school"]) == ["LT", "school 0", "school 1", "school 2"]


def test_a_language_is_shown_beside_small_schools_that_it_runs_across() -> None:
    people = [
        Placed({"school": (f"school {at % 8}",), "language": ("lv", "ru") if at % 3 else ("lv",)}, 5000)
        for at in range(64)
    ]
    report = fairness(people)
    assert (len(shown(report["school"])), shown(report["language"])) == (8, ["lv", "ru"])


def test_a_language_of_a_school_and_one_more_is_not_told() -> None:
    people = [Placed({"school": (name,), "language": ("lv",)}, 5000) for name in "AB" for _each in range(9)]
    people += [Placed({"school": ("C",), "language": ("lt",)}, 5000) for _each in range(9)]
    people[0] = Placed({"school": ("A",), "language": ("lt",)}, None)
    assert shown(fairness(people)["language"]) == []


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


@given(
    some.lists(
        some.tuples(some.sampled_from("xy"), some.sampled_from("123"), NAMES), min_size=SMALLEST, max_size=40
    )
)
def test_no_sum_over_kinds_with_at_most_two_languages_is_about_a_handful(
    people: list[tuple[str, str, tuple[str, ...]]],
) -> None:
    kinds = ("country", "school", "language")
    groups = [
        {"country": (country,), "school": (country + school,), "language": names}
        for country, school, names in people
    ]
    report = fairness([Placed(each, 5000) for each in groups])
    told = [(kind, name) for kind in kinds for name in shown(report[kind])]
    places = [key for key in told if key[0] != "language"]
    for signs in product((-1, 0, 1), repeat=len(told) - len(places)):
        if sum(map(abs, signs)) > 2:
            continue
        languages = [name for kind, name in told if kind == "language"]
        left = [
            sum(sign for sign, name in zip(signs, languages, strict=True) if name in each["language"])
            for each in groups
        ]
        for minus in product((-1, 0, 1), repeat=len(places) + 1):
            taken = [
                sum(
                    sign
                    for sign, key in zip(minus, [*places, None], strict=True)
                    if key is None or key[1] in each[key[0]]
                )
                for each in groups
            ]
            different = sum(one != other for one, other in zip(left, taken, strict=True))
            assert not 0 < different < SMALLEST
