"""Pages that belong to no room: health, language, robots, and what is shown when something does not go."""

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests import make
from tests.cast import assemble
from varpa.site import kept, views
from varpa.site.middleware import HEADERS, KeptWordsMiddleware, PolicyMiddleware, UnkeptMiddleware

pytestmark = pytest.mark.django_db
WRITTEN = "What I take with me from our first meeting"
HERE = {"Origin": "http://testserver"}
THERE = {"Origin": "https://elsewhere.example"}


def test_health(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_says_503_where_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(views.connection, "cursor", away)
    assert Client(raise_request_exception=False).get("/health/").status_code == 503


def test_search_engines_may_read_the_front_door_only(client: Client, settings: Any) -> None:
    allowed = b"Allow: /$\nAllow: /call/\nAllow: /static/\n"
    assert client.get("/robots.txt").content == b"User-agent: *\n" + allowed + b"Disallow: /\n"
    settings.DEMONSTRATION = True
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_a_language_is_kept_in_a_cookie(client: Client) -> None:
    answer = client.post("/language/", {"language": "lt", "next": "/gallery/"})
    assert answer["Location"] == "/gallery/"
    assert answer.cookies["language"].value == "lt"


def test_a_language_is_kept_with_the_person(client: Client) -> None:
    elina = make.person("Elīna Bērziņa")
    client.force_login(elina)
    client.post("/language/", {"language": "lt"})
    elina.refresh_from_db()
    assert elina.language == "lt"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    answer = client.post("/language/", {"language": "xx"})
    assert answer.status_code == 302
    assert "language" not in answer.cookies


@pytest.mark.parametrize("back", ["a\x00b", "zzz", "-99", "<b>", "//elsewhere.example/"])
def test_a_way_back_that_is_no_address_leads_to_the_first_page(client: Client, back: str) -> None:
    answer = client.post("/language/", {"language": "lv", "next": back})
    assert answer["Location"] == "/"
    assert answer.cookies["language"].value == "lv"


def test_the_way_back_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/language/", {"language": "lv", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_every_answer_carries_the_policies(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_policy_of_a_view_is_kept(rf: RequestFactory) -> None:
    own = {"Content-Security-Policy": "default-src 'none'"}
    answer = PolicyMiddleware(lambda _request: HttpResponse(headers=own))(rf.get("/"))
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("address", ["/meetings/%00/", "/calendar/%00.ics", "/?show=%00", "/hours/a%00b/"])
def test_an_address_with_a_null_character_names_nothing(address: str) -> None:
    client = Client()
    client.force_login(make.person("Elīna Bērziņa"))
    assert client.get(address).status_code == 404


def test_a_form_without_its_token_gives_back_what_was_written() -> None:
    client = Client(enforce_csrf_checks=True, headers=HERE)
    answer = client.post("/language/", {"language": "lv", "text": WRITTEN})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert WRITTEN in page
    assert '<input type="hidden" name="language" value="lv">' in page
    assert "csrfmiddlewaretoken" in page


def test_a_form_from_another_site_cannot_be_sent_on_with_one_click() -> None:
    client = Client(enforce_csrf_checks=True, headers={"Origin": "https://elsewhere.example"})
    page = client.post("/language/", {"language": "lv", "text": WRITTEN}).content.decode()
    assert WRITTEN in page
    assert 'name="text"' not in page


@pytest.mark.parametrize("status", [403, 404])
def test_who_may_write_no_longer_loses_no_word(client: Client, status: int) -> None:
    """A text from a phone that was without a connection comes when its place is closed to its writer."""
    cast = assemble()
    client.force_login(cast.inga if status == 403 else cast.zane)
    address = f"/pairs/{cast.pair.ref}/diary/new/"
    answer = client.post(address, {"notes": WRITTEN, "minutes": "45"}, headers=HERE)
    assert answer.status_code == status
    assert f"readonly>{WRITTEN}</textarea>" in answer.content.decode()
    assert ">45<" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert WRITTEN not in client.post(address, {"notes": WRITTEN}, headers=THERE).content.decode()


def test_who_was_refused_is_written_down(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "varpa.door")
    cast = assemble()
    for person in (cast.inga, cast.zane, cast.andris):
        client.force_login(person)
        client.get(f"/pairs/{cast.pair.ref}/diary/new/")
    client.get("/pairs/abcdefghijkl/diary/new/")
    assert caplog.messages == [
        f"person {each.pk} was refused pair.lead on {cast.pair.ref}" for each in (cast.inga, cast.zane)
    ]


def test_what_cannot_be_read_is_no_mistake_of_ours(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert client.post("/no-such-page/", {"text": WRITTEN}, headers=HERE).status_code == 404
    form = {"content_type": "application/x-www-form-urlencoded", "headers": HERE}
    assert client.post("/no-such-page/", f"text={WRITTEN}", **form).status_code == 404


def test_another_name_of_this_machine_is_refused_and_no_mistake_of_ours() -> None:
    client = Client(raise_request_exception=False, headers={"Host": "elsewhere.example"})
    assert client.get("/").status_code == 400


def test_secrets_do_not_come_back(rf: RequestFactory) -> None:
    request = rf.post("/", {"password": "a secret of mine", "csrfmiddlewaretoken": "x", "text": WRITTEN})
    assert kept.fields(request) == [kept.Field("text", WRITTEN)]


def test_a_session_that_ended_while_writing_loses_no_word(client: Client, rf: RequestFactory) -> None:
    request = rf.post("/diary/abc/", {"text": WRITTEN}, headers=HERE)
    request.user = make.person("Zane Krūmiņa")
    sent_away = HttpResponse(status=302, headers={"Location": "/sign-in/?next=/diary/abc/"})
    answer = KeptWordsMiddleware(lambda _request: sent_away)(request)
    assert answer.status_code == 403
    assert WRITTEN in answer.content.decode()


def test_other_redirects_go_their_way(rf: RequestFactory) -> None:
    for request, to in ((rf.post("/sign-out/"), "/"), (rf.get("/diary/abc/"), "/sign-in/?next=/diary/abc/")):
        sent = HttpResponse(status=302, headers={"Location": to})
        assert KeptWordsMiddleware(lambda _request, sent=sent: sent)(request) is sent


@pytest.mark.urls("tests.site.faulty")
@pytest.mark.parametrize("address", ["/locked/", "/copied/"], ids=["locked", "only a copy of another"])
def test_a_database_that_takes_nothing_gives_a_clear_page_with_what_was_written(address: str) -> None:
    client = Client(raise_request_exception=False, headers={"Accept-Language": "lv"})
    answer = client.post(address, {"text": WRITTEN})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "15"
    assert "Šobrīd neko nevar saglabāt" in page
    assert WRITTEN in page


@pytest.mark.urls("tests.site.faulty")
def test_a_mistake_of_ours_is_no_trouble_of_the_database() -> None:
    assert Client(raise_request_exception=False).get("/broken/").status_code == 500


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_of_a_form_too_old_speaks_each_language(language: str) -> None:
    client = Client(enforce_csrf_checks=True, headers={**HERE, "Accept-Language": language})
    page = client.post("/language/", {"text": WRITTEN}).content.decode()
    words = {"lv": "Sūtīt vēlreiz", "lt": "Siųsti dar kartą", "en": "Send again"}
    assert words[language] in page
    assert f'<html lang="{language}"' in page


def test_the_page_that_keeps_a_text_offers_nothing_that_would_lose_it() -> None:
    page = Client(enforce_csrf_checks=True, headers=HERE).post("/me/", {"text": WRITTEN}).content.decode()
    assert WRITTEN in page
    assert 'action="/language/"' not in page
    assert 'action="/language/"' in Client().get("/sign-in/").content.decode()


@pytest.mark.parametrize("address", ["/", "/me/", "/gallery/", "/no-such-page/"])
def test_no_browser_keeps_the_page_of_somebody_signed_in(client: Client, address: str) -> None:
    client.force_login(make.person("Elīna Bērziņa"))
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_pages_for_everybody_may_be_kept(client: Client) -> None:
    for address in ("/gallery/", "/robots.txt"):
        assert "no-store" not in client.get(address).headers.get("Cache-Control", "")


def test_what_a_view_says_of_keeping_stands(rf: RequestFactory) -> None:
    request, own = rf.get("/"), {"Cache-Control": "private, max-age=900"}
    request.user = make.person("Elīna Bērziņa")
    answer = UnkeptMiddleware(lambda _request: HttpResponse(headers=own))(request)
    assert answer.headers["Cache-Control"] == own["Cache-Control"]


def test_no_browser_keeps_a_page_that_gives_written_words_back() -> None:
    client = Client(enforce_csrf_checks=True, headers=HERE)
    assert client.post("/language/", {"text": WRITTEN}).headers["Cache-Control"] == "no-store"
