"""The key with which this installation signs badges: made once, kept in the data folder (RS256)."""

import json
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse

from varpa.kernel.keeping import write_once
from varpa.post.envelope import absolute

SIZE = 2048
ALGORITHM = "RS256"


class Key(NamedTuple):
    """`private` as PEM; `public` as JWK; `name` is its thumbprint (RFC 7638)."""

    name: str
    private: str
    public: dict[str, str]

    @property
    def address(self) -> str:
        """Where anybody finds the public key: a badge names it (`kid`)."""
        return absolute(reverse("defence:key", args=[self.name]))


def key() -> Key:
    """The key of this data folder. Badges that were signed with another one can no longer be checked."""
    return _kept(Path(settings.DATA) / "badges.json")


def sign(payload: dict[str, Any]) -> str:
    """A JSON Web Token, as compact JWS; the header holds nothing but what Open Badges allows (§8.2.3)."""
    import jwt

    known = key()
    return jwt.encode(payload, known.private, algorithm=ALGORITHM, headers={"kid": known.address})


@lru_cache(maxsize=4)
def _kept(path: Path) -> Key:
    if not path.exists():
        write_once(path, json.dumps(_made()._asdict()))
    return Key(**json.loads(path.read_text()))


def _made() -> Key:
    # Only whoever makes a key needs the library.
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from jwt.algorithms import RSAAlgorithm

    private = rsa.generate_private_key(public_exponent=65537, key_size=SIZE)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    whole = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    public = {name: str(whole[name]) for name in ("kty", "n", "e")}
    return Key(_thumbprint(public), pem, public)


def _thumbprint(public: dict[str, str]) -> str:
    """RFC 7638: SHA-256 of the required members, by name and without spaces."""
    canonical = json.dumps(public, sort_keys=True, separators=(",", ":"))
    return urlsafe_b64encode(sha256(canonical.encode()).digest()).rstrip(b"=").decode()
