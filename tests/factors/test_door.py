"""Signing in by two steps (quality §4): who is asked, what fits, what is limited."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.cast import Cast
from tests.factors.conftest import OVERVIEW, SECOND, by_mail, codes_of, shown, with_app
from tests.make import NOW
from tests.people.conftest import DOOR, signed_in
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def test_a_mentor_without_a_second_step_signs_in_by_mail_alone(client: Client, cast: Cast) -> None:
    assert by_mail(client, cast.andris) == "/"
    assert signed_in(client) == str(cast.andris.pk)


def test_whoever_has_an_app_is_asked_for_its_code_after_the_mailed_one(client: Client, cast: Cast) -> None:
    secret = with_app(cast.andris)
    assert by_mail(client, cast.andris, next="/me/") == SECOND
    assert signed_in(client) == ""
    assert client.get(SECOND).status_code == 200
    answer = client.post(SECOND, {"code": shown(secret)})
    assert answer.headers["Location"] == "/me/"
    assert signed_in(client) == str(cast.andris.pk)


def test_it_is_asked_of_the_fortieth_person_too(client: Client, cast: Cast) -> None:
    """The library writes a person's number in its own way, which is the same for the first nine alone."""
    late = Person.objects.create(
        pk=40, ref="late", name="Laima Sproģe", email="laima@varpa.example", joined_at=NOW
    )
    with_app(late)
    by_mail(client, late)
    shown_to = client.get(SECOND)
    assert (shown_to.status_code, shown_to.context["factors"].app_since is not None) == (200, True)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_code_of_the_app_is_good_for_its_half_minute(client: Client, cast: Cast, steps: int) -> None:
    secret = with_app(cast.andris)
    by_mail(client, cast.andris)
    client.post(SECOND, {"code": shown(secret, steps)})
    assert signed_in(client) == ""


def test_spaces_between_the_digits_do_no_harm(client: Client, cast: Cast) -> None:
    code = shown(with_app(cast.andris))
    by_mail(client, cast.andris)
    client.post(SECOND, {"code": f" {code[:3]} {code[3:]} "})
    assert signed_in(client)


def test_a_code_of_the_app_is_good_once_in_every_browser(client: Client, cast: Cast) -> None:
    code = shown(with_app(cast.andris))
    by_mail(client, cast.andris)
    client.post(SECOND, {"code": code})
    other = Client()
    by_mail(other, cast.andris)
    answer = other.post(SECOND, {"code": code})
    assert answer.status_code == 200
    assert signed_in(other) == ""


def test_a_recovery_code_does_instead_and_once(client: Client, cast: Cast) -> None:
    with_app(cast.andris)
    code = codes_of(cast.andris)[3]
    by_mail(client, cast.andris)
    client.post(SECOND, {"code": code})
    assert signed_in(client)
    assert code not in codes_of(cast.andris)
    other = Client()
    by_mail(other, cast.andris)
    assert other.post(SECOND, {"code": code}).status_code == 200
    assert signed_in(other) == ""


@pytest.mark.parametrize("wrong", ["", "000", "x" * 500, "١٢٣٤٥٦", "12345\x00", "-1"])
def test_a_wrong_code_is_told_at_the_field(client: Client, cast: Cast, wrong: str) -> None:
    with_app(cast.andris)
    by_mail(client, cast.andris)
    answer = client.post(SECOND, {"code": wrong})
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]
    assert signed_in(client) == ""


def test_after_five_wrong_attempts_even_the_right_one_waits_in_every_browser(cast: Cast) -> None:
    secret = with_app(cast.andris)
    for _browser in range(2):
        client = Client()
        by_mail(client, cast.andris)
        for _attempt in range(3):
            client.post(SECOND, {"code": "000000"})
    answer = client.post(SECOND, {"code": shown(secret)})
    assert "quarter of an hour" in answer.content.decode()
    assert signed_in(client) == ""


