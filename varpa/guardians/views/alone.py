"""A page for whoever holds a link: who else is signed in on this device is not its matter."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from varpa.people.alone import render_alone

LONGEST_TOKEN = 100
NOBODY: dict[str, Any] = {"person": None, "navigation": []}


def render_for_nobody(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page as nobody sees it who is signed in."""
    return render_alone(request, template, {**context, **NOBODY}, status)
