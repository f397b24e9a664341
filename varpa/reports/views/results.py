"""The promised results and the indicators of a programme, and who is missing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varpa.evaluation.forms import called
from varpa.evaluation.indicators import achieved, examples, indicators_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import today_of, with_methodology
from varpa.reports.papers import results_chart
from varpa.reports.results import known_counts, missing_rows, promised_results


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def results(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What was promised and how far it is; the programme's indicators against their targets."""
    now = clock.now()
    promised = promised_results(programme, now, known_counts(programme, now))
    indicators = achieved(programme, indicators_of(programme), now)
    there = {each.indicator.code for each in indicators}
    context = {
        "programme": programme,
        "today": today_of(programme, now),
        "results": promised,
        "reached": sum(each.state == "reached" for each in promised),
        "charts": results_chart(promised),
        "indicators": indicators,
        "examples": any(each.code not in there for each in examples()),
    }
    return render(request, "reports/results.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def result(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """One promised result: what says so, and everybody who is missing."""
    now = clock.now()
    promised = promised_results(programme, now, known_counts(programme, now))
    found = next((each for each in promised if each.key == key), None)
    if found is None:
        raise Http404
    rows = missing_rows(programme, found.kind)
    listed = page(request, rows) if rows is not None else None
    context = {
        "programme": programme,
        "result": found,
        "page": listed,
        "names": [(each, called(each)) for each in listed.rows] if listed else [],
        "whole": _("Everybody has it."),
    }
    return render(request, "reports/result.html", context)
