"""Applying, step by step: each step is saved; at the end everything is read once more and sent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST

from varpa.calls.actions import amending, sending
from varpa.calls.actions import applying as actions
from varpa.calls.both import both
from varpa.calls.forms.applying import ApplyForm
from varpa.calls.models import Application, ApplicationState
from varpa.calls.queries import (
    asked_by,
    asked_of,
    contact_of,
    is_replaced,
    may_amend,
    may_name_guardian,
    open_role,
    programme_shown,
    stand_of,
    told_of,
)
from varpa.calls.shown import answered, unsaid
from varpa.calls.steps import Asked, head_of, steps_of
from varpa.calls.views.front import named, sought
from varpa.calls.views.pages import (
    TooOften,
    closed,
    forget,
    may_begin,
    may_write_to,
    mine,
    own,
    person_of,
    remember,
)
from varpa.calls.words import STANDS
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.alone import read_in, render_alone
from varpa.programmes.models import MembershipState
from varpa.programmes.places import towns
from varpa.programmes.week import DAYS, PARTS


@public("anybody may apply while the programme takes applications")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, ref: str, role: str) -> HttpResponse:
    """The first step: who. The link to go on is mailed; whether the address is known is never told."""
    programme = programme_shown(ref)
    if programme is None or not open_role(role):
        raise Http404
    with read_in(request, zone=programme.zone) as language:
        now = clock.now()
        stand = stand_of(programme, role, now)
        if not stand.takes:
            context = {"programme": programme, "stand": stand, "contact": contact_of(programme)}
            return render_alone(request, "calls/not_now.html", context)
        asked = asked_by(programme, role, now)
        given = request.POST if request.method == "POST" else None
        form = ApplyForm(given, asked=asked, steps=["who"], told={"language": language, **_known(request)})
        sent = request.POST.get("form", "")
        if given is not None and form.is_valid():
            application = _begun(request, asked, form, sent if is_ref(sent) else new_ref())
            if application:
                remember(request, application)
                return redirect("calls:step", application.ref, steps_of(asked, application.answers)[1])
        fresh = sent if is_ref(sent) else new_ref()
        steps = steps_of(asked, {})
        context = {"programme": programme, "stand": stand, "form": form, "ref": fresh, "merge": None}
        return render_alone(request, "calls/step.html", {**context, **_place(asked, steps, "who")})


def _known(request: HttpRequest) -> dict[str, Any]:
    """Whoever is signed in need not write again who it is."""
    person = person_of(request)
    if person is None:
        return {}
    born = person.born.isoformat() if person.born else ""
    return {"name": person.name, "address": person.email or "", "phone": person.phone, "born": born}


def _begun(request: HttpRequest, asked: Asked, form: ApplyForm, ref: str) -> Application | None:
    if not may_begin(request) or not may_write_to(request, form.cleaned_data["address"]):
        form.add_error(None, str(TooOften()))
        return None
    try:
        return actions.begin(
            programme=asked.programme,
            role=asked.role,
            form=ref,
            said=form.said,
            by=person_of(request),
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


@public("whoever has begun an application in this browser, or opened its mailed link, writes on")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """One group of questions; next saves it. What is sent already is corrected until it is decided on."""
    application = mine(request, ref)
    if application is None:
        return closed(request)
    asked = asked_of(application, clock.now())
    steps = steps_of(asked, application.answers)
    if application.state != ApplicationState.WRITING and not may_amend(application):
        return redirect("calls:review", ref)
    sent = application.state == ApplicationState.SENT
    if step not in steps or (sent and step == "guardian" and not may_name_guardian(application, clock.now())):
        raise Http404
    with read_in(request, application.language, application.programme.zone):
        return _step(request, application, asked, step)


def _step(request: HttpRequest, application: Application, asked: Asked, step: str) -> HttpResponse:
    seeks = "seek" in request.POST
    given = request.POST if request.method == "POST" and not seeks else None
    told = told_of(application)
    if seeks:
        told["interests"] = request.POST.getlist("interests")
    puts_off = given is not None and bool({"back", "later"} & given.keys())
    form = ApplyForm(given, asked=asked, steps=[step], told=told, puts_off=puts_off)
    if application.state == ApplicationState.SENT:
        form.fields.pop("address", None)
    merged = None
    if given is not None and form.is_valid():
        try:
            if not _stays_open(request, application, step, form):
                _write(request, application, step, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            merged = both(conflict, form)
        else:
            return _onward(request, application, asked, step)
    context = {
        "application": application,
        "programme": application.programme,
        "form": form,
        "merge": merged,
        "whole": set(steps_of(asked, application.answers)) <= set(application.revisions),
        "revision": request.POST.get("revision") or application.revisions.get(step, 0),
        **_place(asked, steps_of(asked, application.answers), step),
        **choices_of(request, form, step),
    }
    return render_alone(request, "calls/step.html", context)


def _stays_open(request: HttpRequest, application: Application, step: str, form: ApplyForm) -> bool:
    """Put off before anything was said: the mailed link opens this step again, not the one after it."""
    return "later" in request.POST and step not in application.revisions and not any(form.said.values())


def _write(request: HttpRequest, application: Application, step: str, form: ApplyForm) -> None:
    sent = request.POST.get("revision", "")
    keep = amending.amend if application.state == ApplicationState.SENT else actions.write_step
    address = form.said.get("address", application.address)
    if address != application.address and not may_write_to(request, address):
        raise TooOften()
    keep(
        application=application,
        step=step,
        said=form.said,
        words=form.words,
        revision=int(sent) if sent.isdecimal() and len(sent) < 7 else 0,
        now=clock.now(),
    )


def _onward(request: HttpRequest, application: Application, asked: Asked, step: str) -> HttpResponse:
    """To the step before or after, to the review, or away: what the button said."""
    steps = steps_of(asked, application.answers)
    if application.state == ApplicationState.SENT:
        if step == "who" and "guardian" in steps and may_name_guardian(application, clock.now()):
            return redirect("calls:step", application.ref, "guardian")
        return redirect("calls:review", application.ref)
    at = steps.index(step) if step in steps else len(steps) - 1
    if "later" in request.POST:
        forget(request)
        context = {"application": application, "programme": application.programme}
        return render_alone(request, "calls/later.html", context)
    if "review" in request.POST or ("back" not in request.POST and at + 1 == len(steps)):
        return redirect("calls:review", application.ref)
    return redirect(
        "calls:step", application.ref, steps[max(0, at - 1) if "back" in request.POST else at + 1]
    )


def _place(asked: Asked, steps: list[str], step: str) -> dict[str, Any]:
    """Where this step stands: its head, "3 of 8", what comes before."""
    at = steps.index(step)
    return {
        "asked": asked,
        "step": step,
        "head": head_of(asked, step),
        "number": at + 1,
        "of": len(steps) + 1,
        "before": steps[at - 1] if at else "",
        "towns": towns() if step == "place" else (),
    }


def choices_of(request: HttpRequest, form: ApplyForm, step: str) -> dict[str, Any]:
    """The ticked interests, the dearest first, and what the search found; the grid of the week."""
    if step == "interests":
        field = form["interests"]
        # One that was pressed goes before the others: it is the dearest.
        pressed = request.POST.get("seek", "")
        chosen = sorted(map(str, field.value() or []), key=lambda code: code != pressed)
        text = request.POST.get("q", "")
        language = translation.get_language() or "en"
        return {"chosen": named(chosen), "found": sought(text, language, chosen), "q": text}
    if step == "week":
        ticks = list(form["availability"])
        wide = len(PARTS)
        days = [(day, ticks[at * wide : (at + 1) * wide]) for at, day in enumerate(DAYS.values())]
        return {"rows": days, "parts": PARTS.values()}
    return {}


@public(
    "whoever has begun an application in this browser, or opened its mailed link, reads it before sending"
)
@require_http_methods(["GET", "HEAD"])
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """All answers once more, then send; what was sent already is read here, and may be withdrawn."""
    application = mine(request, ref)
    if application is None:
        return closed(request)
    with read_in(request, application.language, application.programme.zone):
        if application.state == ApplicationState.WRITING:
            try:
                sending.require_said(application)
            except sending.SomethingLacks as lack:
                return _review(request, application, str(lack), str(lack.values["step"]))
        return _review(request, application)


def _review(
    request: HttpRequest, application: Application, refusal: str = "", lacks: str = ""
) -> HttpResponse:
    asked = asked_of(application, clock.now())
    steps = steps_of(asked, application.answers)
    context = {
        "application": application,
        "programme": application.programme,
        "asked": asked,
        "answered": answered(asked, told_of(application), steps),
        "unsaid": unsaid(asked, told_of(application), steps),
        "number": len(steps) + 1,
        "last": steps[-1],
        "stand": stand_of(application.programme, application.role, clock.now()),
        "contact": contact_of(application.programme),
        "refusal": refusal,
        "lacks": lacks,
    }
    if application.state == ApplicationState.WRITING:
        return render_alone(request, "calls/review.html", context, status=200)
    return render_alone(request, "calls/sent.html", {**context, **_standing(application, asked)})


def _standing(application: Application, asked: Asked) -> dict[str, Any]:
    """How an application that was sent stands now, in words; `standing` names it."""
    member = application.membership
    if application.state != ApplicationState.SENT or member is None:
        return {}
    key = "replaced" if is_replaced(application) else member.state
    if key == MembershipState.WAITING and application.late:
        key = "late"
    head, told, to_mentee = STANDS[key]
    open_yet = key in ("applied", "late", "waiting")
    return {
        "change": open_yet,
        "names_guardian": open_yet and may_name_guardian(application, clock.now()),
        "standing": key,
        "standing_head": head,
        "told": to_mentee if asked.mentee else told,
    }


@public("whoever has begun an application in this browser, or opened its mailed link, sends it")
@require_POST
def send(request: HttpRequest, ref: str) -> HttpResponse:
    """Send; while the address is not confirmed, it waits for the link of the letter to be opened."""
    application = mine(request, ref)
    if application is None:
        return closed(request)
    with read_in(request, application.language, application.programme.zone):
        if own(request, application):
            actions.confirm_address(application=application, now=clock.now())
        try:
            sending.send(application=application, consent="consent" in request.POST, now=clock.now())
        except Refusal as refusal:
            lacks = str(refusal.values.get("step", ""))
            return _review(request, application, str(refusal), lacks)
        return redirect("calls:review", ref)


@public("whoever has begun an application in this browser, or opened its mailed link, takes it back")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Asks once, then takes the application back."""
    application = mine(request, ref)
    if application is None:
        return closed(request)
    with read_in(request, application.language, application.programme.zone):
        context: dict[str, Any] = {"application": application, "programme": application.programme}
        if request.method == "POST":
            try:
                actions.withdraw(application=application, now=clock.now())
            except Refusal as refusal:
                context["refusal"] = str(refusal)
        context["contact"] = contact_of(application.programme)
        return render_alone(request, "calls/withdraw.html", context)
