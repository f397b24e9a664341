"""The pictures of one meeting, for the two of the pair."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.meetings.access import MeetingAction
from varpa.meetings.actions.pictures import add_picture, take_picture_away
from varpa.meetings.heard import hearing
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.picture_form import PictureForm
from varpa.meetings.pictures import is_of_side, may_show_mentee, pictures_of, word_of_firm
from varpa.meetings.queries import kind_of, with_pair
from varpa.meetings.views.asked import attempt
from varpa.pairs.models import PairState
from varpa.pairs.queries import side_of
from varpa.pairs.quiet import not_passed, why_words_wait
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(MeetingAction.READ, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All pictures of a meeting; POST adds one, which says who can be recognised in it."""
    form = PictureForm(meeting=meeting)
    if request.method == "POST":
        form = PictureForm(request.POST, request.FILES, meeting=meeting)
        act = partial(add_picture, meeting=meeting, by=person_of(request), now=clock.now())
        if form.is_valid() and attempt(form, partial(act, **form.given)) is not None:
            messages.success(request, _("The picture is kept. Only the two of you see it."))
            if told := not_passed(meeting.pair, side_of(meeting.pair, person_of(request))):
                messages.info(request, told)
            return redirect("meetings:pictures", meeting.ref)
    now, alive = clock.now(), (MeetingState.PLANNED, MeetingState.HELD)
    side = side_of(meeting.pair, person_of(request))
    hears, kept = hearing(meeting.pair, side), list(pictures_of(meeting))
    goes_on = meeting.pair.state != PairState.ENDED
    context = {
        "pair": meeting.pair,
        "meeting": meeting,
        "kind": kind_of(meeting),
        "mentee": side == "mentee",
        # Whoever can be recognised sees the picture and may take it away; what is said of it may wait.
        "pictures": [
            (each, each.about if hears.hears(each.side, each.at) else "", goes_on or is_of_side(each, side))
            for each in kept
        ],
        "words_wait": any(each.about and not hears.hears(each.side, each.at) for each in kept),
        "waits": why_words_wait(meeting.pair, side) if hears.unheard else "",
        "may_show": may_show_mentee(meeting.pair, now),
        "firm": word_of_firm(meeting),
        "form": form,
        "is_open": form.is_bound or (meeting.state in alive and meeting.pair.state == PairState.ACTIVE),
    }
    return render(request, "meetings/pictures.html", context)


@door(MeetingAction.READ, Meeting, read=with_pair)
@require_safe
def picture(_request: HttpRequest, meeting: Meeting, picture: str) -> HttpResponseBase:
    """One picture, as long as it may be shown."""
    return respond(get_object_or_404(pictures_of(meeting), ref=picture).file)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_POST
def removal(request: HttpRequest, meeting: Meeting, picture: str) -> HttpResponse:
    """Take a picture away."""
    found = get_object_or_404(meeting.pictures.select_related("file"), ref=picture)
    found.meeting = meeting
    act = partial(take_picture_away, picture=found, by=person_of(request), now=clock.now())
    tap(request, act, _("The picture is taken away."))
    return redirect("meetings:pictures", meeting.ref)
