"""Asking in confidence not to be with somebody."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.matching.actions.apart import ask_apart, withdraw_apart
from varpa.matching.forms import WishForm
from varpa.matching.models import Apart
from varpa.matching.queries.aparts import ENDED, GOING, stands_between, wish_of
from varpa.programmes.access import MembershipAction
from varpa.programmes.actions.leaving import whom_to_ask
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import memberships_read
from varpa.ui.doing import accepted


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_http_methods(["GET", "HEAD", "POST"])
def apart(request: HttpRequest, membership: Membership) -> HttpResponse:
    """With whom a mentee or a mentor would rather not be; what is answered tells nothing of anybody."""
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name, now = form.cleaned_data["name"], clock.now()
        asked: list[Apart] = []
        if accepted(form, lambda: asked.append(ask_apart(membership=membership, name=name, now=now))):
            messages.success(request, _noted(asked[0], now))
            return redirect("matching:apart", membership.ref)
    wishes = Apart.objects.filter(membership=membership, withdrawn_at=None)
    return render(request, "matching/apart.html", {"membership": membership, "form": form, "wishes": wishes})


def _noted(apart: Apart, now: datetime) -> str:
    """What the asker is told: of somebody with whom there is nothing it says nothing."""
    young = apart.membership.role == Role.MENTEE
    met = stands_between(wish_of(apart).pairs, now)
    if met == GOING:
        told = _(
            "Noted for later proposals. You work together already, and that goes on. Speak to: %(names)s."
        )
        mine = pgettext(
            "mentee",
            "Noted for later proposals. You work together already, and that goes on. Speak to: %(names)s.",
        )
        return (mine if young else told) % {"names": whom_to_ask(apart.membership.programme)}
    if met == ENDED:
        return _("Noted. The proposal to the two of you has ended. Nobody is told who asked for it.")
    noted = _("Noted. You will not be proposed to each other. Nobody is told.")
    return (
        pgettext("mentee", "Noted. You will not be proposed to each other. Nobody is told.")
        if young
        else noted
    )


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_POST
def withdraw(request: HttpRequest, membership: Membership, wish: str) -> HttpResponse:
    """Take one wish back."""
    withdraw_apart(apart=get_object_or_404(Apart, membership=membership, ref=wish), now=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("matching:apart", membership.ref)
