"""Where matching begins, how far a run is, and the board of what it found."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page, paged
from varpa.matching.access import RunAction
from varpa.matching.actions import runs as actions
from varpa.matching.forms import RunForm
from varpa.matching.models import GOING, Run, RunState
from varpa.matching.queries import boards, sums
from varpa.matching.queries.answers import anything_proposable
from varpa.matching.queries.choices import contradictions, stands_of
from varpa.matching.queries.cohorts import waiting_now
from varpa.matching.queries.costs import costs_of, only_on_own_page
from varpa.matching.queries.moves import not_possible
from varpa.matching.views.asked import told
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import accepted

OTHERS_PAGED = 200
GONE = 50


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who waits for whom, the rules and weights, and the runs so far."""
    runs = paged(request, boards.runs_of, size=20, programme=programme)
    last = runs.rows[0] if runs.rows else None
    asked = {"rules": last.rules if last else {}, "weights": last.weights if last else {}}
    form = RunForm(request.POST if request.method == "POST" else None, **asked)
    if request.method == "POST" and form.is_valid():
        by, now = person_of(request), clock.now()
        if accepted(form, lambda: actions.ask_run(programme=programme, **form.given(), by=by, now=now)):
            return redirect("matching:run", form.cleaned_data["ref"])
    found = waiting_now(programme, clock.now())
    context = {"programme": programme, "form": form, "page": runs, "waiting": found}
    context["unknown"] = sums.unknown(found)
    context["going"] = next((run for run in runs.rows if run.state in GOING), None)
    context["against"] = contradictions(stands_of(programme))
    return render(request, "matching/start.html", context)


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_safe
def run(request: HttpRequest, run: Run) -> HttpResponse:
    """How far a run is; once it is done, its board."""
    if run.state != RunState.DONE:
        return render(request, "matching/going.html", {"run": run, "programme": run.programme})
    show = "left" if request.GET.get("show") == "left" else ""
    return render(request, "matching/board.html", board(request, run, show))


def board(request: HttpRequest, run: Run, show: str) -> dict[str, Any]:
    """What the board of a run shows."""
    listed, stands = page(request, boards.keys_of(run, show)), stands_of(run.programme)
    rows = boards.rows_of(run, listed.rows, stands)
    vacant, more_vacant = boards.vacant(run) if rows and not show else ([], False)
    return {
        "run": run,
        "programme": run.programme,
        "show": show,
        "proposable": any(row.can_be_proposed for row in rows) or anything_proposable(run, stands.apart),
        "page": listed,
        "rows": rows,
        "vacant": vacant,
        "more_vacant": more_vacant,
        "sums": sums.sums_of(run),
        "costs_on_own_page": only_on_own_page(run),
        "fair": sums.fairness_of(run),
        "by_gender": sums.by_gender_of(run),
        "against": contradictions(stands),
        "since": sums.decided_since(run, stands),
        "runs": boards.runs_of(run.programme).filter(state=RunState.DONE).exclude(pk=run.pk)[:10],
    }


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_POST
def cancel(request: HttpRequest, run: Run) -> HttpResponse:
    """End a run that waits or is at work."""
    by, now = person_of(request), clock.now()
    told(request, lambda: str(actions.cancel_run(run=run, by=by, now=now) or ""))
    return redirect("matching:run", run.ref)


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_safe
def mentee(request: HttpRequest, run: Run, number: int) -> HttpResponse:
    """One mentee of a run: what was known, the proposed mentor, and every other that is possible."""
    line = get_object_or_404(boards.keys_of(run, "all"), mentee__number=number, mentee__role=Role.MENTEE)
    stands = stands_of(run.programme)
    row = boards.rows_of(run, [line], stands, others=OTHERS_PAGED, costs=costs_of)[0]
    context = {
        "run": run,
        "programme": run.programme,
        "row": row,
        "since": sums.decided_since(run, stands),
        "known": sums.known_of(run, row.line.mentee),
        "not_possible": not_possible(run, row.line.mentee.number),
    }
    return render(request, "matching/mentee.html", context)


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_safe
def compare(request: HttpRequest, run: Run) -> HttpResponse:
    """Whom this run gives another mentor than an earlier one did."""
    asked = boards.runs_of(run.programme)
    other = get_object_or_404(asked, ref=request.GET.get("with", ""), state=RunState.DONE)
    listed = paged(request, boards.differing, run=run, other=other)
    context = {"run": run, "other": other, "programme": run.programme, "page": listed}
    context["gone"] = boards.only_in(other, run)[:GONE]
    context["gone_in_all"] = boards.only_in(other, run).count()
    context["both"] = sums.side_by_side(other, run)
    return render(request, "matching/compare.html", context)
