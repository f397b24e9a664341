"""How allauth meets this house: codes of six digits, letters through the outbox, no sign-up of its own."""

from datetime import UTC, datetime
from secrets import choice, token_hex
from string import digits
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from varpa.people import letters
from varpa.people.queries import by_address, recipient
from varpa.post.envelope import Recipient

CODE_LENGTH = 6


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-in stays on real time: a replay never moves the clock of a code."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def generate_login_code(self) -> str:
        return "".join(choice(digits) for _ in range(CODE_LENGTH))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Only codes are mailed; what allauth would say to an unknown address is not (no enumeration)."""
        if "code" not in context:
            return
        person = by_address(email)
        language = get_language() or "en"
        to = (
            recipient(person, adult=True)
            if person
            else Recipient(None, "", email, language, "Europe/Riga", adult=True)
        )
        letters.send_code(to, str(context["code"]), once=f"code:{token_hex(16)}", now=datetime.now(UTC))
