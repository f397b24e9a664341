"""What a provider, or somebody in between, may do wrong: each ends on a page, and signs nobody in."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.test import Client

from tests.cast import Cast
from tests.people.conftest import signed_in
from tests.providers.conftest import BACK, BEGIN, School, begin, sign_in
from varpa.providers import discovery
from varpa.providers.models import Link

pytestmark = pytest.mark.django_db


def test_whoever_stops_at_the_provider_is_told_that_nothing_changed(
    client: Client, school: School, cast: Cast
) -> None:
    where = begin(client)
    school.asks(where, action="deny")
    state = parse_qs(urlsplit(where).query)["state"][0]
    answer = client.get(BACK, {"error": "access_denied", "state": state})
    assert (answer.status_code, signed_in(client)) == (200, "")
    assert "Signing in was stopped at Rīgas skola. Nothing was changed." in answer.content.decode()


def test_what_was_sent_back_once_is_good_once(client: Client, school: School, cast: Cast) -> None:
    school.has("e1", "elina@varpa.example")
    sent = school.asks(begin(client), sub="e1")
    client.get(sent)
    client.post("/sign-out/")
    answer = client.get(sent)
    assert (answer.status_code, signed_in(client)) == (400, "")


def test_what_another_browser_began_signs_in_nowhere(client: Client, school: School, cast: Cast) -> None:
    """Somebody's own account, sent as a link to another, would show them the wrong pages."""
    school.has("e1", "elina@varpa.example")
    sent = school.asks(begin(Client()), sub="e1")
    begin(client)
    answer = client.get(sent)
    assert (answer.status_code, signed_in(client)) == (400, "")
    assert client.get(BACK).status_code == 400
    assert client.get(BACK, {"code": "x", "state": "y"}).status_code == 400


def test_after_ten_minutes_one_begins_anew(
    client: Client, school: School, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.has("e1", "elina@varpa.example")
    sent = school.asks(begin(client), sub="e1")
    later = time.time() + 601
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: later)
    assert client.get(sent).status_code == 400
    assert signed_in(client) == ""


@pytest.fixture
def gone(school: School, settings: Any) -> School:
    """The provider does not answer at all."""
    nowhere = "http://localhost:9"
    settings.SIGN_IN_PROVIDERS = (replace(settings.SIGN_IN_PROVIDERS[0], server=nowhere),)
    return School(nowhere)


def test_a_provider_that_is_down_is_told_on_a_page_and_the_code_still_signs_in(
    client: Client, gone: School, cast: Cast
) -> None:
    answer = client.post(BEGIN)
    assert answer.status_code == 503
    assert "Rīgas skola does not answer" in answer.content.decode()
    assert client.get("/sign-in/").status_code == 200
    assert client.post("/sign-in/", {"email": "elina@varpa.example"}).status_code == 302


