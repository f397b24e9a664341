"""What stands around every answer: the strict policies, and words that are not lost when a session ends."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from varpa.site import views

Answer = Callable[[HttpRequest], HttpResponse]

# Everything comes from here, nothing is inline, nobody frames us (frame-src: the demonstration's letters).
CONTENT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self' blob:",
    "frame-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
ASKED = ("microphone", "publickey-credentials-create", "publickey-credentials-get")
DENIED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
)
DENIED_TOO = (
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {whence}" for what, whence in CONTENT.items()),
    # A message may be spoken, a passkey signs in; nothing else of a device is ever asked for.
    "Permissions-Policy": ", ".join(
        [*(f"{each}=(self)" for each in ASKED), *(f"{each}=()" for each in DENIED + DENIED_TOO)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class PolicyMiddleware:
    """Adds the policies to every answer; a view that has set one of its own keeps it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class NullMiddleware:
    """An address with a null character names nothing: PostgreSQL keeps no such text, and would fail on it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)


class UnkeptMiddleware:
    """No browser keeps a page of somebody signed in: after signing out the Back button asks here again.

    Inside the middleware that reads who it is, so that nobody is asked for anew.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class KeptWordsMiddleware:
    """A form sent after the session has ended shows what was written, instead of only asking to sign in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        door = resolve_url(settings.LOGIN_URL)
        at_the_door = request.path.startswith(door)
        sent_away = response.headers["Location"].startswith(f"{door}?") and not at_the_door
        return views.signed_out(request) if sent_away else response
