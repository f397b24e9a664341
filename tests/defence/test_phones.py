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
