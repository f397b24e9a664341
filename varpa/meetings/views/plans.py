"""The list of meetings, and planning, writing down, moving, cancelling and missing one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.kernel.refs import new_ref
from varpa.kernel.states import can
from varpa.kernel.times import to_local
from varpa.meetings.access import MeetingAction
from varpa.meetings.actions.coming import decline_proposal
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting, move_meeting, plan_meeting
from varpa.meetings.actions.reviews import log_meeting
from varpa.meetings.calendars import calendars, fitting_day
from varpa.meetings.comings import AS_PLANNED, Proposed, proposed_in, word_of_other
from varpa.meetings.forms import CancelForm, MeetingForm, MissForm, SeenForm, until_shared
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import (
    agenda_of_first,
    first_planned,
    guide_of,
    kind_of,
    kinds_for,
    lately,
    means_names,
    meetings_of,
    seen,
    suggest,
    unreviewed,
    with_pair,
)
from varpa.meetings.telling import told
from varpa.meetings.views.asked import attempt
from varpa.meetings.where import why_places_stay
from varpa.methodology.marks import KindAct
from varpa.methodology.model import Kind
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import other_side, side_of, with_people
from varpa.pairs.quiet import not_passed
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of, needs_permission, today_of
from varpa.ui.doing import tap

ASK = ["GET", "HEAD", "POST"]
# While a pair rests, what was before the pause may be written down.
LOGGING = (PairState.ACTIVE, PairState.PAUSED)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_safe
def meetings(request: HttpRequest, pair: Pair) -> HttpResponse:
    """All meetings of a pair, latest first."""
    methodology, means = methodology_of(pair.programme), means_names(pair.programme)
    listed = paged(request, meetings_of, pair=pair)
    context = {
        "pair": pair,
        "page": listed,
        "rows": [(each, methodology.kind(each.kind).name, means[each.means]) for each in listed.rows],
        "now": clock.now(),
        "is_open": pair.state == PairState.ACTIVE,
        "may_log": pair.state in LOGGING,
    }
    return render(request, "meetings/list.html", context)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_http_methods(ASK)
def new(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Plan a meeting. The first one is the mentor's to plan and to lead (methodology §8.1)."""
    by, now = person_of(request), clock.now()
    kinds = kinds_for(pair, side_of(pair, by))
    form = MeetingForm(
        request.POST or None,
        asked=MeetingForm.PLAN,
        pair=pair,
        reader=by,
        kinds=kinds,
        young=_is_young(pair, now),
        initial=None if request.POST else _planned(request, pair, kinds),
    )
    if request.method == "POST" and form.is_valid():
        meeting = attempt(form, partial(plan_meeting, pair=pair, by=by, now=now, **form.given()))
        if meeting:
            messages.success(request, _("The meeting is planned. Both get an invitation."))
            _tell_what_speaks_against(request, meeting, side_of(pair, by), now)
            return redirect("meetings:meeting", meeting.ref)
    return render(request, "meetings/new.html", _page_of(pair, form, kinds, side_of(pair, by)))


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_http_methods(ASK)
def log(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Write down a meeting that nobody had planned: a length and one box."""
    by, now = person_of(request), clock.now()
    kinds = kinds_for(pair, side_of(pair, by))
    form = MeetingForm(
        request.POST or None,
        asked=MeetingForm.LOG,
        pair=pair,
        reader=by,
        kinds=kinds,
        young=_is_young(pair, now),
        initial=None if request.POST else _logged(request, pair, kinds),
    )
    if request.method == "POST" and form.is_valid():
        meeting = attempt(form, partial(log_meeting, pair=pair, by=by, now=now, **form.given()))
        if meeting:
            messages.success(request, _("Written down. The hours wait for the other's yes."))
            return redirect("meetings:meeting", meeting.ref)
    side = side_of(pair, by)
    context = {
        **_page_of(pair, form, kinds, side),
        "unreviewed": unreviewed(pair, now)[:5],
        "private": until_shared(side, pair.member(other_side(side)).person),
        "opened": any(form[name].errors for name in ("kind", "means", "place", "zone")),
        "may_log": pair.state in LOGGING,
    }
    return render(request, "meetings/log.html", context)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(ASK)
def move(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Another time, length, means or place. Asked once, works from a letter."""
    by, now = person_of(request), clock.now()
    if not can(meeting, "move"):
        return redirect("meetings:meeting", meeting.ref)
    visit, side = kind_of(meeting).acts == KindAct.VISIT, side_of(meeting.pair, by)
    proposed = AS_PLANNED if request.POST else proposed_in(word_of_other(meeting, side), side)
    form = MeetingForm(
        request.POST or None,
        asked=tuple(name for name in MeetingForm.MOVE if name not in ("host", "country") or visit),
        pair=meeting.pair,
        reader=by,
        young=_is_young(meeting.pair, now),
        initial={**_stands(meeting), **_offered(meeting, proposed)},
    )
    act = partial(move_meeting, meeting=meeting, by=by, now=now)
    done = _("Changed. Both get a new invitation.")
    return _once(request, meeting, form, "meetings/move.html", lambda: act(**form.given()), done, proposed)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_POST
def decline(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Let a meeting stay as planned, whatever the other proposes."""
    form = SeenForm(request.POST)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        act = partial(decline_proposal, meeting=meeting, by=person_of(request), now=clock.now(), seen=seen)
        tap(request, act)
    return redirect("meetings:meeting", meeting.ref)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(ASK)
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Call a meeting off before its hour."""
    by, now = person_of(request), clock.now()
    if not can(meeting, "cancel"):
        return redirect("meetings:meeting", meeting.ref)
    if meeting.starts_at <= now and request.method != "POST":
        return redirect("meetings:miss", meeting.ref)
    form = CancelForm(request.POST or None)
    act = partial(cancel_meeting, meeting=meeting, by=by, now=now)
    done = _("The meeting is called off. Both are told.")
    return _once(request, meeting, form, "meetings/cancel.html", lambda: act(**form.cleaned_data), done)


@door(MeetingAction.WRITE, Meeting, read=with_pair)
@require_http_methods(ASK)
def miss(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """It did not take place; nobody is blamed."""
    by, now = person_of(request), clock.now()
    stands = meeting.state == MeetingState.HELD and meeting.pair.state == PairState.ENDED
    if stands or not can(meeting, "miss"):
        return redirect("meetings:meeting", meeting.ref)
    form = MissForm(request.POST or None, pair=meeting.pair)
    act = partial(miss_meeting, meeting=meeting, by=by, now=now)
    done = _("Written down that the meeting did not take place.")
    return _once(request, meeting, form, "meetings/miss.html", lambda: act(**form.cleaned_data), done)


def _tell_what_speaks_against(request: HttpRequest, meeting: Meeting, side: str, now: datetime) -> None:
    """Say who is away then, has a holiday, something else, or no free time: a hint, the meeting stands."""
    known, but = calendars(meeting.pair, now), ("taken", "no_school")
    for each in told(known, meeting.starts_at, meeting.minutes, side, proposed_by=side, but=but):
        messages.warning(request, f"{each} {_('This meeting can be moved.')}")


def _once(
    request: HttpRequest,
    meeting: Meeting,
    form: forms.Form,
    template: str,
    act: Callable[[], object],
    done: str,
    proposed: Proposed = AS_PLANNED,
) -> HttpResponse:
    """A page that asks once; it works from a letter and without a script."""
    side = side_of(meeting.pair, person_of(request))
    waits = not_passed(meeting.pair, side)
    if request.method == "POST" and form.is_valid():
        answer = attempt(form, act)
        if form.is_valid():
            if answer is False:
                messages.info(request, _("Nothing was changed, so no letters were sent."))
            else:
                messages.success(request, done)
                if "starts" in form.fields:
                    meeting.refresh_from_db(fields=["starts_at", "minutes"])
                    _tell_what_speaks_against(request, meeting, side, clock.now())
            if waits and form.cleaned_data.get("reason"):
                messages.info(request, waits)
            return redirect("meetings:meeting", meeting.ref)
        if "sequence" in form.fields:
            # What the other has changed meanwhile is shown now: the next press is about that.
            sent = request.POST.copy()
            sent["sequence"] = str(meeting.sequence)
            form.data = sent
    context = {"form": form, "at": seen(meeting, side, clock.now()), "waits": waits}
    context |= {"proposed": proposed, "offered": proposed != AS_PLANNED}
    # Only where a place is asked for is it to be said which.
    context["places"] = why_places_stay(meeting.pair, side) if waits and "place" in form.fields else ""
    return render(request, template, context)


def _planned(request: HttpRequest, pair: Pair, kinds: list[Kind]) -> dict[str, Any]:
    """As the form for any meeting begins, on a day on which both can."""
    begun, known = _begun(request, pair, kinds), calendars(pair, clock.now(), free=False)
    return {**begun, "starts": fitting_day(known, begun["starts"], begun["zone"], begun["minutes"])}


def _begun(request: HttpRequest, pair: Pair, kinds: list[Kind]) -> dict[str, Any]:
    """What a form for a meeting begins with, by the agreed rhythm and length; its first means is the best."""
    reader = person_of(request)
    suggested = suggest(pair, reader.zone, clock.now())
    kind = _asked_kind(request, kinds)
    first = kind is not None and kind.acts == KindAct.FIRST
    return {
        "ref": new_ref(),
        "kind": kind.key if kind else "",
        "starts": suggested.starts_local,
        "minutes": suggested.minutes,
        "place": pair.mentor.place if kind and kind.acts == KindAct.VISIT else suggested.link,
        "zone": reader.zone,
        "agenda": str(agenda_of_first(pair.programme)) if first else "",
    }


def _logged(request: HttpRequest, pair: Pair, kinds: list[Kind]) -> dict[str, Any]:
    planned = _begun(request, pair, kinds)
    return {**planned, "starts": lately(planned["zone"], planned["minutes"], clock.now())}


def _asked_kind(request: HttpRequest, kinds: list[Kind]) -> Kind | None:
    """The kind that the address names, by key or meaning; else the first meeting, else a regular one."""
    asked = request.GET.get("kind", "")
    for wanted in (asked, KindAct.FIRST, KindAct.REGULAR):
        for kind in kinds:
            if wanted and wanted in (kind.key, kind.acts):
                return kind
    return kinds[0] if kinds else None


def _is_young(pair: Pair, now: datetime) -> bool:
    return needs_permission(pair.mentee, today_of(pair.programme, now))


def _stands(meeting: Meeting) -> dict[str, Any]:
    """A meeting as it stands, in its own zone."""
    names = ("minutes", "means", "place", "host", "country", "zone", "sequence")
    stored = {name: getattr(meeting, name) for name in names}
    return {**stored, "starts": to_local(meeting.starts_at, meeting.zone).replace(tzinfo=None)}


def _offered(meeting: Meeting, proposed: Proposed) -> dict[str, Any]:
    """What the other proposes, filled in: to accept it is one press."""
    starts = to_local(proposed.at, meeting.zone).replace(tzinfo=None) if proposed.at else None
    offered = {"starts": starts, "minutes": proposed.minutes, "place": proposed.place}
    return {name: value for name, value in offered.items() if value}


def _page_of(pair: Pair, form: MeetingForm, kinds: list[Kind], side: str) -> dict[str, Any]:
    first = next((kind for kind in kinds if kind.acts == KindAct.FIRST), None)
    return {
        "pair": pair,
        "form": form,
        "places": why_places_stay(pair, side) if not_passed(pair, side) else "",
        "first": first,
        "guide": guide_of(pair.programme, first) if first else None,
        "waits_for_first": first is None and not first_planned(pair),
        "is_open": form.is_bound or pair.state == PairState.ACTIVE,
    }
