"""Notes for oneself that were written by hand: kept, described, taken away, shown to oneself alone."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.meetings.access import MeetingAction
from varpa.meetings.actions import private_notes as actions
from varpa.meetings.models import Meeting
from varpa.meetings.page_forms import PagesForm, PageWordsForm
from varpa.meetings.private import PrivatePages, private_pages_of
from varpa.meetings.queries import kind_of, with_pair
from varpa.meetings.views.asked import attempt
from varpa.pairs.models import PairState
from varpa.pairs.queries import side_of
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def pages(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One's own photographed pages; POST keeps more of them."""
    form = PagesForm(request.POST or None, request.FILES or None)
    mentee = side_of(meeting.pair, person_of(request)) == "mentee"
    if request.method == "POST" and form.is_valid():
        act = partial(actions.photograph_notes, meeting=meeting, by=person_of(request), now=clock.now())
        sent = {"uploads": form.uploads, "ref": form.cleaned_data["ref"]}
        if attempt(form, partial(act, **sent)) is not None:
            told = pgettext("mentee", "Kept. Only you see it.") if mentee else _("Kept. Only you see it.")
            messages.success(request, told)
            return redirect("meetings:private_photographs", meeting.ref)
    own = [
        (each, PageWordsForm(initial={"about": each.about}, auto_id=f"{each.ref}-%s"))
        for each in _own(request, meeting)
    ]
    context = {
        "meeting": meeting,
        "kind": kind_of(meeting),
        "form": form,
        "mentee": mentee,
        "is_open": meeting.pair.state != PairState.ENDED or form.is_bound,
        "photographs": own,
    }
    return render(request, "meetings/private_photographs.html", context)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_safe
def photograph(request: HttpRequest, meeting: Meeting, page: str) -> HttpResponseBase:
    """One page, for whoever wrote it."""
    return respond(get_object_or_404(_own(request, meeting), ref=page).file)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_POST
def description(request: HttpRequest, meeting: Meeting, page: str) -> HttpResponse:
    """Say in a few words what stands on a page."""
    found, form = get_object_or_404(_own(request, meeting), ref=page), PageWordsForm(request.POST)
    found.meeting = meeting
    if not form.is_valid():
        messages.warning(request, str(form.errors["about"][0]))
    else:
        act = partial(actions.describe_page, page=found, by=person_of(request), now=clock.now())
        tap(request, partial(act, about=form.cleaned_data["about"]), _("The words are saved."))
    return redirect("meetings:private_photographs", meeting.ref)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_POST
def removal(request: HttpRequest, meeting: Meeting, page: str) -> HttpResponse:
    """Take a page away; one that is gone already leads back as well."""
    found = _own(request, meeting).filter(ref=page).first()
    if found:
        found.meeting = meeting
        act = partial(actions.take_page_away, page=found, by=person_of(request), now=clock.now())
        tap(request, act, _("The page is taken away."))
    return redirect("meetings:private_photographs", meeting.ref)


def _own(request: HttpRequest, meeting: Meeting) -> PrivatePages:
    return private_pages_of(meeting, side_of(meeting.pair, person_of(request)))
