"""Staff enter a meeting from a paper that the two have signed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.behalf.actions import enter_paper
from varpa.behalf.forms import SignedForm
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.meetings.forms import MeetingForm
from varpa.meetings.models import Meeting
from varpa.meetings.queries import kinds_for, unreviewed
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import with_people
from varpa.people.signed import person_of
from varpa.ui.doing import accepted

ASKED = ("ref", "starts", "minutes", "kind", "means", "zone")
SHOWN = 5


@door(PairAction.MANAGE, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pair: Pair) -> HttpResponse:
    """When, how and how long; what the two wrote about it stays with them."""
    by, given = person_of(request), request.POST or None
    planned = list(unreviewed(pair, clock.now()).order_by("-starts_at")[:SHOWN])
    kinds = kinds_for(pair, Side.MENTOR)
    begins = None if given else _begins(request, pair, planned)
    form = MeetingForm(given, asked=ASKED, pair=pair, reader=by, kinds=kinds, initial=begins)
    form.fields["means"].label = _("How did the two meet?")
    signed = SignedForm(given, pair=pair)
    if all([given, form.is_valid(), signed.is_valid()]):
        asked = {**form.given(), **signed.cleaned_data}
        if accepted(form, partial(enter_paper, pair=pair, by=by, now=clock.now(), **asked)):
            messages.success(request, _("Entered from paper. Both get a letter."))
            return redirect("home:room", pair.ref)
    context = {"pair": pair, "form": form, "signed": signed, "planned": planned}
    return render(request, "behalf/meeting.html", context)


def _begins(request: HttpRequest, pair: Pair, planned: list[Meeting]) -> dict[str, Any]:
    for each in planned:
        if each.ref == request.GET.get("meeting"):
            names = ("kind", "means", "minutes", "zone")
            return {"starts": each.starts_local, **{name: getattr(each, name) for name in names}}
    return {"minutes": 60, "zone": pair.programme.zone}
