"""Break-glass: a reason first, then messages and notes to read, and nothing to write."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page, paged
from varpa.kernel.refusals import Refusal
from varpa.messaging.models import Attachment
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair
from varpa.pairs.queries import with_people
from varpa.people.signed import person_of
from varpa.support.access import OpeningAction
from varpa.support.actions import openings as actions
from varpa.support.forms import OpenForm
from varpa.support.models import Opening
from varpa.support.queries.openings import (
    Beside,
    beside_hours,
    beside_times,
    is_opened,
    lines_in,
    logged,
    messages_in,
    noted_in,
    openings_of,
    proposals_in,
    running,
    said_beside,
    threads_in,
    with_pair,
)
from varpa.support.queries.staff import is_in
from varpa.support.views.asked import ASK, done
from varpa.ui.doing import accepted

Said = TypeVar("Said", bound=Model)


@door(PairAction.MANAGE, Pair, read=with_people)
@require_http_methods(ASK)
def openings(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Ask for a reason; who has opened this pair before."""
    person, now = person_of(request), clock.now()
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, opened = form.cleaned_data["reason"], []
        begin = partial(actions.open_pair, pair=pair, reason=reason, by=person, now=now)
        if accepted(form, lambda: opened.append(begin())):
            return redirect("support:opening", opened[0].ref)
    log = logged(page(request, openings_of(pair)))
    context = {"pair": pair, "form": form, "openings": log, "recused": is_in(pair, person)}
    if not is_opened(pair) and not form.is_bound:
        context["closed"] = str(actions.NothingTold())
    return render(request, "support/openings.html", {**context, "running": running(pair, person, now)})


@door(OpeningAction.READ, Opening, read=with_pair)
@require_safe
def opening(request: HttpRequest, opening: Opening) -> HttpResponse:
    """What may be looked at: conversations and meetings of which something is noted."""
    if not _lasts(request, opening):
        return redirect("support:openings", opening.pair.ref)
    context = {
        "opening": opening,
        "threads": threads_in(opening)[:100],
        "page": page(request, noted_in(opening)),
        "times": proposals_in(opening).exists(),
        "hours": lines_in(opening).exists(),
    }
    return render(request, "support/opening.html", context)


@door(OpeningAction.READ, Opening, read=with_pair)
@require_safe
def thread(request: HttpRequest, opening: Opening, thing: str) -> HttpResponse:
    """One conversation. Who of the two has read how far stays as it is."""
    found = get_object_or_404(threads_in(opening), ref=thing)
    if not _lasts(request, opening, "thread", found.ref):
        return redirect("support:openings", opening.pair.ref)
    context = {"opening": opening, "thread": found, "page": paged(request, messages_in, thread=found)}
    return render(request, "support/opened_thread.html", context)


@door(OpeningAction.READ, Opening, read=with_pair)
@require_safe
def meeting(request: HttpRequest, opening: Opening, thing: str) -> HttpResponse:
    """The notes of one meeting, and what was said beside it."""
    found = get_object_or_404(noted_in(opening), ref=thing)
    if not _lasts(request, opening, "meeting", found.ref):
        return redirect("support:openings", opening.pair.ref)
    context = {
        "opening": opening,
        "meeting": found,
        "notes": [each for each in found.notes.all() if each.text],
        "said": said_beside(found),
    }
    return render(request, "support/opened_meeting.html", context)


@door(OpeningAction.READ, Opening, read=with_pair)
@require_safe
def times(request: HttpRequest, opening: Opening) -> HttpResponse:
    """What the two said with proposed times."""
    return _beside(request, opening, "times", proposals_in(opening), beside_times)


@door(OpeningAction.READ, Opening, read=with_pair)
@require_safe
def hours(request: HttpRequest, opening: Opening) -> HttpResponse:
    """What the two said with lines of hours that belong to no meeting."""
    return _beside(request, opening, "hours", lines_in(opening), beside_hours)


@door(OpeningAction.READ, Opening, read=with_pair)
@require_safe
def file(request: HttpRequest, opening: Opening, thing: str) -> HttpResponseBase:
    """A file that lies in a message that stands."""
    sent = Attachment.objects.filter(message__thread__pair=opening.pair_id, message__taken_back_at=None)
    found = get_object_or_404(sent.select_related("file", "message__thread"), file__ref=thing)
    if not _lasts(request, opening, "thread", found.message.thread.ref):
        raise Http404
    return respond(found.file)


@door(OpeningAction.READ, Opening, read=with_pair)
@require_POST
def end(request: HttpRequest, opening: Opening) -> HttpResponse:
    """It is not needed any more."""
    by, now = person_of(request), clock.now()
    done(request, lambda: actions.end_opening(opening=opening, by=by, now=now), _("Closed again."))
    return redirect("support:openings", opening.pair.ref)


def _beside(
    request: HttpRequest,
    opening: Opening,
    kind: str,
    found: QuerySet[Said],
    told: Callable[[Said], Beside],
) -> HttpResponse:
    if not _lasts(request, opening, kind, opening.pair.ref):
        return redirect("support:openings", opening.pair.ref)
    listed = page(request, found)
    context = {"opening": opening, "kind": kind, "page": listed}
    context["rows"] = [told(each) for each in listed.rows]
    return render(request, "support/opened_beside.html", context)


def _lasts(request: HttpRequest, opening: Opening, kind: str = "", ref: str = "") -> bool:
    """Whether one may look through it now; what is looked at is remembered."""
    person, now = person_of(request), clock.now()
    try:
        if kind:
            actions.look(opening=opening, kind=kind, thing_ref=ref, by=person, now=now)
        else:
            actions.require_open(opening, person, now)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return False
    return True
