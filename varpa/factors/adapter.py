"""How the library of second factors meets this house: its secrets sealed, its words ours."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from varpa.factors.sealing import seal, unseal


# The library takes its adapter as a class of its own, and brings no types: its base is anything to mypy.
class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "That did not fit. Look at the code that the app shows now, or take a recovery code "
            "that was not used yet."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What cannot be read fits nothing: a new secret stands in its place, which nobody knows."""
        return unseal(encrypted_text) or str(generate_totp_secret())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        named: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**named, "name": settings.PRODUCT_NAME}
