"""Asking in confidence not to be with somebody."""

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
from varpa.programmes.access import MembershipAction
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
        if accepted(form, lambda: ask_apart(membership=membership, name=name, now=now)):
            noted = _("Noted. You will not be proposed to each other. Nobody is told.")
            young = pgettext("mentee", "Noted. You will not be proposed to each other. Nobody is told.")
            messages.success(request, young if membership.role == Role.MENTEE else noted)
            return redirect("matching:apart", membership.ref)
    wishes = Apart.objects.filter(membership=membership, withdrawn_at=None)
    return render(request, "matching/apart.html", {"membership": membership, "form": form, "wishes": wishes})


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_POST
def withdraw(request: HttpRequest, membership: Membership, wish: str) -> HttpResponse:
    """Take one wish back."""
    withdraw_apart(apart=get_object_or_404(Apart, membership=membership, ref=wish), now=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("matching:apart", membership.ref)
