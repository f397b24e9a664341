"""Staff enter a meeting, or that a plan is agreed, from a paper that the two have signed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.behalf.actions import enter_paper, enter_plan
from varpa.behalf.forms import PlanForm, SignedForm
from varpa.behalf.queries import past
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.meetings.forms import MeetingForm
from varpa.meetings.models import Meeting
from varpa.meetings.queries import kind_of, kinds_for
from varpa.meetings.views.asked import attempt
from varpa.pairs.access import PairAction
from varpa.pairs.actions.past import EndedLongAgo
from varpa.pairs.models import Pair, Side
from varpa.pairs.parting import is_written
from varpa.pairs.queries import agreed_plan, with_people
from varpa.people.signed import person_of
from varpa.ui.doing import accepted
from varpa.ui.words import day

ASKED = ("ref", "starts", "minutes", "kind", "means", "zone")
SHOWN = 8


@door(PairAction.MANAGE, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pair: Pair) -> HttpResponse:
    """When, how and how long; what the two wrote about it stays with them."""
    by, now, given = person_of(request), clock.now(), request.POST or None
    meetings = list(past(pair, now)[:SHOWN])
    known = next((each for each in meetings if each.ref == request.GET.get("meeting")), None)
    form = MeetingForm(
        given,
        asked=tuple(name for name in ASKED if name != "kind" or not known),
        pair=pair,
        reader=by,
        kinds=kinds_for(pair, Side.MENTOR),
        initial=None if given else _begins(pair, known),
    )
    form.fields["means"].label = _("How did the two meet?")
    signed = SignedForm(given, pair=pair)
    if not is_written(pair, now) and not given:
        messages.error(request, str(EndedLongAgo(day=day(pair.ended_at))))
        return redirect("home:room", pair.ref)
    if all([given, form.is_valid(), signed.is_valid()]):
        asked = {**form.given(), **signed.cleaned_data, "known": known}
        if attempt(form, partial(enter_paper, pair=pair, by=by, now=now, **asked)):
            messages.success(request, _("Entered from paper. Both get a letter."))
            return redirect("home:room", pair.ref)
    shown = [(each, kind_of(each).name) for each in meetings]
    context = {"pair": pair, "form": form, "signed": signed, "meetings": shown, "known": known}
    return render(request, "behalf/meeting.html", {**context, "kind": kind_of(known).name if known else ""})


@door(PairAction.MANAGE, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pair: Pair) -> HttpResponse:
    """On which day both had signed, and what the plan acts on; its words stay with the two."""
    form = PlanForm(request.POST or None, pair=pair)
    if request.method == "POST" and form.is_valid():
        enter = partial(enter_plan, pair=pair, by=person_of(request), now=clock.now(), **form.given())
        if accepted(form, enter):
            messages.success(request, _("Entered from paper. Both get a letter."))
            return redirect("home:room", pair.ref)
    return render(request, "behalf/plan.html", {"pair": pair, "form": form, "known": agreed_plan(pair)})


def _begins(pair: Pair, known: Meeting | None) -> dict[str, Any]:
    if known is None:
        return {"minutes": 60, "zone": pair.programme.zone}
    names = ("means", "minutes", "zone")
    return {"starts": known.starts_local, **{name: getattr(known, name) for name in names}}
