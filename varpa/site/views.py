"""The pages that belong to no room: errors, health, language, robots."""

import errno
import sys

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.defaults import server_error

from varpa.kernel import clock
from varpa.kernel.doors import public, signed_in
from varpa.kernel.refusals import Refusal
from varpa.notices.actions import remove_device
from varpa.notices.models import DeviceKind
from varpa.notices.queries import device_of, devices_of
from varpa.notices.views import HERE
from varpa.people import actions as people
from varpa.people import standing
from varpa.people import views as people_pages
from varpa.people.middleware import keep_language
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.site import kept
from varpa.ui.doing import here

TRY_AGAIN_SECONDS = "15"
# PostgreSQL's word for a change on a server that takes none (read_only_sql_transaction).
READ_ONLY = "25006"
# What the page without a connection is made of.
WITHOUT = (
    "ui/css/varpa.css",
    "ui/js/without.js",
    "ui/mark.svg",
    "ui/fonts/atkinson-hyperlegible-next-latin.woff2",
    "ui/fonts/atkinson-hyperlegible-next-latin-ext.woff2",
    "ui/fonts/piazzolla-latin.woff2",
    "ui/fonts/piazzolla-latin-ext.woff2",
)


@public("anybody chooses the language of the pages, before signing in too")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language: in a cookie, and with the person who is signed in, unless by a stand-in."""
    chosen = request.POST.get("language", "")
    response = redirect(here(request, request.POST.get("next", "")) or "/")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if standing.stands_in(request):
        standing.choose(request, chosen)
    elif isinstance(request.user, Person):
        people.change_language(person=request.user, language=chosen, now=clock.now())
    else:
        # Kept beyond the door: whoever signs in next in this visit reads what was chosen.
        request.session["language"] = chosen
    keep_language(response, chosen)
    return response


@public("whoever is signed in may leave; the others are led to the first page")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponseBase:
    """Sign out; this device then tells nobody of anything any more."""
    person = request.user if isinstance(request.user, Person) else None
    device = device_of(person, request.session.get(HERE, "")) if person else None
    answer = people_pages.leave(request)
    if device and person and not request.user.is_authenticated:
        remove_device(device=device, by=person, now=clock.now())
    return answer


@signed_in("one's own sessions")
@require_POST
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out on all other devices, which then tell nobody of anything either; this one stays."""
    person, now = person_of(request), clock.now()
    people.sign_out_elsewhere(person=person, now=now)
    update_session_auth_hash(request, person)
    others = devices_of(person).exclude(kind=DeviceKind.PHONE).exclude(ref=request.session.get(HERE, ""))
    for device in others:
        remove_device(device=device, by=person, now=now)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("people:me")


@signed_in("one's own sessions")
@require_POST
def there(request: HttpRequest) -> HttpResponse:
    """Sign out on one other device, which then tells nobody of anything either."""
    person, now = person_of(request), clock.now()
    name, here = request.POST.get("session", ""), request.session.session_key
    try:
        held = people.sign_out_there(person=person, name=name, here=here, now=now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        device = device_of(person, held.get(HERE, ""))
        if device:
            remove_device(device=device, by=person, now=now)
        messages.success(request, _("You are signed out there."))
    return redirect(f"{resolve_url('people:me')}#signed-in")


@public("the browser keeps it, to answer where there is no connection; it holds nothing of anybody")
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the whole site; the browser asks for it anew each day."""
    script = render_to_string(
        "site/worker.js",
        {"files": WITHOUT, "language": get_language(), "product": settings.PRODUCT_NAME},
        request,
    )
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@public("the page without a connection; it is the same for everybody")
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker keeps, in the language that the browser asks for."""
    asked = request.GET.get("language", "")
    chosen = asked if asked in dict(settings.LANGUAGES) else get_language()
    with override(chosen):
        return render(request, "site/offline.html")


@public("watchers ask whether the site reaches its database; it says nothing else")
@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """`ok`, or 503 where the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@public("search engines may read the front door, never of a demonstration or a trial copy")
@require_GET
def robots(_request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    closed = settings.DEMONSTRATION or settings.TRIAL
    front = "" if closed else "Allow: /$\nAllow: /call/\nAllow: /static/\n"
    return HttpResponse(f"User-agent: *\n{front}Disallow: /\n", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form is too old or came from elsewhere; what was written is shown."""
    return _kept(request, "site/form_too_old.html")


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended while somebody wrote; what was written is shown."""
    return _kept(request, "site/signed_out.html")


def unread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came cannot be read as a form of this site; what was written in it is shown, where it can be."""
    del exception  # Django hands it over by this name; it names what was wrong in the words of a program.
    return _closed(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody may read, but not do it any more; what was written meanwhile is shown."""
    del exception  # Django hands it over by this name; why a door is closed is told to nobody.
    return _closed(request, "403.html", 403)


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is there, or it is no longer shown to who asks; what was written meanwhile is shown."""
    del exception  # Django hands it over by this name; whether a thing is there is told to nobody.
    return _closed(request, "404.html", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """A mistake of ours (500), or a locked, full or unreachable database (503, with what to do)."""
    if not _unavailable(sys.exc_info()[1]):
        return server_error(request)
    # Without the request: the page must not ask the database who is signed in.
    page = render_to_string("site/unavailable.html", {"words": kept.fields(request)})
    headers = {"Retry-After": TRY_AGAIN_SECONDS, "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def _unavailable(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    # A server that only copies another one, until it takes its place.
    copies = getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    return copies or "full" in str(error) or isinstance(error, OperationalError | InterfaceError)


@requires_csrf_token
def _closed(request: HttpRequest, template: str, status: int) -> HttpResponse:
    context = {"words": kept.own_fields(request)}
    response = render(request, template, context, status=status)
    if context["words"]:
        response.headers["Cache-Control"] = "no-store"
    return response


def _kept(request: HttpRequest, template: str) -> HttpResponse:
    context = {
        "words": kept.fields(request),
        "again": kept.came_from_here(request),
        "had_files": bool(request.FILES),
        # To choose a language leaves the page, and what was written stands nowhere else.
        "languages": (),
    }
    response = render(request, template, context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response
