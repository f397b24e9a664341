"""The agenda of an event, and its materials."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.events.access import EventAction
from varpa.events.actions.agenda import (
    add_item,
    add_material,
    change_item,
    take_item_away,
    take_material_away,
)
from varpa.events.forms.asked import attempt
from varpa.events.forms.planning import ItemForm, MaterialForm
from varpa.events.models import AgendaItem, Event, Material
from varpa.events.queries.events import with_agenda, with_programme
from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(EventAction.MANAGE, Event, read=with_agenda)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, event: Event) -> HttpResponse:
    """The parts of the agenda; POST adds one."""
    form = ItemForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        act = partial(add_item, event=event, by=person_of(request), now=clock.now())
        if attempt(form, partial(act, **form.given)):
            messages.success(request, _("The part stands on the agenda."))
            return redirect("events:agenda", event.ref)
    return render(request, "events/agenda.html", {"event": event, "form": form})


@door(EventAction.MANAGE, Event, read=with_agenda)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, event: Event, item: str) -> HttpResponse:
    """One part of the agenda, with what belongs to it."""
    found, stands = _item(event, item), None
    form = ItemForm(request.POST or None, event=event, item=found)
    if request.method == "POST" and form.is_valid():
        act = partial(change_item, item=found, by=person_of(request), now=clock.now())
        if attempt(form, partial(act, **form.given)) is not None:
            messages.success(request, _("Kept."))
            return redirect("events:agenda", event.ref)
        if found.revision != form.given["revision"]:
            # Somebody was first: both stand on the page, and what is saved now is saved upon the other.
            stands = found
            form.save_upon(found)
    context = {"event": event, "item": found, "form": form, "material": MaterialForm(), "stands": stands}
    return render(request, "events/item.html", context)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def item_away(request: HttpRequest, event: Event, item: str) -> HttpResponse:
    """Take a part off the agenda."""
    act = partial(take_item_away, item=_item(event, item), by=person_of(request), now=clock.now())
    tap(request, act, _("Taken off the agenda."))
    return redirect("events:agenda", event.ref)


@door(EventAction.MANAGE, Event, read=with_agenda)
@require_POST
def materials(request: HttpRequest, event: Event, item: str) -> HttpResponse:
    """Add a file or a link to a part."""
    found = _item(event, item)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        said = dict(form.cleaned_data)
        act = partial(add_material, item=found, upload=said.pop("file"), by=person_of(request))
        if attempt(form, partial(act, now=clock.now(), **said)):
            messages.success(request, _("The material is kept. Everybody invited can open it."))
            return redirect("events:item", event.ref, found.ref)
    form_of_item = ItemForm(event=event, item=found)
    context = {"event": event, "item": found, "form": form_of_item, "material": form}
    return render(request, "events/item.html", context)


@door(EventAction.READ, Event, read=with_programme)
@require_safe
def material(_request: HttpRequest, event: Event, material: str) -> HttpResponseBase:
    """A file that belongs to the event."""
    found = _material(event, material)
    if found.file is None:
        raise Http404
    return respond(found.file)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def material_away(request: HttpRequest, event: Event, material: str) -> HttpResponse:
    """Take a material away."""
    found = _material(event, material)
    act = partial(take_material_away, material=found, by=person_of(request), now=clock.now())
    tap(request, act, _("The material is taken away."))
    return redirect("events:item", event.ref, found.item.ref)


def _item(event: Event, ref: str) -> AgendaItem:
    found: AgendaItem = get_object_or_404(event.agenda.filter(withdrawn_at=None), ref=ref)
    found.event = event
    return found


def _material(event: Event, ref: str) -> Material:
    of_event = Material.objects.filter(item__event=event, item__withdrawn_at=None, withdrawn_at=None)
    found: Material = get_object_or_404(of_event.select_related("item", "file"), ref=ref)
    found.item.event = event
    return found
