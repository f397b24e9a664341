"""The worker's side: a letter goes out once, in order, however badly the server or the worker behaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.mail.message import EmailMessage

from tests.post import servers
from tests.post.conftest import CODE, ELINA, NOW, REMINDER, RIMANTAS, write
from tests.post.servers import Server
from varpa.post import actions, outbox
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
Install = Callable[[Server], Server]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Install:
    def install(server: Server) -> Server:
        servers.installed(monkeypatch, server)
        return server

    return install


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def test_a_letter_goes_out_and_is_confirmed(serve: Install) -> None:
    server = serve(Server())
    letter = write()
    assert outbox.deliver_due(NOW) == 1
    assert outbox.deliver_due(after(60)) == 0
    assert server.ids == [letter.message_id]
    assert state(letter) == LetterState.SENT
    assert letter.sent_at == NOW


def test_a_letter_waits_for_its_hour(serve: Install) -> None:
    serve(Server())
    write(not_before=after(10))
    assert outbox.deliver_due(after(9)) == 0
    assert outbox.deliver_due(after(10)) == 1


def test_no_more_go_out_at_once_than_asked(serve: Install) -> None:
    serve(Server())
    for number in range(5):
        write(once=f"letter {number}", about=f"meeting:{number}")
    assert outbox.deliver_due(NOW, limit=3) == 3
    assert outbox.deliver_due(NOW, limit=3) == 2


def test_the_worker_stops_a_slow_round_before_its_claims_run_out(
    serve: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]

    def slow(_each: EmailMessage) -> None:
        seconds[0] += 40

    monkeypatch.setattr(outbox, "monotonic", lambda: seconds[0])
    serve(Server(slow))
    for number in range(20):
        write(once=f"letter {number}", about=f"meeting:{number}")
    sent = outbox.deliver_due(NOW)
    assert 0 < sent < 20
    assert seconds[0] < actions.CLAIM_LASTS.total_seconds() / 2
    assert outbox.deliver_due(NOW) > 0


def test_a_code_written_in_a_slow_round_goes_within_seconds(
    serve: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]

    def slow(_each: EmailMessage) -> None:
        seconds[0] += 1

    monkeypatch.setattr(outbox, "monotonic", lambda: seconds[0])
    server = serve(Server(slow))
    for number in range(30):
        write(once=f"letter {number}", about=f"meeting:{number}")
    before = outbox.deliver_due(NOW)
    code = write(once="code", about="sign-in", now=after(0.1), ends=after(10))
    outbox.deliver_due(after(0.1))
    assert (before, server.ids[before]) == (5, code.message_id)


# The server


@pytest.mark.parametrize("behave", [servers.away, servers.hangs, servers.drops])
def test_a_server_that_is_away_loses_nothing(serve: Install, behave: servers.Behaviour) -> None:
    serve(Server(behave))
    letter, other = write(), write(once="other", about="meeting:other")
    assert outbox.deliver_due(NOW) == 0
    assert [state(letter), state(other)] == ["queued", "queued"]
    server = serve(Server())
    assert outbox.deliver_due(after(0.5)) == 0
    assert outbox.deliver_due(after(1)) == 2
    assert server.ids == [letter.message_id, other.message_id]


def test_a_server_that_is_away_is_asked_once_a_round(serve: Install) -> None:
    asked: list[EmailMessage] = []

    def away(each: EmailMessage) -> None:
        asked.append(each)
        raise TimeoutError

    serve(Server(away))
    for number in range(10):
        write(once=f"letter {number}", about=f"meeting:{number}")
    outbox.deliver_due(NOW)
    assert len(asked) == 1


def test_a_server_that_is_away_for_a_week_loses_nothing(serve: Install) -> None:
    serve(Server(servers.away))
    letter = write(CODE)
    for hour in range(7 * 24):
        outbox.deliver_due(NOW + timedelta(hours=hour))
    assert state(letter) == LetterState.QUEUED
    serve(Server())
    assert outbox.deliver_due(NOW + timedelta(days=7, hours=5)) == 1


def test_a_letter_that_breaks_the_server_does_not_hold_up_the_others(serve: Install) -> None:
    def breaks(each: EmailMessage) -> None:
        if each.subject == "poison":
            raise ConnectionResetError

    server = serve(Server(breaks))
    poison = write()
    Letter.objects.update(subject="poison")
    for number in range(20):
        write(once=f"letter {number}", about=f"meeting:{number}")
    for minute in range(120):
        outbox.deliver_due(after(minute), limit=5)
    assert len(server.taken) == 20
    assert state(poison) == LetterState.QUEUED


def test_a_reader_whom_the_server_does_not_know_fails_and_the_others_go(serve: Install) -> None:
    def unknown(each: EmailMessage) -> None:
        if "elina" in each.to[0]:
            servers.no_such_reader(each)

    server = serve(Server(unknown))
    letter, other = write(), write(to=RIMANTAS, once="other")
    assert outbox.deliver_due(NOW) == 1
    assert state(letter) == LetterState.FAILED
    assert letter.error == "recipient 550"
    assert server.ids == [other.message_id]
    assert outbox.deliver_due(after(10_000)) == 0


def test_a_server_that_says_later_is_asked_later_and_later(serve: Install) -> None:
    asked: list[int] = []
    serve(Server(servers.come_later))
    letter = write()
    for minute in range(6 * 60):
        before = Letter.objects.get().attempts
        outbox.deliver_due(after(minute))
        if Letter.objects.get().attempts > before:
            asked.append(minute)
    assert asked == [0, 1, 6, 21, 81, 321]
    assert state(letter) == LetterState.QUEUED


@pytest.mark.parametrize("behave", [servers.come_later, servers.dislikes])
def test_after_three_days_of_refusals_a_letter_fails(serve: Install, behave: servers.Behaviour) -> None:
    serve(Server(behave))
    letter = write()
    for hour in range(3 * 24 + 5):
        outbox.deliver_due(NOW + timedelta(hours=hour))
    assert state(letter) == LetterState.FAILED
    assert letter.error


def test_an_address_that_cannot_be_written_fails_alone(serve: Install) -> None:
    server = serve(Server(lambda each: each.message() and None))
    letter = write(to=replace(ELINA, address="elina@skola.example\nBcc: all@example.com"))
    other = write(to=RIMANTAS, once="other")
    assert outbox.deliver_due(NOW) == 1
    assert state(letter) == LetterState.FAILED
    assert server.ids == [other.message_id]


def test_a_server_that_hangs_up_rudely_takes_nothing_back(serve: Install) -> None:
    class Rude(Server):
        def close(self) -> None:
            raise ConnectionResetError

    serve(Rude())
    letter = write()
    assert outbox.deliver_due(NOW) == 1
    assert state(letter) == LetterState.SENT


# Doubt


def test_a_letter_in_doubt_goes_again_as_the_same_letter(serve: Install) -> None:
    server = serve(Server(after=servers.drops))
    letter = write()
    outbox.deliver_due(NOW)
    server.after = None
    assert outbox.deliver_due(after(1)) == 1
    assert server.ids == [letter.message_id] * 2
    first, second = (each.message() for each in server.taken)
    assert first["Date"] == second["Date"]
    assert first["References"] == second["References"]


def test_a_worker_killed_while_sending_leaves_a_letter_that_goes_again(serve: Install) -> None:
    server = serve(Server(after=servers.kills))
    letter = write()
    with pytest.raises(servers.Killed):
        outbox.deliver_due(NOW)
    assert state(letter) == LetterState.SENDING
    server.after = None
    assert outbox.deliver_due(after(4.9)) == 0
    assert outbox.deliver_due(after(5)) == 1
    assert set(server.ids) == {letter.message_id}
    assert state(letter) == LetterState.SENT


def test_however_often_a_worker_is_killed_there_is_one_letter(serve: Install) -> None:
    server = serve(Server(after=servers.kills))
    letter = write()
    for round_ in range(20):
        with pytest.raises(servers.Killed):
            outbox.deliver_due(after(5 * round_))
    server.after = None
    outbox.deliver_due(after(100))
    assert set(server.ids) == {letter.message_id}
    assert outbox.deliver_due(after(1000)) == 0


def test_a_late_answer_still_confirms_a_letter_that_was_claimed_again(serve: Install) -> None:
    letter = write()

    def meanwhile(_each: EmailMessage) -> None:
        Letter.objects.update(attempts=9, claimed_at=after(5))

    serve(Server(meanwhile))
    outbox.deliver_due(NOW)
    assert state(letter) == LetterState.SENT


def test_a_late_failure_does_not_touch_a_letter_that_was_claimed_again(serve: Install) -> None:
    letter = write()

    def meanwhile(_each: EmailMessage) -> None:
        Letter.objects.update(attempts=9, claimed_at=after(5))
        raise TimeoutError

    serve(Server(meanwhile))
    outbox.deliver_due(NOW)
    assert state(letter) == LetterState.SENDING


def test_two_workers_who_read_the_same_letter_send_it_once(serve: Install) -> None:
    server = serve(Server())
    write()
    mine, theirs = outbox._due(NOW, 5), outbox._due(NOW, 5)
    outcomes = [outbox._deliver(letter, server, NOW) for letter in (*mine, *theirs)]
    assert outcomes == [outbox._Outcome.SENT, outbox._Outcome.NOT_SENT]
    assert len(server.taken) == 1


# Order


def test_letters_of_a_thread_keep_their_order(serve: Install) -> None:
    blocked = [True]

    def first_later(each: EmailMessage) -> None:
        if blocked[0]:
            servers.come_later(each)

    server = serve(Server(first_later))
    letters = [write(once=f"letter {number}", now=after(number / 10)) for number in range(3)]
    outbox.deliver_due(after(1))
    assert [state(each) for each in letters] == ["queued"] * 3
    blocked[0] = False
    assert outbox.deliver_due(after(1.5)) == 0
    assert outbox.deliver_due(after(3)) == 3
    assert server.ids == [each.message_id for each in letters]


def test_letters_of_one_thread_to_two_readers_do_not_wait_for_each_other(serve: Install) -> None:
    def only_rimantas(each: EmailMessage) -> None:
        if "elina" in each.to[0]:
            servers.come_later(each)

    server = serve(Server(only_rimantas))
    write()
    other = write(to=RIMANTAS, once="other")
    assert outbox.deliver_due(NOW) == 1
    assert server.ids == [other.message_id]


def test_a_reminder_for_later_holds_up_nothing(serve: Install) -> None:
    server = serve(Server())
    write(not_before=after(60))
    moved = write(CODE, once="moved", now=after(1))
    assert outbox.deliver_due(after(1)) == 1
    assert server.ids == [moved.message_id]


def test_a_letter_that_failed_holds_up_nothing(serve: Install) -> None:
    server = serve(Server())
    first, second = write(), write(once="second", now=after(1))
    Letter.objects.filter(pk=first.pk).update(state=LetterState.FAILED)
    outbox.deliver_due(after(1))
    assert server.ids == [second.message_id]


def test_a_letter_whose_end_has_passed_holds_up_nothing(serve: Install) -> None:
    serve(Server(servers.come_later))
    first = write(CODE, ends=after(10))
    for minute in range(7):
        outbox.deliver_due(after(minute))
    server = serve(Server())
    second = write(CODE, once="second", now=after(11))
    assert outbox.deliver_due(after(11)) == 1
    assert server.ids == [second.message_id]
    outbox.deliver_due(after(60))
    assert state(first) == LetterState.WITHDRAWN


def test_a_letter_without_a_thread_waits_for_nobody(serve: Install) -> None:
    server = serve(Server())
    first, second = write(about="sign-in", thread=""), write(CODE, once="second", about="", now=after(1))
    Letter.objects.filter(pk=first.pk).update(next_try_at=after(100))
    outbox.deliver_due(after(1))
    assert server.ids == [second.message_id]


# The end of a reminder


def test_a_reminder_is_withdrawn_at_its_end(serve: Install) -> None:
    server = serve(Server())
    letter = write(ends=after(60))
    assert outbox.deliver_due(after(60)) == 0
    assert state(letter) == LetterState.WITHDRAWN
    assert server.taken == []


def test_a_reminder_in_doubt_does_not_go_again_after_its_end(serve: Install) -> None:
    serve(Server(after=servers.kills))
    letter = write(ends=after(3))
    with pytest.raises(servers.Killed):
        outbox.deliver_due(NOW)
    assert outbox.deliver_due(after(5)) == 0
    assert state(letter) == LetterState.WITHDRAWN


def test_a_kind_that_was_stopped_meanwhile_is_withdrawn(serve: Install) -> None:
    server = serve(Server())
    reminder, code = write(), write(CODE, once="code", about="code")
    actions.unsubscribe(person_id=7, kind=REMINDER.key, now=NOW)
    actions.unsubscribe(person_id=7, kind=CODE.key, now=NOW)
    assert outbox.deliver_due(NOW) == 1
    assert [state(reminder), state(code)] == ["withdrawn", "sent"]
    assert server.ids == [code.message_id]


def test_a_withdrawn_letter_never_goes(serve: Install) -> None:
    serve(Server())
    write()
    actions.withdraw(about="meeting:m4k2", now=NOW)
    assert outbox.deliver_due(after(100)) == 0


def test_a_round_asks_the_database_little(
    serve: Install, django_assert_max_num_queries: Callable[..., object]
) -> None:
    serve(Server())
    with django_assert_max_num_queries(1):  # type: ignore[attr-defined]
        outbox.deliver_due(NOW)
    for number in range(10):
        write(once=f"letter {number}", about=f"meeting:{number}")
    with django_assert_max_num_queries(4 + 10 * 3):  # type: ignore[attr-defined]
        assert outbox.deliver_due(NOW) == 10
