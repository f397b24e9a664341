"""One's own passkeys and second step."""

import json
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import view_recovery_codes
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.factors import actions
from varpa.factors.access import needs_second
from varpa.factors.adapter import FactorAdapter
from varpa.factors.forms import AppForm, NameForm, PasskeyForm, SecondForm
from varpa.factors.middleware import due_at, waits
from varpa.factors.queries import factors_of
from varpa.factors.stages import DUE
from varpa.factors.views.proofs import readable
from varpa.kernel import clock
from varpa.kernel.doors import signed_in
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.providers.queries import linked_to
from varpa.ui.doing import accepted, here, tap
from varpa.ui.walls import drawn

View = Callable[..., HttpResponse]
ASK = ["GET", "HEAD", "POST"]


def confirmed(view: View) -> View:
    """Whoever has a second step does it again before anything of it changes, unless it was done just now."""

    @wraps(view)
    def asked(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not is_reauthentication_required(request, app="allauth.mfa"):
            return view(request, **rest)
        back = request.path if request.method == "GET" else reverse("factors:overview")
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")

    return asked


@signed_in("how one signs in oneself")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Passkeys, the app, recovery codes; and what whoever runs programmes has to set up."""
    person = person_of(request)
    context = {
        "factors": factors_of(person),
        "linked": linked_to(person),
        "due": due_at(request),
        "waits": waits(request),
        "needed": needs_second(person),
        "next": get_next_redirect_url(request) or "/",
        "key": Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first(),
    }
    return render(request, "factors/overview.html", context)


@signed_in("one's own app that shows codes")
@confirmed
@require_http_methods(ASK)
def app(request: HttpRequest) -> HttpResponse:
    """Show the secret to the app, and take a code as proof that it was read."""
    person, secret = person_of(request), get_totp_secret()
    form = AppForm(*([request.POST] if request.method == "POST" else []), person=person, secret=secret)
    act = partial(actions.set_up_app, person=person, secret=secret, now=clock.now())
    if request.method == "POST" and form.is_valid() and accepted(form, act):
        clear_totp_secret(request)
        # Used up: it signs in no more.
        Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).wrap().validate_code(
            form.cleaned_data["code"]
        )
        messages.success(request, _("The second step is set up."))
        return _changed(request, Authenticator.Type.TOTP)
    code = drawn(FactorAdapter().build_totp_url(person, secret))
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return render(request, "factors/app.html", {"form": form, "code": code, "secret": spaced})


@signed_in("one's own passkeys")
@confirmed
@require_http_methods(ASK)
@readable
def passkeys(request: HttpRequest) -> HttpResponse:
    """Make a passkey: the browser asks for a finger, a face or a PIN."""
    person, posted = person_of(request), request.method == "POST"
    form = PasskeyForm(request.POST) if posted else PasskeyForm(initial={"name": _("My phone or computer")})
    if posted and form.is_valid():
        act = partial(actions.add_passkey, person=person, now=clock.now(), **form.cleaned_data)
        if accepted(form, act):
            messages.success(request, _("The passkey is kept. From now on it signs in."))
            return _changed(request, Authenticator.Type.WEBAUTHN)
    options = json.dumps(begin_registration(person, passwordless=True))
    context = {"form": form, "options": options, "by_number": by_number(request)}
    return render(request, "factors/passkey.html", context)


@signed_in("one's own passkeys")
@require_POST
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Call a passkey otherwise."""
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(map(str, form.errors["name"])))
    else:
        act = partial(actions.rename_passkey, person=person_of(request), key=number, now=clock.now())
        tap(request, partial(act, **form.cleaned_data), _("The name is saved."))
    return redirect("factors:overview")


@signed_in("one's own passkeys, and one's own app")
@confirmed
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """One of them signs in no more."""
    person = person_of(request)
    if tap(request, partial(actions.remove, person=person, key=number, now=clock.now()), _("Removed.")):
        _stay(request, person)
    return redirect("factors:overview")


@signed_in("one's own recovery codes")
@confirmed
@require_http_methods(ASK)
def codes(request: HttpRequest) -> HttpResponse:
    """Shown once, after they were made; POST makes new ones."""
    person = person_of(request)
    if request.method == "POST":
        if not tap(request, partial(actions.renew_codes, person=person, now=clock.now())):
            return redirect("factors:overview")
        _stay(request, person)
        return redirect("factors:codes")
    kept, shown = view_recovery_codes(request)
    if kept is None:
        return redirect("factors:overview")
    unused = kept.get_unused_codes() if shown else []
    return render(request, "factors/codes.html", {"codes": unused})


@signed_in("whoever changes how one signs in does one's own second step again")
@require_http_methods(ASK)
@readable
def again(request: HttpRequest) -> HttpResponse:
    """The second step once more; it holds for five minutes."""
    person, given = person_of(request), request.POST if request.method == "POST" else None
    after = here(request, get_next_redirect_url(request) or "") or reverse("factors:overview")
    if not factors_of(person).any:
        return redirect(after)
    by_passkey = bool(given) and "credential" in request.POST
    form = SecondForm(user=person, data=None if by_passkey else given)
    proof = ReauthenticateWebAuthnForm(user=person, data=given if by_passkey else None)
    if form.is_valid():
        post_authentication(request, form.authenticator, reauthenticated=True)
        return redirect(after)
    if proof.is_valid():
        proof.save()
        return redirect(after)
    context = {
        "form": form,
        "proof": proof,
        "after": after,
        "factors": factors_of(person),
        "options": json.dumps(begin_authentication(person)),
    }
    return render(request, "factors/again.html", context)


def by_number(request: HttpRequest) -> str:
    """Where a passkey can be made, if not here: browsers tie them to a name, never to a number of the net."""
    host, _colon, port = request.get_host().partition(":")
    return f"http://localhost:{port}" if host.replace(".", "").isdigit() else ""


def _changed(request: HttpRequest, kind: str) -> HttpResponse:
    """After setting up, which has proved who is there: recovery codes are shown to whoever has none yet."""
    person = person_of(request)
    made = Authenticator.objects.filter(user=person, type=kind).latest("pk")
    post_authentication(request, made, reauthenticated=True)
    _stay(request, person)
    seen = factors_of(person).codes_shown
    return redirect("factors:overview" if seen else "factors:codes")


def _stay(request: HttpRequest, person: Person) -> None:
    """All other sessions have ended; in this one the change was made."""
    request.session.pop(DUE, None)
    update_session_auth_hash(request, person)
