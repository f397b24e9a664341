"""Recommendations: offered by those who learnt something, sorted by whoever manages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.guidelines.access import OfferedAction, RecommendationAction
from varpa.guidelines.actions import recommendations as actions
from varpa.guidelines.forms import ConsentForm, FilterForm, OfferForm, TagsForm, tags_of
from varpa.guidelines.labels import labelled
from varpa.guidelines.models import Recommendation
from varpa.guidelines.owning import may_be_named, own_of
from varpa.guidelines.queries import listed, recommendations_read, waiting
from varpa.guidelines.springs import Spring, spring_of
from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import OVER, Programme
from varpa.programmes.queries import today_of, with_methodology
from varpa.ui.doing import accepted, tap


@door(OfferedAction.READ, Programme, read=with_methodology)
@require_safe
def recommendations(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What one has offered oneself; for whoever manages also what everybody asked lets others read."""
    person = person_of(request)
    manages = may(ProgrammeAction.MANAGE, person, programme)
    context: dict[str, Any] = {
        "programme": programme,
        "own": own_of(programme, person),
        "may_be_named": may_be_named(programme, person, clock.now()),
        "manages": manages,
        "takes_part": manages or may(ProgrammeAction.READ, person, programme),
        "over": programme.state in OVER,
    }
    if manages:
        narrowed = FilterForm(request.GET, programme=programme)
        found = page(request, listed(programme, narrowed.asked, today_of(programme, clock.now())))
        query = request.GET.copy()
        query.pop("page", None)
        context |= {"narrowed": narrowed, "page": found, "waiting": waiting(programme, clock.now())}
        context |= {"rows": labelled(programme, found.rows), "query": query.urlencode()}
    return render(request, "guidelines/recommendations.html", context)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Offer one in a minute: sentences from where one was, or own words."""
    person = person_of(request)
    spring = spring_of(programme, person, request.GET.get("from", ""))
    if spring is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    named = may_be_named(programme, person, clock.now())
    form = OfferForm(given, spring=spring, may_be_named=named, programme=programme)
    if given and form.is_valid() and _offered(request, programme, spring, form):
        return redirect("guidelines:recommendations", programme.ref)
    context = {
        "programme": programme,
        "spring": spring,
        "form": form,
        "ticked": form["chosen"].value() or [] if "chosen" in form.fields else [],
    }
    return render(request, "guidelines/offer.html", context)


def _offered(request: HttpRequest, programme: Programme, spring: Spring, form: OfferForm) -> bool:
    given = form.cleaned_data
    asked: dict[str, Any] = {
        "programme": programme,
        "spring": spring,
        "by": person_of(request),
        "now": clock.now(),
        **given,
    }
    done = accepted(form, lambda: actions.offer(**asked))
    if done:
        messages.success(request, _("Thank you: it is kept. Until it is published you can take it back."))
    return done


@door(RecommendationAction.CONSENT, Recommendation, read=recommendations_read)
@require_POST
def consent(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """Give one's word, and say how one is shown."""
    form, now, by = ConsentForm(request.POST), clock.now(), person_of(request)
    if form.is_valid():
        shown = form.cleaned_data["shown_as"]
        given: dict[str, Any] = {"recommendation": recommendation, "shown_as": shown, "by": by, "now": now}
        tap(request, lambda: actions.consent(**given), _("Your word is noted."))
    return redirect("guidelines:recommendations", recommendation.programme.ref)


@door(RecommendationAction.CONSENT, Recommendation, read=recommendations_read)
@require_POST
def take_back(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """Take one's word back."""
    given: dict[str, Any] = {"recommendation": recommendation, "by": person_of(request), "now": clock.now()}
    done = _("It is taken back: nobody else reads it any more.")
    tap(request, lambda: actions.take_back(**given), done)
    return redirect("guidelines:recommendations", recommendation.programme.ref)


@door(RecommendationAction.MANAGE, Recommendation, read=recommendations_read)
@require_http_methods(["GET", "HEAD", "POST"])
def sort(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """Say where a recommendation belongs; its words are not changed."""
    given, programme = request.POST if request.method == "POST" else None, recommendation.programme
    form = TagsForm(given, initial=tags_of(recommendation), programme=programme)
    if given and form.is_valid():
        told: dict[str, Any] = {
            "recommendation": recommendation,
            "by": person_of(request),
            "now": clock.now(),
        }
        if accepted(form, lambda: actions.sort(**told, **form.cleaned_data)):
            return redirect("guidelines:recommendations", programme.ref)
    context = {"programme": programme, "recommendation": recommendation, "form": form}
    return render(request, "guidelines/sort.html", context)


@door(RecommendationAction.MANAGE, Recommendation, read=recommendations_read)
@require_POST
def aside(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """Leave it out of the guidelines, or take it in again."""
    out = request.POST.get("aside") == "yes"
    given: dict[str, Any] = {"recommendation": recommendation, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.set_aside(aside=out, **given))
    address = reverse("guidelines:recommendations", args=[recommendation.programme.ref])
    return redirect(address if out else f"{address}?aside=yes")
