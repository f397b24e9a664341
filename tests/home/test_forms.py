"""The library lists every form to print in three languages, for those who may use it (S19, principle 6)."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, assemble
from tests.home.test_papers import get, words
from tests.make import NOW
from varpa.guardians.actions.notices import write_notice
from varpa.people.models import Person
from varpa.surveys.actions.editing import open_survey

pytestmark = pytest.mark.django_db
LANGUAGES = ("lv", "lt", "en")
MENTEE = {"topic", "plan", "meeting", "permission"}
MENTOR = {"topic", "plan", "meeting", "diary"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def where(cast: Cast) -> str:
    return f"/programmes/{cast.programme.ref}/forms/"


def links(cast: Cast, who: Person, language: str = "lv") -> list[str]:
    status, page = get(who, where(cast), language)
    assert status == 200
    return re.findall(r'href="([^"]+\.pdf)"', page.decode())


def keys(cast: Cast, who: Person) -> set[str]:
    return {found for link in links(cast, who) for found in re.findall(r"/forms/(\w+)-lt\.pdf", link)}


def test_each_role_finds_its_own_forms(cast: Cast) -> None:
    assert keys(cast, cast.elina) == MENTEE
    assert keys(cast, cast.andris) == MENTOR
    assert keys(cast, cast.inga) == MENTEE | MENTOR | {"attendance"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_opens_an_accessible_paper_in_its_language(cast: Cast, language: str) -> None:
    open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    mine = [link for link in links(cast, cast.inga, language) if link.endswith(f"-{language}.pdf")]
    assert len(mine) == 9
    for link in mine:
        status, pdf = get(cast.inga, link, "en")
        assert status == 200, link
        assert f"/Lang ({language}".encode() in pdf or f"/Lang({language}".encode() in pdf, link


def test_a_form_without_names_has_room_for_them(cast: Cast) -> None:
    for key in ("plan", "permission", "attendance"):
        told = words(get(cast.inga, f"{where(cast)}{key}-lv.pdf")[1])
        assert "____" in told
        assert cast.elina.name not in told


def test_nobody_prints_what_is_not_theirs(cast: Cast) -> None:
    assert get(cast.elina, f"{where(cast)}diary-lv.pdf")[0] == 404
    assert get(cast.andris, f"{where(cast)}attendance-lv.pdf")[0] == 404
    assert get(cast.inga, f"{where(cast)}plan-de.pdf")[0] == 404
    for who in (cast.tomas, cast.zane):
        assert get(who, where(cast))[0] == 404
        assert get(who, f"{where(cast)}plan-lv.pdf")[0] == 404
    assert get(None, where(cast))[0] == 302


def test_the_forms_of_surveys_are_for_staff(cast: Cast) -> None:
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    assert f"/surveys/{survey.ref}/form-lt.pdf" in links(cast, cast.inga)
    assert f"/surveys/{survey.ref}/form-lt.pdf" not in links(cast, cast.andris)


def test_the_library_leads_there_and_the_page_asks_little(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    assert where(cast).encode() in get(cast.elina, f"/programmes/{cast.programme.ref}/library/")[1]
    client.force_login(cast.inga)
    client.get(where(cast))
    with django_assert_max_num_queries(12):
        client.get(where(cast))


def test_the_form_for_a_guardian_is_in_the_words_of_the_country(cast: Cast) -> None:
    """A mentee prints that of the own country, a manager each."""
    cast.programme.countries = ["LV", "LT"]
    cast.programme.save(update_fields=["countries"])
    assert not [link for link in links(cast, cast.inga) if "country" in link]
    told: dict[str, Any] = {"language": "lv", "letter": "", "revision": 0, "by": cast.inga, "now": NOW}
    write_notice(programme=cast.programme, country="LT", text="Vārdi Lietuvai.", **told)
    paper = f"{where(cast)}permission-lv.pdf"
    assert f"{paper}?country=LT" in get(cast.inga, where(cast))[1].decode()
    assert "country" not in get(cast.gabija, where(cast))[1].decode()
    for who, address, worded in (
        (cast.gabija, paper, True),
        (cast.elina, paper, False),
        (cast.elina, f"{paper}?country=LT", False),
        (cast.inga, paper, False),
        (cast.inga, f"{paper}?country=LT", True),
    ):
        assert ("Vārdi Lietuvai." in words(get(who, address)[1])) is worded, (who, address)
