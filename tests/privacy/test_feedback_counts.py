"""Whoever is erased stays counted in the feedback of an event; nobody learns what they said (R10, R11)."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import crowd
from varpa.events.models import Event, Feedback
from varpa.events.queries.people import feedback_of
from varpa.privacy.actions.erasing import erase_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(full: Cast) -> Event:
    Feedback.objects.all().delete()
    found = Event.objects.filter(programme=full.programme).earliest("pk")
    for at, member in enumerate([full.mentee, *crowd(full.programme, {("mentor", "LV"): 4}, begin=50)]):
        said = {"helped": "much" if at else "little", "text": f"Teikums {at}."}
        Feedback.objects.create(event=found, membership=member, at=NOW, **said)
    return found


def test_an_erased_answer_stays_counted(full: Cast, event: Event) -> None:
    before = feedback_of(event, 5).counts
    erase_person(person=full.elina, by=None, now=NOW)
    assert feedback_of(event, 5).counts == before


def test_after_an_erasure_no_sentence_is_missing_among_those_of_others(full: Cast, event: Event) -> None:
    assert len(feedback_of(event, 5).texts) == 5
    erase_person(person=full.elina, by=None, now=NOW)
    assert feedback_of(event, 5).texts == []
