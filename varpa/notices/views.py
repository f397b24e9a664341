"""One's own page about being told: quiet hours, gathered letters."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door, signed_in
from varpa.kernel.refusals import Refusal
from varpa.notices import actions, numbers, sms, vapid
from varpa.notices.access import DeviceAction
from varpa.notices.forms import BesideForm, CodeForm, DeviceForm, HoursForm, NumberForm, PaceForm
from varpa.notices.models import Device
from varpa.notices.queries import device_of, devices_of, learns, manner_of
from varpa.people.devices import device_name
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.ui.doing import accepted

HERE = "device"
"""In the session: the device on which whoever is signed in here is told."""
DEVICES = "/me/notices/#devices"
WHERE = {"pace": "#pace", "beside": "#devices", "number": "#number", "code": "#devices"}
"""Where on the page one looks at what was saved."""
ASK = ["GET", "HEAD", "POST"]


@signed_in("how one is told")
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Quiet hours, gathered letters, devices."""
    return _page(request, {})


@signed_in("one's own quiet hours")
@require_http_methods(ASK)
def hours(request: HttpRequest) -> HttpResponse:
    """In which hours letters that can wait do wait."""
    form = HoursForm(request.POST or None, manner=manner_of(person_of(request), clock.now()))
    return _said(request, "hours", form, actions.choose_quiet_hours, _("The quiet hours are saved."))


@signed_in("how often one is written to")
@require_http_methods(ASK)
def pace(request: HttpRequest) -> HttpResponse:
    """At once, once a day, once a week."""
    form = PaceForm(request.POST or None, manner=manner_of(person_of(request), clock.now()))
    return _said(request, "pace", form, actions.choose_pace, _("Saved. Letters that wait go by it too."))


@signed_in("what comes by mail beside a device")
@require_http_methods(ASK)
def beside(request: HttpRequest) -> HttpResponse:
    """Both, or by mail once a day."""
    form = BesideForm(request.POST or None, manner=manner_of(person_of(request), clock.now()))
    return _said(request, "beside", form, actions.choose_beside, _("Saved. Letters that wait go by it too."))


@signed_in("one's own devices")
@require_POST
def devices(request: HttpRequest) -> HttpResponse:
    """Be told on the browser that asks; what it gives is of its own making."""
    form = DeviceForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"endpoint": "", "public_key": "", "auth": ""}
    name = device_name(request.headers.get("User-Agent", ""))
    try:
        device = actions.add_device(person=person_of(request), name=name, now=clock.now(), **given)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        # Whoever signs out here is told here no more (`site.views.leave`).
        request.session[HERE] = device.ref
        messages.success(request, _("From now on this device shows notifications."))
    return redirect(DEVICES)


@signed_in("one's own phone number")
@require_http_methods(ASK)
def number(request: HttpRequest) -> HttpResponse:
    """Have a code sent to a number."""
    form = NumberForm(request.POST or None)
    return _said(
        request, "number", form, numbers.ask_code, _("A code is on its way to the phone. Write it here.")
    )


@signed_in("one's own phone number")
@require_http_methods(ASK)
def code(request: HttpRequest) -> HttpResponse:
    """Confirm the number by its code."""
    form = CodeForm(request.POST or None)
    told = _("From now on short messages come to this number.")
    return _said(request, "code", form, numbers.confirm_number, told)


@door(DeviceAction.REMOVE, Device)
@require_POST
def remove(request: HttpRequest, device: Device) -> HttpResponse:
    """Nothing more is shown on a device."""
    actions.remove_device(device=device, by=person_of(request), now=clock.now())
    messages.success(request, _("Removed: nothing more is shown there."))
    return redirect(DEVICES)


def _said(request: HttpRequest, name: str, form: forms.Form, action: Any, words: str) -> HttpResponse:
    """Do what a form asks and go back to the page; else the page with what is wrong."""
    saving = partial(action, person=person_of(request), now=clock.now())
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: saving(**form.cleaned_data)):
        messages.success(request, words)
        return redirect(f"{resolve_url('notices:notices')}{WHERE.get(name, '')}")
    return _page(request, {name: form})


def _page(request: HttpRequest, forms_shown: dict[str, forms.Form]) -> HttpResponse:
    person: Person = person_of(request)
    here = device_of(person, request.session.get(HERE, ""))
    manner = manner_of(person, clock.now())
    context = {
        "hours": HoursForm(None, manner=manner),
        "pace": PaceForm(None, manner=manner),
        "beside": BesideForm(None, manner=manner),
        "manner": manner,
        "devices": devices_of(person),
        "learns": learns(person),
        "here": here.ref if here else "",
        "sms": sms.is_there(),
        "number": NumberForm(),
        "code": CodeForm(),
        "waits": numbers.waiting_code(person, clock.now()) if sms.is_there() else None,
        "key": vapid.keys().application,
        **forms_shown,
    }
    return render(request, "notices/notices.html", context)
