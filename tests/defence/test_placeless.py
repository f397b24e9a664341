"""Whoever loses the place in a day by a new draw is told so, and calendars take the day out (R9)."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.defence.test_moved import sent
from tests.make import NOW
from tests.visits import Visitor
from varpa.businessplans.actions.plans import submit_plan, take_back_plan
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, order
from varpa.defence.models import Defence
from varpa.defence.queries import slots_of
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=2)


def draw(cast: Cast, defence: Defence, places: int) -> None:
    held = Defence.objects.get(pk=defence.pk)
    days.change_defence(defence=held, revision=held.revision, by=cast.inga, now=SOON, places=places)
    order.draw_order(defence=held, seed=7, by=cast.inga, now=SOON)


def lost(defence: Defence) -> Person:
    """Who presented, and has no place any more."""
    presents = slots_of(defence).values_list("plan", flat=True)
    return BusinessPlan.objects.exclude(pk__in=presents).get().membership.person


def told() -> list[Letter]:
    return list(Letter.objects.filter(kind="defence.no_place").exclude(state=LetterState.WITHDRAWN))


def test_whoever_loses_the_place_is_told_and_calendars_take_it_out(cast: Cast, ready: Defence) -> None:
    sent()
    draw(cast, ready, 1)
    [letter] = told()
    assert letter.person == lost(ready).pk
    assert all(part in letter.calendar for part in ("METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"))
    plan = BusinessPlan.objects.get(membership__person=lost(ready))
    assert letter.link.endswith(f"/business-plans/{plan.ref}/")
    assert Visitor(lost(ready), days=0).get(f"/business-plans/{plan.ref}/").status_code == 200


def test_a_second_draw_tells_nobody_twice(cast: Cast, ready: Defence) -> None:
    sent()
    draw(cast, ready, 1)
    draw(cast, ready, 1)
    assert len(told()) == 1


def test_whoever_gets_a_place_again_is_told_of_the_day_anew(cast: Cast, ready: Defence) -> None:
    sent()
    draw(cast, ready, 1)
    person = lost(ready)
    sent()
    draw(cast, ready, 2)
    again = Letter.objects.filter(kind="defence.announced", person=person.pk, state=LetterState.QUEUED).get()
    assert "METHOD:PUBLISH" in again.calendar
    assert "SEQUENCE:1" in again.calendar
    sent()
    draw(cast, ready, 1)
    assert len(told()) == 2


def test_whoever_has_not_heard_of_the_day_yet_hears_nothing(cast: Cast, ready: Defence) -> None:
    draw(cast, ready, 1)
    person = lost(ready)
    assert told() == []
    waits = Letter.objects.filter(person=person.pk, kind="defence.announced", state=LetterState.QUEUED)
    assert not waits.exists()
    draw(cast, ready, 2)
    assert waits.exists()


def test_a_draw_before_the_announcement_tells_once_the_order_stands(cast: Cast, ready: Defence) -> None:
    sent()
    days.take_defence_back(defence=ready, by=cast.inga, now=SOON)
    draw(cast, ready, 1)
    assert told() == []
    days.announce_defence(defence=Defence.objects.get(pk=ready.pk), by=cast.inga, now=SOON)
    assert [letter.person for letter in told()] == [lost(ready).pk]


def test_a_day_that_nobody_knows_is_drawn_in_silence(cast: Cast, defence: Defence) -> None:
    draw(cast, defence, 1)
    days.announce_defence(defence=Defence.objects.get(pk=defence.pk), by=cast.inga, now=SOON)
    assert told() == []


def test_whoever_took_the_plan_back_is_told_too(cast: Cast, ready: Defence) -> None:
    sent()
    plan = BusinessPlan.objects.get(membership=cast.mentee)
    take_back_plan(plan=plan, by=cast.elina, now=SOON)
    order.draw_order(defence=Defence.objects.get(pk=ready.pk), seed=7, by=cast.inga, now=SOON)
    assert [letter.person for letter in told()] == [cast.elina.pk]
    submit_plan(plan=plan, by=cast.elina, now=SOON)
    order.add_late(defence=Defence.objects.get(pk=ready.pk), by=cast.inga, now=SOON)
    assert Letter.objects.filter(person=cast.elina.pk, kind="defence.announced").count() == 2


def test_jurors_are_told_nothing_of_it(cast: Cast, ready: Defence) -> None:
    sent()
    draw(cast, ready, 1)
    assert not {cast.inga.pk, cast.andris.pk, cast.rimantas.pk} & {letter.person for letter in told()}


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_letter_in_three_languages(cast: Cast, ready: Defence, language: str) -> None:
    Person.objects.update(language=language)
    sent()
    draw(cast, ready, 1)
    words = {"lv": "gaida citu dienu", "lt": "laukia kitos dienos", "en": "waits for another day"}
    assert words[language] in told()[0].text
