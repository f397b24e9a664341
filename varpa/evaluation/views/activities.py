"""The page of one activity of the calendar: who is missing, and what was recorded by hand."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.evaluation import actions
from varpa.evaluation.access import EvidenceAction
from varpa.evaluation.forms import RecordForm, called
from varpa.evaluation.models import Evidence
from varpa.evaluation.queries import Cell, cell_of, evidence_of, missing_members, missing_pairs
from varpa.evaluation.words import counts, without
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import Page, page, paged
from varpa.kernel.refusals import Refusal
from varpa.methodology import Counted, EvidenceKind
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import methodology_of, today_of, with_methodology
from varpa.ui.doing import refused, tap


def _with_programme(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.select_related("programme__methodology_version")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """Who is missing for an activity; what no room knows is recorded here."""
    now = clock.now()
    cell = cell_of(programme, key, now)
    if cell is None:
        raise Http404
    missing = _missing(programme, cell)
    listed = page(request, missing) if missing is not None else None
    form = _form(request, programme, cell, missing, listed)
    if request.method == "POST" and form and form.is_valid() and _record(request, programme, cell, form):
        return redirect(request.get_full_path())
    context = {
        "programme": programme,
        "cell": cell,
        "counts": counts(methodology_of(programme), cell.activity.evidence),
        "without": without(cell.excused) if cell.excused else "",
        "now": now,
        "page": listed,
        "names": [(each, called(each)) for each in listed.rows] if listed else [],
        "form": form,
        "recorded": paged(request, evidence_of, programme=programme, activity=key).rows,
    }
    return render(request, "evaluation/activity.html", context)


@door(EvidenceAction.WITHDRAW, Evidence, read=_with_programme)
@require_POST
def withdraw(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    """Take a record back."""
    act = partial(actions.withdraw_evidence, evidence=evidence, by=person_of(request), now=clock.now())
    tap(request, act, _("The record was taken back."))
    return redirect("evaluation:activity", evidence.programme.ref, evidence.activity)


def _missing(programme: Programme, cell: Cell) -> Any:
    if cell.activity.of == Counted.PROGRAMME:
        return None
    if cell.activity.of == Counted.PAIRS:
        return missing_pairs(programme, cell).order_by("mentor__person__name", "pk")
    return missing_members(programme, cell, clock.now()).order_by("search_text", "pk")


def _form(
    request: HttpRequest, programme: Programme, cell: Cell, missing: Any, listed: Page[Any] | None
) -> RecordForm | None:
    once = cell.activity.of == Counted.PROGRAMME and cell.state == "done"
    if cell.activity.evidence != EvidenceKind.RECORDED or once:
        return None
    shown = listed.rows if listed else []
    if missing is not None and not shown:
        return None
    initial: dict[str, date] = {"day": today_of(programme, clock.now())}
    given = request.POST if request.method == "POST" else None
    return RecordForm(given, initial=initial, missing=missing, shown=shown)


def _record(request: HttpRequest, programme: Programme, cell: Cell, form: RecordForm) -> bool:
    given = form.cleaned_data
    subjects = given.get("whom", [None])
    try:
        with transaction.atomic():
            for subject in subjects:
                actions.record_evidence(
                    programme=programme,
                    activity=cell.activity.key,
                    day=given["day"],
                    note=given["note"],
                    membership=subject if isinstance(subject, Membership) else None,
                    pair=subject if subject and not isinstance(subject, Membership) else None,
                    by=person_of(request),
                    now=clock.now(),
                )
    except Refusal as refusal:
        refused(form, refusal)
        return False
    messages.success(request, _("Recorded."))
    return True
