"""How the library of accounts elsewhere meets this house: providers of the file, people who are known."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from varpa.kernel import clock
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.providers import actions
from varpa.providers.queries import configured
from varpa.providers.saying import refused, stopped, too_old, unreachable

log = logging.getLogger("varpa.door")


# The library takes its adapter as a class of its own, and brings no types: its base is anything to mypy.
class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def list_apps(self, *_asked: Any, **_named: Any) -> list[SocialApp]:
        """None lies in the database: they stand in the file."""
        return []

    def get_provider(self, request: HttpRequest, provider: str, **_named: Any) -> Any:
        from varpa.providers.openid import OpenID

        found = configured(provider)
        if found is None:
            raise SocialApp.DoesNotExist
        return OpenID(request, configured=found)

    def is_open_for_signup(self, *_asked: Any) -> bool:
        return False

    def populate_user(self, _request: HttpRequest, sociallogin: SocialLogin, _data: Any) -> Person:
        """Nobody is made of what the provider says: it stays an empty row that is never kept."""
        nobody: Person = sociallogin.user
        return nobody

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Person, str]:
        """Who it is that has come back; a page says so where it is nobody."""
        from allauth.socialaccount.providers.oauth2.client import OAuth2Error

        claims, provider = sociallogin.account.extra_data["id_token"], sociallogin.provider.configured
        # It is kept in the session until the second step is done: without what the provider has said.
        sociallogin.account.extra_data, sociallogin.email_addresses, sociallogin.token = {}, [], None
        if not constant_time_compare(str(claims.get("nonce", "")), sociallogin.state["nonce"]):
            raise OAuth2Error("another nonce")
        address = str(claims.get("email") or "")
        # Some write the word instead of the value.
        verified = claims.get("email_verified") in (True, "true") or provider.trusts(address)
        try:
            person = actions.enter(
                provider=provider,
                subject=claims["sub"],
                address=address,
                verified=bool(address) and verified,
                now=clock.real(),
            )
        except Refusal as refusal:
            self._note(f"an account of {provider.key} was refused ({type(refusal).__name__})")
            raise ImmediateHttpResponse(refused(self.request, provider, refusal)) from refusal
        return person, person.email or ""

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Stopped by who signs in, begun elsewhere or long ago, or the provider did not answer as agreed."""
        named = provider.configured
        if error == AuthError.CANCELLED:
            raise ImmediateHttpResponse(stopped(request, named))
        if exception is None and "state_id" in (extra_context or {}):
            self._note(f"{named.key} sent somebody back who had not begun here, or long ago")
            raise ImmediateHttpResponse(too_old(request, named))
        self._note(f"{named.key} did not sign in: {exception or request.GET.get('error', '')!r}")
        raise ImmediateHttpResponse(unreachable(request, named))

    def _note(self, what: str) -> None:
        from allauth.account.adapter import get_adapter

        log.info("%s, from %s", what, get_adapter().get_client_ip(self.request))
