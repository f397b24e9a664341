"""The door, and one's own page."""

import logging
from typing import Final

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.utils import passthrough_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door, public, signed_in
from varpa.kernel.paging import page
from varpa.kernel.refusals import Refusal
from varpa.people import actions, queries, standing
from varpa.people.access import OrganisationAction, reads_as
from varpa.people.forms import ProfileForm, StaffForm
from varpa.people.models import Organisation, Person
from varpa.people.sessions import where_signed_in
from varpa.people.signed import person_of

log = logging.getLogger("varpa.door")
TOO_OFTEN: Final = "too_many_login_attempts"


@public("the front door: a code is mailed to whoever has an address here, and nobody is told who has")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponseBase:
    """Ask for a code. In the demonstration, and only there, the cast stands below."""
    answer: HttpResponseBase = allauth.request_login_code(request)
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        if any(
            answer.context_data["form"].has_error(each, TOO_OFTEN) for each in ("email", NON_FIELD_ERRORS)
        ):
            _note(request, "a code was asked for too often")
        answer.context_data["providers"] = settings.SIGN_IN_PROVIDERS
        answer.context_data["cast"] = queries.cast() if settings.DEMONSTRATION else []
    return answer


@public("whoever has asked for a code in this browser writes it here")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_code(request: HttpRequest) -> HttpResponseBase:
    """Take the code; it is good once, for ten minutes, for five attempts."""
    asked = request.session.get(LOGIN_SESSION_KEY)
    if asked and request.method == "POST" and not _may_try(request, asked):
        _note(request, "five wrong codes")
        clear_login(request)
        messages.error(request, _("Five attempts were wrong. Ask for a new code."))
        return redirect("account_login")
    answer: HttpResponseBase = allauth.confirm_login_code(request)
    if asked and request.method == "POST" and not request.user.is_authenticated:
        _note(request, "a code that is wrong or too old")
    gone = LOGIN_SESSION_KEY not in request.session and not request.user.is_authenticated
    if asked and gone and not len(messages.get_messages(request)):
        messages.error(request, _("The code is too old. Ask for a new one."))
    return answer


def _note(request: HttpRequest, what: str) -> None:
    """For whoever watches the site: what was tried, and from where; never which address was named."""
    log.info("%s, from %s", what, get_adapter().get_client_ip(request))


def _may_try(request: HttpRequest, asked: dict[str, object]) -> bool:
    """Count an attempt where all processes see it: the session's own count misses what comes at once."""
    one_code = f"{request.session.session_key}:{asked.get('initiated_at')}"
    return bool(ratelimit.consume(request, action="confirm_login_code", key=one_code))


@public("whoever waits for a code may give another address")
@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """Forget the code that was asked for, and go back to the door."""
    clear_login(request)
    return redirect(passthrough_next_redirect_url(request, resolve_url("account_login"), "next"))


@public("whoever is signed in may leave; the others are led to the first page")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponseBase:
    chosen = standing.chosen(request)
    answer: HttpResponseBase = allauth.logout(request)
    if not request.user.is_authenticated:
        standing.back_at_the_door(request, chosen)
    return answer


@public("says to somebody whose account was closed that it is closed")
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/account_inactive.html")


@public("nobody signs up by oneself: whoever tries is led to the front door")
def sign_up(_request: HttpRequest) -> HttpResponse:
    return redirect("account_login")


@public("the demonstration lets one stand in for its cast; elsewhere the page does not exist")
def stand_in(request: HttpRequest, ref: str) -> HttpResponse:
    """Sign in as one of the cast, by one click."""
    if not settings.DEMONSTRATION or request.method != "POST":
        raise Http404
    chosen = next((member.person for member in queries.cast() if member.person.ref == ref), None)
    if chosen is None:
        raise Http404
    clear_login(request)
    standing.stand_in_for(request, chosen, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


@signed_in("one's own page")
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Name, phone, time zone, letters, calendar address: what is a person's own."""
    assert isinstance(request.user, Person)
    form = ProfileForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and _saved(form, request.user):
        messages.success(request, _("Your page is saved."))
        return redirect("people:me")
    letters = queries.letter_choices(request.user, reads_as(request.user))
    context = {"form": form, "letters": letters, "house": settings.SITE_URL}
    context["stands_in"] = standing.stands_in(request)
    if not context["stands_in"]:
        context["sessions"] = where_signed_in(request.user, request.session.session_key)
    return render(request, "people/me.html", context)


def _saved(form: ProfileForm, person: Person) -> bool:
    try:
        actions.change_profile(person=person, now=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@signed_in("one's own letters")
@require_POST
def letters(request: HttpRequest, kind: str) -> HttpResponse:
    """Stop one kind of letters, or let it come again."""
    assert isinstance(request.user, Person)
    try:
        if "again" in request.POST:
            actions.resume_letters(person=request.user, kind=kind, now=clock.now())
        else:
            actions.stop_letters(person=request.user, kind=kind, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{resolve_url('people:me')}#letters")


@signed_in("one's own calendar address")
@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """Make a new private address of one's meetings, or switch it off."""
    assert isinstance(request.user, Person)
    if request.POST.get("step") == "off":
        actions.revoke_calendar_key(person=request.user, now=clock.now())
        messages.success(request, _("The calendar address is switched off. Nobody can read it any more."))
        return redirect(f"{resolve_url('people:me')}#calendar")
    actions.renew_calendar_key(person=request.user, now=clock.now())
    messages.success(request, _("The calendar has a new address."))
    return redirect(f"{resolve_url('people:me')}#calendar")


@door(OrganisationAction.RUN, Organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def staff(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who works for the lead partner, and appointing somebody (product S21)."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_staff(
                organisation=organisation, by=person_of(request), now=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person is appointed, and a letter is on its way."))
            return redirect("people:staff", organisation.ref)
    listed = page(request, queries.staff_of(organisation))
    context = {"organisation": organisation, "page": listed, "form": form}
    return render(request, "people/staff.html", context)


@door(OrganisationAction.RUN, Organisation)
@require_POST
def end(request: HttpRequest, organisation: Organisation, person: str) -> HttpResponse:
    """Somebody stops working for the lead partner, oneself too."""
    by, whom = person_of(request), get_object_or_404(Person, ref=person)
    try:
        actions.end_appointment(organisation=organisation, person=whom, by=by, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("{name} is not among the staff any more.").format(name=whom.name))
        if whom == by:
            return redirect("home:home")
    return redirect("people:staff", organisation.ref)
