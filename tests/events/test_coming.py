"""Saying that one comes; places and the waiting list."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.cast import Cast, assemble
from tests.events.conftest import AFTER, SOON, announced, answers, invitation, said
from tests.together import at_once
from varpa.events.actions import coming, planning
from varpa.events.models import Event, InvitationState
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.post.models import Letter


def test_somebody_comes_and_says_what_is_needed(cast: Cast, event: Event) -> None:
    assert answers(event, cast.elina, travel="Autobuss no Bauskas", diet="Bez gaļas") == "coming"
    own = invitation(event, cast.elina)
    assert (own.travel, own.diet) == ("Autobuss no Bauskas", "Bez gaļas")
    event.refresh_from_db()
    assert event.taken == 1
    # What is not needed any more is not kept.
    assert answers(event, cast.elina, comes=False) == "away"
    assert invitation(event, cast.elina).travel == ""


def test_the_same_answer_twice_is_once(cast: Cast, event: Event) -> None:
    answers(event, cast.elina)
    answers(event, cast.elina)
    assert Line.objects.filter(verb="event.coming").count() == 1


def test_who_is_too_many_waits_and_the_first_moves_up(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, places=1)
    assert answers(event, cast.elina) == InvitationState.COMING
    assert answers(event, cast.gabija) == InvitationState.WAITING
    assert answers(event, cast.andris, now=SOON + timedelta(minutes=1)) == InvitationState.WAITING
    assert answers(event, cast.elina, comes=False) == InvitationState.AWAY
    assert invitation(event, cast.gabija).state == InvitationState.COMING
    assert invitation(event, cast.andris).state == InvitationState.WAITING
    told = Letter.objects.get(kind="events.place")
    assert told.person == cast.gabija.pk
    assert all(part in told.calendar for part in ("METHOD:REQUEST", "PARTSTAT=ACCEPTED"))


def test_more_places_let_those_in_who_wait(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, places=1)
    answers(event, cast.elina)
    answers(event, cast.gabija)
    with pytest.raises(planning.PlacesTaken):
        planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **said(places=0))
    planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **said(places=2))
    assert invitation(event, cast.gabija).state == InvitationState.COMING


def test_the_database_keeps_more_from_coming_than_there_are_places(cast: Cast, event: Event) -> None:
    with pytest.raises(IntegrityError):
        Event.objects.filter(pk=event.pk).update(places=1, taken=2)


def test_nobody_answers_what_is_over_or_not_announced(cast: Cast, event: Event) -> None:
    own = invitation(event, cast.elina)
    with pytest.raises(coming.Begun):
        coming.answer_invitation(invitation=own, comes=True, by=cast.elina, now=AFTER)
    planning.cancel_event(event=event, by=cast.inga, now=SOON)
    with pytest.raises(coming.NotAnnounced):
        coming.answer_invitation(invitation=own, comes=True, by=cast.elina, now=SOON)


def test_a_need_is_a_word_not_a_letter(cast: Cast, event: Event) -> None:
    own = invitation(event, cast.elina)
    with pytest.raises(coming.TooLong):
        coming.answer_invitation(invitation=own, comes=True, diet="x" * 201, by=cast.elina, now=SOON)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_taken_by_two_at_once_goes_to_one() -> None:
    cast = assemble()
    event = announced(cast.programme, cast.inga, places=1)

    def come(person: Person) -> object:
        return answers(Event.objects.get(pk=event.pk), person)

    found = at_once(lambda: come(cast.elina), lambda: come(cast.gabija))
    assert sorted(map(str, found)) == ["coming", "waiting"]
    event.refresh_from_db()
    assert event.taken == 1
