"""The hours sheet of a pair, and one line of it (R2)."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.serving import file_name, hand_out
from varpa.documents.tables import TYPES
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.kernel.refs import new_ref
from varpa.meetings.access import HoursAction
from varpa.meetings.actions.hours import (
    confirm_hours,
    enter_work,
    object_to_hours,
    settle_hours,
    stands,
    withdraw_hours,
)
from varpa.meetings.forms import ObjectForm, SettleForm, WorkForm
from varpa.meetings.heard import Hearing, hearing
from varpa.meetings.models import HourLine
from varpa.meetings.queries import hours_of, lines_of, lines_waiting_for, lines_with_pair, means_names
from varpa.meetings.sheet import sheet_of
from varpa.meetings.tables import table_of
from varpa.meetings.views.asked import attempt, onward
from varpa.meetings.works import LENGTHS, works_to_count
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import other_side, side_of, with_people
from varpa.pairs.quiet import not_passed, why_words_wait
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of, today_of
from varpa.ui.doing import RIPENS, tap


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The ledger with its ear, what waits for a yes, and a line for e-mentoring work."""
    by, now = person_of(request), clock.now()
    initial = {"ref": new_ref(), "day": today_of(pair.programme, now)}
    form = WorkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = partial(enter_work, pair=pair, by=by, now=now, **form.cleaned_data)
        if attempt(form, act):
            messages.success(request, _("Entered. It waits for the other's yes."))
            return redirect("meetings:hours", pair.ref)
    side = side_of(pair, by)
    listed, hears = paged(request, lines_of, pair=pair), hearing(pair, side)
    context = {
        "pair": pair,
        "form": form,
        "side": side,
        "other": pair.member(other_side(side)).person,
        "is_open": form.is_bound or pair.state == PairState.ACTIVE,
        "hours": hours_of(pair),
        "offers": works_to_count(pair, side, now),
        "lengths": LENGTHS,
        "page": listed,
        "rows": _named(pair, listed.rows, hears),
        "waiting": _named(pair, lines_waiting_for(pair, side)[:20], hears),
    }
    return render(request, "meetings/hours.html", context)


@door(PairAction.READ, Pair, read=with_people)
@require_safe
def sheet(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The hours as an accessible PDF, in the reader's language; the manager's too: it holds no content."""
    return hand_out(sheet_of(pair, person_of(request), clock.now()), "hours")


@door(PairAction.READ, Pair, read=with_people)
@require_safe
def table(request: HttpRequest, pair: Pair, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    if kind not in TYPES:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{file_name("hours")}.{kind}"'}
    headers["Cache-Control"] = "private, no-store"
    return HttpResponse(table_of(pair, person_of(request), kind), content_type=TYPES[kind], headers=headers)


@door(HoursAction.READ, HourLine, read=lines_with_pair)
@require_safe
def line(request: HttpRequest, line: HourLine) -> HttpResponse:
    """One line: confirm, object, settle, take back."""
    return _page(request, line)


@door(HoursAction.WRITE, HourLine, read=lines_with_pair)
@require_POST
def confirm(request: HttpRequest, line: HourLine) -> HttpResponse:
    """The other's yes to what was seen."""
    seen = request.POST.get("minutes", "")
    minutes = int(seen) if seen.isdecimal() and len(seen) < 6 else None
    act = partial(confirm_hours, line=line, by=person_of(request), now=clock.now(), minutes=minutes)
    tap(request, act, _("Confirmed."), ripens=True)
    return onward(request, "meetings:hours", line.pair.ref)


@door(HoursAction.WRITE, HourLine, read=lines_with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, line: HourLine) -> HttpResponse:
    """Object with a word."""
    form = ObjectForm(request.POST or None, auto_id="object-%s")
    if request.method != "POST":
        return redirect("meetings:line", line.ref)
    act = partial(object_to_hours, line=line, by=person_of(request), now=clock.now())
    if form.is_valid():
        attempt(form, partial(act, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, _("Said. It counts once both of you have settled it."))
            if waits := not_passed(line.pair, side_of(line.pair, person_of(request))):
                messages.info(request, waits)
            return redirect("meetings:hours", line.pair.ref)
    return _page(request, line, object_form=form)


@door(HoursAction.WRITE, HourLine, read=lines_with_pair)
@require_http_methods(["GET", "HEAD", "POST"])
def settlement(request: HttpRequest, line: HourLine) -> HttpResponse:
    """Say how long it was; the other's length settles it."""
    form = SettleForm(request.POST or None, auto_id="settle-%s")
    if request.method != "POST":
        return redirect("meetings:line", line.ref)
    act = partial(settle_hours, line=line, by=person_of(request), now=clock.now())
    if form.is_valid():
        agreed = attempt(form, partial(act, **form.cleaned_data))
        if form.is_valid():
            said = _("Settled and counted.") if agreed else _("Said. Now the other answers.")
            messages.success(request, said, extra_tags=RIPENS if agreed else "")
            return redirect("meetings:hours", line.pair.ref)
    return _page(request, line, settle_form=form)


@door(HoursAction.WRITE, HourLine, read=lines_with_pair)
@require_POST
def withdrawal(request: HttpRequest, line: HourLine) -> HttpResponse:
    """Take one's own line back."""
    tap(
        request,
        partial(withdraw_hours, line=line, by=person_of(request), now=clock.now()),
        _("Taken back. The line stays in the sheet as withdrawn."),
    )
    return redirect("meetings:hours", line.pair.ref)


def _page(request: HttpRequest, line: HourLine, **forms: Any) -> HttpResponse:
    side = side_of(line.pair, person_of(request))
    other, hears = other_side(side), hearing(line.pair, side)
    context = {
        "line": line,
        "what": _named(line.pair, [line], hears)[0][1],
        "pair": line.pair,
        "side": side,
        "other": line.pair.member(other).person,
        "stands": stands(line),
        "others_minutes": line.said_by(other),
        "objection": hears.passed(line.objection, other_side(line.side)),
        "waits": why_words_wait(line.pair, side) if hears.unheard else "",
        "object_form": ObjectForm(auto_id="object-%s"),
        "settle_form": SettleForm(auto_id="settle-%s", initial={"minutes": line.said_by(side)}),
        **forms,
    }
    return render(request, "meetings/line.html", context)


def _named(pair: Pair, lines: Iterable[HourLine], hears: Hearing) -> list[tuple[HourLine, str]]:
    """Each line with what it counts, in the reader's words; where words of the other wait, only that."""
    methodology, means = methodology_of(pair.programme), means_names(pair.programme)
    return [
        (
            line,
            f"{capfirst(str(methodology.kind(line.meeting.kind).name))}, {means[line.meeting.means]}"
            if line.meeting
            else line.work
            if hears.hears(line.side, line.at)
            else _("E-mentoring work"),
        )
        for line in lines
    ]
