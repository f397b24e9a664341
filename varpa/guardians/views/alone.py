"""A page for whoever holds a link: in the language of the letters, with nobody signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from varpa.people.models import Language

LONGEST_TOKEN = 100


def asked_language(request: HttpRequest) -> str:
    """What keeps the language of the page's switch in an address, or ""."""
    chosen = _chosen(request)
    return f"?language={chosen}" if chosen else ""


@contextmanager
def read_in(request: HttpRequest, language: str = "", zone: str = "") -> Iterator[None]:
    """In the language of the letters, unless another is chosen, and at the programme's clock."""
    own = language or translation.get_language() or Language.ENGLISH.value
    clock = ZoneInfo(zone) if zone else None
    with translation.override(_chosen(request) or own), timezone.override(clock):
        yield


def render_alone(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page for whoever holds the link: who else is signed in on this device is not its matter."""
    now = translation.get_language()
    choices = [(code, name, code == now) for code, name in Language.choices]
    alone = {"person": None, "navigation": [], "languages": [], "choices": choices}
    response = render(request, template, {**context, **alone}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = now or ""
    return response


def _chosen(request: HttpRequest) -> str:
    """The language that the switch of the page has put into the address, or ""."""
    asked = request.GET.get("language", "")
    return asked if asked in Language.values else ""
