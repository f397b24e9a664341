"""The list of people: sought whatever the marks, filtered as the week counts, in few queries (S4)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.queries.people import Sought, lines_of_people, partners, people_sought
from varpa.guardians.actions.schools import add_contact, say_word
from varpa.guardians.models import SchoolLink
from varpa.home.queries.week import week
from varpa.kernel.text import folded
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.people.actions import change_profile
from varpa.programmes.actions.memberships import add_member, change_member, follow_names
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.models import Membership, MembershipState, Role

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def found(cast: Cast, **asked: str) -> list[str]:
    return [each.person.name for each in people_sought(cast.programme, Sought.read(asked), TODAY, cast.inga)]


def applicant(cast: Cast, name: str, **changes: Any) -> Membership:
    person = make.person(name, f"{folded(name).replace(' ', '.')}@x.example")
    return add_member(
        programme=cast.programme, person=person, role=Role.MENTEE, by=cast.inga, now=NOW, **changes
    )


def test_the_word_of_a_former_school_makes_nobody_doubted(cast: Cast) -> None:
    """The filter and the line tell the same: what the school says at which the pupil is now."""
    pupils = [
        applicant(cast, name, place="Ogres tehnikums", country="LV") for name in ("Kate Jauna", "Ilze Osis")
    ]
    contact = add_contact(
        programme=cast.programme,
        school="Ogres tehnikums",
        name="Skola",
        address="skola@x.example",
        language="lv",
        by=cast.inga,
        now=NOW,
    )
    link = SchoolLink.objects.get(contact=contact)
    for each in pupils:
        say_word(link=link, membership=each, confirmed=False, reason="Nav mūsu.", now=NOW)
    assert found(cast, show="doubted") == ["Ilze Osis", "Kate Jauna"]
    change_member(membership=pupils[0], changes={"place": "Rīgas 5. vidusskola"}, by=cast.inga, now=NOW)
    assert found(cast, show="doubted") == ["Ilze Osis"]
    change_member(membership=pupils[0], changes={"place": "OGRES TEHNIKUMS"}, by=cast.inga, now=NOW)
    say_word(link=link, membership=pupils[1], confirmed=True, reason="", now=NOW)
    assert found(cast, show="doubted") == ["Kate Jauna"]


@pytest.mark.parametrize(
    "words", ["Šķēle", "skele", "ŠĶĒ", "karlis skele", "skele.karlis", "gimnazija", "ĢIMN"]
)
def test_people_are_found_whatever_the_marks(cast: Cast, words: str) -> None:
    person = make.person("Kārlis Šķēle", "skele.karlis@x.example")
    add_member(
        programme=cast.programme,
        person=person,
        role=Role.MENTEE,
        by=cast.inga,
        now=NOW,
        place="Jelgavas ģimnāzija",
    )
    assert found(cast, q=words) == ["Kārlis Šķēle"]


@pytest.mark.parametrize("words", ["%", "_", "'", '"; drop table', "\x00", "\\"])
def test_signs_mean_themselves(cast: Cast, words: str) -> None:
    assert found(cast, q=f"zz{words}") == []


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Šķēle  ŽANETE", "skele zanete"),
        ("Ąžuolaitė", "azuolaite"),
        ("Łukasz Øster", "lukasz oster"),
        ("STRAßE", "strasse"),
        ("Юлия", "юлия"),
    ],
)
def test_a_text_is_folded_the_same_everywhere(text: str, small: str) -> None:
    assert folded(text) == small


def test_who_changes_the_name_is_found_by_the_new_one(cast: Cast) -> None:
    change_profile(person=cast.elina, name="Elīna Ozoliņa", phone="", zone="Europe/Riga", now=NOW)
    assert follow_names(NOW) == 1
    assert follow_names(NOW) == 0
    assert found(cast, q="ozolina") == ["Elīna Ozoliņa"]
    assert found(cast, q="berzina") == []


def test_names_stand_in_the_order_of_their_letters(cast: Cast) -> None:
    for name in ("Žanete A", "Zane B", "Ābols C", "Andra D", "Šarūnas E", "Sandra F"):
        applicant(cast, name)
    assert found(cast, state="applied") == [
        "Ābols C",
        "Andra D",
        "Sandra F",
        "Šarūnas E",
        "Zane B",
        "Žanete A",
    ]


def test_filters_by_role_and_state(cast: Cast) -> None:
    applicant(cast, "Anna Ozola")
    assert found(cast, role="mentor") == ["Andris Ozols", "Rimantas Žukauskas"]
    assert found(cast, state="applied") == ["Anna Ozola"]
    assert found(cast, role="manager") == ["Inga Liepa"]
    assert found(cast, role="mentor", state="applied") == []
    assert len(found(cast, role="nonsense", state="?", show="all")) == 6


def test_filters_by_country(cast: Cast) -> None:
    assert cast.programme.countries == ["LV", "LT"]
    people = Membership.objects.filter(programme=cast.programme, role__in=[Role.MENTOR, Role.MENTEE])
    people.update(country="LV")
    people.filter(person=cast.rimantas).update(country="LT")
    assert found(cast, country="LT") == ["Rimantas Žukauskas"]
    assert "Andris Ozols" in found(cast, country="LV", role="mentor")
    assert len(found(cast, country="nonsense")) == 5


def test_what_is_missing_is_what_the_week_counts(cast: Cast) -> None:
    """The manager's week leads here: the list shows exactly as many."""
    young = make.person("Ieva Liepa", "ieva.liepa@x.example", born=TODAY.replace(year=2009))
    unknown = make.person("Jana Egle", "jana@x.example")
    make.member(cast.programme, young, Role.MENTEE)
    make.member(cast.programme, unknown, Role.MENTEE, ready=False)
    make.member(cast.programme, make.person("Zane Osis", "zane.osis@x.example"), Role.MENTOR, ready=False)
    applicant(cast, "Anna Ozola")
    assert found(cast, show="permission") == ["Ieva Liepa", "Jana Egle"]
    assert found(cast, show="unready") == ["Ieva Liepa", "Jana Egle", "Zane Osis"]
    counted = {need.url.partition("?")[2]: need.count for need in week(cast.programme, NOW)}
    for query in ("show=permission", "show=unready", "state=applied"):
        name, _is, value = query.partition("=")
        assert counted[query] == len(found(cast, **{name: value})), query
    membership = Membership.objects.get(person=young)
    record_permission(membership=membership, kind="taking_part", guardian="Ilze", by=cast.inga, now=NOW)
    assert found(cast, show="permission") == ["Jana Egle"]


