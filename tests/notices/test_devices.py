"""Devices: what is due is shown there in a sentence that says nothing of what was written."""

import json
import socket
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.notices.push_server import Browser, PushServer, content
from tests.post import servers
from tests.post.servers import Server
from varpa.history.models import Line
from varpa.messaging.actions import begin_thread, see_thread, take_back, write_message
from varpa.messaging.letters import WRITTEN
from varpa.messaging.models import Message
from varpa.notices import endpoints, vapid
from varpa.notices.actions import (
    NoPushServer,
    TooManyDevices,
    add_device,
    choose_beside,
    choose_pace,
    choose_quiet_hours,
    remove_device,
    tell_gathered,
)
from varpa.notices.models import Device, Push, PushState
from varpa.notices.pushing import CLAIM_LASTS, push_due
from varpa.people.devices import device_name
from varpa.people.models import Person
from varpa.post import outbox
from varpa.post.models import Beside, Habit, Letter, LetterState

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=3)
FOUR = datetime(2025, 10, 14, 16, 0, tzinfo=ZoneInfo("Europe/Riga"))


def told_on(
    server: PushServer, person: Person, browser: Browser, name: str = "one", now: datetime = NOW
) -> Device:
    return add_device(
        person=person,
        name="Chrome, Android",
        endpoint=server.endpoint(name),
        public_key=browser.public_key,
        auth=browser.auth,
        now=now,
    )


def written(cast: Cast, text: str = "Satiksimies pie upes", **more: bool) -> Message:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    return write_message(thread=thread, text=text, by=cast.andris, now=NOW, **more)


def letter_of_message() -> Letter:
    return Letter.objects.filter(kind=WRITTEN.key).latest("pk")


