"""Short messages: a confirmed number is a device; the gateway is asked by http or by mail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core import mail
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.notices.push_server import PushServer, serving
from varpa.kernel import clock
from varpa.meetings.letters.meetings import remind_of_review
from varpa.messaging.actions import begin_thread, write_message
from varpa.notices import actions
from varpa.notices.actions import TooManyDevices, remove_device
from varpa.notices.models import Device, NumberCode, Push, PushState
from varpa.notices.numbers import (
    TooManyCodes,
    WrongCode,
    WrongNumber,
    ask_code,
    confirm_number,
    forget_codes,
)
from varpa.notices.pushing import push_due
from varpa.people.models import Person
from varpa.post.models import Habit

pytestmark = pytest.mark.django_db

NUMBER = "+37120000000"
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def gateway() -> Iterator[PushServer]:
    with serving() as kept:
        yield kept


@pytest.fixture
def cast(settings: Any, tmp_path: Path, gateway: PushServer) -> Cast:
    settings.DATA = tmp_path
    settings.SMS_URL = f"http://127.0.0.1:{gateway.port}/send?key=k&to={{number}}&text={{text}}"
    return assemble()


def forms(gateway: PushServer) -> list[dict[str, list[str]]]:
    return [parse_qs(body.decode()) for _path, _headers, body in gateway.came]


def confirmed(person: Person) -> Device:
    asked = ask_code(person=person, number=NUMBER, now=NOW)
    return confirm_number(person=person, code=asked.code, now=NOW)


def write(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Satiksimies pie upes", by=cast.andris, now=NOW)


def test_a_code_is_sent_once_by_the_worker(cast: Cast, gateway: PushServer) -> None:
    asked = ask_code(person=cast.elina, number="00371 20-000-000", now=NOW)
    push_due(NOW)
    push_due(NOW)
    assert forms(gateway) == [{"key": ["k"], "to": [NUMBER], "text": [f"{asked.code} Varpa"]}]
    assert gateway.came[0][0] == "/send"


def test_a_confirmed_number_is_told_without_words(cast: Cast, gateway: PushServer, settings: Any) -> None:
    confirmed(cast.elina)
    write(cast)
    assert push_due(LATER) == 1
    assert forms(gateway)[-1]["text"] == [f"Andris raksta. {settings.SITE_URL}"]
    assert Habit.objects.get(person=cast.elina.pk).devices == 1


def test_what_the_gateway_refuses_is_not_tried_again(cast: Cast, gateway: PushServer) -> None:
    confirmed(cast.elina)
    write(cast)
    gateway.status = 503
    push_due(LATER)
    assert Push.objects.get().state == PushState.QUEUED
    gateway.status = 402
    push_due(LATER + timedelta(minutes=2))
    assert Push.objects.get().state == PushState.FAILED


def test_by_mail_the_number_is_the_address(cast: Cast, settings: Any) -> None:
    settings.SMS_URL = "mailto:{number}@sms.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    confirmed(cast.elina)
    write(cast)
    push_due(LATER)
    assert [each.to for each in mail.outbox] == [["37120000000@sms.example"]]


def test_a_code_is_good_once_for_a_while_and_for_its_owner(cast: Cast) -> None:
    asked = ask_code(person=cast.elina, number=NUMBER, now=NOW)
    with pytest.raises(WrongCode):
        confirm_number(person=cast.andris, code=asked.code, now=NOW)
    with pytest.raises(WrongCode):
        confirm_number(person=cast.elina, code=asked.code, now=NOW + timedelta(minutes=11))
    confirm_number(person=cast.elina, code=f"{asked.code[:3]} {asked.code[3:]}", now=NOW)
    with pytest.raises(WrongCode):
        confirm_number(person=cast.elina, code=asked.code, now=NOW)
    with pytest.raises(WrongCode):
        confirm_number(person=cast.elina, code="", now=NOW)


def test_a_code_is_not_guessed(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    asked = ask_code(person=cast.elina, number=NUMBER, now=NOW)
    client.force_login(cast.elina)
    wrong = "000000" if asked.code != "000000" else "111111"
    for _each in range(5):
        assert client.post("/me/notices/code/", {"code": wrong}).status_code == 200
    assert client.post("/me/notices/code/", {"code": asked.code}).status_code == 200
    assert not Device.objects.exists()


def test_codes_are_few(cast: Cast) -> None:
    for _each in range(5):
        ask_code(person=cast.elina, number=NUMBER, now=NOW)
    for person in (cast.elina, cast.andris):
        with pytest.raises(TooManyCodes):
            ask_code(person=person, number=NUMBER, now=NOW)
    assert forget_codes(NOW + timedelta(days=3)) == 5


@pytest.mark.parametrize("number", ["20000000", "+0371", "+371 abc", "", "+3712000000000000000"])
def test_a_number_has_its_country(cast: Cast, number: str) -> None:
    with pytest.raises(WrongNumber):
        ask_code(person=cast.elina, number=number, now=NOW)


def test_two_may_share_a_number_and_each_leaves_alone(cast: Cast) -> None:
    device = confirmed(cast.elina)
    confirmed(cast.gabija)
    remove_device(device=device, by=cast.elina, now=NOW)
    assert Device.objects.get(removed_at=None).person == cast.gabija


def test_a_number_that_two_records_brought_is_told_once(cast: Cast, gateway: PushServer) -> None:
    """Two records of one person became one, and each had the same number."""
    confirmed(cast.elina)
    confirmed(cast.gabija)
    Device.objects.filter(person=cast.gabija).update(person=cast.elina)
    write(cast)
    assert push_due(LATER) == 1
    remove_device(device=Device.objects.latest("pk"), by=cast.elina, now=LATER)
    write(cast)
    assert push_due(LATER) == 1


def test_a_question_ends_with_its_own_mark(cast: Cast, gateway: PushServer, settings: Any) -> None:
    confirmed(cast.elina)
    meeting = make.meeting(cast.pair, days=2, kind="regular")
    remind_of_review(meeting, "mentee", now=NOW + timedelta(days=3))
    push_due(NOW + timedelta(days=3))
    assert forms(gateway)[-1]["text"] == [f"Kā pagāja tikšanās? {settings.SITE_URL}"]


def test_there_is_an_end_to_phones_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask_code(person=cast.elina, number=NUMBER, now=NOW)
    monkeypatch.setattr(actions, "MOST_DEVICES", 0)
    with pytest.raises(TooManyDevices):
        confirm_number(person=cast.elina, code=asked.code, now=NOW)
    monkeypatch.undo()
    # Once one is removed, the code is still good.
    confirm_number(person=cast.elina, code=asked.code, now=NOW)


def test_of_a_removed_phone_no_number_is_kept(cast: Cast) -> None:
    device = confirmed(cast.elina)
    remove_device(device=device, by=cast.elina, now=NOW)
    device.refresh_from_db()
    assert (device.name, device.endpoint) == ("", "")


def test_the_page_leads_through_it(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(cast.elina)
    assert 'name="code"' not in client.get("/me/notices/").content.decode()
    client.post("/me/notices/number/", {"number": NUMBER})
    assert 'name="code"' in client.get("/me/notices/").content.decode()
    client.post("/me/notices/code/", {"code": NumberCode.objects.get().code})
    assert NUMBER in client.get("/me/notices/").content.decode()


def test_without_a_gateway_there_is_nothing_of_it(
    cast: Cast, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.SMS_URL = ""
    client.force_login(cast.elina)
    assert 'name="number"' not in client.get("/me/notices/").content.decode()
    assert client.post("/me/notices/number/", {"number": NUMBER}).context["number"].errors
