"""One's own page about being told: quiet hours, gathered letters."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import signed_in
from varpa.kernel.refusals import Refusal
from varpa.notices import actions
from varpa.notices.forms import BesideForm, HoursForm, PaceForm
from varpa.notices.queries import manner_of
from varpa.people.models import Person
from varpa.people.signed import person_of

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


def _said(request: HttpRequest, name: str, form: forms.Form, action: Any, words: str) -> HttpResponse:
    """Do what a form asks and go back to the page; else the page with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            action(person=person_of(request), now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, words)
            return redirect("notices:notices")
    return _page(request, {name: form})


def _page(request: HttpRequest, forms_shown: dict[str, forms.Form]) -> HttpResponse:
    person: Person = person_of(request)
    manner = manner_of(person, clock.now())
    context = {
        "hours": HoursForm(None, manner=manner),
        "pace": PaceForm(None, manner=manner),
        "beside": BesideForm(None, manner=manner),
        "manner": manner,
        **forms_shown,
    }
    return render(request, "notices/notices.html", context)
