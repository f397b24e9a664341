"""What a manager says of a column stands above its heading; grids, counters, headings without a mark (S4)."""

import pytest
from django.utils import translation

from tests.applications.conftest import hold, member, notes, problems, take, text_of
from tests.applications.test_pages import ask, send, text
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.exports import export_people
from varpa.applications.actions.rosters import map_roster, take_roster
from varpa.applications.columns import COLUMNS, USUAL
from varpa.applications.models import Roster
from varpa.applications.queries.people import Sought
from varpa.applications.rosters.headings import _OWN, FIELDS, plain
from varpa.applications.rosters.reading import NoHeadings
from varpa.kernel.text import LANGUAGES
from varpa.people.models import Person
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db

ANONYMOUS = [
    [
        *("ID", "Start time", "Completion time", "Email", "Name"),
        *("Kāds ir tavs vārds un uzvārds?", "Tavs e-pasts?", "Tava skola?"),
    ],
    ["1", "10/1/25 9:00:00", "10/1/25 9:05:00", "anonymous", "", "Anna Sile", "anna@s.example", "Tehnikums"],
    ["2", "10/1/25 9:00:00", "10/1/25 9:05:00", "anonymous", "", "Zane Sile", "zane@s.example", "Tehnikums"],
]
SAID = {"kads ir tavs vards un uzvards": "name", "tavs e pasts": "email", "tava skola": "place"}
MAILS = [
    ["Email Address", "Vārds, uzvārds", "E-pasts", "Skola"],
    ["vecaks@x.example", "Anna Sile", "anna@s.example", "Tehnikums"],
]


def form_of(cast: Cast, rows: list[list[str]]) -> Roster:
    return hold(cast, text_of(rows), "mentee", may_ask=True)


def say(cast: Cast, roster: Roster, **fields: str) -> Roster:
    """Say what columns hold, by their headings with lines for spaces."""
    said = {heading.replace("_", " "): name for heading, name in fields.items()}
    map_roster(roster=roster, fields=said, by=cast.inga, now=NOW)
    return roster


def first(roster: Roster) -> list[tuple[str, str]]:
    return [(line["name"], line["email"]) for line in roster.preview["first"]]


def test_what_is_said_of_a_column_stands_above_a_heading_that_is_known(cast: Cast) -> None:
    roster = form_of(cast, ANONYMOUS)
    map_roster(roster=roster, fields=SAID, by=cast.inga, now=NOW)
    assert problems(roster) == []
    assert first(roster) == [("Anna Sile", "anna@s.example"), ("Zane Sile", "zane@s.example")]
    assert form_of(cast, ANONYMOUS).preview["counts"] == {"new": 2}


def test_of_two_columns_with_addresses_the_second_can_be_chosen(cast: Cast) -> None:
    roster = form_of(cast, MAILS)
    assert first(roster) == [("Anna Sile", "vecaks@x.example")]
    say(cast, roster, email_address="email", e_pasts="email")
    assert first(roster) == [("Anna Sile", "anna@s.example")]
    assert first(form_of(cast, MAILS)) == [("Anna Sile", "anna@s.example")]


def test_a_known_heading_can_be_left_out_of_its_own_form_only(cast: Cast) -> None:
    say(cast, form_of(cast, MAILS), email_address="", e_pasts="")
    assert first(form_of(cast, MAILS)) == [("Anna Sile", "")]
    other = [["Vārds, uzvārds", "E-pasts"], ["Ieva Sile", "ieva@s.example"]]
    assert first(form_of(cast, other)) == [("Ieva Sile", "ieva@s.example")]


def test_a_known_heading_can_be_given_another_meaning(cast: Cast) -> None:
    rows = [["Vārds, uzvārds", "Dzimtā valoda"], ["Anna Sile", "krievu"]]
    roster = form_of(cast, rows)
    assert problems(roster) == [(2, "language")]
    shown = text(ask(cast, "roster", roster.ref))
    assert f'{roster.ref}/columns/"' in shown
    assert "Dzimtā valoda" in text(ask(cast, "columns", roster.ref))
    send(cast, "columns", roster.ref, {"column-0": "name", "column-1": "languages"})
    roster.refresh_from_db()
    assert problems(roster) == []
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert member("Anna Sile").participation.languages == ["ru"]


