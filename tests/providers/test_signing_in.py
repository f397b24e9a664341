"""An account of the school or the company signs in whoever is known here, and nobody else."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.factors.conftest import half_minute, shown, with_app
from tests.make import NOW
from tests.people.conftest import signed_in
from tests.providers.conftest import BACK, BEGIN, School, begin, sign_in
from varpa.history.models import Line
from varpa.people.actions import correct_person
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.providers.models import Link

__all__ = ["half_minute"]
pytestmark = pytest.mark.django_db


def test_whoever_is_known_signs_in_and_the_account_is_linked(
    client: Client, school: School, cast: Cast
) -> None:
    school.has("e1", "Elina@VARPA.example")
    answer = sign_in(client, school, "e1", next="/me/")
    assert answer.headers["Location"] == "/me/"
    assert signed_in(client) == str(cast.elina.pk)
    link = Link.objects.get()
    assert (link.person, link.issuer, link.subject) == (cast.elina, school.server, "e1")
    assert Line.objects.filter(verb="person.account_link", thing_ref=cast.elina.ref).count() == 1
    assert Letter.objects.filter(kind="providers.linked", person=cast.elina.pk).count() == 1


def test_the_second_time_the_subject_decides_and_not_the_address(
    client: Client, school: School, cast: Cast
) -> None:
    school.has("e1", "elina@varpa.example")
    sign_in(client, school, "e1")
    school.has("e1", "elina.ozola@elsewhere.example", email_verified=False)
    other = Client()
    sign_in(other, school, "e1")
    assert signed_in(other) == str(cast.elina.pk)
    assert Link.objects.count() == 1
    assert Line.objects.filter(verb="person.account_link").count() == 1


def test_an_address_that_the_provider_gives_to_somebody_else_signs_them_in_nowhere(
    client: Client, school: School, cast: Cast
) -> None:
    school.has("e1", "elina@varpa.example")
    sign_in(Client(), school, "e1")
    school.has("e2", "elina@varpa.example")
    answer = sign_in(client, school, "e2")
    assert (answer.status_code, signed_in(client)) == (403, "")
    unknown = page_for(school, "zz", "nobody@varpa.example")
    assert told(answer) == unknown


def test_nobody_is_made_of_an_account_that_is_not_known(client: Client, school: School, cast: Cast) -> None:
    before = (Person.objects.count(), EmailAddress.objects.count())
    school.has("zz", "nobody@varpa.example")
    answer = sign_in(client, school, "zz")
    assert (answer.status_code, signed_in(client)) == (403, "")
    assert "This account of Rīgas skola signs nobody in here." in answer.content.decode()
    assert (Person.objects.count(), EmailAddress.objects.count()) == before
    assert not Link.objects.exists()


@pytest.mark.parametrize("said", [{"email_verified": False}, {"email_verified": "false"}, {}])
def test_an_address_that_is_not_verified_is_refused_the_same_way_for_everybody(
    school: School, cast: Cast, said: dict[str, Any]
) -> None:
    school.says("e1", email="elina@varpa.example", **said)
    school.says("zz", email="nobody@varpa.example", **said)
    pages = []
    for subject in ("e1", "zz"):
        browser = Client()
        answer = sign_in(browser, school, subject)
        assert (answer.status_code, signed_in(browser)) == (403, "")
        pages.append(told(answer))
    assert "does not say that the e-mail address of this account is verified" in pages[0]
    assert pages[0] == pages[1]
    assert not Link.objects.exists()


def test_addresses_of_a_domain_that_is_trusted_need_not_be_verified(
    client: Client, school: School, cast: Cast, settings: Any
) -> None:
    trusting = replace(settings.SIGN_IN_PROVIDERS[0], trusted=("varpa.example",))
    settings.SIGN_IN_PROVIDERS = (trusting,)
    school.says("e1", email="elina@varpa.example")
    sign_in(client, school, "e1")
    assert signed_in(client) == str(cast.elina.pk)
    make.person("Zane Kalna", "zane@elsewhere.example")
    school.says("z1", email="zane@elsewhere.example")
    assert sign_in(Client(), school, "z1").status_code == 403


def test_an_account_without_an_address_signs_nobody_in(client: Client, school: School, cast: Cast) -> None:
    school.says("e1", name="Elīna")
    assert sign_in(client, school, "e1").status_code == 403
    assert signed_in(client) == ""


def test_a_closed_account_stays_closed(client: Client, school: School, cast: Cast) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(is_active=False)
    school.has("e1", "elina@varpa.example")
    answer = sign_in(client, school, "e1")
    assert (answer.headers["Location"], signed_in(client)) == ("/sign-in/closed/", "")
    assert not Link.objects.exists()


def test_once_the_house_writes_down_another_address_the_account_has_to_show_it(
    school: School, cast: Cast
) -> None:
    school.has("e1", "elina@varpa.example")
    sign_in(Client(), school, "e1")
    correct_person(person=cast.elina, changes={"email": "elina.b@varpa.example"}, now=NOW, by=cast.inga)
    stays_out, comes_in = Client(), Client()
    assert sign_in(stays_out, school, "e1").status_code == 403
    assert signed_in(stays_out) == ""
    school.has("e1", "elina.b@varpa.example")
    sign_in(comes_in, school, "e1")
    assert signed_in(comes_in) == str(cast.elina.pk)
    assert Link.objects.get().address == "elina.b@varpa.example"
    verbs = Line.objects.filter(thing_ref=cast.elina.ref, verb__startswith="person.account_")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "person.account_link",
        "person.account_unlink",
        "person.account_link",
    ]


def test_an_address_that_now_belongs_to_another_links_the_other(school: School, cast: Cast) -> None:
    school.has("e1", "elina@varpa.example")
    sign_in(Client(), school, "e1")
    correct_person(person=cast.elina, changes={"email": "elina.b@varpa.example"}, now=NOW, by=cast.inga)
    correct_person(person=cast.zane, changes={"email": "elina@varpa.example"}, now=NOW, by=cast.inga)
    browser = Client()
    sign_in(browser, school, "e1")
    assert signed_in(browser) == str(cast.zane.pk)
    assert Link.objects.get().person == cast.zane


def test_whoever_runs_programmes_does_the_second_step_all_the_same(
    client: Client, school: School, cast: Cast
) -> None:
    school.has("i1", cast.inga.email or "")
    assert sign_in(client, school, "i1").headers["Location"].startswith("/me/sign-in/?next=")
    secret = with_app(cast.inga)
    browser = Client()
    assert sign_in(browser, school, "i1", next="/me/").headers["Location"] == "/sign-in/second-step/"
    assert signed_in(browser) == ""
    assert "access_token" not in (kept := str(dict(browser.session.items()))), kept
    assert not re.search(r"'token'|email_verified", kept), kept
    answer = browser.post("/sign-in/second-step/", {"code": shown(secret)})
    assert (answer.headers["Location"], signed_in(browser)) == ("/me/", str(cast.inga.pk))


def test_another_site_is_never_gone_to_afterwards(client: Client, school: School, cast: Cast) -> None:
    school.has("e1", "elina@varpa.example")
    assert sign_in(client, school, "e1", next="https://evil.example/").headers["Location"] == "/"


def test_what_is_asked_of_the_provider(client: Client, school: School, cast: Cast, settings: Any) -> None:
    settings.SITE_URL = "https://varpa.example"
    asked = {name: found[0] for name, found in parse_qs(urlsplit(begin(client)).query).items()}
    assert asked["redirect_uri"] == f"https://varpa.example{BACK}"
    assert asked["code_challenge_method"] == "S256"
    assert asked["prompt"] == "select_account"
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert len(asked["state"]) >= 16
    assert len(asked["nonce"]) >= 32
    again = parse_qs(urlsplit(begin(client, scope="profile", process="connect")).query)
    assert again["nonce"] != [asked["nonce"]]
    assert set(again["scope"][0].split()) == {"openid", "email"}


def test_a_link_from_elsewhere_begins_nothing(client: Client, school: School, cast: Cast) -> None:
    assert client.get(BEGIN).headers["Location"] == "/sign-in/"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(BEGIN).status_code == 403
    assert client.post("/sign-in/with/another/").status_code == 404
    assert client.get("/sign-in/with/another/back/").status_code == 404


def test_whoever_is_signed_in_does_not_begin_anew(client: Client, school: School, cast: Cast) -> None:
    client.force_login(cast.andris)
    assert client.post(BEGIN).headers["Location"] == "/"


def test_too_many_who_begin_at_once_are_told_to_wait(client: Client, school: School, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "begin_account": "1/m/ip"}
    begin(client)
    assert client.post(BEGIN).status_code == 429


def page_for(school: School, subject: str, address: str) -> str:
    school.has(subject, address)
    return told(sign_in(Client(), school, subject))


def told(answer: Any) -> str:
    """What the page says, without what differs on each of them."""
    main = answer.content.decode().split('<main id="main">')[1].split("</main>")[0]
    return str(main)
