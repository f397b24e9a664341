"""The first page names the event that waits: for an answer, to be announced, to be entered."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.cast import Cast, assemble
from tests.events.conftest import AFTER, SOON, announced, answers, draft
from tests.make import NOW
from varpa.events.actions.planning import hold_event
from varpa.home.queries.homes import home_of
from varpa.home.queries.week import week
from varpa.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def keys(cast: Cast) -> list[str]:
    return [thing.key for thing in home_of(cast.elina, SOON).things]


def test_an_event_waits_for_a_yes_or_no_until_it_is_said(cast: Cast, client: Client) -> None:
    draft(cast.programme, cast.inga)
    assert "event" not in keys(cast)
    event = announced(cast.programme, cast.inga)
    assert "event" in keys(cast)
    client.force_login(cast.elina)
    with clock.moved_to(SOON):
        assert f"/events/{event.ref}/" in client.get("/").content.decode()
    answers(event, cast.elina)
    assert "event" not in keys(cast)


def test_the_pair_that_goes_stays_the_page_of_its_own(cast: Cast) -> None:
    before = home_of(cast.elina, SOON)
    announced(cast.programme, cast.inga)
    after = home_of(cast.elina, SOON)
    assert (before.stage, before.pair) == (after.stage, after.pair)


def needs(cast: Cast, now: datetime) -> list[str]:
    return [need.url for need in week(cast.programme, now)]


def test_the_manager_is_told_what_to_announce_and_what_to_enter(cast: Cast) -> None:
    listed = f"/programmes/{cast.programme.ref}/events/"
    assert listed not in needs(cast, NOW)
    event = draft(cast.programme, cast.inga)
    assert listed not in needs(cast, NOW - timedelta(days=3))
    assert listed in needs(cast, event.starts_at - timedelta(days=10))
    other = announced(cast.programme, cast.inga)
    assert listed in needs(cast, AFTER)
    hold_event(event=other, by=cast.inga, now=AFTER)
    assert listed not in needs(cast, AFTER + timedelta(minutes=2))