def test_the_count_of_a_form_is_nobodys_key(cast: Cast) -> None:
    heads = ["ID", "Vārds, uzvārds", "E-pasts"]
    mentors = text_of([heads, ["1", "Jānis Kalns", "janis@s.example"]])
    assert take(cast, mentors, Role.MENTOR) == {"new": 1}
    roster = hold(cast, text_of([heads, ["1", "Anna Sile", "anna@s.example"]]), Role.MENTEE)
    assert (problems(roster), notes(roster)) == ([], [(1, "counter")])
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert not Person.objects.filter(name__in=["Jānis Kalns", "Anna Sile"]).exclude(roster_key="").exists()


@pytest.mark.parametrize(
    ("heads", "keys", "read"),
    [
        (["ID", "Vārds, uzvārds"], ["17", "23"], True),
        (["ID", "Vārds, uzvārds"], ["1", "2"], False),
        (["ID", "Vārds, uzvārds"], ["2", "1"], True),
        (["ID", "Vārds, uzvārds", "Start time"], ["51", "53"], False),
        (["Kods", "Vārds, uzvārds"], ["1", "2"], True),
    ],
)
def test_a_key_is_what_does_not_count_answers(
    cast: Cast, heads: list[str], keys: list[str], read: bool
) -> None:
    rows = [
        [key, f"{name} Sile", *(["10/1/25"] * (len(heads) - 2))] for key, name in zip(keys, "AB", strict=True)
    ]
    roster = form_of(cast, [heads, *rows])
    assert [line["key"] for line in roster.preview["first"]] == (keys if read else ["", ""])
    say(cast, roster, **{plain(heads[0]): "key"})
    assert [line["key"] for line in roster.preview["first"]] == keys


ANSWERS = [
    ["2025/10/01 12:00:00", "Anna Priede", "ap@x.example", "skolēns"],
    ["2025/10/01 12:10:00", "Juris Egle", "je@x.example", "skolēns"],
]


@pytest.mark.parametrize(
    "heads",
    [
        ["Timestamp", "Kā Tevi sauc", "Tava adrese", "Kas Tu esi"],
        ["Laika zīmogs", "Saukt", "Adrese", "Esmu"],
        ["Kada", "Kaip vadinasi", "Paštas", "Kas esi"],
    ],
)
def test_an_answer_is_never_taken_for_the_headings_below_questions(cast: Cast, heads: list[str]) -> None:
    roster = form_of(cast, [heads, *ANSWERS])
    assert [shown for _heading, shown, _values in roster.preview["head"]["unknown"]] == heads


def test_below_a_title_the_questions_are_the_headings(cast: Cast) -> None:
    roster = form_of(cast, [["Aptauja"], ["Kā tevi sauc?", "Kur dzīvo?"], ["Anna Priede", "skolēns"]])
    assert [heading for heading, _shown, _values in roster.preview["head"]["unknown"]] == [
        "ka tevi sauc",
        "kur dzivo",
    ]


def test_what_was_mapped_before_tells_where_the_headings_are(cast: Cast) -> None:
    heads = ["Uzrunāt", "Adrese", "Loks", "Esmu"]
    asked = [["Laika zīmogs", *heads], ["2025-10-01", "Anna Priede", "ap@x.example", "a", "skolēns"]]
    say(cast, form_of(cast, asked), uzrunat="name", adrese="email", loks="", esmu="")
    roster = form_of(cast, [heads, ["Juris Egle", "je@x.example", "b", "skolēns"]])
    assert first(roster) == [("Juris Egle", "je@x.example")]


def test_a_list_without_headings_is_still_refused(cast: Cast) -> None:
    with pytest.raises(NoHeadings):
        form_of(cast, [["Anna Ozola", "Jelgava"], ["Juris Egle", "kas zina?"]])


