"""Signing in by a mailed code (quality §4): good once, ten minutes, limited, one answer to everybody."""

import re
import time
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.people.conftest import CODE, DOOR, ask, code_of, newest_code, signed_in
from varpa.kernel import clock
from varpa.people.actions import forget_limits
from varpa.people.models import Limit, Person
from varpa.post.mailbox import letters_in
from varpa.post.models import Letter, LetterState
from varpa.post.outbox import deliver_due

pytestmark = pytest.mark.django_db


def test_the_whole_way_in_by_reading_the_letter(
    client: Client, andris: Person, tmp_path: Path, settings: Any
) -> None:
    settings.MAILBOX, settings.EMAIL_BACKEND = tmp_path, "varpa.post.mailbox.FileMailbox"
    assert client.get(DOOR).status_code == 200
    assert ask(client, "Andris@Varpa.Example", next="/me/") == f"{CODE}?next=%2Fme%2F"
    deliver_due(clock.now())
    assert letters_in(tmp_path) == 1
    written = message_from_bytes(next(tmp_path.glob("*.eml")).read_bytes(), policy=policy.default)
    assert written["To"] == "Andris Ozols <andris@varpa.example>"
    code = re.match(r"(\d{6}) ir", written["Subject"])
    assert code
    answer = client.post(CODE, {"code": code[1], "next": "/me/"})
    assert answer.headers["Location"] == "/me/"
    assert client.get("/me/").context["user"] == andris


def test_the_code_is_six_digits_and_comes_in_the_language_of_its_reader(
    client: Client, andris: Person
) -> None:
    client.cookies["language"] = "en"
    ask(client, andris.email or "")
    letter = Letter.objects.get()
    assert letter.language == "lv"
    assert letter.subject == f"{code_of(letter)} ir pieslēgšanās kods"
    assert letter.essential


