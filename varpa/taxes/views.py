"""The page of a programme's taxes, the page of one rate, and what their buttons do."""

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.countries import country_name
from varpa.programmes.models import OVER, Programme
from varpa.taxes import actions
from varpa.taxes.forms import RateForm
from varpa.taxes.queries import ALL_NAMES, year_told, years_told
from varpa.ui.doing import refused, tap

AT: Final = {actions.ValueOutside: "value", actions.NoSource: "source", actions.SeenLater: "checked"}
"""The field beside which an action says why it refused."""


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_safe
def taxes(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each country of the programme with its years and their rates."""
    told = [(code, country_name(code), years) for code, years in years_told(programme)]
    context = {"programme": programme, "countries": told, "open": programme.state not in OVER}
    return render(request, "taxes/taxes.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, programme: Programme, country: str, year: int, rate: str) -> HttpResponse:
    """One rate of a year, and how many plans it touches; POST sets it."""
    if country not in programme.countries or rate not in ALL_NAMES:
        raise Http404
    told = year_told(programme, country, year)
    if not told.can_change:
        return redirect("taxes:taxes", programme.ref)
    form = RateForm(request.POST if request.method == "POST" else None, told=told, name=rate)
    if form.is_valid():
        given: dict[str, Any] = {"programme": programme, "country": country, "year": year, "name": rate}
        try:
            actions.set_rate(**given, **form.cleaned_data, by=person_of(request), now=clock.now())
        except actions.RateChanged as refusal:
            told = year_told(programme, country, year)
            form.data = {**request.POST.dict(), "stands": told.line(rate).ref}
            refused(form, refusal)
        except Refusal as refusal:
            refused(form, refusal, AT.get(type(refusal), ""))
        else:
            messages.success(
                request, _("Saved. Plans that are being written are reckoned with it from now on.")
            )
            return redirect("taxes:taxes", programme.ref)
    context: dict[str, Any] = {"programme": programme, "country": country_name(country), "year": told}
    return render(request, "taxes/rate.html", {**context, "line": told.line(rate), "form": form})


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_POST
def begin(request: HttpRequest, programme: Programme, country: str, year: int) -> HttpResponse:
    """A year gets the rates that hold in it so far."""
    act = partial(actions.begin_year, programme=programme, country=country, year=year)
    done = _("The year %(year)s has its own rates now. Change what differs.") % {"year": year}
    tap(request, partial(act, by=person_of(request), now=clock.now()), done)
    return redirect("taxes:taxes", programme.ref)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_POST
def back(request: HttpRequest, programme: Programme, country: str, year: int, rate: str = "") -> HttpResponse:
    """A rate, or every one of a year, is the site's again."""
    act = partial(actions.take_back, programme=programme, country=country, year=year, name=rate)
    done = _("Taken back: what the site knows holds again.")
    tap(request, partial(act, by=person_of(request), now=clock.now()), done)
    return redirect("taxes:taxes", programme.ref)