def test_the_second_step_is_nothing_without_the_first(client: Client, cast: Cast) -> None:
    secret = with_app(cast.andris)
    for answer in (client.get(SECOND), client.post(SECOND, {"code": shown(secret)})):
        assert answer.headers["Location"] == DOOR
    assert signed_in(client) == ""


def test_one_may_begin_anew(client: Client, cast: Cast) -> None:
    with_app(cast.andris)
    by_mail(client, cast.andris)
    assert client.post("/sign-in/again/").headers["Location"] == DOOR
    assert client.get(SECOND).headers["Location"] == DOOR


@pytest.mark.parametrize("name", ["dace", "inga"])
def test_staff_without_a_second_step_are_led_to_it_and_may_go_on_for_a_week(
    client: Client, cast: Cast, name: str
) -> None:
    person: Person = getattr(cast, name)
    page = f"/programmes/{cast.programme.ref}/"
    assert by_mail(client, person, next=page) == f"{OVERVIEW}?next=%2Fprogrammes%2F{cast.programme.ref}%2F"
    told = client.get(f"{OVERVIEW}?next={page}")
    assert "Iestatiet otro soli" in told.content.decode()
    assert f'href="{page}"' in told.content.decode()
    assert client.get("/programmes/").status_code == 200


def test_after_the_days_pages_of_programmes_wait_and_ones_own_stay_open(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.SECOND_STEP_DAYS = 0
    by_mail(client, cast.inga)
    for closed in ("/", "/programmes/", f"/programmes/{cast.programme.ref}/people/"):
        assert client.get(closed).headers["Location"] == OVERVIEW, closed
    for own in ("/me/", OVERVIEW, f"{OVERVIEW}app/", "/me/data/", "/health/", "/sign-out/"):
        assert client.get(own).status_code == 200, own
    page = client.get(OVERVIEW).content.decode()
    assert "Programmu lapas atvērsies" in page
    assert "Ne tagad" not in page


def test_the_days_begin_once(client: Client, cast: Cast) -> None:
    by_mail(client, cast.inga)
    cast.inga.refresh_from_db()
    first = cast.inga.second_asked_at
    by_mail(Client(), cast.inga)
    cast.inga.refresh_from_db()
    assert first is not None
    assert cast.inga.second_asked_at == first


def test_setting_the_app_up_opens_the_pages(client: Client, cast: Cast, settings: Any) -> None:
    settings.SECOND_STEP_DAYS = 0
    by_mail(client, cast.inga)
    client.get(f"{OVERVIEW}app/")
    code = shown(client.session["mfa.totp.secret"])
    assert client.post(f"{OVERVIEW}app/", {"code": code}).headers["Location"] == f"{OVERVIEW}codes/"
    assert client.get("/programmes/").status_code == 200
    assert Authenticator.objects.filter(user=cast.inga).count() == 2
    other = Client()
    by_mail(other, cast.inga)
    assert other.post(SECOND, {"code": code}).status_code == 200, "the code that set it up is used up"


def test_the_demonstration_asks_nobody(client: Client, cast: Cast, settings: Any) -> None:
    settings.DEMONSTRATION, settings.SECOND_STEP_DAYS = True, 0
    assert by_mail(client, cast.inga) == "/"
    assert client.get("/programmes/").status_code == 200


def test_a_mentee_is_never_asked(client: Client, cast: Cast, settings: Any) -> None:
    settings.SECOND_STEP_DAYS = 0
    assert by_mail(client, cast.elina) == "/"
    assert Letter.objects.filter(kind__startswith="factors.").count() == 0


def test_not_now_leads_nowhere_else(client: Client, cast: Cast) -> None:
    by_mail(client, cast.inga, next="https://evil.example/")
    page = client.get(f"{OVERVIEW}?next=https://evil.example/")
    assert page.context["next"] == "/"
    assert "evil.example" not in page.content.decode().partition("<main")[2]
