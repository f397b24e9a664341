"""The phone is lost: whoever runs the programme, or works for the lead partner, takes the second step off."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.factors import actions
from varpa.factors.queries import runs_programmes
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.access import OrganisationAction
from varpa.people.models import Organisation
from varpa.people.signed import person_of
from varpa.programmes.access import MembershipAction
from varpa.programmes.models import Membership
from varpa.programmes.queries import memberships_read
from varpa.ui.doing import tap


@door(OrganisationAction.RUN, Organisation)
@require_safe
def running(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who runs the programmes of an organisation, and whether each has a second step."""
    listed = page(request, runs_programmes(organisation))
    return render(request, "factors/running.html", {"organisation": organisation, "page": listed})


@door(OrganisationAction.RUN, Organisation)
@require_POST
def of_staff(request: HttpRequest, organisation: Organisation, person: str) -> HttpResponse:
    """Reset the second step of somebody who runs the organisation's programmes."""
    whom = get_object_or_404(runs_programmes(organisation), ref=person)
    act = partial(actions.reset, person=whom, by=person_of(request), now=clock.now())
    tap(request, act, _("The second step is reset. A letter about it is on its way."))
    return redirect("factors:running", organisation.ref)


@door(MembershipAction.DECIDE, Membership, read=memberships_read)
@require_http_methods(["GET", "HEAD", "POST"])
def of_member(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Reset the second step of somebody in the programme."""
    if request.method == "POST":
        act = partial(actions.reset, person=membership.person, by=person_of(request), now=clock.now())
        tap(request, act, _("The second step is reset. A letter about it is on its way."))
        return redirect("applications:member", membership.ref)
    return render(request, "factors/reset.html", {"membership": membership})
