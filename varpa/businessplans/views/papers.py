"""The plan on paper; `version` in the address asks for a kept one, `frame` for another language.

A plan that was handed in is its submitted version.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.businessplans import papers
from varpa.businessplans.access import BusinessPlanAction
from varpa.businessplans.models import HANDED_IN, BusinessPlan, Version
from varpa.businessplans.queries import plans_read, submitted_version, versions_read
from varpa.businessplans.word import docx
from varpa.documents.serving import file_name, hand_out, hand_out_docx
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.ui import words


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def document(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """An accessible PDF."""
    language = frame_asked(request)
    with words.on_paper(language, person_of(request).zone):
        stands = papers.standing(plan, version_asked(request, plan), clock.now())
        return hand_out(papers.document(plan, stands, language), "business-plan", inline=True)


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def text_file(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """A DOCX to go on working with."""
    language, now = frame_asked(request), clock.now()
    with words.on_paper(language, person_of(request).zone):
        stands = papers.standing(plan, version_asked(request, plan), now)
        return hand_out_docx(docx(plan, stands, language, now), "business-plan")


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def archive(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """PDF, workbook, text and data in one file."""
    language = frame_asked(request)
    with words.on_paper(language, person_of(request).zone):
        stands = papers.standing(plan, version_asked(request, plan), clock.now())
        packed = papers.archive(plan, stands, language)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name("business-plan")}.zip"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(packed, content_type="application/zip", headers=headers)


def frame_asked(request: HttpRequest) -> str:
    """The language of the headings: the one that is asked for, else the reader's."""
    wanted = request.GET.get("frame", "")
    return wanted if wanted in dict(settings.LANGUAGES) else get_language() or "en"


def version_asked(request: HttpRequest, plan: BusinessPlan) -> Version | None:
    """The version that is asked for, else the submitted one; None for what stands now. Raises Http404."""
    wanted = request.GET.get("version", "")
    if not wanted:
        return submitted_version(plan) if plan.state in HANDED_IN else None
    read = versions_read(plan, writes=plan.membership.person_id == person_of(request).pk)
    found = read.filter(number=wanted).first() if wanted.isdecimal() and len(wanted) < 9 else None
    if found is None:
        raise Http404
    return found
