"""A mailbox whose server does not do as it should: no answer that lies in it is ever passed over."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.make import NOW
from varpa.post import fetching
from varpa.post.models import Inbound

MINUTE = timedelta(minutes=1)
Trouble = Callable[[str, int], list[bytes] | None]


def mail_of(uid: int) -> bytes:
    head = f"From: elina@varpa.example\r\nMessage-ID: <{uid}@mail.example>"
    return f"{head}\r\n\r\nMana {uid}. atbilde\r\n".encode()


class Server(socketserver.ThreadingTCPServer):
    """Mails by their UIDs, and what is marked as read.

    `trouble` is asked what to say instead, by command and UID; by no line at all the connection is cut.
    """

    daemon_threads = True

    def __init__(self, *uids: int) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails = {uid: mail_of(uid) for uid in uids}
        self.seen: set[int] = set()
        self.trouble: Trouble = lambda _command, _uid: None


class Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.wfile.write(b"* OK IMAP4rev1\r\n")
        for line in self.rfile:
            tag, *words = line.decode().split()
            command = " ".join(words).upper()
            uid = int(words[2]) if words[0] == "UID" and words[2].isdigit() else 0
            lines = self.server.trouble(command, uid)
            if lines == []:
                return
            for each in lines or [*self.told(command, uid), b"TAG OK done"]:
                self.wfile.write(each.replace(b"TAG ", tag.encode() + b" ") + b"\r\n")
            if command == "LOGOUT":
                return

    def told(self, command: str, uid: int) -> list[bytes]:
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"]
        if command.startswith("SELECT"):
            return [b"* 1 EXISTS", b"* OK [UIDVALIDITY 1] valid"]
        if command.startswith("UID SEARCH"):
            unseen = sorted(set(self.server.mails) - self.server.seen)
            return [f"* SEARCH {' '.join(map(str, unseen))}".encode()]
        if "STORE" in command:
            self.server.seen.add(uid)
        if "RFC822.SIZE" in command:
            return [f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(self.server.mails[uid])})".encode()]
        return [given(uid)] if "BODY.PEEK" in command else []


def given(uid: int) -> bytes:
    return f"* {uid} FETCH (UID {uid} BODY[] {{{len(mail_of(uid))}}}\r\n{mail_of(uid).decode()})".encode()


@pytest.fixture
def server(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(fetching, "_mailbox", fetching.Mailbox())
    with Server(7, 8, 9) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        settings.IMAP_URL = f"imap://a:b@127.0.0.1:{made.server_address[1]}/INBOX"
        yield made
        fetching.close()
        made.shutdown()


def kept() -> list[str]:
    return sorted(Inbound.objects.values_list("message_id", flat=True))


ALL = ["<7@mail.example>", "<8@mail.example>", "<9@mail.example>"]

TROUBLES = {
    "no": lambda _uid: [b"TAG NO [UNAVAILABLE] try later"],
    "bad": lambda _uid: [b"TAG BAD what is that"],
    "begun, then no": lambda uid: [given(uid), b"TAG NO [SERVERBUG] sorry"],
    "empty": lambda uid: [f"* {uid} FETCH (UID {uid} BODY[] {{0}}\r\n)".encode(), b"TAG OK done"],
    "nil": lambda uid: [f"* {uid} FETCH (UID {uid} BODY[] NIL)".encode(), b"TAG OK done"],
    "nothing": lambda _uid: [b"TAG OK done"],
}


@pytest.mark.parametrize("name", TROUBLES)
@pytest.mark.parametrize("asked", ["BODY.PEEK", "RFC822.SIZE"])
def test_a_mail_that_is_not_given_stays_unread_and_is_asked_for_again(
    server: Server, name: str, asked: str
) -> None:
    server.trouble = lambda command, uid: TROUBLES[name](uid) if asked in command and uid == 7 else None
    assert fetching.fetch_mail(NOW) == 2
    assert server.seen == {8, 9}
    assert kept() == ALL[1:]
    server.trouble = lambda _command, _uid: None
    assert fetching.fetch_mail(NOW) == 1
    assert server.seen == {7, 8, 9}
    assert kept() == ALL
    assert all(mail_of(int(each.message_id[1])) == bytes(each.raw) for each in Inbound.objects.all())


@pytest.mark.parametrize("asked", ["RFC822.SIZE", "BODY.PEEK", "STORE"])
def test_a_connection_that_is_cut_at_a_mail_holds_no_other_up(server: Server, asked: str) -> None:
    server.trouble = lambda command, uid: [] if asked in command and uid == 7 else None
    assert fetching.fetch_mail(NOW) == 0
    assert fetching.fetch_mail(NOW + 2 * MINUTE) == 0
    assert server.seen == {8, 9}
    server.trouble = lambda _command, _uid: None
    assert fetching.fetch_mail(NOW + 4 * MINUTE) == 1
    assert server.seen == {7, 8, 9}
    assert kept() == ALL


def test_a_mail_that_cannot_be_marked_is_kept_once(server: Server) -> None:
    server.trouble = lambda command, _uid: [b"TAG NO read-only"] if "STORE" in command else None
    assert fetching.fetch_mail(NOW) == 0
    server.trouble = lambda _command, _uid: None
    assert fetching.fetch_mail(NOW) == 3
    assert kept() == ALL


def test_mails_that_are_never_given_do_not_stand_before_all_others(server: Server) -> None:
    for uid in range(10, 10 + fetching.AT_ONCE):
        server.mails[uid] = mail_of(uid)
    late = max(server.mails)
    server.trouble = lambda command, uid: [b"TAG NO later"] if "BODY" in command and uid != late else None
    assert fetching.fetch_mail(NOW) == 0
    assert fetching.fetch_mail(NOW) == 1
    assert server.seen == {late}


def test_a_search_that_is_refused_is_asked_again_after_a_rest(server: Server) -> None:
    server.trouble = lambda command, _uid: [b"TAG NO 7 8 9"] if "SEARCH" in command else None
    assert fetching.fetch_mail(NOW) == 0
    server.trouble = lambda _command, _uid: None
    assert fetching.fetch_mail(NOW) == 0
    assert fetching.fetch_mail(NOW + 2 * MINUTE) == 3


def test_what_is_numbered_anew_meanwhile_is_not_marked_by_its_former_number(server: Server) -> None:
    anew = [b"* OK [UIDVALIDITY 2] numbered anew", given(7), b"TAG OK done"]
    server.trouble = lambda command, uid: anew if "BODY.PEEK" in command and uid == 7 else None
    assert fetching.fetch_mail(NOW) == 0
    assert server.seen == set()
    server.trouble = lambda _command, _uid: None
    assert fetching.fetch_mail(NOW + 2 * MINUTE) == 3
    assert kept() == ALL


def test_an_empty_mail_is_marked_as_read(server: Server) -> None:
    server.mails = {7: b""}
    assert fetching.fetch_mail(NOW) == 1
    assert server.seen == {7}
    assert kept() == []
