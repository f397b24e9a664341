"""The page of who may be here twice; what the list, a person's page and the comparison say (S4)."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.html import escape

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, forms, queries, words
from varpa.applications.actions.rosters import hold_roster
from varpa.duplicates.likeness import Why
from varpa.duplicates.words import WHY
from varpa.kernel.text import LANGUAGES
from varpa.merges.models import Merge
from varpa.people.models import Person
from varpa.programmes.actions.memberships import add_member, decide
from varpa.programmes.models import Membership, Role
from varpa.ui.words import dated

pytestmark = pytest.mark.django_db
BORN = date(2006, 5, 4)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def second(cast: Cast) -> Membership:
    return twin(cast, "BERZINA Elina", "elina.b@skola.example", born=BORN)


def twin(cast: Cast, name: str, address: str, **said: Any) -> Membership:
    person = make.person(name, address, **said)
    given: dict[str, Any] = {"topic": "Bites", "means": ("phone",)}
    return add_member(programme=cast.programme, person=person, role=Role.MENTEE, by=None, now=NOW, **given)


def here(cast: Cast, rest: str) -> str:
    return f"/programmes/{cast.programme.ref}/people/{rest}"


def compared(cast: Cast, second: Membership) -> str:
    return here(cast, f"together/{cast.elina.ref}/{second.person.ref}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_list_to_one_person_and_back(cast: Cast, second: Membership, language: str) -> None:
    visitor = Visitor(cast.inga, language=language)
    listed = visitor.get(here(cast, ""))
    assert here(cast, "twice/") in words(listed)
    page = words(visitor.get(here(cast, "twice/")))
    with translation.override(language):
        assert escape(str(WHY[Why.BORN])) in page
        assert dated(BORN) in page
    assert compared(cast, second) in page
    form = forms(visitor.get(compared(cast, second)))[0]
    done = visitor.send(form, **{f"{cast.mentee.ref}.topic": "other"})
    made = Merge.objects.get()
    assert done.url == f"/merges/{made.ref}/"
    assert Person.objects.get(pk=cast.elina.pk).email == cast.elina.email
    assert Membership.objects.get(person=cast.elina).topic == "Bites"
    assert here(cast, "twice/") not in words(visitor.get(here(cast, "")))
    # A second click, and the Back button, end where it was done.
    assert visitor.send(form).url == done.url
    assert visitor.get(compared(cast, second)).url == done.url
    assert made.ref in words(visitor.get(here(cast, "together/")))
    undone = visitor.send(forms(visitor.get(done.url))[0])
    assert undone.status_code == 302
    assert Membership.objects.filter(pk=second.pk).exists()
    assert visitor.get(done.url).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_against_it_is_said_and_there_is_no_button(
    cast: Cast, second: Membership, language: str
) -> None:
    Person.objects.filter(pk__in=[cast.elina.pk, second.person_id]).update(last_login=NOW)
    visitor = Visitor(cast.inga, language=language)
    page = visitor.get(compared(cast, second))
    assert "<li>" in words(page).split("notice info")[1]
    form = forms(page)[0]
    assert form.buttons == []
    form.buttons.append(("", ""))
    assert 'role="alert"' in words(visitor.send(form))
    assert not Merge.objects.exists()


def test_what_changed_after_it_was_shown_is_shown_again(cast: Cast, second: Membership) -> None:
    visitor = Visitor(cast.inga)
    form = forms(visitor.get(compared(cast, second)))[0]
    Person.objects.filter(pk=cast.elina.pk).update(phone="+371 20000000")
    topic = f"{cast.mentee.ref}.topic"
    page = visitor.send(form, **{topic: "other"})
    assert 'role="alert"' in words(page)
    again = forms(page)[0]
    assert again.fields[topic] == ["other"]
    assert visitor.send(again).status_code == 302


def test_an_address_that_would_open_a_pair_is_chosen_otherwise(cast: Cast, second: Membership) -> None:
    visitor = Visitor(cast.inga, language="en")
    form = forms(visitor.get(compared(cast, second)))[0]
    page = visitor.send(form, email="other")
    assert "by its address one reads what the pair wrote" in words(page)
    again = forms(page)[0]
    assert again.fields["email"] == ["other"]
    assert visitor.send(again, email="kept").status_code == 302
    assert Person.objects.get(pk=cast.elina.pk).email == cast.elina.email


def test_two_people_are_said_to_be_two(cast: Cast, second: Membership) -> None:
    visitor = Visitor(cast.inga)
    assert visitor.send(forms(visitor.get(compared(cast, second)))[1]).status_code == 302
    page = visitor.get(here(cast, "twice/"))
    assert compared(cast, second) not in words(page)
    visitor.send(forms(page)[-1])
    assert compared(cast, second) in words(visitor.get(here(cast, "twice/")))


def test_the_page_of_an_applicant_says_so_until_it_is_decided(cast: Cast, second: Membership) -> None:
    visitor = Visitor(cast.inga)
    assert compared(cast, second) in words(visitor.get(f"/memberships/{second.ref}/"))
    decide(membership=second, step="decline", by=None, now=NOW)
    assert "/together/" not in words(visitor.get(f"/memberships/{second.ref}/"))


def test_who_sees_it(cast: Cast, second: Membership) -> None:
    visitor = Visitor(cast.inga)
    visitor.send(forms(visitor.get(compared(cast, second)))[0])
    merge = Merge.objects.get()
    where = [here(cast, "twice/"), here(cast, "together/"), f"/merges/{merge.ref}/"]
    expected = {"inga": 200, "dace": 200, "zane": 404, "tomas": 404}
    for name, status in expected.items():
        assert [Visitor(getattr(cast, name)).get(each).status_code for each in where] == [status] * 3
    assert [Visitor(cast.andris).get(each).status_code for each in where] == [403, 403, 404]


def test_nobody_of_another_programme_is_compared(cast: Cast) -> None:
    strangers = here(cast, f"together/{cast.elina.ref}/{cast.jonas.ref}/")
    assert Visitor(cast.inga).get(strangers).status_code == 404
    assert Visitor(cast.inga).get(here(cast, "together/a/b/")).status_code == 404


def test_pages_ask_the_same_at_one_and_at_thirty(cast: Cast, second: Membership) -> None:
    few = [queries(cast.inga, here(cast, each)) for each in ("twice/", "together/", "")]
    for number in range(30):
        twin(cast, f"Anna K{number}", f"a{number}@x.example", born=BORN)
        twin(cast, f"K{number} Anna", f"k{number}@x.example", born=BORN)
    assert [queries(cast.inga, here(cast, each)) for each in ("twice/", "together/", "")] == few
    assert max(few) <= 12


def test_a_list_that_is_taken_in_says_whom_it_may_hold_twice(cast: Cast) -> None:
    rows = [
        ["name", "role", "born"],
        ["Bērziņa Elīna", "mentee", "2006-05-04"],
        ["Elīna Bērziņa", "mentee", "2008-01-01"],
    ]
    content = "\n".join(";".join(row) for row in rows).encode()
    given: dict[str, Any] = {"name": "a.csv", "content": content, "role": "", "by": cast.inga, "now": NOW}
    roster = hold_roster(programme=cast.programme, **given)
    assert [(each["line"], each["what"]) for each in roster.preview["note_list"]] == [(2, "looks_like")]
