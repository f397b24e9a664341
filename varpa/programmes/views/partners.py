"""The partner organisations of a programme."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions import partners as actions
from varpa.programmes.countries import country_name
from varpa.programmes.forms.partners import NewPartnerForm, PartnerForm
from varpa.programmes.models import OVER, Partner, Programme
from varpa.programmes.partners import partners_of, people_counted
from varpa.programmes.queries import with_organisation
from varpa.ui.doing import accepted, refused, tap


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each partner with how many belong to it; POST adds one."""
    if request.method != "POST":
        return _page(request, programme)
    form = NewPartnerForm(request.POST, programme=programme)
    if form.is_valid():
        said = {"programme": programme, "by": person_of(request), "now": clock.now(), **form.cleaned_data}
        if accepted(form, lambda: actions.add_partner(**said)):
            messages.success(request, _("The partner is added."))
            return redirect("programmes:partners", programme.ref)
    return _page(request, programme, adding=form)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_organisation)
@require_POST
def change(request: HttpRequest, programme: Programme, partner: str) -> HttpResponse:
    """What a partner is called, where it is, whom one asks there."""
    found = _one(programme, partner)
    form = PartnerForm(request.POST, programme=programme, partner=found)
    if form.is_valid():
        said = {"name": "", **form.cleaned_data, "by": person_of(request), "now": clock.now()}
        try:
            actions.change_partner(partner=found, **said)
        except Refusal as refusal:
            refused(form, refusal)
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "revision": str(conflict.revision)}
            form.add_error(None, _("The partner was changed elsewhere meanwhile. Look, and save again."))
        else:
            messages.success(request, _("The partner is saved."))
            return redirect("programmes:partners", programme.ref)
    return _page(request, programme, changing=(partner, form))


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_organisation)
@require_POST
def up(request: HttpRequest, programme: Programme, partner: str) -> HttpResponse:
    """A partner stands one place higher."""
    found, by = _one(programme, partner), person_of(request)
    tap(request, lambda: actions.move_partner(partner=found, by=by, now=clock.now()))
    return redirect("programmes:partners", programme.ref)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_organisation)
@require_POST
def remove(request: HttpRequest, programme: Programme, partner: str) -> HttpResponse:
    """Take a partner off; twice is once."""
    found = next((each for each in partners_of(programme) if each.ref == partner), None)
    if found:
        by, done = person_of(request), _("The partner is taken off.")
        tap(request, lambda: actions.remove_partner(partner=found, by=by, now=clock.now()), done)
    return redirect("programmes:partners", programme.ref)


def _one(programme: Programme, ref: str) -> Partner:
    found = next((each for each in partners_of(programme) if each.ref == ref), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    programme: Programme,
    *,
    adding: NewPartnerForm | None = None,
    changing: tuple[str, PartnerForm] | None = None,
) -> HttpResponse:
    known = partners_of(programme)
    people, without = people_counted(programme, clock.now())
    bound = dict([changing] if changing else [])
    rows = []
    for each in known:
        form = bound.get(each.ref) or PartnerForm(programme=programme, partner=each)
        rows.append((each, country_name(each.country), people[each.pk], form))
    context: dict[str, Any] = {
        "programme": programme,
        "rows": rows,
        "adding": adding or NewPartnerForm(programme=programme),
        "undecided": without,
        "over": programme.state in OVER,
    }
    return render(request, "programmes/partners.html", context)
