"""The end of a pair on one page: what is still ahead, looking back, ending."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.closing import actions
from varpa.closing.forms import ExcuseForm, LookBackForm
from varpa.closing.models import LookBack
from varpa.closing.queries import (
    Ahead,
    look_backs,
    nothing_missing,
    read_at_the_end,
    still_ahead,
    words_open,
)
from varpa.diary.queries import diary_of, offered_until
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs.access import PairAction
from varpa.pairs.models import ENDED_EARLY, Pair, PairState
from varpa.pairs.parting import words_until
from varpa.pairs.queries import other_side, side_of
from varpa.pairs.quiet import stopped, waits, why_words_wait
from varpa.people.signed import person_of
from varpa.programmes.queries import lacks_permission, methodology_of, needs_permission, today_of
from varpa.ui.merging import Merge, merge

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Row:
    """A line of the checklist with its form; `open` where something in it is to be read first."""

    ahead: Ahead
    form: ExcuseForm
    open: bool


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=read_at_the_end)
@ASKED
def closing(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The checklist, each one's look back, the handover, the end."""
    if request.method != "POST":
        return _page(request, pair)
    by, now = person_of(request), clock.now()
    form = _form(pair, side_of(pair, by), now, request.POST)
    if not form.is_valid():
        return _page(request, pair, form=form)
    given = form.cleaned_data
    try:
        actions.look_back(pair=pair, by=by, now=now, **given)
    except Conflict as conflict:
        labels = {name: form.fields[name].label or "" for name in ("text", "thanks")}
        return _page(request, pair, form=form, merged=merge(conflict, labels))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, pair, form=form)
    messages.success(request, _("Saved.") if words_until(pair) else _("The review is saved."))
    _tell_that_words_wait(request, pair)
    return redirect("closing:closing", pair.ref)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=read_at_the_end)
