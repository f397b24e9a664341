"""How allauth meets this house: letters through the outbox, no sign-up of its own, the door's language kept.

Passkeys and the second step are a room of their own (`factors`), accounts of schools and companies (OpenID
Connect) another (`providers`).
"""

import logging
from secrets import token_hex
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from varpa.kernel import clock
from varpa.people import letters
from varpa.people.actions import change_language
from varpa.people.devices import device_name
from varpa.people.models import Person
from varpa.people.queries import by_address, recipient
from varpa.people.sessions import BROWSER
from varpa.post.envelope import Recipient

log = logging.getLogger("varpa.door")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-in stays on real time: a replay never moves the clock of a code."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code that was sent last. Look at the newest letter."),
        "too_many_login_attempts": _(
            "This was tried too often. Wait a quarter of an hour, then ask for a new code."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002 - its signature
        """Mail a code. For an address without one the same work is done and undone.

        So neither the answer nor its duration tells whether an address is known.
        """
        person = by_address(email)
        nobody = Recipient(None, "", email, "en", "UTC", adult=True)
        to = recipient(person, adult=True) if person else nobody
        code = str(context.get("code", ""))
        with transaction.atomic():
            letters.send_code(to, code or "000000", once=f"code:{token_hex(16)}", now=clock.now())
            transaction.set_rollback(not code)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong: that a code was sent, or that one is in, the pages say themselves."""
        if kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def get_login_stages(self) -> list[str]:
        return list(settings.SIGN_IN_STAGES)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Whoever comes back is read by our own backend."""
        vars(user)["backend"] = settings.AUTHENTICATION_BACKENDS[0]
        super().login(request, user)
        request.session[BROWSER] = device_name(request.headers.get("User-Agent", ""))

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        log.info("person %s signed in from %s", user.pk, self.get_client_ip(request))
        # Chosen in this visit, before signing in: what the person then reads is what was chosen.
        chosen = request.session.pop("language", "")
        change_language(person=user, language=chosen, now=clock.now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response
