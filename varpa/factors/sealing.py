"""Secrets of authenticators are kept sealed: whoever sees the database alone can make no code of them."""

from base64 import urlsafe_b64encode
from functools import cache
from typing import Any

from django.conf import settings


def seal(text: str) -> str:
    """The text, so that only this installation can read it again."""
    sealed: bytes = _box(settings.SECRET_KEY).encrypt(text.encode())
    return sealed.decode()


def unseal(sealed: str) -> str | None:
    """The text again; None where it was sealed by another installation, or changed since."""
    from cryptography.fernet import InvalidToken

    try:
        text: bytes = _box(settings.SECRET_KEY).decrypt(sealed.encode())
    except InvalidToken:
        return None
    return text.decode()


@cache
def _box(secret: str) -> Any:
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"varpa.factors").derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))
