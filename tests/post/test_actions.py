"""Writing letters into the outbox."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.post.conftest import CODE, ELINA, NOW, REMINDER, RIMANTAS, write
from varpa.post import actions
from varpa.post.envelope import Recipient
from varpa.post.models import Letter, LetterState, Unsubscribed

pytestmark = pytest.mark.django_db


def send_to(person: Recipient = ELINA, *, ends: datetime | None = None) -> Letter | None:
    return actions.send(REMINDER, to=person, context={}, about="meeting:a", once="a", now=NOW, ends=ends)


def test_a_letter_asked_twice_is_written_once() -> None:
    assert write().pk == write().pk
    assert Letter.objects.count() == 1


def test_a_letter_keeps_one_message_id() -> None:
    letter = write()
    assert letter.message_id == f"<{letter.ref}@varpa.example>"


def test_a_person_on_paper_gets_no_letter() -> None:
    assert send_to(replace(ELINA, address="")) is None


def test_a_reminder_whose_end_has_passed_is_not_written() -> None:
    assert send_to(ends=NOW) is None


def test_a_stopped_kind_is_not_written() -> None:
    actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    assert send_to() is None
    assert send_to(RIMANTAS) is not None


def test_an_essential_letter_cannot_be_stopped() -> None:
    actions.unsubscribe(person_id=7, kind=CODE.key, now=NOW)
    letter = write(CODE)
    assert letter.stop_link == ""


def test_letters_come_again_when_they_are_wanted_again() -> None:
    actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    actions.resubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    assert send_to() is not None


def test_withdrawing_ends_what_waits_about_a_thing() -> None:
    reminder = write()
    other = write(once="other", about="meeting:other")
    essential = write(CODE, once="essential")
    assert actions.withdraw(about="meeting:m4k2", kinds=[REMINDER], now=NOW) == 1
    for letter in (reminder, other, essential):
        letter.refresh_from_db()
    assert [reminder.state, other.state, essential.state] == ["withdrawn", "queued", "queued"]


def test_withdrawing_without_kinds_ends_all_about_a_thing() -> None:
    write()
    write(CODE, once="essential")
    assert actions.withdraw(about="meeting:m4k2", now=NOW) == 2


def test_a_letter_that_is_being_sent_goes_its_way() -> None:
    write()
    Letter.objects.update(state=LetterState.SENDING, claimed_at=NOW)
    assert actions.withdraw(about="meeting:m4k2", now=NOW) == 0
    assert actions.withdraw(about="meeting:m4k2", now=NOW + timedelta(minutes=5)) == 1


def test_a_name_with_line_ends_cannot_write_headers() -> None:
    letter = write(to=replace(ELINA, name="Elīna\r\nBcc: all@example.com"))
    assert letter.to_name == "Elīna Bcc: all@example.com"


def test_who_wants_letters_again_has_stopped_them_once_all_the_same() -> None:
    for _round in range(2):
        actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW)
        actions.resubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    assert list(Unsubscribed.objects.values_list("withdrawn_at", flat=True)) == [NOW, NOW, None]
    assert send_to() is None
