"""Days with slashes are read as their whole column writes them, and the preview says how."""

from datetime import date

import pytest

from tests.applications.conftest import hold, text_of
from tests.applications.test_pages import ask, speak, text
from tests.cast import Cast
from varpa.applications.models import Roster

pytestmark = pytest.mark.django_db


def born(cast: Cast, *days: str) -> Roster:
    rows = [["name", "born"], *([f"Anna Ozola{'abcd'[at]}", day] for at, day in enumerate(days))]
    return hold(cast, text_of(rows), "mentee")


@pytest.mark.parametrize(
    ("days", "read", "told"),
    [
        (["3/1/2009", "3/13/2009"], [date(2009, 3, 1), date(2009, 3, 13)], ["month_first"]),
        (["3/1/2009", "4/2/2009 0:00"], [date(2009, 1, 3), date(2009, 2, 4)], ["day_first"]),
        (["3/1/2009", "13/3/2009"], [date(2009, 1, 3), date(2009, 3, 13)], ["day_first"]),
        (["03.01.2009", "3/13/2009"], [date(2009, 1, 3), date(2009, 3, 13)], []),
        (["3/3/2009", "2009/03/13"], [date(2009, 3, 3), date(2009, 3, 13)], []),
    ],
)
def test_the_whole_column_tells_the_order(
    cast: Cast, days: list[str], read: list[date], told: list[str]
) -> None:
    preview = born(cast, *days).preview
    assert preview["problem_list"] == []
    assert [line["born"] for line in preview["first"]] == [str(day) for day in read]
    assert [each["what"] for each in preview["note_list"]] == told


def test_where_both_orders_stand_in_a_column_it_has_to_be_put_right(cast: Cast) -> None:
    preview = born(cast, "3/13/2009", "13/3/2009", "3/1/2009").preview
    assert [(each["line"], each["what"]) for each in preview["problem_list"]] == [(2, "born")]
    assert [each["what"] for each in preview["note_list"]] == ["day_first"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "dates with slashes are read with the month first: 3/1/2009 is 2009-03-01."),
        ("lv", "datumi ar slīpsvītrām lasīti tā, ka vispirms ir mēnesis: 3/1/2009 ir 2009-03-01."),
        (
            "lt",
            "su pasviraisiais brūkšniais skaitomos taip, kad pirmas eina mėnuo: 3/1/2009 yra 2009-03-01.",
        ),
    ],
)
def test_the_preview_says_the_order(cast: Cast, language: str, said: str) -> None:
    roster = born(cast, "3/1/2009", "3/13/2009")
    speak(cast, language)
    assert said in text(ask(cast, "roster", roster.ref))


def test_an_unknown_interest_beside_a_known_one_is_told(cast: Cast) -> None:
    rows = [["name", "interests"], ["Anna Ozola", "Galdniecība; xyz"], ["Ieva Liepa", "keramika un medus"]]
    notes = hold(cast, text_of(rows), "mentee").preview["note_list"]
    assert [(each["line"], each["what"], each["values"]) for each in notes] == [
        (2, "interests", {"text": "xyz"})
    ]
