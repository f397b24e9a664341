"""Events in the private calendar of whoever is invited."""

from typing import Any

from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.events.conftest import SOON, STARTS, announced, answers, draft, said
from tests.make import NOW
from varpa.events.actions.planning import cancel_event, change_event
from varpa.events.models import Event
from varpa.kernel import clock
from varpa.people.actions import renew_calendar_key
from varpa.people.models import Person
from varpa.programmes.models import Membership, MembershipState


def feed(who: Person) -> str:
    """The calendar of a person, each line whole."""
    key = who.calendar_key or renew_calendar_key(person=who, now=NOW)
    with clock.moved_to(NOW):
        answer = Client().get(f"/calendar/{key}.ics")
    assert answer.status_code == 200
    return answer.content.decode().replace("\r\n ", "")


def test_an_invitation_stands_in_the_calendar_and_says_that_it_waits_for_an_answer(
    cast: Cast, event: Event
) -> None:
    shown = feed(cast.elina)
    assert f"UID:event-{event.ref}@" in shown
    assert "SUMMARY:Otrās apmācības" in shown
    assert "DTSTART;TZID=Europe/Riga:20251028T100000" in shown
    assert "Vēl nav atbildes" in shown
    assert "SUMMARY:Antrieji mokymai" in feed(cast.gabija)
    answers(event, cast.elina)
    shown = feed(cast.elina)
    assert f"UID:event-{event.ref}@" in shown
    assert "Vēl nav atbildes" not in shown


def test_who_said_no_or_has_left_has_no_event_there(cast: Cast, event: Event) -> None:
    answers(event, cast.elina, comes=False)
    Membership.objects.filter(person=cast.andris).update(state=MembershipState.WITHDRAWN)
    for who in (cast.elina, cast.andris, cast.zane):
        assert event.ref not in feed(who)


def test_what_changed_has_a_higher_sequence_and_what_is_cancelled_says_so(cast: Cast, event: Event) -> None:
    moved = said(starts_local=STARTS.replace(hour=12))
    change_event(event=event, revision=0, by=cast.inga, now=SOON, **moved)
    shown = feed(cast.elina)
    assert "SEQUENCE:1" in shown
    assert f"DTSTAMP:{SOON.astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}" in shown
    assert "DTSTART;TZID=Europe/Riga:20251028T120000" in shown
    assert "STATUS:CONFIRMED" in shown
    cancel_event(event=event, by=cast.inga, now=SOON)
    shown = feed(cast.elina)
    assert "SEQUENCE:2" in shown
    assert "STATUS:CANCELLED" in shown
    assert "Vēl nav atbildes" not in shown


def test_a_draft_stands_in_no_calendar(cast: Cast) -> None:
    event = draft(cast.programme, cast.inga)
    assert event.ref not in feed(cast.elina)
    cancel_event(event=event, by=cast.inga, now=SOON)
    assert event.ref not in feed(cast.elina)


def test_a_calendar_asks_the_same_few_questions_for_one_event_and_for_many(
    cast: Cast, event: Event, django_assert_num_queries: Any
) -> None:
    key = renew_calendar_key(person=cast.elina, now=NOW)
    for number in range(5):
        announced(cast.programme, cast.inga, ref=f"{number + 2}3456789abcd")
    with clock.moved_to(NOW), django_assert_num_queries(3):
        shown = Client().get(f"/calendar/{key}.ics").content.decode()
    assert shown.count("BEGIN:VEVENT") == 6
