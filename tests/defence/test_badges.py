"""The badge of a certificate: an OpenBadgeCredential that anybody can check with the published key."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.test import Client

from tests.cast import Cast
from tests.defence.conftest import DAY, finish, slot_of
from varpa.defence import signing
from varpa.defence.models import Defence, Slot
from varpa.kernel.refs import new_ref
from varpa.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def slot(cast: Cast, running: Defence) -> Slot:
    finish(running, cast)
    return slot_of(running, cast.elina)


def fetched(address: str) -> Any:
    """What stands behind a whole address, read as a stranger's checker would."""
    path = address.removeprefix("http://localhost:8000")
    answer = Client().get("/" + path.split("/", 3)[-1] if "://" in path else path)
    assert answer.status_code == 200, address
    return json.loads(answer.content)


def badge_of(slot: Slot, language: str = "lv") -> str:
    answer = Client().get(f"/certificates/{slot.number}/badge.jwt?language={language}")
    assert answer.headers["Content-Type"] == "application/vc+jwt"
    return answer.content.decode()


def checked(token: str) -> dict[str, Any]:
    """By the key that the badge names (Open Badges 3.0, "Verify a Credential")."""
    header = jwt.get_unverified_header(token)
    assert set(header) == {"alg", "kid", "typ"}
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    published = fetched(header["kid"])
    assert set(published) == {"kty", "n", "e", "kid", "alg", "use"}, "never a private part"
    found: dict[str, Any] = jwt.decode(token, jwt.PyJWK(published).key, algorithms=["RS256"])
    return found


def test_anybody_checks_a_badge_with_the_published_key(slot: Slot) -> None:
    said = checked(badge_of(slot))
    assert said["iss"] == said["issuer"]["id"]
    assert said["jti"] == said["id"]
    assert said["sub"] == said["credentialSubject"]["id"]
    starts = datetime.fromtimestamp(said["nbf"], UTC)
    assert starts == datetime.fromisoformat(said["validFrom"]) == DAY + timedelta(hours=2)


def test_a_badge_has_what_open_badges_requires(slot: Slot) -> None:
    said = checked(badge_of(slot))
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.")
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["id"].startswith("http")
    assert said["issuer"]["type"] == ["Profile"]
    subject = said["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert subject["identifier"][0]["identityHash"] == "Elīna Bērziņa"
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert all(achievement[name] for name in ("id", "name", "description"))
    assert achievement["criteria"]["narrative"]
    assert "Keramikas" not in json.dumps(said, ensure_ascii=False), "no more than the page says"


def test_what_a_badge_points_to_is_there(slot: Slot) -> None:
    said = checked(badge_of(slot, "en"))
    issuer, achievement = (
        fetched(said["issuer"]["id"]),
        fetched(said["credentialSubject"]["achievement"]["id"]),
    )
    assert issuer["name"] == said["issuer"]["name"] == "Jelgavas uzņēmēju atbalsta centrs"
    assert achievement["name"] == said["name"] == "Business plan presented and defended"
    page = Client().get("/" + said["evidence"][0]["id"].split("/", 3)[-1])
    assert page.status_code == 200
    assert f"/certificates/{slot.number}/badge.jwt" in page.content.decode()


@pytest.mark.parametrize("change", [("Elīna", "Elina"), ("2026-03-20", "2016-03-20")])
def test_a_badge_that_was_changed_is_no_badge(slot: Slot, change: tuple[str, str]) -> None:
    head, body, seal = badge_of(slot).split(".")
    text = json.dumps(json.loads(urlsafe_b64decode(body + "==")), ensure_ascii=False)
    assert change[0] in text
    other = urlsafe_b64encode(text.replace(*change).encode()).rstrip(b"=").decode()
    with pytest.raises(jwt.InvalidSignatureError):
        checked(f"{head}.{other}.{seal}")


def test_another_key_signs_nothing_of_ours(slot: Slot, settings: Any, tmp_path: Path) -> None:
    token, ours = badge_of(slot), signing.key()
    settings.DATA = tmp_path / "other"
    settings.DATA.mkdir()
    assert signing.key().name != ours.name
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, jwt.PyJWK({**signing.key().public, "alg": "RS256"}).key, algorithms=["RS256"])


def test_the_key_is_made_once_and_for_its_owner_only(folder: Path) -> None:
    made = signing.key()
    path = folder / "badges.json"
    assert path.stat().st_mode & 0o777 == 0o600
    signing._kept.cache_clear()
    assert signing.key() == made
    assert [each.name for each in folder.iterdir()] == ["badges.json"]
    assert Client().get("/badges/keys/another/").status_code == 404


def test_the_same_badge_is_the_same_bytes_in_each_language(slot: Slot) -> None:
    assert badge_of(slot) == badge_of(slot)
    names = {language: checked(badge_of(slot, language))["name"] for language in ("lv", "lt", "en")}
    assert names == {
        "lv": "Biznesa plāns prezentēts un aizstāvēts",
        "lt": "Verslo planas pristatytas ir apgintas",
        "en": "Business plan presented and defended",
    }


def test_there_is_a_badge_where_there_is_a_certificate(cast: Cast, running: Defence) -> None:
    slot = slot_of(running, cast.elina)
    issuer = f"/badges/issuers/{cast.organisation.ref}/"
    assert Client().get(f"/certificates/{slot.number}/badge.jwt").status_code == 404
    assert Client().get(f"/certificates/{new_ref()}/badge.jwt").status_code == 404
    assert Client().get(issuer).status_code == 404
    finish(running, cast)
    assert Client().get(issuer).status_code == 200
    client = Client()
    client.force_login(Person.objects.get(pk=cast.elina.pk))
    page = client.get(f"/slots/{slot.ref}/result/").content.decode()
    assert f"/certificates/{slot.number}/badge.jwt" in page
