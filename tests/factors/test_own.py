"""One's own second step: set up, shown once, removed; other sessions end; a letter says so."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.factors.conftest import OVERVIEW, by_mail, codes_of, confirmed, shown, with_app
from tests.factors.soft import SoftKey
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

AGAIN, APP, CODES = f"{OVERVIEW}again/", f"{OVERVIEW}app/", f"{OVERVIEW}codes/"


def app_key(person: Person) -> int:
    return int(Authenticator.objects.get(user=person, type="totp").pk)


def set_up(client: Client) -> str:
    client.get(APP)
    secret = str(client.session["mfa.totp.secret"])
    client.post(APP, {"code": shown(secret)})
    return secret


def test_the_page_shows_the_code_to_scan_and_the_key_to_type(client: Client, cast: Cast) -> None:
    client.force_login(cast.andris)
    page = client.get(APP).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert "<svg" in page
    assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in page
    assert client.get(APP).content.decode().count(secret[:4]) > 0, "another look shows the same one"
    assert client.session["mfa.totp.secret"] == secret


def test_the_secrets_are_not_kept_as_they_are(client: Client, cast: Cast) -> None:
    client.force_login(cast.andris)
    secret = set_up(client)
    for each in Authenticator.objects.filter(user=cast.andris):
        assert secret not in str(each.data)
        assert next(iter(each.data.values())).startswith("gAAAA")
    assert "mfa.totp.secret" not in client.session


def test_what_another_installation_has_sealed_fits_nothing(client: Client, cast: Cast, settings: Any) -> None:
    with_app(cast.andris)
    settings.SECRET_KEY = "another-key-of-another-installation-0123456789"
    by_mail(client, cast.andris)
    assert client.post("/sign-in/second-step/", {"code": "000000"}).status_code == 200


def test_a_wrong_code_sets_nothing_up(client: Client, cast: Cast) -> None:
    client.force_login(cast.andris)
    client.get(APP)
    page = client.post(APP, {"code": "000000"})
    assert "Kods neder." in page.content.decode()
    assert not Authenticator.objects.exists()


def test_setting_up_is_written_down_and_told_by_letter(client: Client, cast: Cast) -> None:
    client.force_login(cast.andris)
    set_up(client)
    line = Line.objects.get(verb="person.second_add")
    assert (line.actor, line.details) == (cast.andris.pk, {"what": "app"})
    letter = Letter.objects.get(kind="factors.set_up")
    assert letter.to_address == cast.andris.email


def test_recovery_codes_are_shown_once(client: Client, cast: Cast) -> None:
    client.force_login(cast.andris)
    set_up(client)
    codes = codes_of(cast.andris)
    assert len(codes) == 10
    first = client.get(CODES).content.decode()
    assert all(code in first for code in codes)
    second = client.get(CODES).content.decode()
    assert not any(code in second for code in codes)


def test_new_recovery_codes_put_the_earlier_ones_out_of_use(client: Client, cast: Cast) -> None:
    secret = with_app(cast.andris)
    earlier = codes_of(cast.andris)
    confirmed(client, cast.andris, secret)
    assert client.post(CODES).headers["Location"] == CODES
    assert set(codes_of(cast.andris)).isdisjoint(earlier)
    page = client.get(CODES).content.decode()
    assert all(code in page for code in codes_of(cast.andris))
    assert Letter.objects.filter(kind="factors.set_up").count() == 2


@pytest.mark.parametrize("page", [APP, CODES, f"{OVERVIEW}passkeys/"])
def test_before_anything_changes_the_second_step_is_done_again(client: Client, cast: Cast, page: str) -> None:
    secret = with_app(cast.andris)
    client.force_login(cast.andris)
    led = client.get(page).headers["Location"]
    assert led.startswith(f"{AGAIN}?next=")
    assert client.get(led).status_code == 200
    answer = client.post(AGAIN, {"code": shown(secret), "next": page})
    assert answer.headers["Location"] == page


def test_removing_needs_it_too_and_then_mail_alone_signs_in(client: Client, cast: Cast) -> None:
    secret = with_app(cast.andris)
    remove = f"{OVERVIEW}steps/{app_key(cast.andris)}/removal/"
    client.force_login(cast.andris)
    assert client.post(remove).headers["Location"].startswith(AGAIN)
    assert Authenticator.objects.count() == 2
    confirmed(client, cast.andris, secret)
    client.post(remove)
    assert not Authenticator.objects.exists(), "recovery codes go with the last step"
    assert by_mail(Client(), cast.andris) == "/"
    assert Letter.objects.filter(kind="factors.removed").count() == 1
    assert Line.objects.get(verb="person.second_remove").details == {"what": "app"}


def test_nobody_removes_what_is_somebody_elses(client: Client, cast: Cast) -> None:
    with_app(cast.andris)
    secret = with_app(cast.elina)
    confirmed(client, cast.elina, secret)
    client.post(f"{OVERVIEW}steps/{app_key(cast.andris)}/removal/")
    client.post(f"{OVERVIEW}steps/{app_key(cast.andris)}/name/", {"name": "Mans"})
    assert Authenticator.objects.filter(user=cast.andris).count() == 2


def test_staff_keep_one(client: Client, cast: Cast) -> None:
    secret = with_app(cast.inga)
    confirmed(client, cast.inga, secret)
    page = client.post(f"{OVERVIEW}steps/{app_key(cast.inga)}/removal/", follow=True)
    assert Authenticator.objects.filter(user=cast.inga).count() == 2
    assert page.context["factors"].app_since


def test_the_other_sessions_end_and_this_one_goes_on(client: Client, cast: Cast) -> None:
    other = Client()
    other.force_login(cast.andris)
    client.force_login(cast.andris)
    set_up(client)
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_a_wrong_code_of_again_is_told(client: Client, cast: Cast) -> None:
    with_app(cast.andris)
    client.force_login(cast.andris)
    answer = client.post(AGAIN, {"code": "000000", "next": "https://evil.example/"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("page", [OVERVIEW, APP, CODES, AGAIN, f"{OVERVIEW}passkeys/"])
def test_every_page_is_drawn_in_each_language(client: Client, cast: Cast, page: str, language: str) -> None:
    Person.objects.filter(pk=cast.andris.pk).update(language=language)
    if page in (OVERVIEW, CODES, AGAIN):
        SoftKey().give(cast.andris)
        secret = with_app(cast.andris)
        confirmed(client, cast.andris, secret)
    else:
        client.force_login(cast.andris)
    answer = client.get(page)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_overview_asks_as_few_questions_with_ten_passkeys_as_with_one(client: Client, cast: Cast) -> None:
    counts = []
    client.force_login(cast.andris)
    for number in (1, 9):
        for _each in range(number):
            SoftKey().give(cast.andris)
        cast.andris.refresh_from_db()
        client.force_login(cast.andris)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(OVERVIEW).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
