"""The guardian's notice in the programme's own words, for the manager: one page a language and country."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.guardians.actions import notices as actions
from varpa.guardians.forms import NoticeForm
from varpa.guardians.notice import notice_in
from varpa.guardians.queries.notices import countries_of, notices_in
from varpa.guardians.words import ADDED, LANGUAGES
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.countries import country_name
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.merging import merge


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def notices(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All languages: which the programme has written, for all countries or for one."""
    countries, country = _countries(request, programme)
    own = notices_in(programme, country)
    rows = [(code, name, own.get(code), code in ADDED) for code, name in LANGUAGES.items()]
    context = {"programme": programme, "rows": rows, "countries": countries, "country": country}
    return render(request, "guardians/notices.html", context)


def _countries(request: HttpRequest, programme: Programme) -> tuple[list[tuple[str, str]], str]:
    """(code, name) of each country that may have words of its own, and the one that was asked for."""
    codes, asked = countries_of(programme), request.GET.get("country", "")
    if asked and asked not in codes:
        raise Http404
    return [(code, country_name(code)) for code in codes], asked


def _all(programme: Programme, country: str) -> str:
    """The address of the list, for the country on whose page one was."""
    return reverse("guardians:notices", args=[programme.ref]) + (f"?country={country}" if country else "")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, programme: Programme, language: str) -> HttpResponse:
    """The notice of one language, for all countries or for one, beside what stands without it."""
    if language not in LANGUAGES:
        raise Http404
    countries, country = _countries(request, programme)
    read = notices_in(programme, country).get(language)
    own, merged = read if read and read.country == country else None, None
    stands: dict[str, Any] = {"text": read.text, "letter": read.letter} if read else {}
    stands["revision"] = own.revision if own else 0
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, programme, language, country, form)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        except Conflict as conflict:
            merged = merge(conflict, {name: field.label for name, field in form.fields.items()})
        else:
            messages.success(request, _("The notice is saved."))
            return redirect(_all(programme, country))
    context = {
        "programme": programme,
        "form": form,
        "merge": merged,
        "own": own,
        "all": _all(programme, country),
    }
    context |= {"code": language, "name": LANGUAGES[language], "country": country}
    context |= {"where": dict(countries).get(country, ""), **_without(programme, language, country)}
    return render(request, "guardians/notice_form.html", context)


def _without(programme: Programme, language: str, country: str) -> dict[str, Any]:
    """What is read where this notice is not written: the words of all countries, or the usual ones."""
    common = notices_in(programme).get(language) if country else None
    usual = language if language not in ADDED else translation.get_language() or "en"
    with translation.override(usual):
        parts = notice_in(programme, common)
    return {"common": common, "usual": language if common else usual, "parts": parts}


def _write(request: HttpRequest, programme: Programme, language: str, country: str, form: NoticeForm) -> None:
    assert isinstance(request.user, Person)
    given = {**form.cleaned_data, "language": language, "country": country}
    actions.write_notice(programme=programme, by=request.user, now=clock.now(), **given)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_POST
def removal(request: HttpRequest, programme: Programme, language: str) -> HttpResponse:
    """The words of this language no longer stand."""
    assert isinstance(request.user, Person)
    _choices, country = _countries(request, programme)
    by = request.user
    actions.take_notice_away(programme=programme, language=language, country=country, by=by, now=clock.now())
    messages.success(request, _("Taken away."))
    return redirect(_all(programme, country))
