"""The pages of post: links to stop letters, and the demonstration's mailbox."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.post.conftest import CODE, ELINA, NOW, REMINDER, RIMANTAS, write
from varpa.post import actions, envelope, kinds, queries
from varpa.post.envelope import CalendarPart, Stop
from varpa.post.models import Letter, Unsubscribed

pytestmark = pytest.mark.django_db

LANGUAGES = ("lv", "lt", "en")
TITLES = {"lv": "Vēstules", "lt": "Laiškai", "en": "Letters"}


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {REMINDER.key: REMINDER, CODE.key: CODE})


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


def path_of(letter: Letter) -> str:
    return letter.stop_link.removeprefix("https://varpa.example")


# Stopping


def test_a_link_asks_before_it_stops(client: Client) -> None:
    response = client.get(path_of(write()))
    assert response.status_code == 200
    assert "Vairs nesūtīt šādas vēstules?" in response.content.decode()
    assert "Vairs nesūtīt atgādinājumus par jautājumiem" in response.content.decode()
    assert not Unsubscribed.objects.exists()


@pytest.mark.parametrize(
    ("language", "asks", "stopped", "again"),
    [
        (
            "lv",
            "Vairs nesūtīt šādas vēstules?",
            "Šādas vēstules vairs nepienāks.",
            "Šādas vēstules atkal pienāks.",
        ),
        ("lt", "Nebesiųsti tokių laiškų?", "Tokie laiškai daugiau neateis.", "Tokie laiškai vėl ateis."),
        (
            "en",
            "Send no more letters of this kind?",
            "Letters of this kind no longer come.",
            "Letters of this kind come again.",
        ),
    ],
)
def test_stopping_and_starting_again_speak_the_letters_language(
    client: Client, language: str, asks: str, stopped: str, again: str
) -> None:
    link = path_of(write(to=replace(ELINA, language=language)))
    assert asks in client.get(link).content.decode()
    page = client.post(link).content.decode()
    assert stopped in page
    assert f'<html lang="{language}"' in page
    assert queries.stopped_kinds(7) == {REMINDER.key}
    assert again in client.post(link, {"again": "1"}).content.decode()
    assert queries.stopped_kinds(7) == set()


def test_a_mail_program_stops_with_one_click_without_a_session() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(path_of(write()), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not queries.wants(7, REMINDER.key)


def test_a_second_click_changes_nothing(client: Client) -> None:
    link = path_of(write())
    for _ in range(2):
        assert client.post(link).status_code == 200
    assert Unsubscribed.objects.count() == 1


def test_a_stopped_kind_is_the_only_one_that_stops(client: Client) -> None:
    client.post(path_of(write()))
    assert queries.wants(7, CODE.key)
    assert queries.wants(8, REMINDER.key)


def test_a_broken_or_forged_link_changes_nothing(client: Client) -> None:
    good = path_of(write())
    for bad in (
        good[:-5] + "/",
        good.replace("~", "~x"),
        "/letters/stop/abc/",
        "/letters/stop/%E2%80%8B~%F0%9F%99%82/",
    ):
        for response in (client.get(bad), client.post(bad)):
            assert response.status_code == 404
            assert "This link is not whole." in response.content.decode()
    assert not Unsubscribed.objects.exists()


def test_a_signed_value_of_another_kind_is_no_link(client: Client) -> None:
    signed = envelope._signer.sign_object("hello")
    assert client.get(f"/letters/stop/{signed}/").status_code == 404


def test_a_link_of_a_kind_that_is_gone_still_stops(client: Client) -> None:
    link = envelope.stop_link(Stop(7, "tests.gone", "lv")).removeprefix("https://varpa.example")
    assert client.post(link).status_code == 200
    assert not queries.wants(7, "tests.gone")


# The demonstration's mailbox


def test_outside_the_demonstration_there_are_no_letters_to_read(client: Client) -> None:
    letter = write()
    for path in ("/letters/", *(f"/letters/{letter.ref}/{part}" for part in ("", "body/", "calendar/"))):
        assert client.get(path).status_code == 404


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_are_listed_newest_first(client: Client, language: str) -> None:
    write()
    write(to=RIMANTAS, once="other")
    actions.withdraw(about="nothing", now=NOW)
    write(once="withdrawn", about="gone")
    actions.withdraw(about="gone", now=NOW)
    client.cookies["language"] = language
    page = client.get("/letters/").content.decode()
    assert f"<h1>{TITLES[language]}</h1>" in page
    assert page.index("Rimantas Žukauskas") < page.index("Elīna Bērziņa")
    assert page.count('<p class="hint">') == 2


@pytest.mark.usefixtures("demonstration")
def test_an_empty_mailbox_says_so(client: Client) -> None:
    assert "No letters yet." in client.get("/letters/").content.decode()


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("count", [1, 30, 60])
def test_the_list_asks_as_often_for_many_letters(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        write(once=f"letter {number}", context={"mentor": "<b>", "programme": ""})
    with django_assert_num_queries(1):
        page = client.get("/letters/").content.decode()
    assert page.count('<p class="hint">') == min(count, 50)
    assert ("?page=2" in page) == (count == 60)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_can_be_read(client: Client, language: str) -> None:
    letter = write(CODE, calendar=CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\n"))
    client.cookies["language"] = language
    page = client.get(f"/letters/{letter.ref}/").content.decode()
    with translation.override(language):
        assert str(letter.get_state_display()) in page
    assert '<h1 lang="lv">Ko pajautāsi ceturtdien?</h1>' in page
    assert "elina@skola.example" in page
    assert f'src="/letters/{letter.ref}/body/"' in page
    assert f'href="/letters/{letter.ref}/calendar/"' in page


@pytest.mark.usefixtures("demonstration")
def test_a_letter_that_was_emptied_says_so(client: Client) -> None:
    letter = write()
    Letter.objects.update(subject="", text="", html="")
    page = client.get(f"/letters/{letter.ref}/").content.decode()
    assert "deleted after 180 days" in page
    assert "tests.reminder" in page
    assert "<iframe" not in page


@pytest.mark.usefixtures("demonstration")
def test_the_body_of_a_letter_can_do_nothing_but_be_read(client: Client) -> None:
    letter = write(context={"mentor": "<script>alert(1)</script>", "programme": ""})
    response = client.get(f"/letters/{letter.ref}/body/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert "allow-scripts" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script>" not in response.content.decode()
    assert '<base target="_top">' in response.content.decode()


@pytest.mark.usefixtures("demonstration")
def test_the_calendar_part_opens_in_a_calendar(client: Client) -> None:
    letter = write(CODE, calendar=CalendarPart("CANCEL", "BEGIN:VCALENDAR\r\n"))
    response = client.get(f"/letters/{letter.ref}/calendar/")
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=CANCEL"
    assert response["Content-Disposition"] == 'attachment; filename="invite.ics"'
    assert response.content == b"BEGIN:VCALENDAR\r\n"
    assert client.get(f"/letters/{write(once='plain').ref}/calendar/").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_a_letter_that_is_not_there_is_not_found(client: Client) -> None:
    for part in ("", "body/", "calendar/"):
        assert client.get(f"/letters/nothing/{part}").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_letters_are_only_read(client: Client) -> None:
    letter = write()
    for part in ("", f"{letter.ref}/", f"{letter.ref}/body/", f"{letter.ref}/calendar/"):
        assert client.post(f"/letters/{part}").status_code == 405
