"""What the pages of applying share: who may go on in this browser, how often one may ask."""

from datetime import datetime, timedelta
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from varpa.calls.models import Application
from varpa.calls.queries import by_ref
from varpa.kernel import clock
from varpa.kernel.refusals import Refusal
from varpa.people.alone import read_in, render_alone
from varpa.people.models import Person

APPLYING = "applying"
# At school many write on one computer: what was written is not shown long after somebody has left.
STAYS_OPEN = timedelta(hours=2)


class TooOften(Refusal):
    sentence = gettext_lazy("This was tried too often. Wait a quarter of an hour, then try again.")


def remember(request: HttpRequest, application: Application) -> None:
    """This browser may go on with an application, for STAYS_OPEN from now."""
    now = clock.now()
    open_here = {ref: entry for ref, entry in _open_here(request).items() if _fresh(entry[0], now)}
    entry = [now.isoformat(), application.confirmed_at is not None]
    request.session[APPLYING] = {**open_here, application.ref: entry}


def forget(request: HttpRequest) -> None:
    """Nobody goes on in this browser without the letter."""
    request.session.pop(APPLYING, None)


def mine(request: HttpRequest, ref: str) -> Application | None:
    """The application, if this browser may go on with it: begun here, opened by its link, or one's own.

    Whoever began it in another's name is out as soon as the owner of the address has opened the link.
    """
    application = by_ref(ref)
    if application is None:
        return None
    at, confirmed = _open_here(request).get(ref, ["", False])
    holds = _fresh(at, clock.now()) and (confirmed or application.confirmed_at is None)
    if holds or own(request, application):
        remember(request, application)
        return application
    return None


def closed(request: HttpRequest) -> HttpResponse:
    """The page that says how to go on; what was just written is shown, so that it can be copied."""
    sent = [str(text) for name in request.POST for text in request.POST.getlist(name)]
    words = [text for text in sent if " " in text.strip()]
    with read_in(request):
        return render_alone(request, "calls/closed.html", {"words": words}, status=403)


def may_begin(request: HttpRequest) -> bool:
    """Whether this computer has not begun too many applications within a minute."""
    return bool(ratelimit.consume(request, action="begin_application"))


def may_write_to(request: HttpRequest, address: str) -> bool:
    """Whether a letter may go to an address once more (docs/decisions/0003-rate-limits.md)."""
    return bool(ratelimit.consume(request, action="application_letter", key=address.strip().lower()))


def person_of(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def own(request: HttpRequest, application: Application) -> bool:
    """Whether whoever is signed in sent the application, or has its address."""
    person = person_of(request)
    if person is None:
        return False
    sender = application.membership.person_id if application.membership else None
    return sender == person.pk or (bool(person.email) and person.email == application.address)


def _open_here(request: HttpRequest) -> dict[str, Any]:
    """By reference: when it was last open here, and whether its address was confirmed then."""
    found: dict[str, Any] = request.session.get(APPLYING, {})
    return found


def _fresh(at: str, now: datetime) -> bool:
    return bool(at) and timedelta() <= now - datetime.fromisoformat(at) < STAYS_OPEN
