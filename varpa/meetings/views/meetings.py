"""One meeting: before, during and after it on one page (methodology §8, R5)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.meetings.access import MeetingAction
from varpa.meetings.actions.preparation import add_topic, prepare_meeting, withdraw_topic, write_notes
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.agenda import items_of, minutes_gone, points_of
from varpa.meetings.comings import proposed_in, word_of_other
from varpa.meetings.forms import (
    FilesForm,
    LineForm,
    NotesForm,
    PreparationForm,
    PrivateNotesForm,
    TopicForm,
    review_form,
    until_shared,
)
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.offers import offers_for, starters_for
from varpa.meetings.permitted import why_not
from varpa.meetings.pictures import may_show_there, with_permission
from varpa.meetings.private import private_notes_of
from varpa.meetings.queries import Seen, counted, seen, with_pair
from varpa.meetings.reminded import reminder_of
from varpa.meetings.video import video_link
from varpa.meetings.views.asked import attempt, onward
from varpa.methodology.marks import KindAct
from varpa.pairs.filed import filed
from varpa.pairs.phones import is_call, phone_of_other
from varpa.pairs.queries import side_of
from varpa.pairs.quiet import WordsWouldReach, why_words_wait
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of
from varpa.ui.doing import tap
from varpa.ui.saving import merge_page, not_saved, saved, saves_itself


@door(MeetingAction.READ, Meeting, read=with_permission)
@require_safe
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Before: topics and agenda. During: notes. After: what came of it."""
    return meeting_page(request, seen_by(request, meeting))


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add one topic or question."""
    form = TopicForm(request.POST or None)
    if request.method != "POST":
        return redirect("meetings:meeting", meeting.ref)
    by, now = person_of(request), clock.now()
    if form.is_valid():
        attempt(form, partial(add_topic, meeting=meeting, by=by, now=now, **form.cleaned_data))
        if form.is_valid():
            return onward(request, "meetings:meeting", meeting.ref)
    return meeting_page(request, seen_by(request, meeting), topic_form=form)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_POST
def topic(request: HttpRequest, meeting: Meeting, topic: str) -> HttpResponse:
    """Take one's own topic back."""
    found = get_object_or_404(meeting.topics.all(), ref=topic)
    found.meeting = meeting
    act = partial(withdraw_topic, topic=found, by=person_of(request), now=clock.now())
    tap(request, act, _("Taken back."))
    return redirect("meetings:meeting", meeting.ref)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def preparation(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Goals, resources, agenda."""
    form = PreparationForm(request.POST or None)
    if request.method != "POST":
        return redirect("meetings:meeting", meeting.ref)
    by, now = person_of(request), clock.now()
    if form.is_valid():
        try:
            attempt(form, partial(prepare_meeting, meeting=meeting, by=by, now=now, **form.cleaned_data))
        except Conflict as conflict:
            labels = {name: field.label for name, field in form.fields.items()}
            return merge_page(request, conflict, labels, back=_here(meeting))
        if form.is_valid():
            messages.success(request, _("The preparation is saved; both of you see it."))
            return redirect("meetings:meeting", meeting.ref)
    return meeting_page(request, seen_by(request, meeting), preparation_form=form)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One's own notes, saved as they are typed."""
    form = NotesForm(request.POST or None)
    if request.method != "POST":
        return redirect("meetings:meeting", meeting.ref)
    by, now = person_of(request), clock.now()
    if form.is_valid():
        try:
            own = attempt(form, partial(write_notes, meeting=meeting, by=by, now=now, **form.cleaned_data))
        except Conflict as conflict:
            return merge_page(request, _renamed(conflict), {"notes": _("Notes")}, back=_here(meeting))
        if own:
            return saved(own.revision) if saves_itself(request) else redirect("meetings:meeting", meeting.ref)
    if saves_itself(request):
        return not_saved()
    return meeting_page(request, seen_by(request, meeting), notes_form=form)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One's own "after": one box and a length, the rest folded (R5)."""
    at = _afterwards(request, meeting)
    if request.method != "POST" and not (at.has_begun and meeting.state != MeetingState.CANCELLED):
        return redirect("meetings:meeting", meeting.ref)
    form = review_form(at, request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(review_meeting, meeting=meeting, by=person_of(request), now=at.now, **form.given())
        try:
            attempt(form, act)
        except Conflict as conflict:
            labels = {name: field.label for name, field in form.fields.items()}
            return merge_page(request, conflict, labels, back=_here(meeting))
        if form.is_valid():
            messages.success(request, _("Written down."))
            return onward(request, "meetings:meeting", meeting.ref)
    context = {"at": at, "form": form, "private": until_shared(at.side, at.other), "opened": form.opened()}
    return render(request, "meetings/review.html", context)


def _here(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.ref])


def _afterwards(request: HttpRequest, meeting: Meeting) -> Seen:
    """What is asked after a meeting needs nothing of what was before it."""
    line = counted(meeting) if meeting.state == MeetingState.HELD else None
    reviews = {each.side: each for each in meeting.reviews.all()}
    return Seen(meeting, side_of(meeting.pair, person_of(request)), clock.now(), line, reviews=reviews)


def seen_by(request: HttpRequest, meeting: Meeting) -> Seen:
    """The meeting as whoever asks sees it now."""
    return seen(meeting, side_of(meeting.pair, person_of(request)), clock.now())


def meeting_page(request: HttpRequest, at: Seen, **forms: Any) -> HttpResponse:
    """The page of a meeting; `forms`: what was sent and refused, by its name on the page."""
    own, meeting = at.own_notes, at.meeting
    stands = {name: getattr(meeting, name) for name in ("revision", "agenda", "goals", "resources")}
    noted = {"revision": own.revision if own else 0, "notes": own.text if own else ""}
    private = private_notes_of(meeting, at.side)
    shown = {
        "topic_form": TopicForm(auto_id="topic-%s"),
        "preparation_form": PreparationForm(initial=stands, auto_id="preparation-%s"),
        "notes_form": NotesForm(initial=noted, auto_id="notes-%s"),
        "private_form": PrivateNotesForm(initial=private._asdict(), auto_id="private-%s"),
        "line_form": LineForm(auto_id="line-%s"),
        **forms,
    }
    # What was sent and refused stays in its fields, also where nothing can be written meanwhile.
    ways = {"may_ask": "topic_form", "may_prepare": "preparation_form", "may_note": "notes_form"}
    may = {name: at.is_open or shown[form].is_bound for name, form in ways.items()}
    rests = at.step != "after" and not any(may.values())
    gone = minutes_gone(meeting, at.now)
    items = items_of(meeting) if may["may_prepare"] and at.step != "after" else []
    points = points_of(meeting) if at.step == "meeting" else []
    coming = word_of_other(meeting, at.side) if at.step == "before" else None
    context = {"at": at, **shown, **may, "rests": rests, "coming": coming, "private_pages": private.pages}
    context["words"] = at.hearing.passed(coming.word, coming.side) if coming else ""
    context["proposed"] = proposed_in(coming, at.side)
    context["reason"] = at.hearing.passed(meeting.reason, meeting.reason_by)
    context["items"] = [(point, point.is_on(gone)) for point in items]
    context["points"] = [(point, point.is_on(gone)) for point in points]
    quiet = any(may.values()) and at.hearing.unheard
    context["waits"] = why_words_wait(meeting.pair, at.side) if quiet else ""
    context["stays"] = str(WordsWouldReach(name=at.other.first_name)) if quiet else ""
    offered = may["may_prepare"] and at.step != "after" and not quiet
    context["offers"] = offers_for(at) if offered else []
    context["starters"] = starters_for(at) if may["may_ask"] and at.step == "before" and not quiet else []
    visit = at.step == "before" and at.kind.acts == KindAct.VISIT
    context["missing"] = why_not(meeting.pair, at.now, meeting.country) if visit else None
    context["profiled"] = bool(methodology_of(meeting.pair.programme).company_profile)
    context["reminder"] = reminder_of(at)
    calls = at.is_open and at.step != "after" and is_call(meeting.pair, meeting.means)
    context["phone"] = phone_of_other(meeting.pair, at.side, at.now) if calls else None
    context["video"] = video_link(meeting.place)
    context["filed"] = filed(meeting.pair, "meeting", meeting.ref)
    pictured = may_show_there(meeting, at.now)
    context["files_form"] = FilesForm(pictured=pictured, mentee=not at.is_mentor, auto_id="files-%s")
    return render(request, "meetings/meeting.html", context)


def _renamed(conflict: Conflict) -> Conflict:
    """The model calls it `text`, the page `notes`."""
    stored, given = {"notes": conflict.stored["text"]}, {"notes": conflict.given["text"]}
    return Conflict(stored=stored, given=given, revision=conflict.revision)
