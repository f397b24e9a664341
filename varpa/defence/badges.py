"""A certificate as a badge: an OpenBadgeCredential with a JSON Web Token proof (1EdTech Open Badges 3.0)."""

from datetime import UTC
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varpa.defence.models import Slot
from varpa.defence.signing import sign
from varpa.people.models import Organisation
from varpa.post.envelope import absolute

CONTEXT: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)


def signed(slot: Slot) -> str:
    """The badge of one mentee in the language that is active, as compact JWS.

    The payload is the credential itself, beside it the claims that say the same (Open Badges 3.0, §8.2.4).
    """
    said = credential(slot)
    assert slot.defence.closed_at
    claims = {
        "iss": said["issuer"]["id"],
        "jti": said["id"],
        "nbf": int(slot.defence.closed_at.timestamp()),
        "sub": said["credentialSubject"]["id"],
    }
    return sign({**said, **claims})


def credential(slot: Slot) -> dict[str, Any]:
    """The OpenBadgeCredential as JSON-LD: no more than the page says that verifies the certificate."""
    defence = slot.defence
    assert defence.closed_at
    page = absolute(reverse("defence:verify", args=[slot.number]))
    programme, organisation = str(defence.programme.name), defence.programme.organisation
    given = achievement()
    return {
        "@context": list(CONTEXT),
        "id": absolute(reverse("defence:badge", args=[slot.number])),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": given["name"],
        "description": f"{programme}, {organisation.name}",
        "issuer": issuer(organisation),
        "validFrom": f"{defence.closed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "id": f"{page}#mentee",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": slot.name,
                    "identityType": "name",
                }
            ],
            "achievement": given,
        },
        "evidence": [{"id": page, "type": ["Evidence"], "name": _("Certificate")}],
    }


def achievement() -> dict[str, Any]:
    """What everybody has done who has such a badge."""
    return {
        "id": absolute(reverse("defence:achievement")),
        "type": ["Achievement"],
        "achievementType": "Achievement",
        "name": _("Business plan presented and defended"),
        "description": _("A pupil has written a business plan with a mentor and defended it before a jury."),
        "criteria": {
            "narrative": _(
                "The plan was submitted, presented on the day of the defence, and heard by jurors."
            )
        },
        "inLanguage": get_language() or "en",
    }


def issuer(organisation: Organisation) -> dict[str, Any]:
    """Who stands behind the badge."""
    return {
        "id": absolute(reverse("defence:issuer", args=[organisation.ref])),
        "type": ["Profile"],
        "name": organisation.name,
        "url": absolute("/"),
    }
