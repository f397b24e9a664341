"""The settings of a programme: what it says of itself, its steps, its managers, its hours."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import can
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions.appointing import invite_manager, release_manager
from varpa.programmes.actions.overriding import set_hours
from varpa.programmes.actions.programmes import change_programme, put_emblem_on, take_step
from varpa.programmes.forms.changes import HoursForm
from varpa.programmes.forms.programme import AppointmentForm, ProgrammeForm, all_right
from varpa.programmes.models import Programme
from varpa.programmes.parts import items_of, naming
from varpa.programmes.queries import managers, members, methodology_of, own_methodology_of, with_methodology
from varpa.ui.merging import Merge, merge


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What a programme says of itself, to be changed; below it its steps, managers and own methodology."""
    if request.method != "POST":
        return _settings(request, programme, ProgrammeForm(programme=programme))
    form = ProgrammeForm(request.POST, request.FILES, programme=programme)
    merged, right = None, all_right(form)
    form.keep_emblem(person_of(request), clock.now())
    if right and not form.errors:
        try:
            _change(request, programme, form)
        except Refusal as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        except Conflict as conflict:
            merged = merge(conflict, _labels(form))
        else:
            messages.success(request, _("The programme is saved."))
            return redirect("programmes:settings", programme.ref)
    return _settings(request, programme, form, merged=merged)


@transaction.atomic
def _change(request: HttpRequest, programme: Programme, form: ProgrammeForm) -> None:
    by, now = person_of(request), clock.now()
    change_programme(programme=programme, by=by, now=now, **form.cleaned_data)
    if form.kept:
        put_emblem_on(programme=programme, emblem=form.kept, by=by, now=now)


def _labels(form: ProgrammeForm) -> dict[str, str]:
    names = {"lv": "Latviešu", "lt": "Lietuvių", "en": "English"}
    return {
        f"{field}_{language}": f"{form.fields[field].label}: {name}"
        for field in ("name", "funder_text")
        for language, name in names.items()
    }


def _settings(
    request: HttpRequest,
    programme: Programme,
    form: ProgrammeForm,
    *,
    merged: Merge | None = None,
    hours: HoursForm | None = None,
    appointing: AppointmentForm | None = None,
) -> HttpResponse:
    methodology, own = methodology_of(programme), own_methodology_of(programme)
    minutes, own_hours = methodology.hours_minutes, f"{own.hours_minutes / 60:g}"
    # Worded anew, a text names the hours of this programme, or none.
    old = naming(methodology, own_hours) if minutes != own.hours_minutes else []
    here = {"hours": f"{minutes / 60:g}", "revision": programme.revision}
    context: dict[str, Any] = {
        "programme": programme,
        "form": form,
        "merge": merged,
        "hours": hours or HoursForm(initial=here),
        "own_hours": own_hours,
        "naming_hours": items_of(methodology, old, {}),
        "steps": [step for step in Programme.STEPS if can(programme, step)],
        "managers": managers(programme),
        "appoints": may(ProgrammeAction.APPOINT, request.user, programme),
        "appointing": appointing or AppointmentForm(),
        "changed": programme.overrides,
        "has_plans": bool(methodology.business_plan),
    }
    return render(request, "programmes/settings.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_POST
def step(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Take the next step of the programme's life."""
    assert isinstance(request.user, Person)
    asked = request.POST.get("step", "")
    if asked not in Programme.STEPS:
        raise Http404
    try:
        take_step(programme=programme, step=asked, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("programmes:settings", programme.ref)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def hours(request: HttpRequest, programme: Programme) -> HttpResponse:
    """How many hours a pair is to spend together."""
    assert isinstance(request.user, Person)
    form = HoursForm(request.POST)
    if form.is_valid():
        try:
            set_hours(programme=programme, by=request.user, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("hours", str(refusal))
        except Conflict as conflict:
            form = HoursForm({**request.POST.dict(), "revision": conflict.revision})
            form.add_error(None, _("The programme was changed elsewhere meanwhile. Look, and save again."))
        else:
            messages.success(request, _("The hours are saved."))
            return redirect("programmes:settings", programme.ref)
    return _settings(request, programme, ProgrammeForm(programme=programme), hours=form)


@door(ProgrammeAction.APPOINT, Programme, read=with_methodology)
@require_POST
def appoint(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Appoint a further manager."""
    assert isinstance(request.user, Person)
    form = AppointmentForm(request.POST)
    if form.is_valid():
        try:
            invite_manager(programme=programme, by=request.user, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The manager is appointed, and a letter is on its way."))
            return redirect("programmes:settings", programme.ref)
    return _settings(request, programme, ProgrammeForm(programme=programme), appointing=form)


@door(ProgrammeAction.APPOINT, Programme)
@require_POST
def release(request: HttpRequest, programme: Programme, member: str) -> HttpResponse:
    """A manager stops managing."""
    assert isinstance(request.user, Person)
    membership = get_object_or_404(members(programme), ref=member)
    try:
        release_manager(membership=membership, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("programmes:settings", programme.ref)
