"""Signing in: the second step, and a passkey instead of both."""

import json

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.base import views as library
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from varpa.factors.queries import factors_of
from varpa.factors.views.proofs import readable
from varpa.kernel.doors import public
from varpa.people.models import Person


@public("whoever has written the code by mail, and has a second step, does it here")
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def second(request: HttpRequest) -> HttpResponseBase:
    """Digits of the app, a recovery code, or a passkey."""
    answer: HttpResponseBase = library.authenticate(request)
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        # The library writes the number of a person in its own way.
        own = url_str_to_user_pk(request.session[LOGIN_SESSION_KEY]["user_pk"])
        person = Person.objects.get(pk=own)
        context = answer.context_data
        context["factors"] = factors_of(person)
        context["options"] = json.dumps(context["js_data"]["request_options"])
    return answer


@public("whoever has a passkey signs in by it; nobody is told who has one")
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def passkey(request: HttpRequest) -> HttpResponseBase:
    """For the script of the button: what the browser has to prove, then its proof."""
    answer: HttpResponseBase = webauthn.login_webauthn(request)
    return answer