def test_a_provider_that_is_down_keeps_nobody_waiting_twice(
    client: Client, gone: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = requests.get
    monkeypatch.setattr(requests, "get", lambda *args, **named: asked.append(args) or real(*args, **named))
    assert [client.post(BEGIN).status_code for _each in range(3)] == [503] * 3
    assert len(asked) == 1
    later = time.monotonic() + discovery.LEFT_ALONE_SECONDS + 1
    monkeypatch.setattr(discovery.time, "monotonic", lambda: later)
    client.post(BEGIN)
    assert len(asked) == 2


def test_a_provider_that_falls_silent_meanwhile_is_told_on_a_page(
    client: Client, school: School, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.has("e1", "elina@varpa.example")
    sent = school.asks(begin(client), sub="e1")

    def silent(*_args: Any, **_named: Any) -> None:
        raise requests.ConnectTimeout("nobody answers")

    monkeypatch.setattr(requests.Session, "request", silent)
    answer = client.get(sent)
    assert (answer.status_code, signed_in(client)) == (503, "")


def test_a_provider_that_names_itself_otherwise_is_not_gone_to(
    client: Client, school: School, settings: Any
) -> None:
    other = school.server.replace("localhost", "127.0.0.1")
    settings.SIGN_IN_PROVIDERS = (replace(settings.SIGN_IN_PROVIDERS[0], server=f"{other}/v2"),)
    assert client.post(BEGIN).status_code == 503


Claims = dict[str, Any]
WRONG: dict[str, Callable[[Claims], Claims]] = {
    "another nonce": lambda said: {**said, "nonce": "another"},
    "no nonce": lambda said: {key: said[key] for key in said if key != "nonce"},
    "another audience": lambda said: {**said, "aud": "another"},
    "another issuer": lambda said: {**said, "iss": "https://evil.example"},
    "over already": lambda said: {**said, "exp": 1_000_000_000},
    "a subject that is too long": lambda said: {**said, "sub": "e" * 256},
    "nobody": lambda said: {key: said[key] for key in said if key != "sub"},
    "another subject than its other answer": lambda said: {**said, "sub": "e2"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_a_token_that_is_not_meant_for_this_signs_nobody_in(
    client: Client, school: School, cast: Cast, monkeypatch: pytest.MonkeyPatch, wrong: Any
) -> None:
    school.has("e1", "elina@varpa.example")
    answered(monkeypatch, lambda said: wrong(without_address(said)))
    answer = sign_in(client, school, "e1")
    assert (answer.status_code, signed_in(client)) == (503, "")
    assert not Link.objects.exists()


def test_a_token_that_is_meant_for_this_does(
    client: Client, school: School, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, but nothing is wrong: so it is the wrong ones that were refused."""
    school.has("e1", "elina@varpa.example")
    answered(monkeypatch, without_address)
    sign_in(client, school, "e1")
    assert signed_in(client) == str(cast.elina.pk)


def test_an_answer_without_a_token_signs_nobody_in(
    client: Client, school: School, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.has("e1", "elina@varpa.example")
    answered(monkeypatch, lambda said: {})
    assert sign_in(client, school, "e1").status_code == 503
    assert signed_in(client) == ""


def without_address(said: Claims) -> Claims:
    """Some providers put the address into their other answer alone."""
    return {key: said[key] for key in said if not key.startswith("email")}


def answered(monkeypatch: pytest.MonkeyPatch, changed: Callable[[Claims], Claims]) -> None:
    """What the token says is `changed` on the way; where nothing is left, there is none."""
    real = requests.Response.json

    def json(answer: requests.Response, **named: Any) -> Any:
        said = real(answer, **named)
        if "id_token" in said:
            claims = changed(jwt.decode(said["id_token"], options={"verify_signature": False}))
            said["id_token"] = jwt.encode(claims, "k" * 32) if claims else ""
        return said

    monkeypatch.setattr(requests.Response, "json", json)


@contextmanager
def dripping(piece: bytes, pause: float) -> Iterator[str]:
    """A provider that begins to answer and never ends."""
    over = Event()

    class Drips(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while not over.wait(pause):
                    self.wfile.write(piece)

        def log_message(self, *_said: object) -> None:
            """Not into the tests' own words."""

    with ThreadingHTTPServer(("localhost", 0), Drips) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        over.set()
        server.shutdown()


@pytest.mark.parametrize(("piece", "pause"), [(b" ", 0.05), (b" " * 100_000, 0)])
def test_a_provider_that_never_ends_is_cut_off(
    school: School, settings: Any, piece: bytes, pause: float
) -> None:
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.5
    begun = time.monotonic()
    with dripping(piece, pause) as server, pytest.raises(discovery.UnreachableError):
        discovery.discovered(replace(settings.SIGN_IN_PROVIDERS[0], server=server))
    assert time.monotonic() - begun < 5


def test_while_one_asks_nobody_else_waits(
    school: School, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = settings.SIGN_IN_PROVIDERS[0]
    asked, answers = Event(), Event()

    def ask(_provider: object) -> dict[str, Any]:
        asked.set()
        assert answers.wait(10)
        return {"issuer": "new"}

    monkeypatch.setattr(discovery, "ask", ask)
    first = Thread(target=discovery.discovered, args=[provider])
    first.start()
    assert asked.wait(10)
    with pytest.raises(discovery.UnreachableError):
        discovery.discovered(provider)
    answers.set()
    first.join()
    assert discovery.discovered(provider) == {"issuer": "new"}
