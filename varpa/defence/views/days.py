"""The day as a whole: listed, made, changed, its order and what the host can do."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.defence.access import DefenceAction, SlotAction
from varpa.defence.actions import days, order
from varpa.defence.actions.calling_off import call_off
from varpa.defence.forms import DefenceForm, OffForm, SeedForm, new_seed
from varpa.defence.models import ON_STAGE, Defence, DefenceState, Slot, SlotState
from varpa.defence.queries import (
    defences_of,
    defences_read,
    juror_of,
    plans_to_defend,
    rehearsal_of,
    silent_jurors,
    slots_of,
    slots_read,
    spoken,
    standing_jurors,
    timetable,
)
from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.kernel.paging import page as page_of
from varpa.kernel.refusals import Refusal
from varpa.money.words import money
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.ui.doing import refused, tap

STEPS: dict[str, Callable[..., None]] = {
    "announce": days.announce_defence,
    "take-back": days.take_defence_back,
    "begin": days.begin_defence,
    "finish": days.finish_defence,
}


@door(ProgrammeAction.MANAGE, Programme)
@require_safe
def defences(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every day of defence of a programme."""
    context = {"programme": programme, "page": page_of(request, defences_of(programme))}
    return render(request, "defence/list.html", context)


@door(ProgrammeAction.MANAGE, Programme)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A new day."""
    form = DefenceForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        ref, by = said.pop("ref"), person_of(request)
        said.pop("revision")
        try:
            made = days.make_defence(
                programme=programme, seed=new_seed(), by=by, now=clock.now(), ref=ref, **said
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect("defence:defence", made.ref)
    return render(request, "defence/settings.html", {"programme": programme, "form": form})


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Other rules or hours, before the day begins."""
    form = DefenceForm(request.POST or None, programme=defence.programme, defence=defence)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said.pop("ref")
        revision = said.pop("revision") or 0
        try:
            days.change_defence(
                defence=defence, revision=revision, by=person_of(request), now=clock.now(), **said
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("defence:defence", defence.ref)
    return _settings(request, defence, form, OffForm())


def _settings(request: HttpRequest, defence: Defence, form: DefenceForm, off: OffForm) -> HttpResponse:
    context = {"programme": defence.programme, "defence": defence, "form": form, "off": off}
    return render(request, "defence/settings.html", context)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def off(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Call the day off."""
    form = OffForm(request.POST)
    if not form.is_valid():
        return _settings(request, defence, DefenceForm(programme=defence.programme, defence=defence), form)
    return at_the_desk(request, defence, call_off, defence=defence, **form.cleaned_data)


@door(DefenceAction.READ, Defence, read=defences_read)
@require_safe
def defence(request: HttpRequest, defence: Defence) -> HttpResponse:
    """The order for everybody who may see it; for the host the desk."""
    reader = person_of(request)
    slots = list(slots_of(defence))
    hosts = may(DefenceAction.HOST, reader, defence)
    stage = next((slot for slot in slots if slot.state in ON_STAGE), None)
    context: dict[str, Any] = {
        "defence": defence,
        "lines": timetable(defence, slots),
        "stage": stage,
        "coming": next((slot for slot in slots if slot.state == SlotState.WAITING), None),
        "hosts": hosts,
        "juror": juror_of(defence, reader),
        "own": next((slot for slot in slots if slot.plan and slot.member.person_id == reader.pk), None),
        "closed": defence.state == DefenceState.CLOSED,
        "off": defence.state == DefenceState.OFF,
        "favourites": [slot for slot in slots if slot.favourite],
        "budget": money(defence.budget, defence.programme.currency),
        "now": clock.now(),
    }
    if hosts:
        context["rehearsal"] = rehearsal_of(defence)
        context["jurors"] = standing_jurors(defence).count()
        known = {slot.plan_id for slot in slots}
        context["late"] = (
            bool(slots)
            and (not defence.places or len(slots) < defence.places)
            and not defence.is_over
            and not defence.rehearsal_of_id
            and any(plan.pk not in known for plan in plans_to_defend(defence))
        )
        context["voices"] = defence.voices.count() if defence.hall_opened_at else 0
        context["heard"] = spoken(stage).count() if stage else 0
        ending = defence.state == DefenceState.RUNNING and not stage and not context["coming"]
        context["silent"] = list(silent_jurors(defence)) if ending and defence.invests else []
        context["seed_form"] = SeedForm(initial={"seed": defence.seed})
    return render(request, "defence/defence.html", context)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def step(request: HttpRequest, defence: Defence, name: str) -> HttpResponse:
    """Announce, take back, begin, finish."""
    if name not in STEPS:
        raise Http404
    return at_the_desk(request, defence, STEPS[name], defence=defence)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def draw(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Draw the order by a number."""
    form = SeedForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write a whole number from 1 to 999999."))
        return redirect("defence:defence", defence.ref)
    return at_the_desk(request, defence, order.draw_order, defence=defence, seed=form.cleaned_data["seed"])


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def late(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Plans that were submitted after the draw."""
    return at_the_desk(request, defence, order.add_late, defence=defence)


@door(SlotAction.HOST, Slot, read=slots_read)
@require_POST
def move(request: HttpRequest, slot: Slot) -> HttpResponse:
    """One place earlier or later."""
    up = request.POST.get("up") == "1"
    return at_the_desk(request, slot.defence, order.move_slot, slot=slot, up=up)


def at_the_desk(
    request: HttpRequest, defence: Defence, act: Callable[..., object], /, **said: Any
) -> HttpResponse:
    """Do what a button of the desk says, and show the desk again."""
    tap(request, partial(act, by=person_of(request), now=clock.now(), **said))
    return redirect("defence:defence", defence.ref)
