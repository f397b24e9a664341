"""The page of a visit: written by the mentor, read by the mentee, and in short by the guardian."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.documents.serving import hand_out
from varpa.guardians.queries.guardians import is_open, link_of
from varpa.guardians.views.alone import LONGEST_TOKEN, render_for_nobody
from varpa.kernel import clock
from varpa.kernel.doors import door, public
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_local
from varpa.kernel.tokens import digest_of
from varpa.meetings.access import MeetingAction
from varpa.meetings.heard import hearing
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.permitted import why_not
from varpa.meetings.queries import topics_of, with_pair
from varpa.pairs.models import PairState, Side
from varpa.pairs.queries import side_of
from varpa.pairs.quiet import wants_quiet
from varpa.people.alone import asked_language, read_in
from varpa.people.signed import person_of
from varpa.profiles.queries import outline_of, unwritten
from varpa.ui.saving import merge_page
from varpa.visits import packs
from varpa.visits.actions import describe_visit
from varpa.visits.forms import VisitForm
from varpa.visits.models import Visit
from varpa.visits.queries import is_visit, tour_of, visit_of, visits_told


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What one must know of a visit."""
    if not is_visit(meeting):
        return redirect("meetings:meeting", meeting.ref)
    known = visit_of(meeting)
    form = VisitForm(request.POST or None, initial=_stands(meeting, known))
    if request.method == "POST" and form.is_valid():
        try:
            _describe(request, meeting, form)
        except Conflict as conflict:
            labels = {name: field.label for name, field in form.fields.items()}
            back = reverse("meetings:meeting", args=[meeting.ref])
            return merge_page(request, conflict, labels, back=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. The two of you see it; a guardian sees place and return."))
            if told := _folded(meeting):
                messages.info(request, told)
            return redirect("visits:visit", meeting.ref)
    return render(request, "visits/visit.html", _page(request, meeting, known, form))


@door(MeetingAction.READ, Meeting, read=with_pair)
@require_safe
def pack(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The same to print and take along, with room to write."""
    if not is_visit(meeting):
        raise Http404
    return hand_out(packs.pack(meeting, person_of(request)), f"varpa-{meeting.ref}", inline=True)


@public("a guardian has no account: whoever holds the link reads when and where one mentee's visit is")
@require_safe
def told(request: HttpRequest, token: str) -> HttpResponse:
    """For the guardian: place, who goes along, when one is back."""
    link = link_of(digest_of(token)) if len(token) <= LONGEST_TOKEN else None
    if link is None or not is_open(link, clock.now()):
        return redirect("guardians:door", token)
    mentee = link.guardian.membership
    with read_in(request, link.guardian.language, mentee.person.zone):
        context = {
            "meetings": visits_told(mentee, clock.now())[:5],
            "pupil": mentee.person.first_name,
            "programme": mentee.programme,
            "token": token,
            "asked": asked_language(request),
        }
        return render_for_nobody(request, "visits/told.html", context)


def _describe(request: HttpRequest, meeting: Meeting, form: VisitForm) -> None:
    describe_visit(
        meeting=meeting,
        texts=form.texts(),
        back_local=form.cleaned_data["back"],
        photos=form.cleaned_data["photos"],
        revision=form.cleaned_data["revision"],
        by=person_of(request),
        now=clock.now(),
    )


def _stands(meeting: Meeting, known: Visit | None) -> dict[str, Any]:
    if known is None or not known.revision:
        return {"revision": 0, "tour": str(tour_of(meeting)), "photos": meeting.photos}
    texts = {name: getattr(known, name) for name in Visit.TEXTS}
    return {
        **texts,
        "back": _wall(meeting, known.home_at),
        "photos": meeting.photos,
        "revision": known.revision,
    }


def _folded(meeting: Meeting) -> str:
    """What the mentor is told while the mentee wants no words; "" where they come as ever."""
    if not wants_quiet(meeting.pair, Side.MENTEE):
        return ""
    told = _(
        "%(name)s wants no messages for now. When and where is told; what you write here lies folded up, and "
        "is read only by opening it."
    )
    return told % {"name": meeting.pair.mentee.person.first_name}


def _wall(meeting: Meeting, moment: datetime | None) -> datetime | None:
    return to_local(moment, meeting.zone).replace(tzinfo=None) if moment else None


def _page(request: HttpRequest, meeting: Meeting, known: Visit | None, form: VisitForm) -> dict[str, Any]:
    side = side_of(meeting.pair, person_of(request))
    mentor = side == "mentor"
    alive = meeting.state in (MeetingState.PLANNED, MeetingState.HELD)
    shown = ((form[name].label, getattr(known, name)) for name in Visit.TEXTS) if known else ()
    heard = hearing(meeting.pair, side)
    going = meeting.pair.state == PairState.ACTIVE
    planned = meeting.state == MeetingState.PLANNED
    missing = why_not(meeting.pair, clock.now(), meeting.country) if planned else None
    return {
        "missing": missing,
        "folded": not mentor and known is not None and not heard.hears(Side.MENTOR, known.saved_at),
        "waits": _folded(meeting) if mentor else "",
        "meeting": meeting,
        "pair": meeting.pair,
        "visit": known,
        "form": form,
        "facts": [(label, text) for label, text in shown if text],
        "topics": heard.of(topics_of(meeting)),
        "unwritten": unwritten(meeting.pair),
        "has_profile": bool(outline_of(meeting.pair.programme)),
        "may_write": mentor and (form.is_bound or (alive and not missing and going)),
    }
