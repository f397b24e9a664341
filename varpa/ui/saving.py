"""How a form is answered that saves itself (the other half of `saving.js`), or that meets another text."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url

from varpa.kernel import clock
from varpa.kernel.merging import Conflict
from varpa.ui import words
from varpa.ui.merging import merge


def saves_itself(request: HttpRequest) -> bool:
    """Whether the form was sent by its own script, a moment after the last key."""
    return request.headers.get("X-Autosave") == "1"


def saved(revision: object, *, there: str = "") -> JsonResponse:
    """Saved: upon which revision to go on, when, in the reader's words, and `there`: where it now stands."""
    said = {"revision": revision, "saved_at": words.clock_time(clock.now())}
    return JsonResponse({**said, "there": there} if there else said)


def not_saved(conflict: Conflict | None = None) -> JsonResponse:
    """Not saved: both texts wait behind the button, or the page says there why."""
    return JsonResponse({"conflict": True} if conflict else {"refused": True})


def gone_on(request: HttpRequest, to: str, *args: object) -> HttpResponse:
    """On to the next page: by itself, or told to the script that sent the form and stays until it knows."""
    if request.headers.get("X-Stays") == "1":
        return JsonResponse({"there": resolve_url(to, *args)})
    return redirect(to, *args)


def merge_page(
    request: HttpRequest, conflict: Conflict, labels: Mapping[str, object], *, back: str
) -> HttpResponse:
    """Both texts on one page; whatever else the form held is sent along again (R13). `back`: an address."""
    if saves_itself(request):
        return not_saved(conflict)
    taken = {*conflict.given, "revision", "csrfmiddlewaretoken"}
    rest = [(name, value) for name, values in request.POST.lists() if name not in taken for value in values]
    context = {"merge": merge(conflict, labels), "rest": rest, "back": back}
    return render(request, "ui/merge_page.html", context)
