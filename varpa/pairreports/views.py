"""A report of a pair, edited by the two; and the reports of an event, for whoever may read them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varpa.events.access import EventAction
from varpa.events.models import Event, EventState
from varpa.events.queries.events import with_programme
from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page
from varpa.pairreports import actions
from varpa.pairreports.access import PairReportAction
from varpa.pairreports.forms import ReportForm
from varpa.pairreports.models import PairReport, ReportState
from varpa.pairreports.queries import facts_told, gather, handed_over, with_pair
from varpa.pairreports.words import sentence
from varpa.pairs.models import PairState
from varpa.pairs.queries import other_side, side_of
from varpa.people.signed import person_of
from varpa.ui.doing import accepted, tap
from varpa.ui.saving import merge_page

ON_ONE_PAGE = 20
"""Reports are read, not looked through: fewer than of other lists."""


@door(PairReportAction.READ, PairReport, read=with_pair)
@require_safe
def report(request: HttpRequest, report: PairReport) -> HttpResponse:
    """The report as its reader may see it: the two write it here while it is a draft."""
    side = side_of(report.pair, person_of(request))
    writes = bool(side) and report.state == ReportState.DRAFT and report.pair.state == PairState.ACTIVE
    return _page(request, report, side, _form(request, report) if writes else None)


@door(PairReportAction.WRITE, PairReport, read=with_pair)
@require_POST
def words(request: HttpRequest, report: PairReport) -> HttpResponse:
    """Save what the two write."""
    refused = _written(request, report)
    if refused is None:
        messages.success(request, _("Saved. The two of you see it, nobody else yet."))
    return refused or redirect("pairreports:report", report.ref)


@door(PairReportAction.WRITE, PairReport, read=with_pair)
@require_POST
def handover(request: HttpRequest, report: PairReport) -> HttpResponse:
    """Save what stands in the form, and hand it over to the joint meeting: no word of it is left behind."""
    refused = _written(request, report)
    if refused is None:
        by, now = person_of(request), clock.now()
        act = partial(actions.hand_over, report=report, revision=report.revision, by=by, now=now)
        tap(request, act, _("The report is handed over."))
    return refused or redirect("pairreports:report", report.ref)


def _written(request: HttpRequest, report: PairReport) -> HttpResponse | None:
    """Save the form; the page to show where that was refused, or where words met (R13)."""
    form = _form(request, report)
    if form.is_valid():
        act = partial(actions.write_report, report=report, by=person_of(request), now=clock.now())
        try:
            if accepted(form, partial(act, **form.given)):
                return None
        except Conflict as conflict:
            labels = {name: field.label for name, field in form.fields.items()}
            return merge_page(request, conflict, labels, back=_here(report))
    return _page(request, report, side_of(report.pair, person_of(request)), form)


@door(PairReportAction.WRITE, PairReport, read=with_pair)
@require_POST
def back(request: HttpRequest, report: PairReport) -> HttpResponse:
    """Take it back to change it."""
    act = partial(actions.take_back, report=report, by=person_of(request), now=clock.now())
    tap(request, act, _("The report is a draft again; only the two of you see it."))
    return redirect("pairreports:report", report.ref)


@door(PairReportAction.WRITE, PairReport, read=with_pair)
@require_POST
def showing(request: HttpRequest, report: PairReport) -> HttpResponse:
    """Let those at the event read it, or no longer."""
    shows = request.POST.get("shows") == "1"
    act = partial(actions.let_show, report=report, shows=shows, by=person_of(request), now=clock.now())
    tap(request, act)
    return redirect("pairreports:report", report.ref)


@door(EventAction.READ, Event, read=with_programme)
@require_safe
def event_reports(request: HttpRequest, event: Event) -> HttpResponse:
    """What pairs have done: all that is handed over for the staff, what may be shown for who is invited."""
    person = person_of(request)
    readable = allowed(PairReportAction.READ, person, handed_over(event))
    listed = page(request, readable, ON_ONE_PAGE)
    context = {
        "event": event,
        "staff": may(EventAction.MANAGE, person, event),
        "page": listed,
        "reports": [_told(each) for each in listed.rows],
    }
    return render(request, "pairreports/event.html", context)


def _form(request: HttpRequest, report: PairReport) -> ReportForm:
    facts = [(each.key, sentence(each)) for each in gather(report.pair)]
    kept = [key for key, _sentence in facts if key not in report.left_out]
    stands = {name: getattr(report, name) for name in PairReport.TEXTS}
    initial = {**stands, "keep": kept, "revision": report.revision}
    return ReportForm(request.POST or None, initial=initial, facts=facts)


def _told(report: PairReport) -> dict[str, Any]:
    labels = {name: ReportForm.base_fields[name].label for name in PairReport.TEXTS}
    texts = [(label, getattr(report, name)) for name, label in labels.items()]
    return {
        "report": report,
        "facts": [sentence(each) for each in facts_told(report)],
        "texts": [(label, text) for label, text in texts if text],
    }


def _here(report: PairReport) -> str:
    return reverse("pairreports:report", args=[report.ref])


def _page(request: HttpRequest, report: PairReport, side: str, form: ReportForm | None) -> HttpResponse:
    sides = {each.side for each in report.showings.all()}
    ahead = report.event.starts_at > clock.now() and report.event.state == EventState.ANNOUNCED
    context = {
        "report": report,
        "told": _told(report) if form is None else None,
        "pair": report.pair,
        "event": report.event,
        "side": side,
        "other": report.pair.member(other_side(side)).person if side else None,
        "form": form,
        "returns": bool(side) and report.state == ReportState.HANDED and ahead,
        "shows": side in sides,
        "other_shows": bool(side) and other_side(side) in sides,
    }
    return render(request, "pairreports/report.html", context)
