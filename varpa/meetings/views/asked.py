"""What the views of this room have in common: who asks, what an action answers, where one goes next."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from varpa.kernel import clock
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.meetings.forms import tell
from varpa.ui.merging import merge
from varpa.ui.words import clock_time

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
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return redirect(wanted)
    return redirect(resolve_url(address, *args))


def saves_itself(request: HttpRequest) -> bool:
    """Whether the page saves as somebody types (ui/js/saving.js)."""
    return request.headers.get("X-Autosave") == "1"


def saved(revision: int) -> JsonResponse:
    """What such a page is told: the revision to save on next, and when this was."""
    return JsonResponse({"revision": revision, "saved_at": clock_time(clock.now())})


def merge_page(
    request: HttpRequest, conflict: Conflict, labels: Mapping[str, object], *, back: str
) -> HttpResponse:
    """Both texts on one page; whatever else the form held is sent along again (R13)."""
    if saves_itself(request):
        return JsonResponse({"conflict": True})
    taken = {*conflict.given, "revision", "csrfmiddlewaretoken"}
    rest = [(name, value) for name, values in request.POST.lists() if name not in taken for value in values]
    context = {"merge": merge(conflict, labels), "rest": rest, "back": back}
    return render(request, "meetings/merge.html", context)
