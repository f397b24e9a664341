"""What the host taps while plans are presented, and what the hall sees."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from varpa.defence.access import DefenceAction, SlotAction
from varpa.defence.actions import stage
from varpa.defence.models import Defence, DefenceState, Slot
from varpa.defence.queries import defences_read, favourites_of, hall_chooses, on_stage, slots_read, wall_of
from varpa.defence.views.days import at_the_desk
from varpa.defence.views.slides import slides_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.post.envelope import absolute
from varpa.ui.walls import CHANGES_EVERY, drawn, token_of

ACTS: dict[str, Callable[..., None]] = {
    "start": stage.start_slot,
    "undo": stage.undo_start,
    "pause": stage.pause_slot,
    "resume": stage.resume_slot,
    "close": stage.close_slot,
    "reopen": stage.reopen_slot,
    "skip": stage.skip_slot,
    "absent": stage.mark_absent,
    "here": stage.mark_here,
}


@door(SlotAction.HOST, Slot, read=slots_read)
@require_POST
def act(request: HttpRequest, slot: Slot, name: str) -> HttpResponse:
    """Start, pause, go on, close, open again, skip, not here, here after all."""
    if name not in ACTS:
        raise Http404
    return at_the_desk(request, slot.defence, ACTS[name], slot=slot)


@door(SlotAction.HOST, Slot, read=slots_read)
@require_POST
def extend(request: HttpRequest, slot: Slot) -> HttpResponse:
    """Some minutes more."""
    asked = request.POST.get("minutes", "")
    if not (asked.isdecimal() and len(asked) < 4):
        messages.warning(request, str(stage.LengthIsWrong()))
        return redirect("defence:defence", slot.defence.ref)
    return at_the_desk(request, slot.defence, stage.extend_slot, slot=slot, minutes=int(asked))


@door(DefenceAction.READ, Defence)
@require_safe
def pulse(_request: HttpRequest, defence: Defence) -> HttpResponse:
    """Whether anything has changed: asked every few seconds by pages that are open."""
    return beat(defence)


def beat(defence: Defence) -> JsonResponse:
    """The number that an open page compares with its own."""
    return JsonResponse({"turn": defence.turn}, headers={"Cache-Control": "no-store"})


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_safe
def hall(request: HttpRequest, defence: Defence) -> HttpResponse:
    """For the projector: who, the time, then thanks. It never ranks and knows no amounts."""
    last, now = defence.slots.filter(state="closed").order_by("-closed_at").first(), clock.now()
    stage = on_stage(defence)
    context = {
        "defence": defence,
        "stage": stage,
        "slides": slides_of(stage) if stage else None,
        "last": slots_read(Slot.objects.filter(pk=last.pk)).first() if last else None,
        "now": now,
        "code": drawn(_to_scan(defence, now)) if hall_chooses(defence) else "",
        "favourites": favourites_of(defence) if defence.state == DefenceState.CLOSED else [],
    }
    response = render(request, "defence/hall.html", context)
    if context["code"]:
        # Without a script: the page asks for itself anew while the code on it is still fresh.
        response.headers["Refresh"] = str(int(CHANGES_EVERY.total_seconds()) // 2)
    return response


def _to_scan(defence: Defence, now: datetime) -> str:
    return absolute(reverse("defence:scan", args=[defence.ref, token_of(wall_of(defence), now)]))
