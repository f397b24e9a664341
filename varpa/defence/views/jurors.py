"""Who the jurors are: guests invited, links sent and revoked, jurors taken off."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.defence.access import DefenceAction, JurorAction
from varpa.defence.actions import jurors as actions
from varpa.defence.forms import GuestForm
from varpa.defence.models import Defence, Juror
from varpa.defence.queries import defences_read, jurors_read
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page as page_of
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_http_methods(["GET", "HEAD", "POST"])
def jurors(request: HttpRequest, defence: Defence) -> HttpResponse:
    """The jurors, and a form for a guest."""
    form = GuestForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.invite_guest(defence=defence, by=person_of(request), now=clock.now(), **said)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The letter with the link is on its way."))
            return redirect("defence:jurors", defence.ref)
    listed = page_of(request, defence.jurors.select_related("person").prefetch_related("links"))
    rows = [(juror, _state(juror), new_ref()) for juror in listed.rows]
    context = {"defence": defence, "page": listed, "rows": rows, "form": form}
    return render(request, "defence/jurors.html", context)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_POST
def lead(request: HttpRequest, defence: Defence) -> HttpResponse:
    """The lead partner's people as jurors too."""
    return _tap(request, defence, actions.add_lead_partner, defence=defence)


@door(JurorAction.HOST, Juror, read=jurors_read)
@require_POST
def send(request: HttpRequest, juror: Juror) -> HttpResponse:
    """A new link."""
    asked = request.POST.get("ref", "")
    ref = asked if is_ref(asked) else ""
    return _tap(request, juror.defence, actions.send_juror_link, juror=juror, ref=ref)


@door(JurorAction.HOST, Juror, read=jurors_read)
@require_POST
def revoke(request: HttpRequest, juror: Juror) -> HttpResponse:
    """No link opens any more."""
    return _tap(request, juror.defence, actions.revoke_links, juror=juror)


@door(JurorAction.HOST, Juror, read=jurors_read)
@require_POST
def off(request: HttpRequest, juror: Juror) -> HttpResponse:
    """A juror no more."""
    return _tap(request, juror.defence, actions.take_juror_off, juror=juror)


@door(JurorAction.HOST, Juror, read=jurors_read)
@require_POST
def back(request: HttpRequest, juror: Juror) -> HttpResponse:
    """A juror again."""
    return _tap(request, juror.defence, actions.put_juror_back, juror=juror)


def _state(juror: Juror) -> str:
    """`off`, `account`, or how the newest link stands: `open`, `revoked`."""
    if juror.withdrawn_at:
        return "off"
    newest = next(iter(juror.links.all()), None)
    if juror.person_id:
        return "account"
    return "open" if newest and newest.revoked_at is None else "revoked"


def _tap(request: HttpRequest, defence: Defence, act: Callable[..., object], /, **said: Any) -> HttpResponse:
    tap(request, partial(act, by=person_of(request), now=clock.now(), **said))
    return redirect("defence:jurors", defence.ref)
