"""What was published: as a page, as PDF, as DOCX; for members, and for anybody where the manager says so."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.documents.serving import hand_out, hand_out_docx
from varpa.kernel import clock
from varpa.kernel.doors import door, public
from varpa.kernel.text import LANGUAGES
from varpa.people.alone import read_in
from varpa.people.models import Person
from varpa.reports.access import EditionAction
from varpa.reports.keeping import kept_document
from varpa.reports.models import Edition
from varpa.reports.papers import Paper
from varpa.reports.queries import editions_read, said_by
from varpa.reports.quoting import taken_back_since
from varpa.reports.word import docx


@door(EditionAction.READ, Edition, read=editions_read)
@require_safe
def edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """An edition as it was published."""
    return _page(request, edition, "reports:edition")


@door(EditionAction.READ, Edition, read=editions_read)
@require_safe
def paper(request: HttpRequest, edition: Edition, kind: str) -> HttpResponse:
    """An edition as PDF/UA or DOCX; `?frame=` asks for another language."""
    return _hand_out(request, edition, kind)


@public("the evaluation report, where its manager has made it public")
@require_safe
def shown(request: HttpRequest, ref: str) -> HttpResponse:
    """The same for anybody."""
    found = _public(ref)
    with read_in(request, zone=found.report.programme.zone):
        return _page(request, found, "reports:public")


@public("the evaluation report on paper, where its manager has made it public")
@require_safe
def public_paper(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """The same on paper for anybody."""
    return _hand_out(request, _public(ref), kind)


def _public(ref: str) -> Edition:
    found = editions_read(Edition.objects.filter(ref=ref, report__is_public=True)).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, edition: Edition, name: str) -> HttpResponse:
    language = _frame(request)
    context: dict[str, Any] = {
        "edition": edition,
        "paper": _paper(edition, language),
        "frame": language,
        "name": name,
        "papers": f"{name}_paper",
        "is_public": name == "reports:public",
        "languages": LANGUAGES,
        "taken_back": taken_back_since(edition, clock.now()),
        "own": said_by(edition.report, request.user) if isinstance(request.user, Person) else [],
    }
    return render(request, "reports/edition.html", context)


def _hand_out(request: HttpRequest, edition: Edition, kind: str) -> HttpResponse:
    language = _frame(request)
    found, number = _paper(edition, language), edition.number
    if kind == "pdf":
        content = kept_document(edition, language, clock.now())
        return hand_out(content, f"report-{number}", inline=True)
    if kind != "docx":
        raise Http404
    return hand_out_docx(docx(edition, found, language), f"report-{number}")


def _paper(edition: Edition, language: str) -> Paper:
    found: Paper = edition.papers[language]
    return found


def _frame(request: HttpRequest) -> str:
    wanted = request.GET.get("frame", "")
    return wanted if wanted in dict(settings.LANGUAGES) else (get_language() or "en")[:2]
