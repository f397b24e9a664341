"""Reading the outbox."""

import pytest

from tests.post.conftest import CODE, NOW, REMINDER, RIMANTAS, write
from varpa.post import actions, queries
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db


def test_what_went_out_is_counted_by_language() -> None:
    write()
    write(once="second")
    write(to=RIMANTAS, once="third")
    Letter.objects.update(state=LetterState.SENT)
    write(once="waiting")
    assert queries.sent_by_language() == {"lv": 2, "lt": 1}


def test_a_schedule_asks_for_many_letters_at_once() -> None:
    write(once="a")
    assert queries.already(["a", "b"]) == {"a"}


def test_what_a_person_stopped() -> None:
    actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    assert queries.stopped_kinds(7) == {REMINDER.key}
    assert queries.stopped_kinds(8) == set()
    assert not queries.wants(7, REMINDER.key)
    assert queries.wants(7, CODE.key)


def test_the_mailbox_leaves_out_what_was_withdrawn() -> None:
    shown, gone = write(once="shown", about="a"), write(once="gone", about="b")
    actions.withdraw(about="b", now=NOW)
    assert list(queries.newest()) == [shown]
    assert gone not in queries.newest()
