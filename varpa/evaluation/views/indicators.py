"""Indicators of a programme: added, changed, achieved, and what stands behind each figure."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.evaluation import actions
from varpa.evaluation.access import IndicatorAction, ValueAction
from varpa.evaluation.behind import line, listed
from varpa.evaluation.forms import IndicatorForm, ValueForm
from varpa.evaluation.indicators import achieved, indicators_read
from varpa.evaluation.measures import BY_KEY
from varpa.evaluation.models import Indicator, IndicatorValue
from varpa.events.words import country_name
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import today_of, with_methodology
from varpa.ui.doing import accepted, tap

TOLD = ("code", "name", "unit", "text", "source", "target", "measure", "country")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add an indicator."""
    form = IndicatorForm(request.POST if request.method == "POST" else None, programme=programme)
    act = partial(actions.add_indicator, programme=programme, by=person_of(request), now=clock.now())
    if form.is_valid() and accepted(form, lambda: act(told=_told(form), ref=form.cleaned_data["ref"])):
        return redirect("reports:results", programme.ref)
    return render(request, "evaluation/indicator_form.html", {"programme": programme, "form": form})


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def examples(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add Interreg's indicators of today as a set."""
    act = partial(actions.add_examples, programme=programme, by=person_of(request), now=clock.now())
    tap(request, act, _("The set is added. Look at each: the funder's own definitions hold."))
    return redirect("reports:results", programme.ref)


@door(IndicatorAction.READ, Indicator, read=indicators_read)
@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """What was achieved, and what stands behind it; by hand, a value is written down here."""
    programme, now = indicator.programme, clock.now()
    form = ValueForm(
        request.POST if request.method == "POST" else None, initial={"day": today_of(programme, now)}
    )
    act = partial(actions.write_value, indicator=indicator, by=person_of(request), now=now)
    if form.is_valid() and accepted(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Written down."))
        return redirect("evaluation:indicator", indicator.ref)
    context = {
        "programme": programme,
        "each": achieved(programme, [indicator], now)[0],
        "form": None if indicator.measure else form,
        **_behind(request, indicator),
    }
    return render(request, "evaluation/indicator.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def measure(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """What stands behind a figure that is counted by itself; `?country=` keeps persons of one."""
    if key not in BY_KEY:
        raise Http404
    country = request.GET.get("country", "")
    found = page(request, listed(programme, key, country))
    context = {
        "programme": programme,
        "name": BY_KEY[key].name,
        "country": country_name(country) if country else "",
        "page": found,
        "lines": [line(programme, row, key) for row in found.rows],
    }
    return render(request, "evaluation/measure.html", context)


@door(IndicatorAction.WRITE, Indicator, read=indicators_read)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Say otherwise what is aimed at."""
    stands = {name: getattr(indicator, name) for name in (*TOLD, "revision")}
    given = request.POST if request.method == "POST" else None
    form = IndicatorForm(given, initial=stands, programme=indicator.programme)
    act = partial(actions.change_indicator, indicator=indicator, by=person_of(request), now=clock.now())
    if form.is_valid() and accepted(
        form, lambda: act(told=_told(form), revision=form.cleaned_data["revision"] or 0)
    ):
        return redirect("evaluation:indicator", indicator.ref)
    context = {"programme": indicator.programme, "form": form, "indicator": indicator}
    return render(request, "evaluation/indicator_form.html", context)


@door(IndicatorAction.WRITE, Indicator, read=indicators_read)
@require_POST
def withdraw(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Aim at it no longer."""
    act = partial(actions.withdraw_indicator, indicator=indicator, by=person_of(request), now=clock.now())
    tap(request, act, _("The indicator was taken out."))
    return redirect("reports:results", indicator.programme.ref)


def _with_indicator(values: QuerySet[IndicatorValue]) -> QuerySet[IndicatorValue]:
    return values.select_related("indicator__programme")


@door(ValueAction.WITHDRAW, IndicatorValue, read=_with_indicator)
@require_POST
def withdraw_value(request: HttpRequest, value: IndicatorValue) -> HttpResponse:
    """Take a value back."""
    act = partial(actions.withdraw_value, value=value, by=person_of(request), now=clock.now())
    tap(request, act, _("The value was taken back."))
    return redirect("evaluation:indicator", value.indicator.ref)


def _told(form: IndicatorForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in TOLD}


def _behind(request: HttpRequest, indicator: Indicator) -> dict[str, Any]:
    if not indicator.measure:
        return {}
    found = page(request, listed(indicator.programme, indicator.measure, indicator.country))
    return {"page": found, "lines": [line(indicator.programme, row, indicator.measure) for row in found.rows]}
