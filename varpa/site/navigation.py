"""What stands around every page: the ways, the languages, whose page it is, the demonstration's line."""

from functools import cache, partial
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from varpa.calls.queries import fronts
from varpa.home.queries.published import published
from varpa.home.queries.ways import NOW, ways_of
from varpa.home.queries.ways import Way as Named
from varpa.people.models import Person
from varpa.site import demonstration
from varpa.ui.addresses import address_of


class Way(NamedTuple):
    """One entry of the navigation."""

    label: Any
    url: str
    current: bool


class Language(NamedTuple):
    """One of the languages at the door, by its own name."""

    code: str
    name: str
    current: bool


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template. Who is signed in is asked once a page, and only where a page is drawn."""
    # A page that refuses an address is drawn before anybody was asked who they are.
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    ways = ways_of(person) if person else []
    return {
        "navigation": _ways(request, ways),
        # The doors for when something is wrong stand below every page of whoever takes part (R8).
        "helped": NOW in ways,
        "languages": languages(get_language()),
        "person": person,
        # Asked only by the page of the door.
        "fronts": fronts,
        # Asked by that page too, of all programmes, and by the front door of a programme or of an
        # organisation, of what is theirs.
        "published": partial(published, *_asked_for(request)),
        "theme": request.COOKIES.get("theme", ""),
        "demonstration": settings.DEMONSTRATION,
        "demonstration_note": _note() if settings.DEMONSTRATION else "",
        "trial_note": settings.TRIAL_NOTE if settings.TRIAL else "",
    }


@cache
def languages(chosen: str | None) -> tuple[Language, ...]:
    """The languages at the door, with the one that is read now."""
    return tuple(Language(code, name, code == chosen) for code, name in settings.LANGUAGES)


def _asked_for(request: HttpRequest) -> tuple[str, str]:
    """The reference in the address of the page, of a programme or of an organisation; or twice ""."""
    match = request.resolver_match
    ref = str(match.kwargs.get("ref", "")) if match else ""
    return ("", ref) if match and match.view_name == "calls:organisation" else (ref, "")


def _ways(request: HttpRequest, ways: list[Named]) -> list[Way]:
    named = [(label, address_of(name, *args)) for label, name, args in ways]
    return [Way(label, url, request.path == url) for label, url in named]


def _note() -> str:
    note = str(settings.DEMONSTRATION_NOTE)
    grown = demonstration.growth(settings.DATA)
    if grown:
        done, of = grown
        note += " " + gettext("It is still growing: {percent} %.").format(percent=100 * done // of)
    return note
