"""The end of a pair on one page: what is still ahead, looking back, ending."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.closing import actions
from varpa.closing.forms import ExcuseForm, LookBackForm
from varpa.closing.queries import look_backs, still_ahead
from varpa.diary.queries import diary_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side, side_of, with_people
from varpa.people.models import Person
from varpa.ui.merging import merge


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The checklist, each one's look back, the handover, the end."""
    if request.method != "POST":
        return _page(request, pair)
    form = LookBackForm(request.POST)
    if not form.is_valid():
        return _page(request, pair, form=form)
    given, now = form.cleaned_data, clock.now()
    try:
        actions.look_back(
            pair=pair,
            text=given["text"],
            stay_in_touch=given["stay_in_touch"],
            revision=given["revision"],
            by=_person(request),
            now=now,
        )
    except Conflict as conflict:
        labels = {"text": form.fields["text"].label or ""}
        return _page(request, pair, form=form, merged=merge(conflict, labels))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, pair, form=form)
    messages.success(request, _("Your review is saved."))
    return redirect("closing:closing", pair.ref)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_POST
def excuse(request: HttpRequest, pair: Pair, key: str) -> HttpResponse:
    """Did not happen, because …; or it may still happen after all."""
    by, now = _person(request), clock.now()
    if "withdraw" in request.POST:
        actions.withdraw_excuse(pair=pair, requirement=key, by=by, now=now)
        return redirect("closing:closing", pair.ref)
    form = ExcuseForm(request.POST)
    if not form.is_valid():
        return _page(request, pair, excusing=key, excuse_form=form)
    try:
        actions.excuse(pair=pair, requirement=key, reason=form.cleaned_data["reason"], by=by, now=now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("closing:closing", pair.ref)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_POST
def end(request: HttpRequest, pair: Pair) -> HttpResponse:
    """End a cooperation from which nothing is missing."""
    try:
        actions.end_cooperation(pair=pair, by=_person(request), now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("closing:closing", pair.ref)
    messages.success(request, _("The cooperation has ended. Thank you for the way you went together."))
    return redirect("home:room", pair.ref)


def _page(
    request: HttpRequest,
    pair: Pair,
    *,
    form: LookBackForm | None = None,
    merged: Any = None,
    excusing: str = "",
    excuse_form: ExcuseForm | None = None,
) -> HttpResponse:
    side, written = side_of(pair, _person(request)), look_backs(pair)
    mine, ahead = written.get(side), still_ahead(pair)
    if form is None:
        initial = (
            {"text": mine.text, "stay_in_touch": mine.wants_to_stay_in_touch, "revision": mine.revision}
            if mine
            else {}
        )
        form = LookBackForm(initial=initial)
    context = {
        "pair": pair,
        "side": side,
        "ahead": ahead,
        "complete": not any(each.missing for each in ahead),
        "mine": mine,
        "theirs": written.get(other_side(side)) if mine else None,
        "other": pair.member(other_side(side)).person,
        "diary": diary_of(pair),
        "form": form,
        "merge": merged,
        "excusing": excusing,
        "excuse_form": excuse_form or ExcuseForm(),
    }
    return render(request, "closing/closing.html", context)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
