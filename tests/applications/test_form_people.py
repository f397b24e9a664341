"""A web form may bring a guardian's address, abilities and gender: each only to whom it concerns (S2, S4)."""

from typing import Any

import pytest

from tests.applications.conftest import hold, member, text_of
from tests.applications.test_pages import ask, text
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.rosters import map_roster, take_roster
from varpa.applications.models import Roster
from varpa.guardians.models import Guardian, GuardianLink
from varpa.post.models import Letter
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
HEADS = ["Vārds", "Dzimis", "Dzimums", "Vecāka vārds", "Vecāka e-pasts"]
PUPILS = [
    HEADS,
    ["Kārlis Šķēle", "01.03.2009", "zēns", "Anna Šķēle", "anna@maja.example"],
    ["Žanete Ķirse", "", "meitene", "", ""],
    ["Anna Ozola", "01.03.1999", "nezinu", "Ilze Ozola", "ilze@maja.example"],
    ["Oto Bērzs", "02.03.2009", "", "", "bez-varda@maja.example"],
]


def pupils(cast: Cast, rows: list[list[str]] | None = None) -> Roster:
    return hold(cast, text_of(rows or PUPILS), "mentee")


def take(cast: Cast, roster: Roster) -> None:
    take_roster(roster=roster, by=cast.inga, now=NOW)


def notes(roster: Roster) -> list[tuple[int, str]]:
    return sorted((each["line"], each["what"]) for each in roster.preview["note_list"])


class TestGuardians:
    def test_a_guardian_is_written_down_and_nobody_is_written_to(self, cast: Cast) -> None:
        take(cast, pupils(cast))
        made = Guardian.objects.get()
        assert (made.name, made.address) == ("Anna Šķēle", "anna@maja.example")
        assert (made.membership, made.by) == (member("Kārlis Šķēle"), cast.inga)
        assert not GuardianLink.objects.exists()
        assert not Letter.objects.filter(to_address="anna@maja.example").exists()

    def test_whoever_is_of_age_needs_none_and_an_address_needs_a_name(self, cast: Cast) -> None:
        told = notes(pupils(cast))
        assert (4, "guardian_not_asked") in told
        assert (5, "guardian") in told

    def test_where_the_birthday_is_not_known_the_guardian_is_kept(self, cast: Cast) -> None:
        take(cast, pupils(cast, [HEADS, ["Žanete Ķirse", "", "", "Ilze Ķirse", "ilze@maja.example"]]))
        assert Guardian.objects.get().membership == member("Žanete Ķirse")

    def test_the_same_list_once_more_adds_nobody(self, cast: Cast) -> None:
        take(cast, pupils(cast))
        again = pupils(cast)
        assert again.preview["counts"] == {"same": 4}
        take(cast, again)
        assert Guardian.objects.count() == 1

    def test_a_list_that_brings_only_the_guardian_changes_something(self, cast: Cast) -> None:
        take(cast, pupils(cast, [HEADS[:2], ["Kārlis Šķēle", "01.03.2009"]]))
        later = pupils(cast, PUPILS[:2])
        assert later.preview["counts"] == {"changed": 1}
        shown = text(ask(cast, "roster", later.ref))
        assert "anna@maja.example" in shown
        take(cast, later)
        assert Guardian.objects.get().membership == member("Kārlis Šķēle")

    def test_a_wrong_address_is_put_right_first(self, cast: Cast) -> None:
        roster = pupils(cast, [HEADS, ["Kārlis Šķēle", "01.03.2009", "", "Anna Šķēle", "anna@"]])
        assert [each["what"] for each in roster.preview["problem_list"]] == ["guardian_email"]

    def test_the_pupils_own_address_is_no_guardians(self, cast: Cast) -> None:
        rows = [[*HEADS, "e-pasts"], [*PUPILS[1][:4], "karlis@x.example", "karlis@x.example"]]
        take(cast, pupils(cast, rows))
        assert not Guardian.objects.exists()


class TestGender:
    def test_it_is_kept_as_if_it_were_said_in_the_application(self, cast: Cast) -> None:
        roster = pupils(cast)
        assert (4, "gender") in notes(roster)
        take(cast, roster)
        said = [member(row[0]).participation.gender for row in PUPILS[1:3]]
        assert said == ["man", "woman"]

    def test_no_page_shows_it(self, cast: Cast) -> None:
        roster = pupils(cast)
        assert "gender" not in roster.preview["first"][0]
        assert "zēns" not in text(ask(cast, "roster", roster.ref))

    def test_of_mentors_nobody_asks(self, cast: Cast) -> None:
        roster = hold(cast, text_of([HEADS, ["Laima Vītola", "", "sieviete", "", ""]]), "mentor")
        take(cast, roster)
        assert not hasattr(member("Laima Vītola"), "participation")


class TestAbilities:
    def test_each_column_is_one_of_the_methodology(self, cast: Cast) -> None:
        first, second = methodology_of(cast.programme).abilities[:2]
        heads = ["Kā Jūs sauc?", "Vai klausāties?", "Vai jautājat?"]
        rows = [heads, ["Laima Vītola", "3", "lielākoties"], ["Ruta Saule", "ļoti", ""]]
        roster = hold(cast, text_of(rows), "mentor", may_ask=True)
        asked: dict[str, Any] = dict(
            zip(
                [heading for heading, _shown, _values in roster.preview["head"]["unknown"]],
                ["name", f"ability-{first.key}", f"ability-{second.key}"],
                strict=True,
            )
        )
        assert first.text.lv in text(ask(cast, "columns", roster.ref))
        map_roster(roster=roster, fields=asked, by=cast.inga, now=NOW)
        assert notes(roster) == [(3, "abilities")]
        assert text(ask(cast, "roster", roster.ref))
        take(cast, roster)
        assert member("Laima Vītola").participation.abilities == {first.key: "3", second.key: "2"}
