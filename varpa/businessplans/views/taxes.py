"""The taxes with which a plan is reckoned: each with where it stands and on which day it was looked up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varpa.businessplans.access import BusinessPlanAction
from varpa.businessplans.figures import figures_of, rates_of_plan
from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.businessplans.queries import plans_read
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.money.words import by_source
from varpa.programmes.countries import country_name
from varpa.programmes.queries import today_of


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def taxes(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """Those of today, or, once the plan is handed in, those of that day."""
    figures = figures_of(plan, today_of(plan.membership.programme, clock.now()))
    rates = rates_of_plan(plan, figures)
    context = {
        "plan": plan,
        "rates": rates,
        "country": country_name(figures.country),
        "begins": figures.starts[:4],
        "groups": by_source(rates),
        "stays": plan.state in HANDED_IN,
    }
    return render(request, "businessplans/taxes.html", context)
