"""OpenID Connect as the library speaks it, stricter by what the house asks of it.

Loaded by the two pages that need it: its client of HTTP is needed by nothing else.
"""

from secrets import token_urlsafe
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from varpa.providers.configured import Provider
from varpa.providers.discovery import UnreachableError, discovered

LONGEST_SUBJECT = 255
OPTIONS: dict[str, Any] = {
    "scope": ["openid", "email"],
    "oauth_pkce_enabled": True,
    # On a shared computer somebody else may be signed in there: the provider asks who it is.
    "auth_params": {"prompt": "select_account"},
}


# The library is spoken to by its classes, and brings no types: their base is anything to mypy.
class Conversation(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """What is asked of the provider's server, and how its answers are read."""

    @property
    def openid_config(self) -> dict[str, Any]:
        try:
            return discovered(self.get_provider().configured)
        except UnreachableError as error:
            # What the library's pages look for.
            raise OAuth2Error(str(error)) from error

    def get_callback_url(self, _request: HttpRequest, _app: SocialApp) -> str:
        return back_address(self.provider_id)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **given: Any) -> Any:
        """The claims of the token itself; its address from the provider's other answer where it has none.

        An address and whether it is verified are always of one answer, and both answers of one subject.
        """
        written = given["response"].get("id_token")
        if not written:
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, written)
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise OAuth2Error("no subject")
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            said = self._fetch_user_info(token.token)
            if said.get("sub") != claims["sub"]:
                raise OAuth2Error("another subject")
            claims |= {"email": said.get("email", ""), "email_verified": said.get("email_verified")}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})


# A provider is a class of the library too, which speaks to its hooks: here the nonce is added.
class OpenID(OpenIDConnectProvider):  # type: ignore[misc]  # allauth is untyped
    """A provider of the file, as the library sees one."""

    oauth2_adapter_class = Conversation

    def __init__(self, request: HttpRequest, *, configured: Provider) -> None:
        self.configured = configured
        app = SocialApp(
            provider=self.id,
            provider_id=configured.key,
            name=configured.name,
            client_id=configured.client_id,
            secret=configured.client_secret,
            settings={**OPTIONS, "server_url": configured.server},
        )
        super().__init__(request, app)

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **rest: Any
    ) -> HttpResponse:
        """With a nonce beside the library's state and PKCE: a token is good for the browser that asked."""
        nonce = token_urlsafe(32)
        asked = {**self.get_auth_params(), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=asked, nonce=nonce, **rest
        )
        return answer

    def serialize(self) -> dict[str, Any]:
        """What names it in a session, until the second step is done."""
        return {"id": self.configured.key}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["id_token"]["sub"])[:191]


def back_address(key: str) -> str:
    """Where the provider sends people back; whoever configures it there writes this address."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('providers:back', args=[key])}"


def way_there(request: HttpRequest, provider: Provider, *, after: str | None) -> str:
    """Where the provider asks who one is; raises UnreachableError. `after`: where one then goes."""
    # Asked here, where it is told in the house's own words; the library then finds it known.
    discovered(provider)
    answer = OpenID(request, configured=provider).redirect(request, "login", after)
    return answer["Location"]


def came_back(request: HttpRequest, provider: Provider) -> HttpResponseBase:
    """Take what the provider says; what is wrong with it, and who it is, the library asks our adapter."""
    view = OAuth2CallbackView.adapter_view(Conversation(request, provider.key))
    answer: HttpResponseBase = view(request)
    return answer
