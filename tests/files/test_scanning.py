"""A virus scanner, where there is one: what it finds is refused, and so is what it has not seen."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import assemble
from tests.files.conftest import keep, stored
from tests.files.samples import pdf, picture, upload
from tests.messaging.conftest import own_thread
from tests.visits import Visitor, words
from varpa.files import scanning
from varpa.files.models import File
from varpa.files.refusals import Infected, NotScanned
from varpa.messaging.models import Message
from varpa.site import soundness

pytestmark = pytest.mark.django_db
# What every scanner takes for a virus, so that one can try it; cut in two, or this file would be one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLEAN, FOUND = b"stream: OK\0", b"stream: Eicar-Signature FOUND\0"
LARGE = b"INSTREAM size limit exceeded. ERROR\0"
Answer = Callable[[bytes, bytes], bytes]


def _honest(command: bytes, content: bytes) -> bytes:
    if command == b"zPING\0":
        return b"PONG\0"
    return FOUND if EICAR in content else CLEAN


@contextmanager
def scanner(answer: Answer = _honest, *, at: Path | None = None, hangs: bool = False) -> Iterator[str]:
    """clamd's words over loopback, or over a socket of the file system; the address under which it listens.

    Where nothing is answered the connection is cut; one that `hangs` keeps it open and says nothing.
    """
    listening = socket.socket(socket.AF_UNIX if at else socket.AF_INET)
    listening.bind(str(at) if at else ("127.0.0.1", 0))
    listening.listen()
    kept = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                visitor, _address = listening.accept()
                kept.append(visitor)
                with suppress(OSError, struct.error):
                    said = answer(*_read(visitor))
                    if not hangs:
                        visitor.sendall(said)
                        visitor.close()

    served = Thread(target=serve, daemon=True)
    served.start()
    try:
        yield f"unix://{at}" if at else f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        # A thread that waits for the next visitor is not woken by closing alone.
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for each in kept:
            each.close()
        served.join()


def _read(visitor: socket.socket) -> tuple[bytes, bytes]:
    """The command, and what is sent along."""
    with visitor.makefile("rb") as heard:
        command = b""
        while not command.endswith(b"\0"):
            command += heard.read(1)
        content = b""
        while command == b"zINSTREAM\0" and (size := struct.unpack(">I", heard.read(4))[0]):
            content += heard.read(size)
        return command, content


def test_what_is_clean_is_kept(settings: Any, tmp_path: Path) -> None:
    heard = []

    def listen(command: bytes, content: bytes) -> bytes:
        heard.append(content)
        return _honest(command, content)

    sent = picture(size=(900, 900), mode="RGB") + b"\0" * 200_000
    for at in (None, tmp_path / "clamd.ctl"):
        with scanner(listen, at=at) as settings.SCANNER_URL:
            keep(upload(sent))
    # As it was sent, not as it was drawn anew.
    assert heard == [sent, sent]


def test_a_virus_is_refused_and_leaves_nothing(settings: Any, media: Path) -> None:
    with scanner() as settings.SCANNER_URL, pytest.raises(Infected):
        keep(upload(picture() + EICAR))
    assert (File.objects.count(), stored(media)) == (0, [])


@pytest.mark.parametrize("says", [b"", b"stream: OK", LARGE, b"\0", b"HTTP/1.1 200 OK\r\n\0", b"x" * 9000])
def test_what_the_scanner_has_not_seen_is_refused(settings: Any, media: Path, says: bytes) -> None:
    """It cuts the connection, says half a word, finds the file too large, or is something else."""
    with scanner(lambda *_heard: says) as settings.SCANNER_URL, pytest.raises(NotScanned):
        keep(upload(picture()))
    assert (File.objects.count(), stored(media)) == (0, [])


def test_a_scanner_that_hangs_or_is_away_is_not_waited_for(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    with scanner(hangs=True) as settings.SCANNER_URL, pytest.raises(NotScanned):
        keep(upload(picture()))
    # Nobody listens there any more.
    with pytest.raises(NotScanned):
        keep(upload(picture()))
    for wrong in ("tcp://127.0.0.1", "clamd", "unix://", "tcp://[::1", "tcp://127.0.0.1:99999"):
        settings.SCANNER_URL = wrong
        with pytest.raises(NotScanned):
            keep(upload(picture()))


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    scanning._left_alone.clear()


def test_a_scanner_that_said_nothing_is_left_alone_for_half_a_minute(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever keeps a file holds the database meanwhile: of many files only the first waits."""
    asked = []
    monkeypatch.setattr(scanning, "SECONDS", 0.2)

    def listen(*heard: bytes) -> bytes:
        asked.append(heard)
        return b""

    with scanner(listen, hangs=True) as settings.SCANNER_URL:
        for _file in range(3):
            with pytest.raises(NotScanned):
                keep(upload(picture()))
        assert len(asked) == 1
        later = scanning.monotonic() + scanning.LEFT_ALONE_SECONDS + 1
        monkeypatch.setattr(scanning, "monotonic", lambda: later)
        with pytest.raises(NotScanned):
            keep(upload(picture()))
    assert len(asked) == 2


def test_one_file_that_a_scanner_does_not_take_keeps_no_other_from_it(settings: Any) -> None:
    says = [b"", CLEAN]
    with scanner(lambda *_heard: says.pop(0)) as settings.SCANNER_URL:
        with pytest.raises(NotScanned):
            keep(upload(picture()))
        keep(upload(picture()))
    assert File.objects.count() == 1


def test_a_name_with_several_addresses_is_not_waited_for_at_each(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the same seconds, however many addresses a name has: 5 of one file at most."""
    settings.SCANNER_URL = "tcp://scanner.example:3310"
    monkeypatch.setattr(scanning, "SECONDS", 0.3)
    full = socket.socket()
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    address = full.getsockname()
    waiting = [socket.socket() for _each in range(3)]
    for each in waiting:
        each.setblocking(False)
        each.connect_ex(address)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)] * 6
    monkeypatch.setattr(scanning.socket, "getaddrinfo", lambda *_asked, **_more: found)
    begun = scanning.monotonic()
    with pytest.raises(NotScanned):
        scanning.require_clean(b"x")
    assert scanning.monotonic() - begun < 1
    for each in (full, *waiting):
        each.close()


def test_a_message_with_a_virus_stays_on_the_page(settings: Any) -> None:
    cast = assemble()
    address = reverse("messaging:thread", args=[own_thread(cast).ref])
    mentee = Visitor(cast.elina)
    with scanner() as settings.SCANNER_URL:
        sent = {"ref": "abcdefgh2345", "text": "Te ir mans plāns"}
        answer = mentee.post(address, {**sent, "attached": upload(pdf(EICAR))})
        assert "Te ir mans plāns" in words(answer)
        assert "Vīrusu skeneris" in words(answer)
        assert Message.objects.count() == 0
        mentee.post(address, {**sent, "attached": upload(pdf())})
    assert Message.objects.count() == 1


def test_check_tells_of_a_scanner_that_does_not_answer(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    asked = dict(soundness.checks())
    assert asked["virus scanner"] == []
    with scanner() as settings.SCANNER_URL:
        assert scanning.fault() == ""
    assert "does not answer" in scanning.fault()
    with scanner(lambda *_heard: CLEAN) as settings.SCANNER_URL:
        assert "no clamd" in scanning.fault()
