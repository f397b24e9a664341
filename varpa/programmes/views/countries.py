"""The ages of the programme's countries: as the law sets them, or as the programme does."""

from datetime import date
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
from varpa.people.models import Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions.countries import follow_the_law, set_ages
from varpa.programmes.ages import ages_in
from varpa.programmes.countries import COUNTRIES
from varpa.programmes.forms.countries import AgesForm
from varpa.programmes.models import Programme
from varpa.ui import words


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def ages(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each country with its ages and their source; POST sets those of one."""
    assert isinstance(request.user, Person)
    if request.method != "POST":
        return _page(request, programme)
    form = _form(programme, request.POST.get("country", ""), request.POST)
    if form.is_valid():
        try:
            set_ages(programme=programme, by=request.user, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "revision": str(conflict.revision)}
            form.add_error(None, _("The programme was changed elsewhere meanwhile. Look, and save again."))
        else:
            messages.success(request, _("The ages are saved. They hold at once."))
            return redirect("programmes:ages", programme.ref)
    return _page(request, programme, form)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_POST
def law(request: HttpRequest, programme: Programme, country: str) -> HttpResponse:
    """The ages of a country are again as the law sets them."""
    assert isinstance(request.user, Person)
    by, now, revision = request.user, clock.now(), programme.revision
    try:
        follow_the_law(programme=programme, country=country, by=by, now=now, revision=revision)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except Conflict:
        messages.error(request, _("The programme was changed elsewhere meanwhile. Look, and save again."))
    return redirect("programmes:ages", programme.ref)


def _form(programme: Programme, country: str, given: Any = None) -> AgesForm:
    if country not in programme.countries:
        raise Http404
    stands = ages_in(country, programme.ages)
    return AgesForm(given, country=country, ages=stands, revision=programme.revision)


def _page(request: HttpRequest, programme: Programme, bound: AgesForm | None = None) -> HttpResponse:
    names = dict(COUNTRIES)
    rows = []
    for code in programme.countries:
        mine = bound if bound is not None and bound.data.get("country") == code else None
        stands = ages_in(code, programme.ages)
        checked = words.dated(date.fromisoformat(stands.checked)) if stands.checked else ""
        rows.append(
            (
                code,
                names.get(code, code),
                stands,
                checked,
                code in programme.ages,
                mine or _form(programme, code),
            )
        )
    return render(request, "programmes/ages.html", {"programme": programme, "rows": rows})
