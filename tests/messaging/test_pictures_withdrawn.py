"""A picture sent in a message is shown only as long as a minor's guardian permits photographs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.cast import assemble
from tests.make import NOW
from tests.programmes.conftest import picture
from tests.taking_part import LATER, Pupil
from tests.visits import Visitor, words
from varpa.messaging.actions import put_files, write_message
from varpa.messaging.models import Message, Thread
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.actions.permissions import confirm_grown, record_permission

EIGHTEEN = date(2007, 10, 20)
"""Born so, somebody comes of age a day after what is sent here."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Pupil:
    return Pupil(assemble())


def sent(pupil: Pupil, *, faceless: bool = False) -> Message:
    return write_message(thread=pupil.thread, text="", files=[picture()], faceless=faceless, **pupil.mentors)


def where(message: Message) -> str:
    return reverse("messaging:file", args=[message.ref, message.attachments.get().file.ref])


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_taken_back_the_picture_is_seen_by_neither_and_given_anew_by_both(pupil: Pupil, side: str) -> None:
    message = sent(pupil)
    visitor = Visitor(pupil.pair.member(side).person, days=6)
    thread = reverse("messaging:thread", args=[pupil.thread.ref])
    assert visitor.get(where(message)).status_code == 200
    pupil.withdraw("photographs")
    assert visitor.get(where(message)).status_code == 404
    assert where(message) not in words(visitor.get(thread))
    record_permission(
        membership=pupil.mentee,
        kind="photographs",
        guardian="Ilze",
        by=pupil.cast.inga,
        now=NOW + timedelta(days=6),
    )
    assert where(message) in words(visitor.get(thread))


def test_a_picture_in_which_nobody_is_known_stays(pupil: Pupil) -> None:
    message = sent(pupil, faceless=True)
    pupil.withdraw("photographs")
    assert Visitor(pupil.mentee.person, days=6).get(where(message)).status_code == 200


def test_the_files_of_a_meeting_leave_it_out_too(pupil: Pupil) -> None:
    message = put_files(
        pair=pupil.pair,
        about_kind="meeting",
        about_ref=pupil.ahead.ref,
        files=[picture()],
        **pupil.mentors,
    )
    visitor = Visitor(pupil.mentee.person, days=6)
    page = f"/meetings/{pupil.ahead.ref}/"
    assert where(message) in words(visitor.get(page))
    pupil.withdraw("photographs")
    assert where(message) not in words(visitor.get(page))


def test_no_picture_comes_back_by_itself_on_the_day_of_age(pupil: Pupil) -> None:
    """A permission taken back is no word of the grown person, who may have the picture sent once more."""
    message = sent(pupil)
    about = {"about_kind": "meeting", "about_ref": pupil.ahead.ref}
    of_meeting = put_files(pair=pupil.pair, **about, files=[picture()], **pupil.mentors)
    pupil.withdraw("photographs")
    Person.objects.filter(pk=pupil.mentee.person.pk).update(born=EIGHTEEN)
    pair = Pair.objects.get(pk=pupil.pair.pk)
    mentee, mentor = Visitor(pair.mentee.person, days=6), Visitor(pair.mentor.person, days=6)
    thread = reverse("messaging:thread", args=[pupil.thread.ref])
    for each in (mentee, mentor):
        assert each.get(where(message)).status_code == 404
        assert where(message) not in words(each.get(thread))
        assert where(of_meeting) not in words(each.get(f"/meetings/{pupil.ahead.ref}/"))
    assert "sūti to vēlreiz" in words(mentee.get(thread))
    grown = LATER + timedelta(days=1)
    confirm_grown(membership=pair.mentee, by=pair.mentee.person, now=grown)
    thread_now = Thread.objects.get(pk=pupil.thread.pk)
    anew = write_message(thread=thread_now, text="", files=[picture()], by=pair.mentor.person, now=grown)
    assert mentor.get(where(anew)).status_code == 200
    assert mentor.get(where(message)).status_code == 404


def test_a_picture_that_was_permitted_stays_when_the_mentee_comes_of_age(pupil: Pupil) -> None:
    message = sent(pupil)
    Person.objects.filter(pk=pupil.mentee.person.pk).update(born=EIGHTEEN)
    assert Visitor(pupil.mentee.person, days=6).get(where(message)).status_code == 200
