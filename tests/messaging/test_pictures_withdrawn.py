"""A picture sent in a message is shown only as long as a minor's guardian permits photographs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import assemble
from tests.make import NOW
from tests.programmes.conftest import picture
from tests.taking_part import Pupil
from tests.visits import Visitor, words
from varpa.messaging.actions import put_files, write_message
from varpa.messaging.models import Message
from varpa.programmes.actions.permissions import record_permission

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
