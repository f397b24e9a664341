"""A second, quite different methodology is another folder, and not a line of code."""

from datetime import date

from varpa.kernel.text import LANGUAGES
from varpa.methodology import Methodology, calendar_of, overrides
from varpa.methodology.facts import Fact
from varpa.methodology.marks import KindAct


def test_four_phases_of_its_own(other: Methodology) -> None:
    assert [phase.key for phase in other.phases] == ["meet", "choose", "make", "show"]
    assert other.phases[-1].begins == Fact.HOURS_REACHED


def test_ten_hours_in_six_months(other: Methodology) -> None:
    assert (other.hours_minutes, other.months) == (600, 6)


def test_other_means_and_only_two_kinds_of_meeting(other: Methodology) -> None:
    assert [means.key for means in other.means] == ["workshop", "letter", "phone"]
    assert [kind.acts for kind in other.kinds] == [KindAct.FIRST, KindAct.REGULAR]
    assert other.kind("evening").name.lv == "darba vakars"


def test_other_questions(other: Methodology) -> None:
    assert [question.key for question in other.plan.questions] == ["evenings", "material"]
    assert [question.about for question in other.diary.questions] == [("mentee",), ("mentor", "mentee")]


def test_what_the_folder_leaves_open(other: Methodology) -> None:
    assert {one.key: one.of for one in other.activities()} == {
        "reads_safety": "people",
        "agrees": "pairs",
        "works": "pairs",
        "visits": "pairs",
    }
    assert other.training == other.abilities == other.competences == ()


def test_its_guide_and_its_own_text(other: Methodology) -> None:
    assert other.document("safety").title.lt == "Sauga dirbtuvėse"
    assert other.document("safety").required
    for language in LANGUAGES:
        assert other.phase("make").name.within(language) in other.document("methodology").body.within(
            language
        )


def test_a_programme_may_change_it_too(other: Methodology) -> None:
    raw = {"hours_minutes": 480, "windows": {"winter": {"ends": "2026-01-31"}}}
    starts, ends = date(2025, 9, 1), date(2026, 2, 28)
    assert overrides.problems(other, raw, starts, ends) == []
    assert calendar_of(other, starts, ends, raw)["works"].due == date(2026, 1, 31)
