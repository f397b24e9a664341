"""The reader's language and time zone around every page (R12)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation

from varpa.kernel.clock import zone_of
from varpa.people import sessions, standing
from varpa.people.models import Person


class LanguageMiddleware:
    """The signed-in person's language and zone; at the door the cookie, then what the browser asks for.

    Who stands in for somebody reads the language chosen in this visit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asked on every page: who it is, not somebody who would say who it is.
        request.user = get_user(request)
        person = request.user if isinstance(request.user, Person) else None
        language = (standing.chosen(request) or person.language) if person else _asked(request)
        zone = zone_of(person.zone) if person else None
        if person:
            sessions.note_seen(request, person)
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        name = settings.LANGUAGE_COOKIE_NAME
        if person and request.COOKIES.get(name) != language and name not in response.cookies:
            keep_language(response, language)
        return response


def keep_language(response: HttpResponseBase, language: str) -> None:
    """In a cookie of this browser: whoever is signed out, perhaps mid-sentence, reads why in the same one."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )


def _asked(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = {code for code, _name in settings.LANGUAGES}
    return cookie if cookie in known else translation.get_language_from_request(request)
