"""A look at the cooperation: the questions, and once both have answered, both answers side by side."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.checkins.access import CheckinAction
from varpa.checkins.actions import look_back
from varpa.checkins.forms import LookForm
from varpa.checkins.models import Checkin
from varpa.checkins.queries import with_pair
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.pairs.models import PairState
from varpa.pairs.queries import other_side, side_of
from varpa.pairs.quiet import stops_of, waits, why_words_wait
from varpa.people.models import Person


@door(CheckinAction.READ, Checkin, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: HttpRequest, checkin: Checkin) -> HttpResponse:
    """One's own answer is given here; the other's is read once both have answered."""
    by = request.user
    assert isinstance(by, Person)
    pair, side = checkin.pair, side_of(checkin.pair, by)
    stops = stops_of(pair)
    waiting = why_words_wait(pair, side) if other_side(side) in stops else ""
    form = LookForm(request.POST or None, initial={"shared": checkin.pair.shares_ratings})
    if request.method == "POST" and form.is_valid():
        try:
            look_back(checkin=checkin, by=by, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. It is shown once both have answered."))
            if waiting and form.cleaned_data["change"]:
                messages.info(request, waiting)
            return redirect("checkins:checkin", checkin.ref)
    looks = {look.side: look for look in checkin.looks.all()}
    mine = looks.get(side)
    both = [looks["mentor"], looks["mentee"]] if len(looks) == 2 else []
    context = {
        "checkin": checkin,
        "pair": pair,
        "side": side,
        "other": pair.member(other_side(side)).person,
        "form": form,
        "shared": form["shared"].value() in (True, "True"),
        "mine": mine,
        "both": [
            (pair.member(look.side).person, look, look.side != side and waits(look.at, stops.get(side)))
            for look in both
        ],
        "waits": waiting,
        "is_open": form.is_bound or (not mine and pair.state == PairState.ACTIVE),
    }
    return render(request, "checkins/checkin.html", context)
