"""Whose country a list does not say: ages, permissions and partners are those of a country."""

from pathlib import Path

import pytest
from django.db.models import Q

from tests.applications.conftest import hold, known, member, problems, take, text_of
from tests.applications.test_command import run
from tests.cast import Cast
from tests.make import NOW
from tests.visits import Visitor, forms
from varpa.applications.actions.rosters import RosterChanged, StillWrong, map_roster, take_roster
from varpa.applications.models import Roster
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db

BLANK = [["name", "role", "country"], ["Anna Auza", "mentee", "LV"], ["Ona Balsytė", "mentor", ""]]
NO_COLUMN = [["name", "role"], ["Anna Auza", "mentee"], ["Ona Balsytė", "mentor"]]


def in_countries(cast: Cast, *codes: str) -> None:
    cast.programme.countries = list(codes)
    cast.programme.save(update_fields=["countries"])


def taken() -> dict[str, str]:
    found = Membership.objects.filter(Q(person__name="Anna Auza") | Q(person__name="Ona Balsytė"))
    return dict(found.values_list("person__name", "country"))


@pytest.mark.parametrize("rows", [BLANK, NO_COLUMN])
def test_where_the_programme_has_one_country_it_is_that_one(cast: Cast, rows: list[list[str]]) -> None:
    in_countries(cast, "LV")
    take(cast, text_of(rows), country="")
    assert taken() == {"Anna Auza": "LV", "Ona Balsytė": "LV"}


def test_where_it_has_several_a_blank_one_is_told_and_nobody_is_taken_in(cast: Cast) -> None:
    in_countries(cast, "LV", "LT")
    roster = hold(cast, text_of(BLANK), country="")
    assert problems(roster) == [(3, "no_country")]
    with pytest.raises(StillWrong):
        take_roster(roster=roster, by=cast.inga, now=NOW)
    assert taken() == {}


def test_without_the_column_each_line_is_told(cast: Cast) -> None:
    in_countries(cast, "LV", "LT")
    assert problems(hold(cast, text_of(NO_COLUMN), country="")) == [(2, "no_country"), (3, "no_country")]


@pytest.mark.parametrize(("rows", "anna"), [(BLANK, "LV"), (NO_COLUMN, "LT")])
def test_one_country_may_be_chosen_for_all_of_whom_it_says_none(
    cast: Cast, rows: list[list[str]], anna: str
) -> None:
    in_countries(cast, "LV", "LT")
    take(cast, text_of(rows), country="LT")
    assert taken() == {"Anna Auza": anna, "Ona Balsytė": "LT"}
    assert known("Ona Balsytė").language == "lt"


def test_whose_country_is_known_keeps_it_and_who_has_none_gets_it(cast: Cast) -> None:
    in_countries(cast, "LV", "LT")
    take(cast, text_of(NO_COLUMN), country="LT")
    Membership.objects.filter(person__name="Anna Auza").update(country="LV")
    assert problems(hold(cast, text_of(NO_COLUMN), country="")) == []
    assert take(cast, text_of(NO_COLUMN), country="LT") == {"same": 2}
    Membership.objects.filter(person__name="Anna Auza").update(country="")
    assert problems(hold(cast, text_of(NO_COLUMN), country="")) == [(2, "no_country")]
    assert take(cast, text_of(NO_COLUMN), country="LT") == {"same": 1, "changed": 1}
    assert taken() == {"Anna Auza": "LT", "Ona Balsytė": "LT"}


def test_a_country_that_is_not_of_the_programme_cannot_be_chosen(cast: Cast) -> None:
    in_countries(cast, "LV", "LT")
    with pytest.raises(NotOurCountry):
        hold(cast, text_of(NO_COLUMN), country="EE")


def test_when_the_programme_changes_its_countries_meanwhile_the_list_is_shown_again(cast: Cast) -> None:
    in_countries(cast, "LV")
    roster = hold(cast, text_of(NO_COLUMN), country="")
    in_countries(cast, "EE")
    with pytest.raises(RosterChanged):
        take_roster(roster=Roster.objects.get(pk=roster.pk), by=cast.inga, now=NOW)
    assert taken() == {}


def test_the_answers_of_a_web_form_ask_for_it_too(cast: Cast) -> None:
    in_countries(cast, "LV", "LT")
    rows = [["Kā Tevi sauc?", "Tavs e-pasts"], ["Anna Auza", "anna@x.lv"]]
    roster = hold(cast, text_of(rows), role="mentee", may_ask=True, country="")
    said = {"ka tevi sauc": "name", "tavs e pasts": "email"}
    map_roster(roster=roster, fields=said, by=cast.inga, now=NOW)
    assert problems(roster) == [(2, "no_country")]
    roster = hold(cast, text_of(rows), role="mentee", may_ask=True, country="LT")
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert member("Anna Auza").country == "LT"


def upload(cast: Cast, language: str = "en") -> Visitor:
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    return Visitor(cast.inga)


def test_the_page_offers_one_country_for_all(cast: Cast) -> None:
    where = f"/programmes/{cast.programme.ref}/people/import/"
    in_countries(cast, "LV")
    assert 'name="country"' not in upload(cast).get(where).content.decode()
    in_countries(cast, "LV", "LT")
    shown = upload(cast).get(where)
    assert 'name="country"' in shown.content.decode()
    assert forms(shown)


@pytest.mark.parametrize(("language", "name"), [("lv", "Lietuva"), ("lt", "Lietuva"), ("en", "Lithuania")])
def test_the_preview_says_which_country_all_others_have(cast: Cast, language: str, name: str) -> None:
    in_countries(cast, "LV", "LT")
    roster = hold(cast, text_of(NO_COLUMN), country="LT")
    assert f": {name}." in upload(cast, language).get(f"/rosters/{roster.ref}/").content.decode()


def test_the_command_takes_the_country(cast: Cast, tmp_path: Path) -> None:
    in_countries(cast, "LV", "LT")
    asked = ("--programme", cast.programme.ref)
    with clock.moved_to(NOW):
        told = run(tmp_path, NO_COLUMN, *asked, country="")
        assert "or say it with --country." in told.output
        assert run(tmp_path, NO_COLUMN, *asked, country="EE").exit_code == 1
        run(tmp_path, NO_COLUMN, *asked, "--yes", country="lt")
    assert taken() == {"Anna Auza": "LT", "Ona Balsytė": "LT"}
