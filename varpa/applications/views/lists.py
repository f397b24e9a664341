"""What is done with a list of people as a whole: taken out as a file, kept as a view."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.applications.access import ViewAction
from varpa.applications.actions import views as actions
from varpa.applications.actions.exports import export_people
from varpa.applications.asked import COLUMN, address, kept
from varpa.applications.columns import columns_asked
from varpa.applications.forms import NewViewForm, ViewForm
from varpa.applications.models import View
from varpa.applications.queries.people import Sought
from varpa.applications.queries.views import pairs_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import refused


def _with_programme(views: QuerySet[View]) -> QuerySet[View]:
    return views.select_related("programme")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def export(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The list as a file: everybody whom it shows, on all pages, under the columns that it shows."""
    given = request.POST
    try:
        table = export_people(
            programme=programme,
            sought=Sought.read(given),
            columns=columns_asked(given.getlist(COLUMN)),
            kind=given.get("kind", ""),
            by=person_of(request),
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(_list(programme, kept(given)))
    answer = HttpResponse(table.content, content_type=table.type)
    answer["Content-Disposition"] = content_disposition_header(True, table.name) or ""
    answer["Cache-Control"] = "no-store"
    return answer


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Keep what is sought and shown under a name."""
    given = request.POST if request.method == "POST" else request.GET
    asked = kept(given)
    form = NewViewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.keep_view(
                programme=programme, asked=asked, by=person_of(request), now=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refused(form, refusal, "name")
        else:
            messages.success(request, _("The view is saved."))
            return redirect(_list(programme, asked))
    context: dict[str, Any] = {"programme": programme, "form": form, "asked": asked, "back": address(asked)}
    return render(request, "applications/view.html", context)


@door(ViewAction.OWN, View, read=_with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, view: View) -> HttpResponse:
    """Rename one's view, share it, delete it."""
    back = address(pairs_of(view))
    form = ViewForm(request.POST or None, initial={"name": view.name, "shared": view.shared})
    if form.is_bound and form.is_valid():
        try:
            actions.change_view(view=view, by=person_of(request), now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(_list(view.programme, pairs_of(view)))
    context = {"programme": view.programme, "view": view, "form": form, "back": back}
    return render(request, "applications/view.html", context)


@door(ViewAction.OWN, View, read=_with_programme)
@require_POST
def withdraw(request: HttpRequest, view: View) -> HttpResponse:
    """Delete one's view: nobody finds it any more. The people in it are as before."""
    actions.withdraw_view(view=view, by=person_of(request), now=clock.now())
    messages.success(request, _("The view is deleted. The people are as before."))
    return redirect("applications:people", view.programme.ref)


def _list(programme: Programme, asked: list[tuple[str, str]]) -> str:
    return reverse("applications:people", args=[programme.ref]) + address(asked)
