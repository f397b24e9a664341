"""What stands around every page: the ways, the languages, whose page it is, the demonstration's line."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from varpa.people.models import Person
from varpa.site import demonstration


@dataclass(frozen=True)
class Way:
    """One entry of the navigation."""

    label: Any
    url: str
    current: bool


@dataclass(frozen=True)
class Language:
    """One of the languages at the door, by its own name."""

    code: str
    name: str
    current: bool


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template. Who is signed in is asked once a page, and only where a page is drawn."""
    person = request.user if isinstance(request.user, Person) else None
    growth = demonstration.growth(settings.DATA) if settings.DEMONSTRATION else None
    return {
        "navigation": _ways(request, person),
        "languages": [Language(code, name, code == get_language()) for code, name in settings.LANGUAGES],
        "person": person,
        "demonstration": settings.DEMONSTRATION,
        "demonstration_note": settings.DEMONSTRATION_NOTE,
        "growth": growth,
    }


def _ways(request: HttpRequest, person: Person | None) -> list[Way]:
    if person is None:
        return []
    return [Way(label, url, request.path == url) for label, name in WAYS if (url := _url(name))]


def _url(name: str) -> str:
    """The address of a page; empty where its room is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


WAYS = ((_("Next"), "home:home"),)
