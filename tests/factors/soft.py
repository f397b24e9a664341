"""A passkey in software: what a phone and its browser would answer, also dishonestly."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from tests import make
from varpa.factors.actions import add_passkey
from varpa.people.models import Person

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


class SoftKey:
    """One passkey; `verified`: a finger, a face or a PIN was asked for."""

    def __init__(
        self, host: str = "localhost", origin: str = "http://localhost", verified: bool = True
    ) -> None:
        self.host, self.origin, self.verified = host, origin, verified
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.owner = b""

    def made(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` gives."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        seen = self._seen(ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": seen})
        said = self._said("webauthn.create", asked["challenge"])
        response = {"clientDataJSON": websafe_encode(said), "attestationObject": websafe_encode(attested)}
        return self._given(response)

    def proof(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get` gives."""
        said = self._said("webauthn.get", options["publicKey"]["challenge"])
        seen = self._seen()
        signature = self.key.sign(seen + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(seen),
            "signature": websafe_encode(signature),
            "userHandle": self.owner,
        }
        return self._given(response)

    def give(self, person: Person, name: str = "Mans telefons") -> None:
        """The person has it, without the page that asks for it."""
        options = {
            "publicKey": {"user": {"id": websafe_encode(str(person.pk).encode())}, "challenge": "AAAA"}
        }
        add_passkey(person=person, name=name, credential=self.made(options), now=make.NOW)

    def _seen(self, more: int = 0) -> bytes:
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + bytes(4)

    def _said(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _given(self, response: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