class TestPush:
    def test_a_message_is_shown_without_its_words(self, cast: Cast, server: PushServer) -> None:
        browser = Browser()
        told_on(server, cast.elina, browser)
        message = written(cast)
        assert push_due(LATER) == 1
        path, headers, body = server.came[0]
        shown = browser.read(body)
        assert path == "/push/one"
        assert shown["body"] == "Andris raksta"
        assert shown["link"] == f"/threads/{message.thread.ref}/"
        assert shown["lang"] == "lv"
        assert "upes" not in json.dumps(shown)
        assert "Ozols" not in json.dumps(shown)
        assert headers["Content-Encoding"] == "aes128gcm"
        assert headers["Topic"] == letter_of_message().ref == shown["tag"]
        assert int(headers["Ttl"]) > 3600

    def test_the_push_server_knows_the_installation(self, cast: Cast, server: PushServer) -> None:
        import jwt
        from cryptography.hazmat.primitives.serialization import load_pem_public_key

        told_on(server, cast.elina, Browser())
        written(cast)
        push_due(LATER)
        kind, token, key = server.came[0][1]["Authorization"].split(" ")
        assert kind == "vapid"
        assert key == f"k={vapid.keys().application}"
        public = load_pem_public_key(vapid.keys().public.encode())
        claims = jwt.decode(token[2:].rstrip(","), public, ["ES256"], audience="http://127.0.0.1")
        assert claims["sub"].startswith("mailto:")

    def test_each_device_is_told_once(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser(), "phone")
        told_on(server, cast.elina, Browser(), "computer")
        written(cast)
        assert push_due(LATER) == 2
        assert push_due(LATER + timedelta(minutes=1)) == 0
        assert sorted(path for path, _headers, _body in server.came) == ["/push/computer", "/push/phone"]

    def test_a_worker_that_was_killed_is_followed_by_another(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        written(cast)
        push_due(NOW)
        server.status = 503
        push_due(LATER)
        Push.objects.update(state=PushState.SENDING, claimed_at=LATER)
        server.status = 201
        assert push_due(LATER + timedelta(seconds=30)) == 0
        assert push_due(LATER + CLAIM_LASTS) == 1
        assert len({headers["Topic"] for _path, headers, _body in server.came}) == 1

    def test_a_server_that_is_away_is_tried_again(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        written(cast)
        server.status = 429
        assert push_due(LATER) == 0
        assert push_due(LATER + timedelta(seconds=30)) == 0
        server.status = 201
        assert push_due(LATER + timedelta(minutes=1)) == 1

    def test_what_it_refuses_for_good_is_not_tried_again(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        written(cast)
        server.status = 400
        push_due(LATER)
        assert Push.objects.get().state == PushState.FAILED

    @pytest.mark.parametrize("status", [404, 410])
    def test_a_device_that_is_gone_is_removed(self, cast: Cast, server: PushServer, status: int) -> None:
        device = told_on(server, cast.elina, Browser())
        written(cast)
        server.status = status
        push_due(LATER)
        device.refresh_from_db()
        assert device.removed_at == LATER
        assert (device.endpoint, device.public_key, device.auth) == ("", "", "")
        # Nobody was told, so the letter does not wait for the evening.
        letter = letter_of_message()
        assert not letter.gathers
        assert letter.not_before == LATER

    def test_no_redirect_is_followed(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        written(cast)
        server.status, server.leads_to = 307, server.endpoint("elsewhere")
        push_due(LATER)
        assert [path for path, _headers, _body in server.came] == ["/push/one"]

    def test_what_was_read_or_taken_back_is_not_shown(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        first = written(cast)
        take_back(message=first, by=cast.andris, now=NOW)
        second = written(cast)
        see_thread(thread=second.thread, by=cast.elina, now=NOW)
        assert push_due(LATER) == 0
        assert server.came == []

    def test_tried_again_it_keeps_to_quiet_hours(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        choose_quiet_hours(person=cast.elina, begins=time(12, 4), ends=time(16), days=(), now=NOW)
        written(cast)
        server.status = 503
        push_due(LATER)
        server.status = 201
        assert push_due(LATER + timedelta(minutes=30)) == 0
        assert push_due(FOUR) == 1

    def test_who_cannot_be_written_to_by_mail_is_told_all_the_same(
        self, cast: Cast, server: PushServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        servers.installed(monkeypatch, Server(servers.no_such_reader))
        told_on(server, cast.elina, Browser())
        written(cast, urgent=True)
        outbox.deliver_due(LATER, 500)
        assert letter_of_message().state == LetterState.FAILED
        assert push_due(LATER) == 1

    def test_it_keeps_to_quiet_hours_unless_urgent(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        choose_quiet_hours(person=cast.elina, begins=time(8), ends=time(20), days=(), now=NOW)
        written(cast)
        assert push_due(LATER) == 0
        written(cast, urgent=True)
        assert push_due(LATER) == 1

    def test_it_hangs_for_no_longer_than_it_may(
        self, cast: Cast, server: PushServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A server that sends a letter of its answer now and then does not hold the worker up."""
        monkeypatch.setattr(endpoints, "WHOLE_SECONDS", 0.5)
        monkeypatch.setattr(endpoints, "SECONDS", 5)
        with socket.create_server(("127.0.0.1", 0)) as slow:
            Thread(target=_drips, args=[slow], daemon=True).start()
            with pytest.raises(ConnectionError):
                endpoints.post(f"http://127.0.0.1:{slow.getsockname()[1]}/", b"", {})


def _drips(server: socket.socket) -> None:
    connection, _address = server.accept()
    connection.settimeout(0.1)
    for each in b"HTTP/1.1 201 Created\r\nX: " + b"x" * 200:
        try:
            connection.sendall(bytes([each]))
        except OSError:
            return
        try:
            if not connection.recv(1000):
                return
        except TimeoutError:
            continue
        except OSError:
            return


class TestMailBeside:
    def test_of_a_mentee_with_a_device_it_comes_once_a_day(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        written(cast)
        letter = letter_of_message()
        assert (letter.gathers, letter.not_before) == (True, FOUR)
        assert tell_gathered(FOUR) == 1
        outbox.deliver_due(FOUR)
        assert letter_of_message().state == LetterState.SENT

    def test_of_others_both_come(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.andris, Browser())
        assert Habit.objects.get(person=cast.andris.pk).beside == Beside.BOTH

    def test_it_is_chosen(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        choose_beside(person=cast.elina, beside=Beside.BOTH, now=NOW)
        written(cast)
        assert not letter_of_message().gathers
        remove_device(device=Device.objects.get(), by=cast.elina, now=NOW)
        told_on(server, cast.elina, Browser(), "two")
        assert Habit.objects.get(person=cast.elina.pk).beside == Beside.BOTH

    def test_the_first_device_shows_what_was_waiting(self, cast: Cast, server: PushServer) -> None:
        """Written at night: shown at 7:00, when the mail would have come that now comes at 16:00."""
        choose_quiet_hours(person=cast.elina, begins=time(8), ends=time(14), days=(), now=NOW)
        written(cast)
        told_on(server, cast.elina, Browser())
        letter = letter_of_message()
        assert (letter.gathers, letter.not_before) == (True, FOUR)
        assert letter.push_at == FOUR - timedelta(hours=2)
        told_on(server, cast.elina, Browser(), "two")
        assert push_due(FOUR) == 2

    def test_a_further_device_shows_nothing_again(self, cast: Cast, server: PushServer) -> None:
        told_on(server, cast.elina, Browser())
        written(cast)
        assert push_due(LATER) == 1
        told_on(server, cast.elina, Browser(), "two")
        assert push_due(LATER) == 0

    def test_the_first_device_does_not_show_what_comes_by_mail_anyway(
        self, cast: Cast, server: PushServer
    ) -> None:
        choose_pace(person=cast.elina, pace="daily", tell_at=time(16), tell_on=0, now=NOW)
        written(cast)
        told_on(server, cast.elina, Browser(), now=LATER)
        assert letter_of_message().push_at is None

    def test_without_a_device_it_comes_at_once(self, cast: Cast, server: PushServer) -> None:
        written(cast)
        assert not letter_of_message().gathers
        assert push_due(LATER) == 0

    def test_what_waited_for_the_evening_goes_when_the_last_device_does(
        self, cast: Cast, server: PushServer
    ) -> None:
        device = told_on(server, cast.elina, Browser())
        written(cast)
        remove_device(device=device, by=cast.elina, now=LATER)
        outbox.deliver_due(LATER)
        assert letter_of_message().state == LetterState.SENT


class TestDevices:
    def test_asked_twice_it_is_the_same(self, cast: Cast, server: PushServer) -> None:
        browser = Browser()
        assert told_on(server, cast.elina, browser) == told_on(server, cast.elina, browser)
        assert Line.objects.filter(verb="device.add").count() == 1

    def test_a_browser_tells_one_person(self, cast: Cast, server: PushServer) -> None:
        browser = Browser()
        told_on(server, cast.elina, browser)
        told_on(server, cast.andris, browser)
        assert Device.objects.get(removed_at=None).person == cast.andris
        assert Habit.objects.get(person=cast.elina.pk).devices == 0

    def test_there_is_an_end_to_them(self, cast: Cast, server: PushServer) -> None:
        for each in range(10):
            told_on(server, cast.elina, Browser(), str(each))
        with pytest.raises(TooManyDevices):
            told_on(server, cast.elina, Browser(), "more")

    @pytest.mark.parametrize(
        "endpoint",
        [
            "http://push.example.com/a",
            "https://localhost/a",
            "https://127.0.0.1/a",
            "https://10.0.0.1/a",
            "https://[::1]/a",
            "https://0x7f.1/a",
            "https://2130706433/a",
            "https://user@push.example.com/a",
            "https://push.example.com:8443/a",
            "https://push.example.com/a b",
            "https://push.example.com/" + "a" * 1000,
            "file:///etc/passwd",
            "",
        ],
    )
    def test_only_public_servers_are_spoken_to(self, cast: Cast, settings: Any, endpoint: str) -> None:
        settings.PUSH_TO_LOOPBACK = False
        browser = Browser()
        with pytest.raises(NoPushServer):
            add_device(
                person=cast.elina,
                name="x",
                endpoint=endpoint,
                public_key=browser.public_key,
                auth=browser.auth,
                now=NOW,
            )

    @pytest.mark.parametrize(
        "address", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"]
    )
    def test_a_name_that_leads_inside_is_not_spoken_to(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        settings.PUSH_TO_LOOPBACK = False
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_more: found)
        with pytest.raises(endpoints.WrongAddressError):
            endpoints.post("https://push.example.com/a", b"", {})

    @pytest.mark.parametrize("keys", [("", ""), ("AAAA", "AAAA"), ("ž", "ž")])
    def test_what_are_no_keys_is_refused(self, cast: Cast, server: PushServer, keys: tuple[str, str]) -> None:
        with pytest.raises(NoPushServer):
            add_device(
                person=cast.elina,
                name="x",
                endpoint=server.endpoint(),
                public_key=keys[0],
                auth=keys[1],
                now=NOW,
            )

    def test_they_are_called_as_their_owner_knows_them(self) -> None:
        phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
        assert device_name(phone) == "Chrome, Android"
        assert (
            device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1")
            == "Safari, iPhone"
        )
        assert device_name("") == "?"


class TestKey:
    def test_it_is_made_once_and_for_its_owner_only(self, settings: Any, tmp_path: Path) -> None:
        settings.DATA = tmp_path
        made = vapid.keys()
        assert len(content(made.application)) == 65
        path = tmp_path / "vapid.json"
        assert path.stat().st_mode & 0o777 == 0o600
        vapid._make(path)
        vapid._kept.cache_clear()
        assert vapid.keys() == made
        assert [each.name for each in tmp_path.iterdir()] == ["vapid.json"]
