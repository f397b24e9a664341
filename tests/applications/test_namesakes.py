"""Somebody of the same name: known by birth date, or within one role and place; else another person (S4)."""

from datetime import date

import pytest

from tests import make
from tests.applications.conftest import hold, notes, take, text_of
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.rosters import take_roster
from varpa.people.models import Person
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db

NAME = "Jānis Bērziņš"
HEADS = ["Vārds, uzvārds", "E-pasts", "Loma", "Dzimšanas datums", "Skola"]
PUPIL = [NAME, "", "audzēknis", "14.05.2009", "Jelgavas ģimnāzija"]


def _mentor(cast: Cast, **changes: object) -> Membership:
    person = make.person(NAME, "janis@imone.example", **changes)
    return make.member(cast.programme, person, Role.MENTOR, country="LV", place="SIA Māls")


def test_a_pupil_does_not_get_the_account_of_a_mentor_of_the_same_name(cast: Cast) -> None:
    mentor = _mentor(cast)
    roster = hold(cast, text_of([HEADS, PUPIL]))
    assert notes(roster) == [(2, "looks_like")]
    take_roster(roster=roster, by=cast.inga, now=NOW)
    pupil = Membership.objects.get(person__name=NAME, role=Role.MENTEE)
    assert pupil.person_id != mentor.person_id
    assert Person.objects.get(pk=mentor.person_id).born is None


@pytest.mark.parametrize(
    ("line", "new", "told"),
    [
        ([NAME, "", "mentors", "", "SIA Māls"], 0, []),
        ([NAME, "", "mentors", "", "SIA Koks"], 1, [(2, "looks_like")]),
        ([NAME, "", "mentors", "", ""], 1, [(2, "looks_like")]),
        ([NAME, "", "audzēknis", "14.05.1980", ""], 0, []),
        ([NAME, "cits@imone.example", "mentors", "", "SIA Māls"], 1, [(2, "looks_like")]),
        ([NAME, "janis@imone.example", "audzēknis", "", "Skola"], 0, []),
        ([NAME, "", "mentors", "15.05.1980", "SIA Māls"], 1, []),
    ],
)
def test_a_namesake_is_the_same_person_only_where_more_than_the_name_says_so(
    cast: Cast, line: list[str], new: int, told: list[tuple[int, str]]
) -> None:
    _mentor(cast, born=date(1980, 5, 14))
    roster = hold(cast, text_of([HEADS, line]))
    assert notes(roster) == told
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert Person.objects.filter(name=NAME).count() == 1 + new


def test_a_list_without_places_is_the_same_when_it_comes_again(cast: Cast) -> None:
    rows = text_of([["Vārds, uzvārds", "Loma"], [NAME, "audzēknis"]])
    assert take(cast, rows) == {"new": 1}
    assert hold(cast, rows).preview["counts"] == {"same": 1}


def test_a_birth_date_that_was_known_is_changed_before_all_eyes(cast: Cast) -> None:
    _mentor(cast, born=date(1980, 5, 14))
    line = [NAME, "janis@imone.example", "audzēknis", "14.05.2009", "Jelgavas ģimnāzija"]
    roster = hold(cast, text_of([HEADS, line]))
    assert roster.preview["counts"] == {"new": 1}
    changed = [{"line": 2, "who": NAME, "fields": [["born", "1980-05-14", "2009-05-14"]]}]
    assert roster.preview["changes"] == changed
    assert notes(roster) == [(2, "born_changes")]
