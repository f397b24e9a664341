"""A phone in the hall: it scans the code on the screen, and chooses a favourite without an account."""

import secrets
from functools import partial
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.defence.access import DefenceAction
from varpa.defence.actions.favourite import choose_favourite, open_hall
from varpa.defence.forms import FavouriteForm
from varpa.defence.models import Defence, DefenceState
from varpa.defence.queries import defences_read, favourites_of, hall_chooses, shown_slots, voice_of, wall_of
from varpa.defence.views.days import at_the_desk
from varpa.defence.views.stage import beat
from varpa.kernel import clock
from varpa.kernel.doors import door, public
from varpa.people.alone import asked_language, read_in, render_alone
from varpa.ui.doing import accepted
from varpa.ui.walls import is_fresh

COOKIE = "favourite"
LASTS = 24 * 3600


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def let_choose(request: HttpRequest, defence: Defence) -> HttpResponse:
    """From now on the hall may choose."""
    return at_the_desk(request, defence, open_hall, defence=defence)


@public("a code on the hall's screen: whoever scans it may choose one favourite, without an account")
@require_safe
def scan(request: HttpRequest, ref: str, token: str) -> HttpResponse:
    """The phone is known by a cookie from here on. A photograph of the code soon opens nothing."""
    defence = _day(ref)
    if not hall_chooses(defence) or not is_fresh(wall_of(defence), token, clock.now()):
        with read_in(request, zone=defence.zone):
            return _page(request, defence, {"old": True}, status=410)
    answer = redirect(reverse("defence:favourite", args=[ref]) + asked_language(request))
    answer.set_signed_cookie(
        COOKIE,
        _device(request, defence) or secrets.token_urlsafe(16),
        salt=_salt(defence),
        max_age=LASTS,
        path=reverse("defence:favourite", args=[ref]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@public("a phone that has scanned the code in the hall chooses one of those whom the screen has shown")
@require_http_methods(["GET", "HEAD", "POST"])
def favourite(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose, or choose another instead; once the day is closed, read who it is."""
    defence = _day(ref)
    with read_in(request, zone=defence.zone):
        device = _device(request, defence)
        if not device:
            return _page(request, defence, {"old": True}, status=410)
        if not hall_chooses(defence):
            return _page(request, defence, {"favourites": favourites_of(defence)})
        return _choice(request, defence, device)


def _choice(request: HttpRequest, defence: Defence, device: str) -> HttpResponse:
    slots = list(shown_slots(defence))
    chosen = voice_of(defence, device)
    initial = {"slot": next((slot.ref for slot in slots if chosen and slot.pk == chosen.slot_id), "")}
    form = FavouriteForm(request.POST or None, slots=slots, initial=initial)
    said: dict[str, Any] = {"form": form, "chosen": chosen}
    if request.method == "POST":
        if not ratelimit.consume(request, action="favourite", key=f"{defence.ref}:{device}"):
            return _page(request, defence, {**said, "too_often": True}, status=429)
        if form.is_valid() and accepted(form, partial(_choose, defence, form.cleaned_data["slot"], device)):
            messages.success(request, _("Your choice counts. Until the day closes you can choose another."))
            return redirect(request.get_full_path())
    return _page(request, defence, said)


def _choose(defence: Defence, ref: str, device: str) -> None:
    slot = shown_slots(defence).get(ref=ref)
    slot.defence = defence
    choose_favourite(slot=slot, device=device)


@public("a phone in the hall asks whether anything has changed on stage: it is told a number")
@require_safe
def favourite_pulse(request: HttpRequest, ref: str) -> HttpResponse:
    defence = _day(ref)
    if not _device(request, defence):
        raise Http404
    return beat(defence)


def _day(ref: str) -> Defence:
    """A day that has begun; of any other nobody is told that it is there."""
    begun = Defence.objects.filter(ref=ref, state__in=(DefenceState.RUNNING, DefenceState.CLOSED))
    defence = defences_read(begun.exclude(hall_opened_at=None)).first()
    if defence is None:
        raise Http404
    return defence


def _device(request: HttpRequest, defence: Defence) -> str:
    """The random word in this phone's cookie, or ""."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=_salt(defence), max_age=LASTS))


def _salt(defence: Defence) -> str:
    return f"{COOKIE}:{defence.ref}"


def _page(request: HttpRequest, defence: Defence, more: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {"defence": defence, "person": None, "navigation": [], **more}
    return render_alone(request, "defence/favourite.html", context, status=status)
