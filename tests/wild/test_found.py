"""What the walk has found once, each said by itself."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests import make
from tests.cast import Cast, assemble
from tests.files.samples import picture, upload
from tests.make import FOLDER
from tests.matching.conftest import matched
from tests.methodology.conftest import OTHER
from tests.visits import Visitor, words
from varpa.calls.forms import applying
from varpa.calls.steps import Asked
from varpa.meetings.actions.reviews import make_promise
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db
DEEP = "[" * 4000
WRITTEN = "Krūzes cena ir jāpārrēķina vēlreiz"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.mark.parametrize("after", ["1,5", "mentee", "//evil.example", "home:room", '{"rows"'])
def test_a_word_that_is_no_address_leads_nowhere_else(cast: Cast, after: str) -> None:
    by: dict[str, Any] = {"by": cast.elina, "now": make.NOW}
    promise = make_promise(pair=cast.pair, text="Pajautāt veikalā", due=None, **by)
    elina = Visitor(cast.elina)
    kept = elina.post(reverse("meetings:promise", args=[promise.ref]), {"step": "keep", "next": after})
    assert kept["Location"] == reverse("meetings:promises", args=[cast.pair.ref])
    again = elina.post(reverse("mfa_reauthenticate"), {"next": after})
    assert again["Location"] == reverse("factors:overview")


@pytest.mark.parametrize("name", ["mfa_login_webauthn", "factors:passkeys", "mfa_reauthenticate"])
def test_a_proof_nested_without_end_is_no_proof(cast: Cast, name: str) -> None:
    client = Client()
    if name != "mfa_login_webauthn":
        client.force_login(cast.elina)
    assert client.post(reverse(name), {"credential": DEEP}).status_code in (302, 400)


def test_nobody_chosen_is_nobody_asked(cast: Cast) -> None:
    """The form without a single field, as a broken program sends it."""
    answer = Visitor(cast.inga).post(reverse("matching:by_hand", args=[cast.programme.ref]))
    assert answer["Location"] == reverse("pairs:new", args=[cast.programme.ref])


def test_what_cannot_be_read_as_a_form_shows_what_was_written(cast: Cast) -> None:
    """Files put with a thing that is none: the words beside them stand on the page that says so."""
    sent = {"about": "nothing", "text": WRITTEN, "attached": upload(picture())}
    answer = Visitor(cast.elina).post(reverse("messaging:add_files", args=[cast.pair.ref]), sent)
    assert answer.status_code == 400
    assert WRITTEN in words(answer)


def test_hours_that_are_no_number_stay_in_the_field(cast: Cast) -> None:
    sent = {"path": "hours", "hours": "astoņpadsmit stundas"}
    answer = Visitor(cast.inga).post(reverse("guidelines:changes", args=[cast.programme.ref]), sent)
    assert 'value="astoņpadsmit stundas"' in words(answer)


def test_a_reason_that_is_too_long_is_shown_again(cast: Cast) -> None:
    for name, role in (("Laima Vītola", Role.MENTOR), ("Krista Liepiņa", Role.MENTEE)):
        make.member(cast.programme, make.person(name), role, country="LV")
    run = matched(cast)
    sent = {"kind": "lock", "mentee": "x", "mentor": "y", "why": f"{WRITTEN} {'ž' * 600}"}
    answer = Visitor(cast.inga).post(reverse("matching:decide", args=[run.ref]), sent)
    assert answer.status_code == 400
    assert WRITTEN in words(answer)
    assert "atļauts līdz 500" in words(answer)


@pytest.mark.parametrize(("folder", "asked"), [(FOLDER, "mentora uzņēmumu"), (OTHER, "tiktos klātienē")])
def test_who_visits_no_company_is_not_asked_how_far_it_may_be(folder: Path, asked: str) -> None:
    made = make.programme(folder=folder)
    with override("lv"):
        fields = applying.reach(Asked(made, "mentee", 3, make.NOW.date()))
        assert asked in str(fields["travel_km"].label)
