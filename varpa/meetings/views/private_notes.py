"""Notes of a meeting for oneself, saved as they are typed."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.meetings.access import MeetingAction
from varpa.meetings.actions.private_notes import write_private_notes
from varpa.meetings.forms import PrivateNotesForm
from varpa.meetings.models import Meeting
from varpa.meetings.queries import with_pair
from varpa.meetings.views.asked import attempt
from varpa.meetings.views.meetings import meeting_page, seen_by
from varpa.people.signed import person_of
from varpa.ui.saving import merge_page, not_saved, saved, saves_itself


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def private_notes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Write what only oneself reads."""
    if request.method != "POST":
        return redirect("meetings:meeting", meeting.ref)
    form = PrivateNotesForm(request.POST, auto_id="private-%s")
    if form.is_valid():
        act = partial(write_private_notes, meeting=meeting, by=person_of(request), now=clock.now())
        try:
            own = attempt(form, partial(act, **form.cleaned_data))
        except Conflict as conflict:
            back = reverse("meetings:meeting", args=[meeting.ref])
            return merge_page(request, conflict, {"text": _("Notes for yourself")}, back=back)
        if own and saves_itself(request):
            return saved(own.revision)
        if own:
            # The button by which a page is photographed saves first, so that no word stays behind.
            onward = "private_photographs" if "photograph" in request.POST else "meeting"
            return redirect(f"meetings:{onward}", meeting.ref)
    if saves_itself(request):
        return not_saved()
    return meeting_page(request, seen_by(request, meeting), private_form=form)
