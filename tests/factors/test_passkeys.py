"""Passkeys: made, named, removed; they sign in alone, and only honestly."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast
from tests.factors.conftest import OVERVIEW, SECOND, by_mail, codes_of, with_app
from tests.factors.soft import SoftKey
from tests.people.conftest import DOOR, signed_in
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

ADD, BY_PASSKEY = f"{OVERVIEW}passkeys/", "/sign-in/passkey/"
ASKED = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="localhost")


def options_of(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(ADD).context["options"])
    return found


def add(client: Client, key: SoftKey, name: str = "Mans telefons") -> Any:
    return client.post(ADD, {"name": name, "credential": json.dumps(key.made(options_of(client)))})


def prove(client: Client, key: SoftKey, **more: str) -> Any:
    options = client.get(BY_PASSKEY, **ASKED).json()["request_options"]
    return client.post(BY_PASSKEY, {"credential": json.dumps(key.proof(options)), **more})


@pytest.fixture
def key(cast: Cast) -> SoftKey:
    key = SoftKey()
    client = Client(HTTP_HOST="localhost")
    client.force_login(cast.elina)
    assert add(client, key).headers["Location"] == f"{OVERVIEW}codes/"
    return key


def test_a_mentee_makes_a_passkey_and_signs_in_by_it_alone(client: Client, cast: Cast, key: SoftKey) -> None:
    answer = prove(client, key, next="/me/")
    assert answer.headers["Location"] == "/me/"
    assert signed_in(client) == str(cast.elina.pk)
    assert Line.objects.get(verb="person.second_add").details == {"what": "passkey"}
    assert Letter.objects.filter(kind="factors.set_up").count() == 1


def test_whoever_needs_no_second_step_still_signs_in_by_mail(
    client: Client, cast: Cast, key: SoftKey
) -> None:
    assert by_mail(client, cast.elina) == "/"


def test_a_passkey_is_both_steps_for_staff(client: Client, cast: Cast, settings: Any) -> None:
    settings.SECOND_STEP_DAYS = 0
    key = SoftKey()
    key.give(cast.inga)
    assert prove(client, key).headers["Location"] == "/"
    assert client.get("/programmes/").status_code == 200


def test_staff_with_a_passkey_alone_prove_it_after_the_mailed_code(client: Client, cast: Cast) -> None:
    key = SoftKey()
    key.give(cast.inga)
    assert by_mail(client, cast.inga) == SECOND
    options = json.loads(client.get(SECOND).context["options"])
    answer = client.post(SECOND, {"credential": json.dumps(key.proof(options))})
    assert answer.headers["Location"] == "/"
    assert signed_in(client)


def test_or_write_a_recovery_code(client: Client, cast: Cast) -> None:
    SoftKey().give(cast.inga)
    by_mail(client, cast.inga)
    client.post(SECOND, {"code": codes_of(cast.inga)[0]})
    assert signed_in(client)


@pytest.mark.parametrize(
    "dishonest",
    [
        {"verified": False},
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
    ],
)
def test_a_passkey_of_another_place_or_without_a_finger_opens_nothing(
    client: Client, cast: Cast, key: SoftKey, dishonest: dict[str, Any]
) -> None:
    for name, value in dishonest.items():
        setattr(key, name, value)
    assert prove(client, key).headers["Location"] == DOOR
    assert signed_in(client) == ""


@pytest.mark.parametrize("dishonest", [{"verified": False}, {"origin": "https://evil.example"}])
def test_nor_is_such_a_one_kept(client: Client, cast: Cast, dishonest: dict[str, Any]) -> None:
    client.force_login(cast.elina)
    page = add(client, SoftKey(**dishonest))
    assert page.status_code == 200
    assert page.context["form"].errors["credential"]
    assert not Authenticator.objects.exists()


def test_a_proof_is_good_once(client: Client, cast: Cast, key: SoftKey) -> None:
    options = client.get(BY_PASSKEY, **ASKED).json()["request_options"]
    proof = {"credential": json.dumps(key.proof(options))}
    client.post(BY_PASSKEY, proof)
    client.post("/sign-out/")
    assert client.post(BY_PASSKEY, proof).headers["Location"] == DOOR
    assert signed_in(client) == ""


HOSTILE = [
    "",
    "x",
    "null",
    "[]",
    "1",
    '"x"',
    "{}",
    '{"response": {}}',
    '{"response": null}',
    '{"response": []}',
]
HOSTILE += [
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})
    for response in (
        {},
        {"userHandle": None},
        {"clientDataJSON": 1, "authenticatorData": [], "signature": {}, "userHandle": 5},
        {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"},
        {"clientDataJSON": "e30", "authenticatorData": "A" * 50, "signature": "AA", "userHandle": "MQ"},
        {"clientDataJSON": "e30", "attestationObject": "AA"},
        {"clientDataJSON": "e30", "attestationObject": "oA"},
        {"clientDataJSON": "_w", "attestationObject": "AA", "userHandle": "_w"},
    )
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_nonsense_opens_nothing_and_breaks_nothing(client: Client, cast: Cast, sent: str) -> None:
    client.get(BY_PASSKEY, **ASKED)
    assert client.post(BY_PASSKEY, {"credential": sent}).status_code == 302
    assert signed_in(client) == ""
    secret = with_app(cast.andris)
    by_mail(client, cast.andris)
    client.get(SECOND)
    assert client.post(SECOND, {"credential": sent}).status_code == 200
    assert signed_in(client) == ""
    assert secret
    cache.clear()
    client.force_login(cast.elina)
    client.get(ADD)
    assert client.post(ADD, {"name": "x", "credential": sent}).status_code == 200
    client.force_login(cast.andris)
    assert client.post(f"{OVERVIEW}again/", {"credential": sent}).status_code == 200


def test_a_closed_account_does_not_come_in(client: Client, cast: Cast, key: SoftKey) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(is_active=False)
    prove(client, key)
    assert signed_in(client) == ""


def test_a_passkey_is_named_and_removed(client: Client, cast: Cast, key: SoftKey) -> None:
    made = Authenticator.objects.get(user=cast.elina, type="webauthn")
    cast.elina.refresh_from_db()
    client.force_login(cast.elina)
    client.post(f"{OVERVIEW}steps/{made.pk}/name/", {"name": "Skolas dators"})
    assert client.get(OVERVIEW).context["factors"].passkeys[0].name == "Skolas dators"
    client.post(f"{OVERVIEW}again/", {"code": codes_of(cast.elina)[0]})
    client.post(f"{OVERVIEW}steps/{made.pk}/removal/")
    assert not Authenticator.objects.exists()
    assert prove(Client(HTTP_HOST="localhost"), key).headers["Location"] == DOOR


def test_confirming_who_is_there_by_the_passkey(client: Client, cast: Cast, key: SoftKey) -> None:
    cast.elina.refresh_from_db()
    client.force_login(cast.elina)
    options = json.loads(client.get(f"{OVERVIEW}again/").context["options"])
    answer = client.post(f"{OVERVIEW}again/", {"credential": json.dumps(key.proof(options)), "next": ADD})
    assert answer.headers["Location"] == ADD
    assert client.get(ADD).status_code == 200


def test_ten_are_enough(client: Client, cast: Cast) -> None:
    for _each in range(10):
        SoftKey().give(cast.elina)
    cast.elina.refresh_from_db()
    client.force_login(cast.elina)
    client.post(f"{OVERVIEW}again/", {"code": codes_of(cast.elina)[0]})
    page = add(client, SoftKey())
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert Authenticator.objects.filter(type="webauthn").count() == 10


def test_an_address_that_is_a_number_leads_to_one_that_is_a_name(cast: Cast) -> None:
    client = Client(HTTP_HOST="127.0.0.1:8123")
    client.force_login(cast.elina)
    page = client.get(ADD).content.decode()
    assert "http://localhost:8123" in page
    assert "data-passkey" not in page


def test_the_sign_in_page_says_what_a_passkey_needs(client: Client, cast: Cast) -> None:
    page = client.get(DOOR).content.decode()
    assert "<noscript>" in page
    assert client.get(BY_PASSKEY).headers["Location"] == DOOR, "without the script"


def test_browsers_may_use_passkeys_here_and_nowhere_else(client: Client, cast: Cast) -> None:
    policy = client.get(DOOR).headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in policy
    assert "publickey-credentials-create=(self)" in policy


def test_the_second_step_of_one_is_no_way_round_the_finger_of_another(
    client: Client, cast: Cast, key: SoftKey
) -> None:
    """Whoever has found a key of metal has a mailbox of the own, and asks there for what it shall prove."""
    SoftKey().give(cast.inga)
    by_mail(client, cast.inga)
    options = json.loads(client.get(SECOND).context["options"])
    key.verified = False
    client.post(BY_PASSKEY, {"credential": json.dumps(key.proof(options))})
    assert signed_in(client) == ""
