"""Another e-mail address: one's own, proved by a letter; corrected for somebody who has never signed in."""

from functools import partial

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from varpa.factors import actions, links
from varpa.factors.forms import AddressForm
from varpa.factors.views.own import ASK, confirmed
from varpa.kernel import clock
from varpa.kernel.doors import door, public, signed_in
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.people.queries import came_in
from varpa.people.signed import person_of
from varpa.people.standing import chosen_at_the_door
from varpa.programmes.access import MembershipAction
from varpa.programmes.models import Membership
from varpa.programmes.queries import memberships_read
from varpa.ui.doing import accepted

SENT = gettext_noop(
    "A letter is on its way to {address}. Once the address is confirmed by it, letters and codes go there; "
    "the link is good for one day."
)


@signed_in("one's own address")
@confirmed
@require_http_methods(ASK)
def own(request: HttpRequest) -> HttpResponse:
    """Ask for letters to go to another address; nothing changes before the new one is proved."""
    person = person_of(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        act = partial(actions.ask_for_address, person=person, address=address, now=clock.now())
        if not ratelimit.consume(request, action="application_letter", key=address):
            form.add_error("address", _("Several letters went there just now. Wait a quarter of an hour."))
        elif accepted(form, act):
            messages.success(request, _(SENT).format(address=address))
            return redirect("people:me")
    return render(request, "factors/address.html", {"form": form, "person": person})


@public("whoever holds the letter that went to the new address, for a day, once")
@require_http_methods(ASK)
def prove(request: HttpRequest, signed: str) -> HttpResponse:
    """The link of that letter: the address is changed by a click here, not by opening it."""
    link = links.read(signed)
    person = Person.objects.filter(ref=link.person).first() if link else None
    if link is None or person is None:
        return render(request, "factors/address_gone.html", status=404)
    with translation.override(chosen_at_the_door(request) or person.language):
        if request.method != "POST":
            return render(request, "factors/address_prove.html", {"address": link.address})
        try:
            changed = actions.prove_address(link=link, now=clock.now())
        except Refusal as refusal:
            return render(request, "factors/address_gone.html", {"refusal": refusal}, status=410)
        if request.user == changed:
            update_session_auth_hash(request, changed)
        return render(request, "factors/address_done.html", {"address": link.address})


@door(MembershipAction.CORRECT, Membership, reader=MembershipAction.DECIDE, read=memberships_read)
@require_http_methods(ASK)
def of_member(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Put right the address of somebody who has never signed in."""
    person = membership.person
    form = AddressForm(request.POST or None, initial={"was": person.email or ""})
    if request.method == "POST" and form.is_valid():
        act = partial(actions.correct_address, person=person, by=person_of(request), now=clock.now())
        if accepted(form, partial(act, **form.cleaned_data)):
            messages.success(request, _("The address is changed; letters that wait go there."))
            return redirect("applications:member", membership.ref)
    context = {"form": form, "membership": membership, "own": came_in(person)}
    return render(request, "factors/address_of.html", context)
