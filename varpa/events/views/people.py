"""Who is invited, who comes, who was there: for staff, on a tablet, on paper and as a file."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.serving import hand_out
from varpa.documents.tables import TYPES
from varpa.events.access import EventAction
from varpa.events.actions.exporting import export_list
from varpa.events.actions.presence import (
    add_sheet,
    is_today,
    mark_present,
    take_presence_back,
    take_sheet_back,
)
from varpa.events.forms.asked import attempt
from varpa.events.forms.taking_part import PresentForm, SheetForm
from varpa.events.models import Event, EventState
from varpa.events.papers import agenda_paper, attendance_paper
from varpa.events.queries.events import answers_of, present_at, with_agenda, with_programme
from varpa.events.queries.people import everybody, lines_of
from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(EventAction.MANAGE, Event, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, event: Event) -> HttpResponse:
    """The list, with a box for each person; POST enters those who are ticked."""
    if request.method == "POST":
        form = PresentForm(request.POST, members=everybody(event))
        if form.is_valid():
            whom, how = form.cleaned_data["whom"], form.cleaned_data["how"]
            act = partial(mark_present, event=event, members=whom, how=how, by=person_of(request))
            told = ngettext("%(n)d person is entered.", "%(n)d people are entered.", len(whom))
            tap(request, partial(act, now=clock.now()), told % {"n": len(whom)})
        else:
            messages.warning(request, _("Nobody was ticked."))
        return redirect(request.get_full_path())
    return _list(request, event)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def absent(request: HttpRequest, event: Event, member: str) -> HttpResponse:
    """Somebody was entered by mistake."""
    there = event.attendances.filter(membership__ref=member, withdrawn_at=None)
    attendance = get_object_or_404(there.select_related("membership__person", "membership__programme"))
    attendance.event = event
    act = partial(take_presence_back, attendance=attendance, by=person_of(request), now=clock.now())
    tap(request, act, _("Taken back: this person was not there."))
    return redirect("events:people", event.ref)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def sheets(request: HttpRequest, event: Event) -> HttpResponse:
    """Attach a scan of the signed list."""
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid():
        act = partial(add_sheet, event=event, upload=form.cleaned_data["file"], ref=form.cleaned_data["ref"])
        if attempt(form, partial(act, by=person_of(request), now=clock.now())):
            messages.success(request, _("The list is attached. Now enter who signed it."))
            return redirect("events:people", event.ref)
    return _list(request, event, form)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_safe
def sheet(_request: HttpRequest, event: Event, sheet: str) -> HttpResponseBase:
    """One attached list."""
    found = get_object_or_404(event.sheets.select_related("file"), ref=sheet, withdrawn_at=None)
    return respond(found.file)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def sheet_back(request: HttpRequest, event: Event, sheet: str) -> HttpResponse:
    """An attached list is taken away."""
    found = get_object_or_404(event.sheets.select_related("file"), ref=sheet)
    found.event = event
    tap(
        request,
        partial(take_sheet_back, sheet=found, by=person_of(request), now=clock.now()),
        _("The list is taken away."),
    )
    return redirect("events:people", event.ref)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_safe
def paper(request: HttpRequest, event: Event) -> HttpResponse:
    """The list to print and sign, in the language of whoever prints it."""
    return hand_out(attendance_paper(event, person_of(request)), f"list-{event.ref}")


@door(EventAction.READ, Event, read=with_agenda)
@require_safe
def agenda(request: HttpRequest, event: Event) -> HttpResponse:
    """The agenda to print."""
    return hand_out(agenda_paper(event, person_of(request)), f"agenda-{event.ref}")


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def export(request: HttpRequest, event: Event) -> HttpResponse:
    """The list as a file; taking it out is written down."""
    kind = request.POST.get("kind", "")
    kind = kind if kind in TYPES else "xlsx"
    content = export_list(event=event, kind=kind, by=person_of(request), now=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="list-{event.ref}.{kind}"'}
    headers["Cache-Control"] = "private, no-store"
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def _list(request: HttpRequest, event: Event, sheet_form: SheetForm | None = None) -> HttpResponse:
    now, sought = clock.now(), request.GET.get("q", "")
    alive = event.state in (EventState.ANNOUNCED, EventState.HELD)
    context = {
        "event": event,
        "page": page(request, lines_of(event, sought)),
        "q": sought,
        "answers": answers_of(event),
        "present": 0 if event.state == EventState.CANCELLED else present_at(event),
        "sheets": list(event.sheets.filter(withdrawn_at=None).select_related("file", "by")),
        "sheet_form": sheet_form or SheetForm(),
        "marks": alive and (event.starts_at <= now or is_today(event, now)),
    }
    return render(request, "events/people.html", context)
