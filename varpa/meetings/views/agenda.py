"""The agenda line by line: buttons that work without a script."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.meetings.access import MeetingAction
from varpa.meetings.actions.agenda import add_to_agenda, move_on_agenda, take_off_agenda
from varpa.meetings.forms import LineForm, PlaceForm
from varpa.meetings.models import Meeting
from varpa.meetings.queries import with_pair
from varpa.meetings.views.asked import attempt
from varpa.meetings.views.meetings import meeting_page, seen_by
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add one line to the agenda."""
    if request.method != "POST":
        return redirect("meetings:meeting", meeting.ref)
    form = LineForm(request.POST, auto_id="line-%s")
    if form.is_valid():
        act = partial(add_to_agenda, meeting=meeting, by=person_of(request), now=clock.now())
        attempt(form, partial(act, text=form.cleaned_data["text"]))
        if form.is_valid():
            return redirect(resolve_url("meetings:meeting", meeting.ref) + "#agenda")
    return meeting_page(request, seen_by(request, meeting), line_form=form)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_POST
def place(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Put a line higher or lower."""
    form = PlaceForm(request.POST)
    if not form.is_valid() or form.cleaned_data["to"] is None:
        return redirect("meetings:meeting", meeting.ref)
    act = partial(move_on_agenda, meeting=meeting, by=person_of(request), now=clock.now())
    try:
        act(**form.cleaned_data)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("meetings:meeting", meeting.ref)
    return redirect(f"{resolve_url('meetings:meeting', meeting.ref)}#line-{form.cleaned_data['to'] + 1}")


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_POST
def removal(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Take a line off; what it said is told once more, so that it can be written again."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return redirect("meetings:meeting", meeting.ref)
    line, was = form.cleaned_data["line"], form.cleaned_data["was"]
    act = partial(take_off_agenda, meeting=meeting, by=person_of(request), now=clock.now())
    tap(request, partial(act, line=line, was=was), _("Taken off the agenda: %(line)s") % {"line": line})
    return redirect("meetings:meeting", meeting.ref)
