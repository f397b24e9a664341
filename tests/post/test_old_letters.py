"""What old letters said is forgotten; that they were sent is not."""

from datetime import timedelta

import pytest

from tests.post.conftest import NOW, write
from varpa.post import outbox
from varpa.post.models import LetterState

pytestmark = pytest.mark.django_db


def test_what_old_letters_said_is_emptied_and_that_they_were_sent_stays(mailoutbox: list[object]) -> None:
    old, waiting = write(), write(once="waiting", about="x", not_before=NOW + timedelta(days=365))
    outbox.deliver_due(NOW)
    later = NOW + timedelta(days=180, seconds=1)
    new = write(once="new", now=later)
    assert outbox.purge_bodies(NOW + timedelta(days=180)) == 0
    assert outbox.purge_bodies(later) == 1
    for letter in (old, waiting, new):
        letter.refresh_from_db()
    assert (old.subject, old.text, old.html, old.stop_link, old.calendar) == ("", "", "", "", "")
    assert old.state == LetterState.SENT
    assert waiting.text
    assert new.text
