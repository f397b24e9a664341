"""What is tried again keeps to quiet hours, and holds up nothing that cannot wait."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.post import servers
from tests.post.conftest import NOW, RIMANTAS, write
from tests.post.servers import Server
from varpa.post import habits, outbox

pytestmark = pytest.mark.django_db

Install = Callable[[Server], Server]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Install:
    def install(server: Server) -> Server:
        servers.installed(monkeypatch, server)
        return server

    return install


def test_a_server_that_is_away_breaks_no_quiet_hours(serve: Install) -> None:
    server = serve(Server(servers.away))
    habits.say_rest(person_id=7, begins=time(21), ends=time(7), days=(), now=NOW)
    evening = datetime(2025, 10, 14, 17, 59, 30, tzinfo=UTC)  # 20:59:30 in Riga
    for number in range(3):
        write(once=f"letter {number}", about=f"meeting:{number}", now=evening)
    write(once="urgent", about="meeting:u", now=evening, urgent=True)
    write(to=RIMANTAS, once="other", now=evening)
    ends = evening + timedelta(hours=2)
    write(once="ends", about="meeting:e", now=evening, ends=ends)
    outbox.deliver_due(evening)
    server.behave = None
    # The urgent one, the other reader's, and the one that would be too late after the night.
    assert outbox.deliver_due(evening + timedelta(hours=1)) == 3
    assert outbox.deliver_due(evening + timedelta(hours=11)) == 3


def test_what_cannot_wait_is_not_held_up_by_what_waits_for_the_morning(serve: Install) -> None:
    """A greylisted message rests until 7:00; the urgent one after it, of the same thread, does not."""
    server = serve(Server(servers.come_later))
    habits.say_rest(person_id=7, begins=time(21), ends=time(7), days=(), now=NOW)
    evening = datetime(2025, 10, 14, 17, 59, tzinfo=UTC)  # 20:59 in Riga
    first = write(now=evening)
    outbox.deliver_due(evening)
    server.behave = None
    late = evening + timedelta(hours=1)
    urgent = write(once="urgent", now=late, urgent=True)
    waiting = write(once="waiting", now=late)
    assert outbox.deliver_due(late) == 1
    assert server.ids == [urgent.message_id]
    assert outbox.deliver_due(evening + timedelta(hours=11)) == 2
    assert server.ids == [urgent.message_id, first.message_id, waiting.message_id]
