"""Pages for which nobody signs in: read in the language of their address, with their own choice of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from varpa.kernel.clock import zone_of
from varpa.people.models import Language


def asked_language(request: HttpRequest) -> str:
    """What keeps the language of the page's switch in an address, or ""."""
    chosen = _chosen(request)
    return f"?language={chosen}" if chosen else ""


@contextmanager
def read_in(request: HttpRequest, language: str = "", zone: str = "") -> Iterator[str]:
    """In the language that the address names, else `language`, else the reader's; by the clock of a zone."""
    chosen = _chosen(request) or language or translation.get_language() or Language.ENGLISH.value
    with translation.override(chosen), timezone.override(zone_of(zone) if zone else None):
        yield chosen


def render_alone(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200, *, kept: bool = False
) -> HttpResponse:
    """A page with its own choice of languages; nobody keeps it, unless it is the same for everybody."""
    now = translation.get_language() or Language.ENGLISH.value
    choices = [(code, name, code == now) for code, name in Language.choices]
    response = render(request, template, {**context, "languages": [], "choices": choices}, status=status)
    response.headers["Content-Language"] = now
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    if not kept:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _chosen(request: HttpRequest) -> str:
    """The language that the switch of the page has put into the address, or ""."""
    asked = request.GET.get("language", "")
    return asked if asked in Language.values else ""
