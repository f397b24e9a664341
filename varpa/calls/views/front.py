"""The front door of a programme: what it is, what each side gains and takes on, how to apply."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from varpa.calls.offering import time_together
from varpa.calls.papers import application_paper
from varpa.calls.queries import (
    contact_of,
    emblem_of,
    fronts,
    open_role,
    partners_named,
    programme_shown,
    stand_of,
)
from varpa.calls.steps import ROLES
from varpa.documents.serving import hand_out
from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.refs import is_ref
from varpa.people.alone import read_in, render_alone
from varpa.people.models import Language
from varpa.programmes.countries import COUNTRIES
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.sectors.sectors import search, sector
from varpa.ui import words

FOUND = 12
LONGEST_SEARCH = 80


@public("the front door of a programme: who may apply, how, and what for; a draft has none")
@require_safe
def call(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of one programme, for anybody, in three languages."""
    programme = _shown(ref)
    with read_in(request, zone=programme.zone) as language:
        return render_alone(
            request, "calls/call.html", {**_told(programme), **_meta(programme, language)}, kept=True
        )


def _told(programme: Programme) -> dict[str, Any]:
    methodology, now = methodology_of(programme), clock.now()
    known = dict(COUNTRIES)
    sides = [
        {
            "stand": stand_of(programme, role, now),
            "role": methodology.role(role),
            "gains": [each for each in methodology.benefits if each.role == role],
        }
        for role in ROLES
    ]
    summary = next((each.text for each in methodology.definitions if not each.quoted), methodology.text)
    return {
        "programme": programme,
        "organisation": programme.organisation.name,
        "methodology": methodology,
        "together": time_together(methodology),
        "summary": summary,
        "aims": [each for each in methodology.aims if each.of == "programme"],
        "sides": sides,
        "gains": any(side["gains"] for side in sides),
        "countries": [known.get(code, code) for code in programme.countries],
        "partners": partners_named(programme),
        "contact": contact_of(programme),
        "emblem": emblem_of(programme),
    }


def _meta(programme: Programme, language: str) -> dict[str, Any]:
    """What search engines and whoever shares the page read: one address a language."""
    here = settings.SITE_URL + reverse("calls:call", args=[programme.ref])
    emblem = reverse("calls:emblem", args=[programme.ref]) if emblem_of(programme) else ""
    others = [(code, f"{here}?language={code}") for code in Language.values]
    return {
        "address": here,
        "canonical": f"{here}?language={language}",
        "alternates": others,
        "picture": settings.SITE_URL + (emblem or static("calls/preview.png")),
        "large": not emblem,
        "locale": {"lv": "lv_LV", "lt": "lt_LT"}.get(language, "en_GB"),
    }


@public("the programmes of an organisation that anybody may see: those that recruit, run or have ended")
@require_safe
def organisation(request: HttpRequest, ref: str) -> HttpResponse:
    """What an organisation runs and has run; an organisation with drafts alone has no page."""
    shown = fronts(ref) if is_ref(ref) else []
    if not shown:
        raise Http404
    with read_in(request):
        context = {"organisation": shown[0].programmes[0].organisation.name, "shown": shown}
        return render_alone(request, "calls/organisation.html", context, kept=True)


@public("the emblem of a programme stands on its front door and in previews of it")
@require_safe
def emblem(_request: HttpRequest, ref: str) -> HttpResponseBase:
    """The picture; nothing of a draft."""
    file = emblem_of(_shown(ref))
    if file is None:
        raise Http404
    response = respond(file)
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@public("the taxonomy of interests is the same for everybody and names nobody")
@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """The sectors that a text finds, as ticks: for the page, as somebody types."""
    with read_in(request) as language:
        context = {"found": sought(request.GET.get("q", ""), language, request.GET.getlist("but"))}
        response = render(request, "calls/found.html", context)
    response.headers["Content-Language"] = language
    return response


def sought(text: str, language: str, chosen: list[str]) -> list[tuple[str, Any, Any]]:
    """(code, name, what it belongs to) of the first sectors found that are not chosen yet."""
    names = [each for each in search(text[:LONGEST_SEARCH], language) if each.code not in chosen]
    most = FOUND if text.strip() else len(names)
    return [(each.code, each.name, _above(each.parent)) for each in names[:most]]


def named(codes: list[str]) -> list[tuple[str, Any, Any]]:
    """(code, name, what it belongs to) of the codes that are known."""
    known = [sector(code) for code in codes]
    return [(each.code, each.name, _above(each.parent)) for each in known if each]


def _above(code: str) -> Any:
    parent = sector(code)
    return parent.name if parent else ""


@public("every form exists on paper: the printed application is the same for everybody")
@require_safe
def paper(_request: HttpRequest, ref: str, role: str, language: str) -> HttpResponse:
    """The application to print, in one of the three languages."""
    programme = _shown(ref)
    if not open_role(role) or language not in Language.values:
        raise Http404
    with words.on_paper(language):
        content = application_paper(programme, role, language, clock.now())
    return hand_out(content, f"varpa-{programme.ref}-{role}-{language}", inline=True)


def _shown(ref: str) -> Programme:
    programme = programme_shown(ref)
    if programme is None:
        raise Http404
    return programme
