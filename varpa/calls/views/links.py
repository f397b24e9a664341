"""The mailed link: it opens one application on any device, and confirms its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from varpa.calls.actions import applying as actions
from varpa.calls.actions import sending
from varpa.calls.forms.lost import LostForm
from varpa.calls.models import ApplicationState
from varpa.calls.queries import asked_of, contact_of, read_link, unfinished
from varpa.calls.steps import steps_of
from varpa.calls.views.pages import TooOften, closed, may_begin, may_write_to, mine, remember
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.refusals import Refusal
from varpa.people.alone import read_in, render_alone


@public("an applicant has no account: whoever holds the link of the letter goes on with one application")
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows nothing yet, since mail programs look at links too; the button opens it."""
    opened = read_link(token, clock.now())
    application = opened.application
    if application is None or not opened.fresh:
        with read_in(request, application.language if application else ""):
            return render_alone(
                request, "calls/old_link.html", {"form": LostForm(), "known": bool(application)}, 410
            )
    with read_in(request, application.language, application.programme.zone):
        context = {"application": application, "programme": application.programme, "refusal": ""}
        if request.method != "POST":
            return render_alone(request, "calls/open.html", context)
        actions.confirm_address(application=application, now=clock.now())
        remember(request, application)
        if application.wanted_at and application.state == ApplicationState.WRITING:
            try:
                sending.send(application=application, consent=True, now=clock.now())
            except Refusal as refusal:
                kept = {"refusal": str(refusal), "contact": contact_of(application.programme)}
                return render_alone(request, "calls/open.html", {**context, **kept})
        if application.state != ApplicationState.WRITING:
            return redirect("calls:review", application.ref)
        steps = steps_of(asked_of(application, clock.now()), application.answers)
        following = next((step for step in steps if step not in application.revisions), "")
        if following:
            return redirect("calls:step", application.ref, following)
        return redirect("calls:review", application.ref)


@public("whoever has lost the letter asks for a new one; nobody is told whose address is known")
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """A new link to the address: the answer is the same whether an application of it stands or not."""
    form = LostForm(request.POST if request.method == "POST" else None)
    with read_in(request):
        if request.method != "POST" or not form.is_valid():
            return render_alone(request, "calls/lost.html", {"form": form})
        address = form.cleaned_data["address"]
        if not may_begin(request) or not may_write_to(request, address):
            form.add_error(None, str(TooOften()))
            return render_alone(request, "calls/lost.html", {"form": form})
        for application in unfinished(address):
            actions.send_link_again(application=application, now=clock.now())
        return render_alone(request, "calls/mailed.html", {})


@public("whoever writes an application in this browser has its letter sent once more")
@require_POST
def again(request: HttpRequest, ref: str) -> HttpResponse:
    """The letter once more, to the address that was given."""
    application = mine(request, ref)
    if application is None:
        return closed(request)
    with read_in(request, application.language, application.programme.zone):
        if application.address and may_write_to(request, application.address):
            actions.send_link_again(application=application, now=clock.now())
        return render_alone(request, "calls/mailed.html", {"application": application})
