"""Real threads on a real database: several workers, several senders, one letter."""

from collections.abc import Callable
from threading import Barrier, Lock, Thread

import pytest
from django.core.mail.message import EmailMessage
from django.db import connection

from tests.post import servers
from tests.post.conftest import ELINA, NOW, REMINDER, write
from tests.post.servers import Server
from varpa.post import actions, outbox
from varpa.post.models import Letter, LetterState, Unsubscribed

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def together(work: Callable[[], object]) -> list[object]:
    """Run the same work in several threads that start at the same moment; what each answered."""
    answers: list[object] = []
    failures: list[BaseException] = []
    barrier = Barrier(AT_ONCE)

    def run() -> None:
        try:
            barrier.wait()
            answers.append(work())
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return answers


def test_several_workers_send_each_letter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    lock = Lock()

    def take(each: EmailMessage) -> None:
        with lock:
            taken.append(str(each.message()["Message-ID"]))

    servers.installed(monkeypatch, Server(take))
    for number in range(20):
        write(once=f"letter {number}", about=f"meeting:{number % 5}")
    answers = together(lambda: outbox.deliver_due(NOW))
    assert sum(int(str(each)) for each in answers) == 20
    assert len(taken) == len(set(taken)) == 20
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}


def test_a_letter_asked_at_the_same_moment_is_written_once() -> None:
    answers = together(lambda: write().ref)
    assert len(set(answers)) == 1
    assert Letter.objects.count() == 1


def test_withdrawing_while_workers_send_loses_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    servers.installed(monkeypatch, server)
    for number in range(12):
        write(once=f"letter {number}", to=ELINA)
    withdrawn: list[int] = []

    def both() -> object:
        withdrawn.append(actions.withdraw(about="meeting:m4k2", now=NOW))
        return outbox.deliver_due(NOW)

    sent = sum(int(str(each)) for each in together(both))
    assert sent + sum(withdrawn) == 12
    assert len(server.taken) == sent == Letter.objects.filter(state=LetterState.SENT).count()


def test_stopping_twice_at_once_is_one_stop() -> None:
    together(lambda: actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW))
    assert Unsubscribed.objects.count() == 1
