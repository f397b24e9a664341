"""Pages of programmes wait until whoever runs them has set up a second step (quality §4)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from varpa.factors.stages import DUE
from varpa.kernel import clock

OWN = "/me/"
"""Below it stands what is one's own alone; it stays open."""


class SecondStepMiddleware:
    """Asks the session only: whoever gets such a role signs in anew (`people.actions.end_sessions`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: object, _named: object
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not waits(request):
            return None
        if request.path.startswith(OWN) or getattr(view, "door", ("",))[0] == "public":
            return None
        return redirect("factors:overview")


def due_at(request: HttpRequest) -> datetime | None:
    """From when on pages of programmes wait for a second step; None: they do not."""
    due = request.session.get(DUE)
    return datetime.fromisoformat(due) if due else None


def waits(request: HttpRequest) -> bool:
    """Whether the days are over in which one might still go on without."""
    due = due_at(request)
    return due is not None and clock.real() >= due
