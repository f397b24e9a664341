"""Trying a day out: begun, spoken in by made-up jurors, begun anew, thrown away."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from varpa.defence.access import DefenceAction, JurorAction
from varpa.defence.actions import rehearsal
from varpa.defence.models import Defence, Juror
from varpa.defence.queries import defences_read, jurors_read, rehearsal_of
from varpa.defence.views.jury import Chair, answer, step_back
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def rehearse(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Try the day out, or go on."""
    return _begin(request, defence)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def speak(request: HttpRequest, defence: Defence) -> HttpResponse:
    """The made-up jurors speak."""
    tap(request, partial(rehearsal.let_jurors_speak, defence=defence, now=clock.now()))
    return redirect("defence:defence", defence.ref)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def throw_away(request: HttpRequest, defence: Defence) -> HttpResponse:
    """Delete a rehearsal; with `again` another one begins at once."""
    real = defence.rehearsal_of
    if real is None:
        raise Http404
    tap(request, partial(rehearsal.throw_rehearsal_away, defence=defence))
    return _begin(request, real) if request.POST.get("again") else redirect("defence:defence", real.ref)


@door(JurorAction.HOST, Juror, read=jurors_read)
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest, juror: Juror) -> HttpResponse:
    """The phone of a made-up juror."""
    return answer(request, _chair(juror))


@door(JurorAction.HOST, Juror, read=jurors_read)
@require_POST
def recuse(request: HttpRequest, juror: Juror) -> HttpResponse:
    """A made-up juror stands back."""
    return step_back(request, _chair(juror))


def _begin(request: HttpRequest, defence: Defence) -> HttpResponse:
    act = partial(rehearsal.rehearse, defence=defence, by=person_of(request), now=clock.now())
    tap(request, act)
    return redirect("defence:defence", (rehearsal_of(defence) or defence).ref)


def _chair(juror: Juror) -> Chair:
    """Where a made-up juror sits; nobody sits down in the chair of a real one."""
    if not juror.defence.rehearsal_of_id:
        raise Http404
    here, back = (reverse(f"defence:{name}", args=[juror.ref]) for name in ("phone", "phone_recuse"))
    return Chair(juror, here, reverse("defence:pulse", args=[juror.defence.ref]), back)
