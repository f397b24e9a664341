"""An event is changed after people have answered: a place is lost by nobody's silence, and it is said."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.events.conftest import SOON, STARTS, announced, answers, invitation, said
from tests.events.test_answers import reply
from tests.events.test_pages import seen
from varpa.events.actions import duties
from varpa.events.actions.planning import change_event
from varpa.events.answers import MovedSince
from varpa.events.models import Event, InvitationState
from varpa.events.queries.events import answers_of
from varpa.notices.actions import choose_quiet_hours
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.post.outbox import deliver_due

LATER, THEN = SOON + timedelta(minutes=1), SOON + timedelta(minutes=2)


def move(event: Event, cast: Cast, **changes: object) -> None:
    event.refresh_from_db()
    moved = said(starts_local=STARTS + timedelta(days=1), **changes)
    change_event(event=event, revision=event.revision, by=cast.inga, now=LATER, **moved)
    duties.write_to_invited(THEN)


def told(person: Person) -> str:
    """What stands in the newest letter that still goes to somebody."""
    goes = Letter.objects.filter(person=person.pk, kind__startswith="events.").exclude(state="withdrawn")
    return str(goes.latest("pk").text)


@pytest.fixture(autouse=True)
def everybody_reads_english(cast: Cast) -> None:
    Person.objects.update(language="en")
    for person in (cast.elina, cast.andris, cast.inga, cast.gabija):
        person.refresh_from_db()


def test_a_seat_from_the_waiting_list_is_told_though_the_event_moves(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, places=1)
    duties.write_to_invited(SOON)
    assert answers(event, cast.andris) == InvitationState.COMING
    assert answers(event, cast.elina) == InvitationState.WAITING
    answers(event, cast.andris, comes=False)
    assert invitation(event, cast.elina).state == InvitationState.COMING
    move(event, cast, places=1)
    assert Letter.objects.get(kind="events.place").state == "withdrawn"
    assert "You have a place, and it is kept" in told(cast.elina)
    assert "cannot come; if you can after all" in told(cast.andris)
    assert "Please say whether you come" in told(cast.gabija)


def test_who_waits_is_told_of_waiting_still(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, places=1)
    duties.write_to_invited(SOON)
    answers(event, cast.andris)
    answers(event, cast.elina)
    move(event, cast, places=1)
    assert "You have a place" in told(cast.andris)
    assert "You are on the waiting list, and your turn is kept" in told(cast.elina)


def test_a_yes_to_the_old_day_keeps_the_place_and_staff_sees_it(
    cast: Cast, event: Event, client: Client
) -> None:
    answers(event, cast.elina)
    assert answers_of(event)["earlier"] == 0
    move(event, cast)
    answers(event, cast.andris, now=THEN)
    counted = answers_of(event)
    assert (counted["coming"], counted["earlier"]) == (2, 1)
    listed, page, own = (
        seen(client, who, f"/events/{event.ref}/{rest}", THEN).content.decode()
        for who, rest in ((cast.inga, "people/"), (cast.inga, ""), (cast.elina, ""))
    )
    assert listed.count("(said before the event was changed)") == 1
    for shown in (listed, page):
        assert "Of those who come, said so before the event was changed: 1." in shown
    assert "Your place is kept" in own
    assert "I come all the same" in own


def test_said_again_it_is_said_of_what_holds_now(cast: Cast, event: Event) -> None:
    answers(event, cast.elina, diet="Bez gaļas")
    move(event, cast)
    assert answers(event, cast.elina, now=THEN, diet="Bez gaļas") == InvitationState.COMING
    own = invitation(event, cast.elina)
    assert (own.answered_at, own.diet, own.is_earlier) == (THEN, "Bez gaļas", False)
    assert answers_of(event)["earlier"] == 0


def test_an_answer_by_mail_to_the_old_letter_takes_no_place_away(cast: Cast, event: Event) -> None:
    answers(event, cast.elina)
    move(event, cast)
    for what in ("ACCEPTED", "DECLINED"):
        with pytest.raises(MovedSince, match="a place that you have is kept"):
            reply(event, cast.elina, what)
    assert invitation(event, cast.elina).state == InvitationState.COMING


def test_whoever_rests_hears_of_it_before_the_former_hour(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga)
    duties.write_to_invited(SOON)
    deliver_due(SOON)
    choose_quiet_hours(person=cast.elina, begins=None, ends=None, days=[0, 1, 2], now=SOON)
    day_before = datetime.fromisoformat("2025-10-27T06:00:00+00:00")
    event.refresh_from_db()
    moved = said(starts_local=STARTS + timedelta(days=7))
    change_event(event=event, revision=event.revision, by=cast.inga, now=day_before, **moved)
    duties.write_to_invited(day_before)
    letter = Letter.objects.filter(person=cast.elina.pk, kind="events.invited").latest("pk")
    assert letter.not_before == day_before
