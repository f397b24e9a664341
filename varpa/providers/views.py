"""Signing in by an account of a school or a company, and taking one off."""

import logging
from functools import partial

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import public, signed_in
from varpa.people.signed import person_of
from varpa.providers import actions
from varpa.providers.configured import Provider
from varpa.providers.queries import configured
from varpa.providers.saying import too_often, unreachable
from varpa.ui.doing import tap

log = logging.getLogger("varpa.door")


@public("whoever has an account of a school or a company begins here; it signs in only who is known")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Lead on to the provider. By a page: a form may lead nowhere else, also by a redirect (form-action)."""
    from varpa.providers.discovery import UnreachableError
    from varpa.providers.openid import way_there

    provider = _provider(key)
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return redirect("account_login")
    if not ratelimit.consume(request, action="begin_account"):
        return too_often(request, provider)
    try:
        where = way_there(request, provider, after=get_next_redirect_url(request))
    except UnreachableError as error:
        log.warning("%s is not reached: %s", provider.key, error)
        return unreachable(request, provider)
    response = render(request, "providers/going.html", {"provider": provider, "where": where})
    response.headers["Cache-Control"] = "no-store"
    return response


@public("a provider sends back whoever has begun in this browser; it signs in only who is known")
@require_GET
def back(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take the provider's answer: once, for ten minutes, in the browser that began."""
    from varpa.providers.openid import came_back

    return came_back(request, _provider(key))


@signed_in("one's own accounts elsewhere")
@require_POST
def unlink(request: HttpRequest, number: int) -> HttpResponse:
    """An account signs in no more."""
    person = person_of(request)
    act = partial(actions.unlink, person=person, key=number, now=clock.now())
    if tap(request, act, _("Removed. The account does not sign in any more.")):
        update_session_auth_hash(request, person)
    return redirect("factors:overview")


def _provider(key: str) -> Provider:
    found = configured(key)
    if found is None:
        raise Http404
    return found