@ASKED
def contact(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Take back that one stays in touch, and where one may be reached."""
    if request.method == "POST":
        actions.take_contact_back(pair=pair, by=person_of(request), now=clock.now())
        messages.success(request, _("Taken back. Neither of you reads here any more how to reach the other."))
    return redirect("closing:closing", pair.ref)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=read_at_the_end)
@ASKED
def excuse(request: HttpRequest, pair: Pair, key: str) -> HttpResponse:
    """Did not happen, because …; the other says so too; or it may still happen after all."""
    if key not in {each.key for each in methodology_of(pair.programme).requirements}:
        raise Http404
    if request.method != "POST":
        return redirect("closing:closing", pair.ref)
    form = ExcuseForm(request.POST, auto_id=f"{key}_%s")
    by, now = person_of(request), clock.now()
    try:
        if "withdraw" in request.POST:
            actions.withdraw_excuse(pair=pair, requirement=key, by=by, now=now)
            return redirect("closing:closing", pair.ref)
        if "agree" in request.POST:
            reason = request.POST.get("instead_of", "")
            actions.agree_excuse(pair=pair, requirement=key, reason=reason, by=by, now=now)
            return redirect("closing:closing", pair.ref)
        if form.is_valid():
            actions.excuse(pair=pair, requirement=key, by=by, now=now, **form.cleaned_data)
            _tell_that_words_wait(request, pair)
            return redirect("closing:closing", pair.ref)
    except Conflict as conflict:
        unheard = any(
            each.waits for each in still_ahead(pair, side=side_of(pair, by)) if each.requirement.key == key
        )
        form = _both(conflict, key, unheard=unheard)
    except actions.ReasonChanged as refusal:
        messages.error(request, str(refusal))
        return redirect("closing:closing", pair.ref)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _page(request, pair, excusing=key, excuse_form=form)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=read_at_the_end)
@ASKED
def end(request: HttpRequest, pair: Pair) -> HttpResponse:
    """End a cooperation from which nothing is missing."""
    if request.method != "POST":
        return redirect("closing:closing", pair.ref)
    try:
        actions.end_cooperation(pair=pair, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("closing:closing", pair.ref)
    messages.success(request, _("The cooperation has ended. Thank you for the way you went together."))
    return redirect("home:room", pair.ref)


def _tell_that_words_wait(request: HttpRequest, pair: Pair) -> None:
    if told := _why_words_wait(pair, side_of(pair, person_of(request))):
        messages.info(request, told)


def _why_words_wait(pair: Pair, side: str) -> str:
    return why_words_wait(pair, side) if stopped(pair, other_side(side)) else ""


def _both(conflict: Conflict, key: str, *, unheard: bool) -> ExcuseForm:
    """The other wrote a reason meanwhile: both stand in the line, to be made one (R13).

    `unheard`: the other's waits for the reader, so one's own stands alone and can be saved no sooner than
    the other's is taken away.
    """
    stored, given = conflict.stored["reason"], conflict.given["reason"]
    both = {"instead_of": stored, "reason": f"{stored} {given}"}
    form = ExcuseForm({"reason": given} if unheard else both, auto_id=f"{key}_%s")
    form.is_valid()
    if unheard:
        form.add_error(
            "reason",
            _(
                "There is a reason already; its words wait while messages are stopped. "
                "Take it away to write another."
            ),
        )
        return form
    form.add_error(
        "reason", _("Another reason was written meanwhile. Both stand here: leave what should stay.")
    )
    return form


def _page(
    request: HttpRequest,
    pair: Pair,
    *,
    form: LookBackForm | None = None,
    merged: Merge | None = None,
    excusing: str = "",
    excuse_form: ExcuseForm | None = None,
) -> HttpResponse:
    side, written = side_of(pair, person_of(request)), look_backs(pair)
    mine, ahead = written.get(side), still_ahead(pair, side=side)
    theirs = written.get(other_side(side)) if mine else None
    unheard = theirs is not None and waits(theirs.at, stopped(pair, side))
    now = clock.now()
    form = form or _form(pair, side, now, initial=_initial(mine))
    until, early = offered_until(pair), pair.outcome in ENDED_EARLY
    context = {
        "pair": pair,
        "side": side,
        # What did not come about in a pair that ended early is nobody's to do any more.
        "rows": [
            _row(each, excuse_form if each.requirement.key == excusing else None)
            for each in ahead
            if not (early and each.missing)
        ],
        "until": until if early and until and now < until else None,
        "parting": words_open(pair, now),
        # What was sent and refused stays the largest thing.
        "ends": pair.state == PairState.ACTIVE and nothing_missing(ahead) and not form.is_bound,
        "mine": mine,
        "theirs": None if unheard else theirs,
        "permitted": not lacks_permission(pair.mentee, today_of(pair.programme, now)),
        "words_wait": unheard,
        "waits": _why_words_wait(pair, side),
        "other": pair.member(other_side(side)).person,
        "me": pair.member(side).person,
        "diary": diary_of(pair),
        "form": form,
        "merge": merged,
    }
    return render(request, "closing/closing.html", context)


def _form(pair: Pair, side: str, now: datetime, *given: Any, **options: Any) -> LookBackForm:
    """The review of one side, or its closing words once the pair has ended early."""
    young, parting = _is_young(pair, side, now), words_until(pair) is not None
    return LookBackForm(*given, young=young, parting=parting, **options)


def _is_young(pair: Pair, side: str, now: datetime) -> bool:
    """Whether a guardian decides for this side, so that the parents are spoken of."""
    return needs_permission(pair.member(side), today_of(pair.programme, now))


def _row(ahead: Ahead, form: ExcuseForm | None) -> Row:
    blank = ExcuseForm(initial={"instead_of": ahead.excuse}, auto_id=f"{ahead.requirement.key}_%s")
    return Row(ahead, form or blank, open=form is not None)


def _initial(mine: LookBack | None) -> dict[str, Any]:
    if mine is None:
        return {}
    return {
        "text": mine.text,
        "thanks": mine.thanks,
        "stay_in_touch": mine.wants_to_stay_in_touch,
        "contact": mine.contact,
        "revision": mine.revision,
    }
