"""How a form that saves itself is answered: the other half of `saving.js`."""

from django.http import HttpRequest, JsonResponse

from varpa.kernel import clock
from varpa.kernel.merging import Conflict
from varpa.ui import words


def saves_itself(request: HttpRequest) -> bool:
    """Whether the form was sent by its own script, a moment after the last key."""
    return request.headers.get("X-Autosave") == "1"


def saved(revision: object) -> JsonResponse:
    """Saved: upon which revision to go on, and when, in the reader's words."""
    return JsonResponse({"revision": revision, "saved_at": words.clock_time(clock.now())})


def not_saved(conflict: Conflict | None = None) -> JsonResponse:
    """Not saved: both texts wait behind the button, or the page says there why."""
    return JsonResponse({"conflict": True} if conflict else {"refused": True})
