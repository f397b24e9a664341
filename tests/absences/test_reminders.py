"""Nobody is reminded on days away, and these days are no working days for an answer (R4)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.absences.actions import say_away
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.meetings.actions.reminders import remind
from varpa.meetings.actions.reviews import make_promise
from varpa.meetings.models import Meeting
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.queries import owed
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def leave(person: Person, first: int, last: int) -> None:
    """Somebody is away for some days after NOW."""
    today = NOW.date()
    say_away(person=person, first=today + first * DAY, last=today + last * DAY, now=NOW)


def test_topics_wait_until_the_mentee_is_back(cast: Cast) -> None:
    make.meeting(cast.pair, days=5)
    leave(cast.elina, 3, 3)
    remind(NOW + 3 * DAY + timedelta(hours=1))
    asked = Letter.objects.filter(kind="meetings.topics_due", to_address=cast.elina.email)
    assert not asked.exists()
    remind(NOW + 4 * DAY)
    assert asked.count() == 1


def test_a_review_a_promise_and_silence_too(cast: Cast) -> None:
    make.meeting(cast.pair, days=1)
    make_promise(pair=cast.pair, text="Nosūtīšu", due=NOW.date() + 4 * DAY, by=cast.andris, now=NOW)
    leave(cast.andris, 2, 40)
    for days in (2, 3, 4, 20):
        remind(NOW + days * DAY + timedelta(hours=2))
    told = Letter.objects.filter(kind__startswith="meetings.").exclude(kind="meetings.invited")
    assert set(told.filter(to_address=cast.andris.email)) == set()
    assert {"meetings.review_due", "meetings.none_planned"} <= set(
        told.filter(to_address=cast.elina.email).values_list("kind", flat=True)
    )


def test_an_answer_waits_until_one_is_back(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Der?", by=cast.andris, now=NOW)
    leave(cast.elina, 1, 10)
    assert owed(NOW + 9 * DAY) == []
    # Back on a Saturday: Monday, Tuesday, Wednesday.
    assert owed(NOW + 15 * DAY) == []
    assert [each.side for each in owed(NOW + 16 * DAY)] == ["mentee"]


def test_a_meeting_into_days_away_is_planned_and_said(cast: Cast) -> None:
    leave(cast.elina, 3, 3)
    day = NOW.date() + 3 * DAY
    form = {
        "ref": new_ref(),
        "kind": "regular",
        "starts": f"{day}T10:00",
        "minutes": "45",
        "means": "video",
        "zone": "Europe/Riga",
    }
    Person.objects.filter(pk=cast.andris.pk).update(language="en")
    client = Client()
    client.force_login(cast.andris)
    with clock.moved_to(NOW):
        page = client.post(f"/pairs/{cast.pair.ref}/meetings/new/", form, follow=True).content.decode()
    assert Meeting.objects.get().pair == cast.pair
    assert "Elīna is away then. This meeting can be moved." in page
