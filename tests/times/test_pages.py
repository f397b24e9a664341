"""The pages of times: who sees them, one tap, three languages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import NOW
from tests.times.conftest import propose
from tests.visits import ask, words
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.meetings.models import Meeting
from varpa.programmes.models import Participation
from varpa.times.models import Proposal, ProposalState

pytestmark = pytest.mark.django_db


def form(**changes: str) -> dict[str, str]:
    return {
        "ref": new_ref(),
        "answers": "",
        "first": "2025-10-21T16:00",
        "second": "",
        "third": "2025-10-23T16:00",
        "kind": "regular",
        "minutes": "45",
        "means": "video",
        "place": "",
        "word": "",
        "zone": "Europe/Riga",
        **changes,
    }


def test_from_proposing_to_the_planned_meeting_by_page(cast: Cast) -> None:
    address = f"/pairs/{cast.pair.ref}/times/"
    assert ask(cast.andris, address).context["form"].initial["first"]
    sent = ask(cast.andris, address, form())
    proposal = Proposal.objects.get()
    assert sent["location"] == f"/times/{proposal.ref}/"
    page = ask(cast.elina, sent["location"], language="lv")
    option = proposal.options.last()
    assert option
    assert option.ref in words(page)
    chosen = ask(cast.elina, f"/times/{proposal.ref}/choose/", {"option": option.ref})
    assert chosen["location"] == f"/meetings/{Meeting.objects.get().ref}/"
    assert Meeting.objects.get().ref in words(ask(cast.elina, f"/times/{proposal.ref}/"))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_both_read_it_in_three_languages_and_nobody_else(cast: Cast, language: str) -> None:
    proposal = propose(cast)
    for address in (f"/pairs/{cast.pair.ref}/times/", f"/times/{proposal.ref}/"):
        for who in (cast.andris, cast.elina):
            ask(who, address, language=language)
            client = Client()
            client.force_login(who)
            with clock.moved_to(NOW), CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            assert len(queries) <= 12
        for who in (cast.inga, cast.gabija, cast.zane, cast.tomas):
            assert ask(who, address).status_code in (403, 404)
    own = words(ask(cast.andris, f"/times/{proposal.ref}/", language=language))
    assert 'name="option"' not in own


def test_what_was_proposed_meanwhile_is_told_and_nothing_is_lost(cast: Cast) -> None:
    proposal = propose(cast)
    page = ask(cast.elina, f"/pairs/{cast.pair.ref}/times/", form(word="Labāk ceturtdien"), "en")
    assert "Times were proposed meanwhile" in words(page)
    assert "Labāk ceturtdien" in words(page)
    assert page.context["form"]["answers"].value() == proposal.ref


def test_none_suits(cast: Cast) -> None:
    proposal = propose(cast)
    ask(cast.elina, f"/times/{proposal.ref}/decline/", {"answer": "Eksāmeni"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.NONE_FITS
    assert "Eksāmeni" in words(ask(cast.andris, f"/times/{proposal.ref}/"))


def test_that_a_time_was_not_named_as_free_is_told_of_whoever_chooses_alone(cast: Cast) -> None:
    for member in (cast.mentor, cast.mentee):
        Participation.objects.update_or_create(membership=member, defaults={"availability": ["mon-morning"]})
    proposal = propose(cast)
    own, asked = (
        words(ask(who, f"/times/{proposal.ref}/", language="en")) for who in (cast.andris, cast.elina)
    )
    assert "You have not named this time as free." not in own
    assert own.count("Elīna has not named this time as free.") == 2
    assert asked.count("You have not named this time as free.") == 2
    assert "Andris has not named this time as free." not in asked


def test_taking_back_and_a_tap_that_comes_too_late(cast: Cast) -> None:
    proposal = propose(cast)
    option = proposal.options.first()
    assert option
    assert ask(cast.andris, f"/times/{proposal.ref}/back/", {}).status_code == 302
    late = ask(cast.elina, f"/times/{proposal.ref}/choose/", {"option": option.ref})
    assert late["location"] == f"/times/{proposal.ref}/"
    assert not Meeting.objects.exists()
