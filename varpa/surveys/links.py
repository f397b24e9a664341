"""Personal links: a token that nobody can guess, found again by its digest, gone with its seed."""

import base64

from django.utils.crypto import salted_hmac

from varpa.surveys.models import Invitation

LONGEST = 100


def token_of(invitation: Invitation) -> str:
    """The token of an invitation that waits; "" once its seed is destroyed: nothing gives it back then."""
    return token_from(invitation.seed) if invitation.seed else ""


def token_from(seed: str) -> str:
    """The token that belongs to a seed in this house."""
    found = salted_hmac("varpa.surveys.link", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(found[:24]).decode()