def test_each_line_says_what_is_missing_and_with_whom_one_works(cast: Cast) -> None:
    young = make.person("Ieva Liepa", "ieva.liepa@x.example", born=TODAY.replace(year=2009))
    make.member(cast.programme, young, Role.MENTEE, ready=False)
    rows = list(people_sought(cast.programme, Sought(), TODAY, cast.inga))
    lines = {each.membership.person.name: each for each in lines_of_people(cast.programme, rows, TODAY)}
    assert lines["Ieva Liepa"].missing == ["training", "notice", "permission"]
    assert lines["Elīna Bērziņa"].missing == []
    assert [(each.name, each.ended) for each in lines["Elīna Bērziņa"].pairs] == [("Andris Ozols", False)]
    assert [each.pair_ref for each in lines["Andris Ozols"].pairs] == [cast.pair.ref]
    assert lines["Inga Liepa"].pairs == []


def test_a_pair_that_is_over_stands_after_the_one_that_goes(cast: Cast) -> None:
    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    anna = make.person("Anna Ozola", "anna@x.example", born=TODAY.replace(year=2000))
    make.pair(cast.mentor, make.member(cast.programme, anna, Role.MENTEE))
    names = [(each.name, each.ended) for _pk, each in partners([cast.mentor.pk])]
    assert names == [("Anna Ozola", False), ("Elīna Bērziņa", True)]


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_needs_the_same_queries_for_one_and_for_thirty(cast: Cast, many: int) -> None:
    for at in range(many):
        applicant(cast, f"Anna Ozola {at}")
    with CaptureQueriesContext(connection) as caught:
        rows = list(people_sought(cast.programme, Sought(), TODAY, cast.inga)[:50])
        lines_of_people(cast.programme, rows, TODAY)
    # The last one asks whom letters do not reach.
    assert len(caught) == 6


def test_the_list_is_read_in_the_order_of_an_index(cast: Cast) -> None:
    plan = people_sought(cast.programme, Sought(), TODAY, cast.inga)[:51].explain()
    # PostgreSQL reads so small a table whole; its index is the same one.
    if connection.vendor == "sqlite":
        assert "programmes_in_order" in plan
        assert "TEMP B-TREE" not in plan


def test_a_list_of_people_stays_within_its_programme(cast: Cast) -> None:
    assert "Ieva Stankutė" not in found(cast)
    assert set(found(cast, state=MembershipState.ACCEPTED)) == {
        "Andris Ozols",
        "Elīna Bērziņa",
        "Gabija Petrauskaitė",
        "Inga Liepa",
        "Rimantas Žukauskas",
    }
