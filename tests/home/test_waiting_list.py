"""A place is free: the week says who waits on the list of the call, and leads to them (S1, S2)."""

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.home.test_pages import page, speak, text
from tests.make import NOW
from tests.pairs.conftest import capacity
from varpa.home.above import Need
from varpa.home.queries.week import week
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.programmes.actions.memberships import add_member, decide
from varpa.programmes.models import Membership, Programme, ProgrammeState, Role

pytestmark = pytest.mark.django_db
WORDS = {
    "lv": "Uzņemiet no gaidīšanas saraksta",
    "lt": "Priimkite iš laukiančiųjų sąrašo",
    "en": "Let in from the waiting list",
}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def waits(cast: Cast, name: str, role: str = Role.MENTEE) -> Membership:
    """Somebody whom Inga has put on the waiting list."""
    person = make.person(name, born=date(2006, 1, 1))
    made = add_member(programme=cast.programme, person=person, role=role, by=cast.inga, now=NOW)
    decide(membership=made, step="wait", by=cast.inga, now=NOW)
    return made


def told(cast: Cast) -> list[Need]:
    programme = Programme.objects.get(pk=cast.programme.pk)
    return [need for need in week(programme, NOW) if "state=waiting" in need.url]


def test_while_every_place_is_taken_nobody_is_let_in(cast: Cast) -> None:
    waits(cast, "Jānis Bērzs")
    assert told(cast) == []


def test_a_mentor_who_comes_opens_a_place(cast: Cast) -> None:
    for name in ("Jānis Bērzs", "Oskars Kalns"):
        waits(cast, name)
    make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR)
    [need] = told(cast)
    assert (need.count, need.sentence) == (2, "Let in from the waiting list, mentees: 2")
    assert need.detail == "Free places: 1"


def test_a_pair_that_ends_and_a_place_more_do_so_too(cast: Cast) -> None:
    waits(cast, "Jānis Bērzs")
    capacity(cast.mentor, 2)
    assert len(told(cast)) == 1
    capacity(cast.mentor, 1)
    assert told(cast) == []
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
    assert len(told(cast)) == 1


def test_whoever_is_let_in_already_comes_first(cast: Cast) -> None:
    waits(cast, "Jānis Bērzs")
    make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR)
    make.member(cast.programme, make.person("Oskars Kalns", born=date(2006, 1, 1)), Role.MENTEE)
    assert told(cast) == []


def test_where_mentees_lack_a_mentor_the_mentors_who_wait_are_named(cast: Cast) -> None:
    waits(cast, "Laima Vītola", Role.MENTOR)
    assert told(cast) == []
    make.member(cast.programme, make.person("Oskars Kalns", born=date(2006, 1, 1)), Role.MENTEE)
    [need] = told(cast)
    assert (need.sentence, need.detail) == (
        "Let in from the waiting list, mentors: 1",
        "Without a place so far: 1",
    )


@pytest.mark.parametrize("state", [ProgrammeState.CLOSING, ProgrammeState.CLOSED])
def test_not_once_no_new_pairs_are_made(cast: Cast, state: str) -> None:
    waits(cast, "Jānis Bērzs")
    make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR)
    Programme.objects.filter(pk=cast.programme.pk).update(state=state)
    assert told(cast) == []


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_of_the_programme_leads_to_who_waits(cast: Cast, language: str) -> None:
    waits(cast, "Jānis Bērzs")
    make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR)
    speak(cast.inga, language)
    shown = text(page(cast.inga, f"/programmes/{cast.programme.ref}/"))
    assert WORDS[language] in shown
    listed = text(page(cast.inga, told(cast)[0].url))
    assert "Jānis Bērzs" in listed
    assert "Elīna Bērziņa" not in listed
