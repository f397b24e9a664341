"""The pages of the audit log: of a programme for who runs it, of all of them for the lead partner (S21)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from varpa.documents.tables import csv_of
from varpa.history.models import Line
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.access import OrganisationAction
from varpa.people.models import Organisation
from varpa.people.signed import person_of
from varpa.privacy.forms import LogForm
from varpa.privacy.log import entries, log_of_organisation, log_of_programme, narrowed, table
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_safe
def programme_log(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What was done in one programme."""
    back = reverse("programmes:settings", args=[programme.ref])
    there = Q(programme=programme)
    return _answer(request, log_of_programme(programme), there, programme.zone, str(programme), back)


@door(OrganisationAction.RUN, Organisation)
@require_safe
def organisation_log(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What was done in all programmes of a lead partner."""
    back, there = reverse("programmes:list"), Q(programme__organisation=organisation)
    zone = person_of(request).zone
    return _answer(request, log_of_organisation(organisation), there, zone, organisation.name, back)


def _answer(
    request: HttpRequest, lines: QuerySet[Line], there: Q, zone: str, name: str, back: str
) -> HttpResponse:
    form = LogForm(request.GET or None)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = narrowed(lines, there, zone, **asked)
    if request.GET.get("as") == "csv":
        return _csv(found)
    listed = page(request, found)
    context = {"form": form, "page": listed, "rows": entries(listed.rows), "name": name, "back": back}
    return render(request, "privacy/log.html", {**context, "asked": _query(request)})


def _query(request: HttpRequest) -> str:
    """What was asked, for the address of the file."""
    given = request.GET.copy()
    given.pop("page", None)
    given["as"] = "csv"
    return given.urlencode()


def _csv(lines: QuerySet[Line]) -> HttpResponse:
    heads, rows = table(lines)
    headers = {"Content-Disposition": 'attachment; filename="log.csv"', "Cache-Control": "private, no-store"}
    return HttpResponse(csv_of(heads, rows), content_type="text/csv; charset=utf-8", headers=headers)
