"""For whoever runs the programme: the call, what still lacks a mentor, paper, one person's application."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.calls.actions import calls as actions
from varpa.calls.actions.sending import enter_from_paper
from varpa.calls.forms.call import CallForm, PaperForm
from varpa.calls.lacking import Sums, calls_for, lacking_now
from varpa.calls.models import Amendment, Application
from varpa.calls.queries import (
    amended,
    applications_of,
    asked_by,
    asked_of,
    call_of,
    open_role,
    stand_of,
    told_of,
    with_call,
)
from varpa.calls.shown import Group, answered, for_others
from varpa.calls.steps import ROLES, steps_of
from varpa.calls.views.applying import choices_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.models import Language
from varpa.people.signed import person_of
from varpa.post.envelope import absolute
from varpa.programmes.access import MembershipAction, ProgrammeAction
from varpa.programmes.countries import country_name
from varpa.programmes.models import Membership, Programme, ProgrammeState
from varpa.programmes.queries import memberships_read
from varpa.ui.merging import merge
from varpa.ui.walls import as_picture, drawn

MANAGE, READ = ProgrammeAction.MANAGE, ProgrammeAction.READ


@door(MANAGE, Programme, reader=READ, read=with_call)
@require_http_methods(["GET", "HEAD", "POST"])
def call_settings(request: HttpRequest, programme: Programme) -> HttpResponse:
    """When applications are taken, who answers questions; the address of the front door to pass on."""
    given = request.POST if request.method == "POST" else None
    form, merged = CallForm(given, call=call_of(programme)), None
    if given is not None and form.is_valid():
        try:
            changes = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
            actions.write_call(
                programme=programme,
                changes=changes,
                revision=form.cleaned_data["revision"],
                by=person_of(request),
                now=clock.now(),
            )
        except actions.LastBeforeFirst as refusal:
            form.add_error(str(refusal.values["field"]), str(refusal))
        except Conflict as conflict:
            merged = merge(conflict, {name: field.label or name for name, field in form.fields.items()})
        else:
            messages.success(request, _("The call is saved."))
            return redirect("calls:settings", programme.ref)
    stands = [stand_of(programme, role, clock.now()) for role in ROLES]
    context = {"programme": programme, "form": form, "merge": merged, "stands": stands}
    return render(request, "calls/settings.html", {**context, "papers": Language.choices})


@door(MANAGE, Programme, reader=READ, read=with_call)
@require_safe
def share(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Where the public page of the programme is: to open, to copy, to scan."""
    address = absolute(reverse("calls:call", args=[programme.ref]))
    context = {"programme": programme, "address": address, "code": drawn(address)}
    return render(request, "calls/share.html", context)


@door(MANAGE, Programme, reader=READ, read=with_call)
@require_safe
def code(_request: HttpRequest, programme: Programme) -> HttpResponse:
    """The code to scan as a picture, large enough for a poster."""
    if programme.state == ProgrammeState.DRAFT:
        raise Http404
    picture = as_picture(absolute(reverse("calls:call", args=[programme.ref])))
    headers = {"Content-Disposition": f'attachment; filename="varpa-{programme.ref}.png"'}
    return HttpResponse(picture, content_type="image/png", headers=headers)


@door(MANAGE, Programme, reader=READ, read=with_call)
@require_safe
def lacks(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Which interests lack a mentor, here or in a country; the words of a call for exactly those."""
    asked = request.GET.get("country", "")
    country = asked if asked in programme.countries else ""
    found = lacking_now(programme, clock.now(), country)
    context = {
        "programme": programme,
        "country": country,
        "countries": [(code, country_name(code)) for code in programme.countries],
        "found": found,
        "rows": [(lack, _named(lack.countries), _named(lack.abroad)) for lack in found.lacks],
        "calls": calls_for(programme, found, clock.now()) if found.lacks else [],
    }
    return render(request, "calls/lacks.html", context)


def _named(counts: list[Sums]) -> list[tuple[str, Sums]]:
    return [(country_name(each.country) or _("not known"), each) for each in counts]


@door(MANAGE, Programme, reader=READ, read=with_call)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, programme: Programme, role: str) -> HttpResponse:
    """A printed application, entered on the person's behalf (principle 5, R11)."""
    if not open_role(role):
        raise Http404
    now, seeks = clock.now(), "seek" in request.POST
    sent = request.POST.get("form", "")
    ref = sent if is_ref(sent) else new_ref()
    given = request.POST if request.method == "POST" else None
    asked = asked_by(programme, role, now)
    form = PaperForm(given, asked=asked, told={"language": programme.languages[0]})
    if given is not None and not seeks and form.is_valid():
        try:
            made = enter_from_paper(
                programme=programme,
                role=role,
                form=ref,
                said=form.said,
                day=form.cleaned_data["day"],
                by=person_of(request),
                now=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The application is entered."))
            return redirect("applications:member", made.membership.ref if made.membership else "")
    if seeks:
        form.errors.clear()
    context: dict[str, Any] = {"programme": programme, "asked": asked, "form": form, "ref": ref}
    for step in ("interests", "week"):
        context |= choices_of(request, form, step)
    return render(request, "calls/enter.html", context)


@door(MembershipAction.DECIDE, Membership, read=memberships_read)
@require_safe
def application(request: HttpRequest, membership: Membership) -> HttpResponse:
    """What somebody has answered when applying; who has applied more than once, each time."""
    found = applications_of(membership)
    listed = page(request, amended(found[0])) if found else None
    context: dict[str, Any] = {
        "membership": membership,
        "programme": membership.programme,
        "application": found[0] if found else None,
        "answered": _answered(found[0]) if found else [],
        "amended": _amended(found[0], listed.rows) if listed else [],
        "page": listed,
        "earlier": [(each, _answered(each)) for each in found[1:]],
    }
    return render(request, "calls/application.html", context)


def _answered(application: Application) -> list[Group]:
    asked, told = asked_of(application, clock.now()), for_others(told_of(application))
    return [group for group in answered(asked, told, steps_of(asked, told)) if group.answers]


def _amended(application: Application, corrections: list[Amendment]) -> list[tuple[datetime, Group]]:
    """When the sender has corrected something since, and what stood there before."""
    asked = asked_of(application, clock.now())
    return [
        (each.at, group)
        for each in corrections
        for group in answered(asked, for_others(each.before), [each.step])
    ]
