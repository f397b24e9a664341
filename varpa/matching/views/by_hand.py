"""Two whom the manager has chosen on the page of the pairs are asked, unless they are to be kept apart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.matching.actions.proposals import propose_by_hand
from varpa.matching.forms import TwoForm
from varpa.matching.views.asked import told
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Ask both. After a sign-in the browser only asks for it: choosing is on the page of the pairs."""
    form = TwoForm(request.POST if request.method == "POST" else None, programme=programme)
    chosen = {role: request.POST[role] for role in ("mentee", "mentor") if role in request.POST}
    if form.is_valid():
        given, by, now = form.cleaned_data, person_of(request), clock.now()

        def act() -> str:
            propose_by_hand(**given, by=by, now=now)
            names = {"mentor": given["mentor"].person.name, "mentee": given["mentee"].person.name}
            return _("Both are asked: %(mentor)s, %(mentee)s.") % names

        if told(request, act):
            chosen = {}
    elif request.method == "POST":
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        chosen = {}
    choosing = reverse("pairs:new", args=[programme.ref])
    return redirect(f"{choosing}?{urlencode(chosen)}" if chosen else choosing)
