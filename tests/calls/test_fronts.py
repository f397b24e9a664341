"""Every public programme is found from the door and from its organisation's page (S1)."""

import io
from datetime import date
from typing import Any

import pytest
from PIL import Image

from tests import make
from tests.calls.conftest import Applicant
from tests.cast import Cast, assemble
from tests.visits import Visitor, words
from varpa.calls.queries import MOST_ENDED, fronts
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.people.models import Organisation
from varpa.programmes.models import Programme, ProgrammeState

pytestmark = pytest.mark.django_db
HEADS = {
    "recruiting": "Programmes that take applications",
    "running": "Programmes that are under way",
    "ended": "Programmes that have ended",
}


def named(organisation: Organisation, name: str, state: str) -> Programme:
    made = make.programme(organisation, name=TranslatedText(name, name, name))
    Programme.objects.filter(pk=made.pk).update(state=state)
    return made


@pytest.fixture
def organisation() -> Organisation:
    """One programme in each state."""
    made = make.organisation()
    for state in ProgrammeState.values:
        named(made, f"Program {state}", state)
    return made


def test_recruiting_stands_first_then_running_then_ended(organisation: Organisation) -> None:
    found = [(each.key, {one.state for one in each.programmes}) for each in fronts()]
    assert found == [
        ("recruiting", {"recruiting"}),
        ("running", {"running", "closing"}),
        ("ended", {"closed", "archived"}),
    ]


def test_one_that_recruits_stays_however_many_newer_have_ended(organisation: Organisation) -> None:
    for number in range(MOST_ENDED + 1):
        named(organisation, f"Program {number}", "closed")
    Programme.objects.filter(state__in=("recruiting", "running")).update(starts=date(2020, 9, 1))
    for found in (fronts(), fronts(organisation.ref)):
        shown = {each.key: each.programmes for each in found}
        assert [each.key for each in found] == ["recruiting", "running", "ended"]
        assert (len(shown["recruiting"]), len(shown["ended"])) == (1, MOST_ENDED)


@pytest.mark.parametrize("door", ["/sign-in/", "/organisations/{}/"])
def test_a_visitor_finds_every_public_programme_and_no_draft(organisation: Organisation, door: str) -> None:
    page = words(Applicant().get(door.format(organisation.ref) + "?language=en"))
    places = [page.index(head) for head in HEADS.values()]
    assert places == sorted(places)
    for programme in Programme.objects.all():
        shown = f"/call/{programme.ref}/" in page
        assert shown == (programme.state != ProgrammeState.DRAFT), programme.state


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_organisation_in_three_languages(organisation: Organisation, language: str) -> None:
    answer = Applicant().get(f"/organisations/{organisation.ref}/?language={language}")
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    assert (HEADS["running"] in words(answer)) == (language == "en")


def test_an_organisation_shows_only_its_own(organisation: Organisation) -> None:
    other = make.organisation(name="Cits centrs")
    theirs = named(other, "Theirs", "running")
    assert theirs.ref not in words(Applicant().get(f"/organisations/{organisation.ref}/"))
    assert theirs.ref in words(Applicant().get(f"/organisations/{other.ref}/"))


def test_an_organisation_with_drafts_alone_has_no_page() -> None:
    quiet = make.organisation()
    named(quiet, "Draft", "draft")
    for ref in (quiet.ref, "zzzzzzzzzzzz", "x"):
        assert Applicant().get(f"/organisations/{ref}/").status_code == 404


def test_the_door_asks_one_question_however_many_there_are(
    organisation: Organisation, django_assert_num_queries: Any
) -> None:
    for number in range(30):
        named(organisation, f"Further {number}", "closed")
    with django_assert_num_queries(1):
        assert [str(one.organisation.name) for each in fronts() for one in each.programmes]


def test_the_front_door_leads_to_its_organisation(organisation: Organisation) -> None:
    running = Programme.objects.get(state="running")
    page = words(Applicant().get(f"/call/{running.ref}/"))
    assert f"/organisations/{organisation.ref}/" in page


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manager_has_the_address_and_a_code_to_scan_in_one_click(cast: Cast, language: str) -> None:
    inga, ref = Visitor(cast.inga, language=language), cast.programme.ref
    board = words(inga.get(f"/programmes/{ref}/"))
    assert f"/programmes/{ref}/call/public/" in board
    page = words(inga.get(f"/programmes/{ref}/call/public/"))
    assert f'/call/{ref}/"' in page
    assert "<svg" in page
    assert ("The address, to copy" in page) == (language == "en")
    picture = inga.get(f"/programmes/{ref}/call/public/code.png")
    assert picture["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).width > 600


def test_a_draft_has_no_address_to_pass_on(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state=ProgrammeState.DRAFT)
    inga, ref = Visitor(cast.inga), cast.programme.ref
    assert '<svg class="code"' not in words(inga.get(f"/programmes/{ref}/call/public/"))
    assert inga.get(f"/programmes/{ref}/call/public/code.png").status_code == 404


def test_who_takes_part_is_not_shown_the_managers_page(cast: Cast) -> None:
    ref = cast.programme.ref
    assert Visitor(cast.elina).get(f"/programmes/{ref}/call/public/").status_code == 403
    assert Visitor(cast.zane).get(f"/programmes/{ref}/call/public/").status_code == 404