def test_a_code_is_good_once(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    code = newest_code()
    assert client.post(CODE, {"code": code}).headers["Location"] == "/"
    client.post("/sign-out/")
    answer = client.post(CODE, {"code": code})
    assert answer.headers["Location"] == DOOR
    assert signed_in(client) == ""


def test_a_code_is_good_in_the_browser_that_asked_only(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    other = Client()
    ask(other, "somebody@varpa.example")
    assert other.post(CODE, {"code": newest_code()}).status_code == 200
    assert signed_in(other) == ""


def test_a_code_is_good_for_ten_minutes(
    client: Client, andris: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, andris.email or "")
    code, asked = newest_code(), time.time()
    monkeypatch.setattr(time, "time", lambda: asked + 601)
    answer = client.post(CODE, {"code": code}, follow=True)
    assert answer.redirect_chain == [(DOOR, 302)]
    assert "The code is too old. Ask for a new one." in answer.content.decode()
    assert signed_in(client) == ""


def test_nine_minutes_are_not_too_late(
    client: Client, andris: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, andris.email or "")
    code, asked = newest_code(), time.time()
    monkeypatch.setattr(time, "time", lambda: asked + 590)
    assert client.post(CODE, {"code": code}).headers["Location"] == "/"


def test_a_new_code_puts_the_earlier_one_out_of_use(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    first = newest_code()
    assert client.post("/sign-in/again/", {"next": "/me/"}).headers["Location"] == f"{DOOR}?next=%2Fme%2F"
    ask(client, andris.email or "")
    assert Letter.objects.count() == 2
    if first != newest_code():
        assert client.post(CODE, {"code": first}).status_code == 200
    assert client.post(CODE, {"code": newest_code()}).headers["Location"] == "/"


def test_spaces_between_the_digits_do_no_harm(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    code = newest_code()
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).headers["Location"] == "/"


@pytest.mark.parametrize("wrong", ["", "000", "x" * 500, "١٢٣٤٥٦", "12345\x00"])
def test_a_wrong_code_is_told_at_the_field(client: Client, andris: Person, wrong: str) -> None:
    ask(client, andris.email or "")
    answer = client.post(CODE, {"code": wrong})
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]
    assert signed_in(client) == ""


@pytest.mark.parametrize("known", [True, False])
def test_after_five_wrong_attempts_the_code_is_gone(client: Client, andris: Person, known: bool) -> None:
    ask(client, andris.email if known and andris.email else "nobody@varpa.example")
    answers = [client.post(CODE, {"code": "x"}) for _attempt in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert answers[-1].headers["Location"] == DOOR
    if known:
        client.post(CODE, {"code": newest_code()})
    assert signed_in(client) == ""
    assert "This was tried too often." in client.get(DOOR).content.decode()


def test_attempts_that_come_at_once_are_counted_together(client: Client, andris: Person) -> None:
    """Each request reads the session before the others have written theirs: the cache counts all the same."""
    ask(client, andris.email or "")
    before = dict(client.session)
    for _attempt in range(5):
        client.post(CODE, {"code": "x"})
        session = client.session
        session.update(before)
        session.save()
    assert client.post(CODE, {"code": newest_code()}).headers["Location"] == DOOR
    assert signed_in(client) == ""


def test_one_address_gets_five_codes_in_a_quarter_of_an_hour(andris: Person) -> None:
    led = [ask(Client(), case) for case in (andris.email, "ANDRIS@varpa.example") * 3 if case]
    assert led == [CODE] * 5 + [""]
    assert Letter.objects.count() == 5


def test_an_unknown_address_is_limited_in_the_same_way(db: None) -> None:
    assert [ask(Client(), "nobody@varpa.example") for _ in range(6)] == [CODE] * 5 + [""]


def test_one_computer_asks_sixty_times_a_minute(db: None) -> None:
    led = [ask(Client(), f"anna{number}@varpa.example") for number in range(61)]
    assert led == [CODE] * 60 + [""]


def test_the_limits_stand_where_all_processes_see_them(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    assert real.CACHES["default"]["LOCATION"] == Limit._meta.db_table
    kept = Limit.objects.filter(cache_key__contains="request_login_code")
    assert kept.count() == 3
    assert kept.filter(expires__gt=timezone.now() + timedelta(days=1, minutes=1)).count() == 0
    assert not Limit.objects.filter(cache_key__icontains="andris").exists()


def test_old_limits_are_forgotten(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    assert forget_limits(clock.now()) == 0
    assert forget_limits(clock.now() + timedelta(hours=1)) > 0
    assert forget_limits(clock.now() + timedelta(days=1, minutes=1)) > 0
    assert not Limit.objects.exists()


def test_the_answer_is_the_same_whether_an_address_is_known(andris: Person) -> None:
    closed = make.person("Zane Krūmiņa", "zane@varpa.example")
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    pages = []
    for address in ("andris@varpa.example", "nobody@varpa.example", "zane@varpa.example"):
        browser = Client()
        asked = browser.post(DOOR, {"email": address})
        page = browser.get(CODE)
        text = re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode()).replace(address, "X")
        pages.append((asked.status_code, asked.headers["Location"], sorted(asked.cookies), text))
    assert pages[0] == pages[1] == pages[2]
    assert Letter.objects.get().to_address == "andris@varpa.example"


def test_an_unknown_address_takes_the_same_work(andris: Person) -> None:
    counts = []
    for address in ("andris@varpa.example", "nobody@varpa.example"):
        with CaptureQueriesContext(connection) as asked:
            ask(Client(), address)
        counts.append([query["sql"].split()[0] for query in asked if "post_letter" in query["sql"]])
    assert counts[0] == counts[1]
    assert "INSERT" in counts[1]
    assert Letter.objects.count() == 1


def test_whoever_has_no_address_cannot_ask(client: Client) -> None:
    paper = make.person("Ieva Papīra")
    Person.objects.filter(pk=paper.pk).update(email=None)
    for nothing in ("", " ", "None", "null"):
        answer = client.post(DOOR, {"email": nothing})
        assert answer.status_code == 200
        assert answer.context["form"].errors["email"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "address", ["andris", "andris@", "a b@varpa.example", "andris@varpa.example\nBcc: x@y.example", "é" * 300]
)
def test_a_wrong_address_is_told_at_the_field(client: Client, andris: Person, address: str) -> None:
    answer = client.post(DOOR, {"email": address})
    assert answer.status_code == 200
    assert "for example anna@skola.lv" in answer.content.decode()
    assert not Letter.objects.exists()


def test_the_code_comes_while_the_worker_is_busy(client: Client, andris: Person) -> None:
    from tests.post.conftest import write

    for number in range(70):
        write(once=f"old:{number}", about=f"meeting:{number}", now=clock.now() - timedelta(hours=1))
    ask(client, andris.email or "")
    deliver_due(clock.now())
    assert Letter.objects.get(kind="people.code").state == LetterState.SENT


def test_a_code_never_waits_for_an_earlier_one(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    Letter.objects.update(state=LetterState.SENDING, claimed_at=clock.now())
    ask(Client(), andris.email or "")
    deliver_due(clock.now())
    assert Letter.objects.latest("pk").state == LetterState.SENT


def test_an_unsent_code_is_withdrawn_when_it_is_no_longer_good(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    deliver_due(clock.now() + timedelta(minutes=11))
    assert Letter.objects.get().state == LetterState.WITHDRAWN


def test_the_way_back_leads_nowhere_else(client: Client, andris: Person) -> None:
    assert ask(client, andris.email or "", next="https://evil.example/") == CODE
    answer = client.post(CODE, {"code": newest_code(), "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"


def test_a_closed_account_cannot_come_in(client: Client, andris: Person) -> None:
    ask(client, andris.email or "")
    Person.objects.filter(pk=andris.pk).update(is_active=False)
    client.post(CODE, {"code": newest_code()})
    assert signed_in(client) == ""


def test_a_session_ends_with_the_address_that_opened_it(client: Client, andris: Person) -> None:
    client.force_login(andris)
    assert client.get("/me/").status_code == 200
    Person.objects.filter(pk=andris.pk).update(email="a.ozols@varpa.example")
    assert client.get("/me/").status_code == 302


CLOSED = (
    "signup/",
    "email/",
    "password/change/",
    "password/set/",
    "password/reset/",
    "password/reset/done/",
    "reauthenticate/",
    "confirm-email/",
    "confirm-email/abc/",
    "login/",
    "login/code/",
    "inactive/",
)


@pytest.mark.parametrize("page", CLOSED)
def test_the_librarys_other_pages_cannot_be_reached(client: Client, andris: Person, page: str) -> None:
    assert client.get(f"/sign-in/{page}").status_code == 404
    client.force_login(andris)
    assert client.post(f"/sign-in/{page}").status_code == 404


def test_nobody_signs_up_by_oneself(client: Client) -> None:
    assert client.get("/sign-in/new/").headers["Location"] == DOOR
    assert client.post("/sign-in/new/", {"email": "new@varpa.example"}).headers["Location"] == DOOR
    assert not Person.objects.exists()


def test_a_password_opens_nothing(client: Client, andris: Person) -> None:
    andris.set_password("secret")
    andris.save()
    client.post(DOOR, {"login": andris.email, "email": andris.email, "password": "secret"})
    assert signed_in(client) == ""


def test_leaving(client: Client, andris: Person) -> None:
    client.force_login(andris)
    assert client.get("/sign-out/").status_code == 200
    assert signed_in(client)
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert signed_in(client) == ""
    assert client.get("/sign-out/").headers["Location"] == "/"


def test_whoever_is_in_is_led_on(client: Client, andris: Person) -> None:
    client.force_login(andris)
    assert client.get(f"{DOOR}?next=/me/").headers["Location"] == "/me/"


def test_without_asking_there_is_no_place_for_a_code(client: Client) -> None:
    assert client.get(CODE).headers["Location"] == DOOR
    assert client.post(CODE, {"code": "123456"}).headers["Location"] == DOOR


def test_who_came_in_and_who_failed_to_is_written_down(
    client: Client, andris: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """For whoever watches the site; no line names an address, a code or somebody by name (quality: ASVS)."""
    caplog.set_level("INFO", "varpa.door")
    ask(client, andris.email or "")
    client.post(CODE, {"code": "000"})
    client.post(CODE, {"code": newest_code()})
    for _number in range(6):
        ask(Client(), "nobody@varpa.example")
    assert caplog.messages == [
        "a code that is wrong or too old, from 127.0.0.1",
        f"person {andris.pk} signed in from 127.0.0.1",
        "a code was asked for too often, from 127.0.0.1",
    ]
