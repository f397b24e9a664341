"""What a juror's phone keeps: a draft belongs to one plan and one juror, also where nobody is signed in."""

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, juror, slot_of
from tests.defence.test_pages import at, client_of, guest_of, newest_link, text
from varpa.defence.actions import stage
from varpa.defence.models import Defence, Slot
from varpa.kernel.clock import moved_to

pytestmark = pytest.mark.django_db
OFFER = '<template id="kept">'
SIGN_IN = "sign in again"


def test_a_draft_of_one_plan_is_no_draft_of_the_next(cast: Cast, running: Defence, elinas: Slot) -> None:
    rimantas = juror(running, cast.rimantas).person
    first = text(rimantas, at(running, "jury/"))
    assert f'id="word-{elinas.ref}"' in first
    assert f'data-for="word-{elinas.ref}"' in first
    assert f'form="word-{elinas.ref}"' in first
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    gabijas = slot_of(running, cast.gabija)
    stage.start_slot(slot=gabijas, by=cast.inga, now=DAY)
    assert f'id="word-{gabijas.ref}"' in text(rimantas, at(running, "jury/"))


def test_a_guest_s_phone_keeps_the_words_of_this_guest(cast: Cast, elinas: Slot) -> None:
    guest = guest_of(elinas.defence, cast, language="en")
    with moved_to(DAY):
        # Whoever else is signed in on the phone: the page is the guest's.
        pages = [client_of(who).get(newest_link()).content.decode() for who in (None, cast.inga)]
    for page in pages:
        assert f'data-person="{guest.ref}"' in page
        assert OFFER in page
        assert SIGN_IN not in page
        assert "offline.js" not in page


def test_a_juror_with_an_account_keeps_under_the_account(cast: Cast, running: Defence, elinas: Slot) -> None:
    page = text(cast.rimantas, at(running, "jury/"))
    assert f'data-person="{cast.rimantas.ref}"' in page


def test_money_of_two_phones_stands_beside_each_other(cast: Cast, running: Defence, elinas: Slot) -> None:
    """Words are merged by whoever reads both; money too is only changed by somebody who sees it."""
    client = client_of(cast.rimantas)
    said = {"slot": elinas.ref, "revision": "0", "next": ""}
    with moved_to(DAY):
        client.post(at(running, "jury/"), {**said, "convinced": "Cena ir skaidra.", "amount": "70000"})
        second = client.post(at(running, "jury/"), {**said, "convinced": "Labs galds.", "amount": "60000,50"})
    page = second.content.decode()
    assert '<input type="hidden" name="amount"' not in page
    assert 'value="60000,50"' in page
    assert "70\u00a0000,00\u00a0€" in page
    assert juror(running, cast.rimantas).spent == 70_000_00