@pytest.mark.parametrize(
    ("rows", "cells", "times"),
    [
        (["Pirmdiena", "Otrdiena", "Trešdiena"], ["Vakars", "", "Pēcpusdiena, Vakars"], "mon2 wed1 wed2"),
        (["Rīts", "Vakars", "Pēcpusdiena"], ["Pirmdiena", "otrdiena", ""], "mon0 tue2"),
        (["Antradienis", "Trečiadienis", "Penktadienis"], ["Rytas", "", "Vakaras"], "tue0 fri2"),
    ],
)
def test_a_grid_says_the_times_of_a_week(cast: Cast, rows: list[str], cells: list[str], times: str) -> None:
    heads = ["Vārds, uzvārds", *(f"Kad Tev ir laiks? [{row}]" for row in rows)]
    roster = form_of(cast, [heads, ["Anna Sile", *cells]])
    asked = [heading for heading, _shown, _values in roster.preview["head"]["unknown"]]
    assert len(set(asked)) == 3
    shown = text(ask(cast, "columns", roster.ref))
    assert shown.count('value="times" selected') == 3
    map_roster(roster=roster, fields=dict.fromkeys(asked, "times"), by=cast.inga, now=NOW)
    assert notes(roster) == []
    take_roster(roster=roster, by=cast.inga, now=NOW)
    parts = ("morning", "afternoon", "evening")
    expected = [f"{time[:3]}-{parts[int(time[3])]}" for time in times.split()]
    assert member("Anna Sile").participation.availability == expected


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_handed_out_comes_back_as_it_was(cast: Cast, kind: str) -> None:
    heads = ["Vārds, uzvārds", "E-pasts", "Loma", "Tālrunis", "Tēma", "Skola", "Brīvais laiks"]
    anna = ["Anna Sile", "a@s.example", "audzēknis", "+371 20000001", "=1+1 koks", "JT", "pirmdienas vakars"]
    take(cast, text_of([heads, anna]))
    sought = Sought.read({"q": "Anna Sile"})
    file = export_people(
        programme=cast.programme, sought=sought, columns=tuple(COLUMNS), kind=kind, by=cast.inga, now=NOW
    )
    roster = hold(cast, file.content, name=file.name, may_ask=True)
    assert roster.preview["counts"] == {"same": 1}
    assert (roster.preview["head"]["unknown"], notes(roster)) == ([], [])


def test_every_heading_of_the_list_of_people_is_known() -> None:
    for language in LANGUAGES:
        with translation.override(language):
            heads = {plain(str(each.head)) for each in COLUMNS.values()}
        assert heads - set(FIELDS) - set(_OWN) == set(), language


@pytest.mark.parametrize("columns", [tuple(COLUMNS), USUAL, ("email",), ("topic", "place")])
def test_the_whole_list_comes_back_without_doubles(cast: Cast, columns: tuple[str, ...]) -> None:
    """Whoever runs the programme stands on it too, and is passed over."""
    before = (Person.objects.count(), Membership.objects.count())
    file = export_people(
        programme=cast.programme, sought=Sought.read({}), columns=columns, kind="csv", by=cast.inga, now=NOW
    )
    assert cast.inga.name in file.content.decode("utf-8-sig")
    roster = hold(cast, file.content, name=file.name, may_ask=True)
    assert roster.preview["problem_list"] == []
    assert set(roster.preview["counts"]) == {"same"}
    assert [note["who"] for note in roster.preview["note_list"]] == [cast.inga.name]
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert (Person.objects.count(), Membership.objects.count()) == before


def test_nobody_becomes_staff_by_a_list(cast: Cast) -> None:
    lines = [["Vārds, uzvārds", "Loma"], ["Anna Sile", "projekta vadītājs"]]
    roster = hold(cast, text_of(lines), name="l.csv", may_ask=True)
    assert [problem["what"] for problem in roster.preview["problem_list"]] == ["staff"]
