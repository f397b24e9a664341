"""A programme whose methodology has a craftsperson and an apprentice: no label speaks of mentors."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.methodology.conftest import OTHER
from tests.visits import words
from varpa.applications.actions.exports import export_people
from varpa.applications.queries.people import Sought
from varpa.kernel import clock
from varpa.methodology import load
from varpa.pairs.actions.pairs import propose_pair
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.letterheads import letterhead
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.roles import role_choices, role_name

pytestmark = pytest.mark.django_db
NAMES = {
    "lv": ("Meistars", "Māceklis"),
    "lt": ("Meistras", "Mokinys"),
    "en": ("Craftsperson", "Apprentice"),
}
OURS = {"lv": ("mentor", "audzēk"), "lt": ("mentori",), "en": ("mentor", "mentee")}


@pytest.fixture
def crafts(cast: Cast) -> Cast:
    cast.programme.methodology_version = take_methodology(methodology=load(OTHER), now=NOW)
    cast.programme.save()
    Person.objects.filter(memberships__programme=cast.programme).update(language="en")
    Person.objects.filter(pk=cast.dace.pk).update(language="en")
    for each in (cast.inga, cast.andris, cast.elina, cast.dace):
        each.refresh_from_db()
    return cast


def page(who: Person, name: str, *args: Any) -> str:
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW):
        told = words(client.get(reverse(name, args=args)))
    return told[told.index("<main") : told.index("</main>")]


@pytest.mark.parametrize("language", NAMES)
def test_a_role_is_called_as_the_methodology_calls_it(crafts: Cast, language: str) -> None:
    with override(language):
        told = [role_name(crafts.programme, role, "Mentors") for role in (Role.MENTOR, Role.MENTEE)]
    # "Mokinys" is the product's own word too: in Lithuanian it stands as it was asked for.
    assert told == ([*NAMES[language]] if language != "lt" else ["Meistras", "Mentors"])


@pytest.mark.parametrize(
    ("language", "mentor", "manager"),
    [
        ("lv", "Mentors / mentore", "Projekta vadītājs"),
        ("lt", "Mentorius (-ė)", "Projekto vadovas"),
        ("en", "Mentor", "Project manager"),
    ],
)
def test_the_products_own_word_stands_as_the_product_writes_it(
    cast: Cast, language: str, mentor: str, manager: str
) -> None:
    """Where the methodology says the same, no gender is assumed, and the plural is the product's."""
    with override(language):
        told = dict(role_choices(cast.programme))
        assert told[Role.MENTOR] == mentor
        assert told[Role.MANAGER].startswith(manager)
        assert role_name(cast.programme, Role.MENTOR, "in the plural") == "in the plural"


def test_the_list_of_people_and_its_filter(crafts: Cast) -> None:
    told = page(crafts.inga, "applications:people", crafts.programme.ref)
    assert ">Craftsperson</option>" in told
    assert ">Apprentice</option>" in told
    assert "<td>Craftsperson</td>" in told
    assert "<td>Apprentice</td>" in told
    assert ">Mentor<" not in told
    assert ">Mentee<" not in told


def test_the_list_of_people_asks_no_more_for_it(crafts: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(crafts.inga, "applications:people", crafts.programme.ref)
        return len(asked)

    before = queries()
    for number in range(12):
        person = make.person(f"Anna Kalna {number}", f"anna{number}@varpa.example")
        make.member(crafts.programme, person, Role.MENTEE)
    assert queries() == before


def test_the_page_of_a_person(crafts: Cast) -> None:
    told = page(crafts.inga, "applications:member", crafts.mentor.ref)
    assert "Craftsperson" in told
    assert "<p>Mentor." not in told


def test_the_board_and_the_own_preparation(crafts: Cast) -> None:
    assert "Craftsperson" in page(crafts.inga, "home:board", crafts.programme.ref)
    assert "Apprentice" in page(crafts.elina, "programmes:preparation", crafts.mentee.ref)


def test_a_table_and_a_document(crafts: Cast) -> None:
    with override("en"):
        table = export_people(
            programme=crafts.programme,
            sought=Sought(),
            columns=[],
            kind="csv",
            by=crafts.inga,
            now=NOW,
        )
        head = letterhead(crafts.programme)
    assert "Craftsperson" in table.content.decode("utf-8-sig")
    assert (head["mentor"], head["mentee"]) == ("Craftsperson", "Apprentice")


@pytest.mark.parametrize("language", OURS)
def test_a_proposal_names_the_person_and_no_role(crafts: Cast, language: str) -> None:
    one, other = (_new(crafts.programme, role, language) for role in (Role.MENTOR, Role.MENTEE))
    pair = propose_pair(mentor=one, mentee=other, by=crafts.inga, now=NOW)
    letters = Letter.objects.filter(kind="pairs.proposed").order_by("-pk")[:2]
    assert {letter.to_address for letter in letters} == {each.person.email for each in (one, other)}
    for letter in letters:
        said = f"{letter.subject} {letter.text}".lower()
        assert [word for word in OURS[language] if word in said] == []
    for who in (one, other):
        told = page(who.person, "home:home").lower()
        assert [word for word in OURS[language] if word in told] == []
        assert "Mentor<" not in page(who.person, "pairs:answer", pair.ref)


def _new(programme: Programme, role: Role, language: str) -> Membership:
    name = "Jana Kalna" if role == Role.MENTOR else "Pauls Kalns"
    address = f"{name[:4]}.{language}@varpa.example".lower()
    return make.member(programme, make.person(name, address, language=language), role)
