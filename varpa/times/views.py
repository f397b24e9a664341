"""Proposing times for a meeting, and the page on which the other chooses with one tap."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.absences.models import TakenHours
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.meetings.calendars import Calendars, calendars
from varpa.meetings.queries import kinds_for, suggest
from varpa.meetings.telling import away_of, practice_of, told
from varpa.meetings.where import why_places_stay
from varpa.methodology.marks import KindAct
from varpa.methodology.model import Kind
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import agreed_choices, other_side, side_of, with_people
from varpa.pairs.quiet import not_passed, passed, stops_of, waits
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of
from varpa.times.access import TimesAction
from varpa.times.actions import choose_time, decline_times, kind_asked, propose_times, take_back_times
from varpa.times.forms import DeclineForm, TimesForm
from varpa.times.models import Proposal
from varpa.times.queries import live, open_proposal, suggested_times, with_pair
from varpa.ui.doing import accepted, refused

ASK = ["GET", "HEAD", "POST"]


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_http_methods(ASK)
def new(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Propose two or three times; it begins with times that suit both."""
    by, now = person_of(request), clock.now()
    before = open_proposal(pair, now)
    kinds = _kinds(pair, side_of(pair, by), before)
    known, agreed = calendars(pair, now), agreed_choices(pair)
    given = request.POST or None
    initial = None if given else _initial(request, known, kinds, before, agreed)
    form = TimesForm(given, pair=pair, reader=by, kinds=kinds, agreed=agreed, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_times(pair=pair, by=by, now=now, **form.given())
        except Refusal as refusal:
            refused(form, refusal)
            _know_anew(form, open_proposal(pair, now))
        else:
            messages.success(
                request, _("The times are on their way. You get an invitation once one is chosen.")
            )
            _tell_of_words(request, pair, form.cleaned_data["word"])
            return redirect("times:proposal", made.ref)
    side = side_of(pair, by)
    waits = not_passed(pair, side)
    context = {
        "pair": pair,
        "form": form,
        "side": side,
        "other": pair.member(other_side(side)).person,
        "is_open": form.is_bound or pair.state == PairState.ACTIVE,
        "before": before,
        "waits": waits,
        "places": why_places_stay(pair, side) if waits else "",
        "away": away_of(known, now.date()),
        "practice": _practice(known, side, now),
    }
    return render(request, "times/new.html", context)


@door(TimesAction.READ, Proposal, read=with_pair)
@require_safe
def proposal(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The times: the other chooses one, its proposer sees what waits."""
    return _page(request, proposal, DeclineForm())


@door(TimesAction.READ, Proposal, read=with_pair)
@require_POST
def choose(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """One tap plans the meeting."""
    option = proposal.options.filter(ref=request.POST.get("option", "")).first()
    if option is None:
        return redirect("times:proposal", proposal.ref)
    try:
        meeting = choose_time(option=option, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("times:proposal", proposal.ref)
    messages.success(request, _("The meeting is planned. Both get an invitation."))
    return redirect("meetings:meeting", meeting.ref)


@door(TimesAction.READ, Proposal, read=with_pair)
@require_POST
def decline(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """None of them suits."""
    form = DeclineForm(request.POST)
    act = partial(decline_times, proposal=proposal, by=person_of(request), now=clock.now())
    if form.is_valid() and accepted(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Told that none of the times suits."))
        _tell_of_words(request, proposal.pair, form.cleaned_data["answer"])
        return redirect("times:proposal", proposal.ref)
    return _page(request, proposal, form)


@door(TimesAction.READ, Proposal, read=with_pair)
@require_POST
def back(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The proposer takes the times back."""
    try:
        take_back_times(proposal=proposal, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The times are taken back."))
    return redirect("times:proposal", proposal.ref)


def _page(request: HttpRequest, proposal: Proposal, form: DeclineForm) -> HttpResponse:
    pair, now = proposal.pair, clock.now()
    side = side_of(pair, person_of(request))
    known = calendars(pair, now)
    means = {each.key: each.name for each in methodology_of(pair.programme).means}
    hints = partial(told, known, minutes=proposal.minutes, side=side, proposed_by=proposal.side)
    context = {
        "proposal": proposal,
        "pair": pair,
        "side": side,
        "form": form,
        "other": pair.member(other_side(side)).person,
        "kind": kind_asked(proposal),
        "means": means.get(proposal.means, proposal.means),
        "rows": [
            (option, option.starts_at <= now, hints(option.starts_at)) for option in proposal.options.all()
        ],
        "is_open": live(now).filter(pk=proposal.pk).exists(),
        "is_own": side == proposal.side,
        "word": passed(proposal.word, pair, by=proposal.side, to=side),
        "answer": passed(proposal.answer, pair, by=other_side(proposal.side), to=side),
        "waits": not_passed(pair, side),
        "may_propose": pair.state == PairState.ACTIVE,
    }
    return render(request, "times/proposal.html", context)


def _tell_of_words(request: HttpRequest, pair: Pair, words: str) -> None:
    """Say that words do not pass now, where the other wants none."""
    waits = not_passed(pair, side_of(pair, person_of(request))) if words else ""
    if waits:
        messages.info(request, waits)


def _kinds(pair: Pair, side: str, before: Proposal | None) -> list[Kind]:
    """What one may propose times for: what one may plan, and what the other has asked about."""
    kinds = kinds_for(pair, side)
    if before and before.kind not in {kind.key for kind in kinds}:
        kinds.insert(0, methodology_of(pair.programme).kind(before.kind))
    return kinds


def _initial(
    request: HttpRequest,
    known: Calendars,
    kinds: list[Kind],
    before: Proposal | None,
    agreed: Mapping[str, object],
) -> dict[str, Any]:
    reader, now = person_of(request), clock.now()
    suggested = suggest(known.pair, reader.zone, now, agreed)
    asked = request.GET.get("kind", "")
    wanted = (before.kind if before else "", asked, KindAct.FIRST, KindAct.REGULAR)
    found = (kind for each in wanted for kind in kinds if each and each in (kind.key, kind.acts))
    kind = next(found, kinds[0] if kinds else None)
    minutes = before.minutes if before else suggested.minutes
    times = suggested_times(known, reader, suggested.starts_local, minutes, now)
    return {
        "ref": new_ref(),
        "answers": before.ref if before else "",
        "kind": kind.key if kind else "",
        "minutes": minutes,
        "place": before.place if before else suggested.link,
        **({"means": before.means} if before else {}),
        "zone": reader.zone,
        **dict(zip(TimesForm.TIMES, times, strict=False)),
    }


def _practice(known: Calendars, side: str, now: datetime) -> list[tuple[TakenHours, str]]:
    """The other's practice, and where it is: words that wait while this side wants none of the other's."""
    ahead = practice_of(known, other_side(side), now.date())
    since = stops_of(known.pair).get(side) if ahead else None
    return [(each, "" if waits(each.at, since) else each.place) for each in ahead]


def _know_anew(form: TimesForm, before: Proposal | None) -> None:
    """What was proposed meanwhile is shown now: the next press is about that."""
    assert isinstance(form.data, QueryDict)
    sent = form.data.copy()
    sent["answers"] = before.ref if before else ""
    form.data = sent
