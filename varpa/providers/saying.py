"""Pages of signing in by an account elsewhere that lead no further: what happened, and what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from varpa.kernel.refusals import Refusal
from varpa.providers.configured import Provider


def refused(request: HttpRequest, provider: Provider, refusal: Refusal) -> HttpResponse:
    """The same page whoever it is whom the account does not sign in."""
    return _page(request, provider, _("Not signed in"), str(refusal), refused=True, status=403)


def stopped(request: HttpRequest, provider: Provider) -> HttpResponse:
    what = _("Signing in was stopped at {name}. Nothing was changed.").format(name=provider.name)
    return _page(request, provider, _("Not signed in"), what)


def too_old(request: HttpRequest, provider: Provider) -> HttpResponse:
    what = _("This was begun more than ten minutes ago, in another browser, or was used already. Begin anew.")
    return _page(request, provider, _("Not signed in"), what, status=400)


def too_often(request: HttpRequest, provider: Provider) -> HttpResponse:
    what = _("Many people began to sign in at once. Wait a minute and begin anew.")
    return _page(request, provider, _("Not signed in"), what, status=429)


def unreachable(request: HttpRequest, provider: Provider) -> HttpResponse:
    title = _("{name} does not answer").format(name=provider.name)
    what = _("Nothing was changed. A code by e-mail signs in now; or try the account again in a minute.")
    return _page(request, provider, title, what, status=503)


def _page(
    request: HttpRequest,
    provider: Provider,
    title: str,
    what: str,
    *,
    refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"title": title, "what": what, "provider": provider, "refused": refused}
    response = render(request, "providers/said.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
