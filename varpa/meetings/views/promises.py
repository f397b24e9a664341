"""What the two promised: only the maker writes it, and only the maker sees it late (principle 3)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.kernel.refs import new_ref
from varpa.meetings.access import PromiseAction
from varpa.meetings.actions.reviews import make_promise, move_promise, take_promise_step
from varpa.meetings.forms import PromiseDayForm, PromiseForm
from varpa.meetings.heard import hearing
from varpa.meetings.models import Promise
from varpa.meetings.queries import promises_of, promises_with_pair
from varpa.meetings.views.asked import attempt, onward
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import other_side, side_of, with_people
from varpa.pairs.quiet import not_passed, why_words_wait
from varpa.people.signed import person_of
from varpa.programmes.queries import today_of
from varpa.ui.doing import tap

ASK = ["GET", "HEAD", "POST"]


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_http_methods(ASK)
def promises(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The promises of both, and the line in which one makes one's own; `?words=` are those of a message."""
    by, now = person_of(request), clock.now()
    words = " ".join(request.GET.get("words", "").split())[:300]
    form = PromiseForm(request.POST or None, initial={"ref": new_ref(), "text": words})
    if request.method == "POST" and form.is_valid():
        act = partial(make_promise, pair=pair, by=by, now=now, **form.cleaned_data)
        if attempt(form, act):
            messages.success(request, _("Promised. Both of you see it."))
            if waits := not_passed(pair, side_of(pair, by)):
                messages.info(request, waits)
            return redirect("meetings:promises", pair.ref)
    side = side_of(pair, by)
    listed, hears = paged(request, promises_of, pair=pair), hearing(pair, side)
    context = {
        "pair": pair,
        "form": form,
        "side": side,
        "other": pair.member(other_side(side)).person,
        "today": today_of(pair.programme, now),
        "is_open": form.is_bound or pair.state == PairState.ACTIVE,
        "page": listed,
        "rows": [(each, hears.hears(each.side, each.at)) for each in listed.rows],
        "waits": why_words_wait(pair, side) if hears.unheard else "",
    }
    return render(request, "meetings/promises.html", context)


@door(PromiseAction.KEEP, Promise, read=promises_with_pair)
@require_http_methods(ASK)
def promise(request: HttpRequest, promise: Promise) -> HttpResponse:
    """One's own promise: mark it, or choose another day."""
    step = request.POST.get("step", "")
    if request.method == "POST" and step in Promise.STEPS:
        by, now = person_of(request), clock.now()
        tap(request, partial(take_promise_step, promise=promise, step=step, by=by, now=now), _done(step))
        return onward(request, "meetings:promises", promise.pair.ref)
    return _page(request, promise)


@door(PromiseAction.KEEP, Promise, read=promises_with_pair)
@require_http_methods(ASK)
def promise_day(request: HttpRequest, promise: Promise) -> HttpResponse:
    """Another day for one's own promise."""
    form = PromiseDayForm(request.POST or None)
    if request.method != "POST":
        return redirect("meetings:promise", promise.ref)
    if form.is_valid():
        act = partial(move_promise, promise=promise, by=person_of(request), now=clock.now())
        attempt(form, partial(act, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, _("The other day is written down; both of you see it."))
            return redirect("meetings:promises", promise.pair.ref)
    return _page(request, promise, form=form)


def _page(request: HttpRequest, promise: Promise, **forms: Any) -> HttpResponse:
    pair = promise.pair
    context = {
        "promise": promise,
        "pair": pair,
        "other": pair.member(other_side(promise.side)).person,
        "today": today_of(pair.programme, clock.now()),
        "form": PromiseDayForm(initial={"due": promise.due}),
        **forms,
    }
    return render(request, "meetings/promise.html", context)


def _done(step: str) -> str:
    return {
        "keep": _("Marked as kept."),
        "reopen": _("The promise is open again."),
        "withdraw": _("The promise is taken back."),
    }[step]
