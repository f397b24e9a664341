"""A published table of a survey, reckoned anew from its answers."""

from collections import Counter
from typing import Any

import pytest

from varpa.kernel.text import TranslatedText
from varpa.surveys.computing import Answers, figures
from varpa.surveys.models import Question

# Snee (1974), a survey of statistics students at the University of Delaware, split as by Friendly (2000); R's
# HairEyeColor. Of each hair, how many have brown, blue, hazel and green eyes.
HAIR, EYES = ("black", "brown", "red", "blond"), ("brown", "blue", "hazel", "green")
MEN = ((32, 11, 10, 3), (53, 50, 25, 15), (10, 10, 7, 7), (3, 30, 5, 8))
WOMEN = ((36, 9, 5, 2), (66, 34, 29, 14), (16, 7, 7, 7), (4, 64, 5, 8))


def choice(key: str, words: tuple[str, ...]) -> Question:
    options = [{"key": each, "text": {}} for each in words]
    return Question(key=key, kind="choice", options=options, text=TranslatedText.same(key))


def answers() -> list[Answers]:
    return [
        Answers((role, ""), {"hair": hair, "eyes": eyes})
        for role, table in (("mentor", MEN), ("mentee", WOMEN))
        for hair, row in zip(HAIR, table, strict=True)
        for eyes, count in zip(EYES, row, strict=True)
        for _student in range(count)
    ]


@pytest.mark.parametrize(
    ("question", "role", "n", "shares"),
    [
        ("hair", "", 592, (18, 48, 12, 21)),
        ("hair", "mentor", 279, (20, 51, 12, 16)),
        ("hair", "mentee", 313, (17, 46, 12, 26)),
        ("eyes", "", 592, (37, 36, 16, 11)),
        ("eyes", "mentor", 279, (35, 36, 17, 12)),
        ("eyes", "mentee", 313, (39, 36, 15, 10)),
    ],
)
def test_hair_and_eyes_of_592_students(question: str, role: str, n: int, shares: tuple[int, ...]) -> None:
    asked = [choice("hair", HAIR), choice("eyes", EYES)]
    found: list[dict[str, Any]] = figures(asked, answers(), earlier=[])
    line = next(each for each in found if each["question"] == question and each["group"] == role)
    assert line["n"] == n
    assert tuple(percent for _word, percent in line["shares"]) == shares


def test_the_cells_are_those_of_the_table() -> None:
    counted = Counter((each.values["hair"], each.values["eyes"]) for each in answers())
    # Snee's own table, both together.
    assert [counted["black", eyes] for eyes in EYES] == [68, 20, 15, 5]
    assert [counted["blond", eyes] for eyes in EYES] == [7, 94, 10, 16]
