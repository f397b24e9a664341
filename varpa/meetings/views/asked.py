"""What the views of this room have in common: who asks, what an action answers, where one goes next."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from varpa.kernel.refusals import Refusal
from varpa.meetings.forms import tell
from varpa.ui.doing import here

Answer = TypeVar("Answer")


def attempt(form: forms.Form, act: Callable[[], Answer]) -> Answer | None:
    """What an action answers; None where it refused, and then the form says why."""
    try:
        return act()
    except Refusal as refusal:
        tell(form, refusal)
        return None


def onward(request: HttpRequest, address: str, *args: str) -> HttpResponse:
    """Back to the page of this site that the form came from (`next`), else to an address."""
    return redirect(here(request, request.POST.get("next", "")) or resolve_url(address, *args))
