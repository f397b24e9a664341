"""The code on the wall, and the page of whoever scans it."""

from functools import partial

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.events.access import EventAction
from varpa.events.actions.presence import is_today, mark_self
from varpa.events.models import Event, EventState
from varpa.events.presence import SIGN_IN_LASTS, TAP_LASTS, code_of, is_fresh
from varpa.events.queries.events import own_invitation, present_at, with_programme
from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import door, public
from varpa.people.models import Person
from varpa.ui.doing import tap
from varpa.ui.walls import CHANGES_EVERY

SCANNED = "events.scanned"


@door(EventAction.MANAGE, Event, read=with_programme)
@require_safe
def screen(request: HttpRequest, event: Event) -> HttpResponse:
    """For the projector or a tablet at the door: a code that is another one every half minute."""
    now = clock.now()
    on = event.state in (EventState.ANNOUNCED, EventState.HELD) and is_today(event, now)
    context = {
        "event": event,
        "on": on,
        "code": code_of(event, now) if on else "",
        "present": present_at(event),
    }
    response = render(request, "events/screen.html", context)
    if on:
        # Without a script: the page asks for itself anew while the code on it is still fresh.
        response.headers["Refresh"] = str(int(CHANGES_EVERY.total_seconds()) // 2)
    response.headers["Cache-Control"] = "no-store"
    return response


@public("a code on the wall: whoever scans it signs in first, and only somebody invited is marked")
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, ref: str, token: str) -> HttpResponse:
    """One tap says that one is here. A photograph of the code that comes later says nothing."""
    now = clock.now()
    event = with_programme(Event.objects.filter(ref=ref)).first()
    fresh = event is not None and is_fresh(event, token, now)
    if fresh:
        # This device has scanned it in time. Signing in takes longer than a code lasts; a tap does not.
        request.session[SCANNED] = [ref, token, isinstance(request.user, Person)]
    if not isinstance(request.user, Person):
        return redirect_to_login(request.get_full_path())
    seen = allowed(EventAction.READ, request.user, Event.objects.filter(ref=ref))
    if event is None or not seen.exists():
        raise Http404
    scanned = request.session.get(SCANNED)
    for was_signed, lasts in ((True, TAP_LASTS), (False, SIGN_IN_LASTS)):
        fresh = fresh or (scanned == [ref, token, was_signed] and is_fresh(event, token, now, lasts))
    invitation = own_invitation(event, request.user)
    if request.method == "POST" and fresh and invitation:
        member = invitation.membership
        act = partial(mark_self, event=event, membership=member, by=request.user, now=now)
        if tap(request, act, _("You are entered as present.")):
            request.session.pop(SCANNED, None)
        return redirect("events:event", event.ref)
    context = {"event": event, "fresh": fresh, "invited": invitation is not None}
    return render(request, "events/here.html", context, status=200 if fresh else 410)
