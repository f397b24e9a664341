"""By gender no report, nor all reports of a programme together, tells of one to four people."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, text
from varpa.matching.actions.choices import decide
from varpa.matching.actions.proposals import propose_lines
from varpa.matching.genders import Told, by_gender
from varpa.matching.models import ChoiceKind, Counted
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership

WOMEN, MEN = [f"w{number}" for number in range(7)], [f"m{number}" for number in range(7)]
SAID = {**dict.fromkeys(WOMEN, "woman"), **dict.fromkeys(MEN, "man")}


def points(*left: str, among: Sequence[str] = tuple(SAID)) -> dict[str, int | None]:
    """Everybody is placed but these; the men with a few points more."""
    return {key: None if key in left else 50 + (key in MEN) for key in among}


def test_groups_of_five_are_told() -> None:
    rows, told = by_gender(SAID, points(), {})
    assert rows == [["man", 7, 7, 7], ["woman", 7, 7, 0]]
    assert {told[key] for key in WOMEN} == {Told("woman", 0)}


def test_one_who_is_left_is_not_told_by_how_many_are_placed() -> None:
    rows, _told = by_gender(SAID, points("w0"), {})
    assert [row[:3] for row in rows] == [["man", 7, None], ["woman", 7, None]]


def test_one_who_is_gone_is_not_told_by_the_next_report() -> None:
    _rows, told = by_gender(SAID, points(), {})
    there = {key: each for key, each in SAID.items() if key != "w0"}
    assert by_gender(there, points(among=tuple(there)), told) == ([], {})


def test_the_same_people_are_told_again_as_they_were_counted() -> None:
    rows, told = by_gender(SAID, points(), {})
    again, still = by_gender(SAID | {"w0": "man"}, points(), told)
    assert (again, still["w0"].gender) == (rows, "woman")


def test_five_who_have_come_are_told_together_and_four_are_not() -> None:
    _rows, told = by_gender(SAID, points(), {})
    for count, women in ((4, None), (5, 12)):
        said = SAID | {f"x{number}": "woman" for number in range(count)}
        rows, _told = by_gender(said, points(among=tuple(said)), told)
        assert (rows[0][1] if rows else None) == women


def test_one_gender_alone_is_compared_with_nobody_and_tells_of_all() -> None:
    said = dict.fromkeys([*WOMEN, *MEN], "woman")
    assert by_gender(said, points(), {}) == ([], {})
    assert by_gender({}, {}, {}) == ([], {})


RUN = some.tuples(some.integers(0, 5), some.integers(0, 5), some.integers(0, 3), some.integers(0, 16))


@settings(max_examples=60, deadline=None)
@given(some.lists(RUN, min_size=2, max_size=5), some.randoms(use_true_random=False))
def test_no_sum_or_difference_of_all_that_was_told_is_about_a_handful(
    runs: list[tuple[int, int, int, int]], chance: Any
) -> None:
    """A reader knows who waits, who is placed and how well, and who has said something anew."""
    said = {f"p{number}": chance.choice(["woman", "man"]) for number in range(16)}
    told: dict[str, Told] = {}
    known: list[list[str]] = []
    for gone, left, changed, better in runs:
        said |= {key: chance.choice(["woman", "man", ""]) for key in chance.sample(sorted(said), changed)}
        there = sorted(said)[gone:]
        got = {key: None if at < left else 50 + 10 * (at < better) for at, key in enumerate(there)}
        rows, lots = by_gender({key: said[key] for key in there}, got, told)
        if not rows:
            continue
        assert {key: lots[key].gender for key in told} == {key: each.gender for key, each in told.items()}
        told = lots
        placed = [key for key in there if got[key] is not None]
        most = sorted((got[key] or 0 for key in placed), reverse=True)
        half = [key for key in placed if (got[key] or 0) >= most[(len(most) - 1) // 2]]
        for at, among in enumerate((there, placed, half), start=1):
            if rows[0][at] is not None:
                assert all(row[at] == sum(told[key].gender == row[0] for key in among) for row in rows)
                known.append(among)
    assert not handful(known)


def handful(known: list[list[str]]) -> bool:
    """Whether some sum of figures, each about these people, is about one to four of them."""
    people = sorted({key for each in known for key in each})
    if not people:
        return False
    table = np.array([[key in each for key in people] for each in known], dtype=float)
    rank = np.linalg.matrix_rank(table)
    return any(
        np.linalg.matrix_rank(np.delete(table, some_of, axis=1)) < rank
        for some_of in combinations(range(len(people)), min(4, len(people)))
    )


def fourteen(cast: Cast) -> list[Membership]:
    """Seven women and seven men, and a mentor for each of them."""
    for number in range(14):
        mentor(cast, f"Mentors {number}", languages=["lv"])
    return [
        mentee(cast, f"Bērzs Nr{number}", languages=["lv"], gender="woman" if number % 2 else "man")
        for number in range(14)
    ]


@pytest.mark.django_db
class TestRuns:
    def test_no_page_tells_of_one_who_is_proposed_forbidden_gone_come_or_says_it_anew(
        self, cast: Cast
    ) -> None:
        people = fourteen(cast)
        first = matched(cast)
        assert first.figures["by_gender"] == [["man", 7, 7, 7], ["woman", 7, 7, 7]]
        line = first.lines.select_related("mentee__membership", "mentor__membership").first()
        assert line is not None
        both = {"mentee": people[3], "mentor": Membership.objects.get(person__name="Mentors 0")}
        told = []
        for change in (
            lambda: say_participation(membership=people[1], said={"gender": "man"}, by=None, now=NOW),
            lambda: [
                decide(
                    programme=cast.programme,
                    kind=ChoiceKind.FORBID,
                    **both | {"mentor": each},
                    by=cast.inga,
                    now=NOW,
                )
                for each in Membership.objects.filter(person__name__startswith="Mentors")
            ],
            lambda: mentee(cast, "Jana Nr0", languages=["lv"], gender="woman"),
            lambda: withdraw_member(membership=people[5], by=None, now=NOW),
            lambda: propose_lines(run=first, lines=[line], days=5, by=cast.inga, now=NOW),
        ):
            change()
            told.append(matched(cast).figures["by_gender"])
        # Who says it anew is counted as before; else four fewer or more are nobody's figure.
        assert told == [first.figures["by_gender"], [], [], [], []]
        assert set(Counted.objects.values_list("lot", flat=True)) == {0}

    def test_five_more_are_told(self, cast: Cast) -> None:
        fourteen(cast)
        matched(cast)
        for number in range(5):
            mentor(cast, f"Cits Mentors {number}", languages=["lv"])
            mentee(cast, f"Jana Nr{number}", languages=["lv"], gender="woman")
        assert [row[:3] for row in matched(cast).figures["by_gender"]] == [["woman", 12, 12], ["man", 7, 7]]
        assert Counted.objects.filter(gender="woman").count() == 12

    @pytest.mark.parametrize(
        ("language", "told", "kept"),
        [
            ("lv", "sieviete", "Pēc dzimuma šeit nekas netiek rādīts"),
            ("lt", "moteris", "Pagal lytį čia nieko nerodoma"),
            ("en", "woman", "By gender nothing is shown here"),
        ],
    )
    def test_the_board_tells_it_or_why_not(self, cast: Cast, language: str, told: str, kept: str) -> None:
        cast.inga.language = language
        cast.inga.save()
        people = fourteen(cast)
        page = text(cast.inga, "run", matched(cast).ref)
        assert told in page
        assert kept not in page
        withdraw_member(membership=people[5], by=None, now=NOW)
        page = text(cast.inga, "run", matched(cast).ref)
        assert told not in page
        assert kept in page
