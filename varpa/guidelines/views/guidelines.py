"""The guidelines: their draft for whoever manages, published versions for everybody in the programme."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.guidelines.actions import guidelines as actions
from varpa.guidelines.counting import changed, counted_now
from varpa.guidelines.forms import SectionForm
from varpa.guidelines.labels import labelled
from varpa.guidelines.models import Guidelines, Section
from varpa.guidelines.outline import WHOLE, Step, steps_of
from varpa.guidelines.queries import guidelines_of, read, sections_of, usable, versions_of
from varpa.guidelines.reading import drafts_of
from varpa.guidelines.showing import refs_in
from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page
from varpa.kernel.text import LANGUAGES
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, today_of, with_methodology
from varpa.ui.doing import tap
from varpa.ui.merging import merge


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def guidelines(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Published versions; for whoever manages the draft as it reads now, with its gaps."""
    manages = may(ProgrammeAction.MANAGE, person_of(request), programme)
    context: dict[str, Any] = {"programme": programme, "manages": manages, "versions": versions_of(programme)}
    found = guidelines_of(programme) if manages else None
    if found:
        context["drafts"] = drafts_of(programme, found, today_of(programme, clock.now()))
    return render(request, "guidelines/guidelines.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def draft(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Draft what nobody has edited yet."""
    given: dict[str, Any] = {"programme": programme, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.draft(**given), _("The draft is made from figures and recommendations."))
    return redirect("guidelines:guidelines", programme.ref)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def publish(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Freeze the draft as a version that members read."""
    found = _guidelines(programme)
    given: dict[str, Any] = {"guidelines": found, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.publish(**given), _("The guidelines are published."))
    return redirect("guidelines:guidelines", programme.ref)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """Edit one section in its three languages; recommendations on the step stand beside it."""
    step, found = _section(programme, key)
    given = request.POST if request.method == "POST" else None
    texts = {code: getattr(found, code) for code in LANGUAGES}
    form = SectionForm(given, initial={"revision": found.revision, **texts})
    shown = None
    if given and form.is_valid():
        said = {"texts": form.texts, "revision": form.cleaned_data["revision"]}
        try:
            actions.write_section(section=found, **said, by=person_of(request), now=clock.now())
            return redirect("guidelines:guidelines", programme.ref)
        except Conflict as conflict:
            shown = merge(conflict, {code: form.fields[code].label for code in LANGUAGES})
    now = counted_now(programme, clock.now()).get(step.key, {})
    context = {
        "programme": programme,
        "step": step,
        "form": form,
        "merge": shown,
        "changed": changed(found, now, get_language() or "en"),
        **_beside(request, found),
    }
    return render(request, "guidelines/section.html", context)


def _beside(request: HttpRequest, section: Section) -> dict[str, Any]:
    programme = section.guidelines.programme
    phase = "" if section.key == WHOLE else section.key
    today = today_of(programme, clock.now())
    found = page(request, read(usable(programme).filter(phase=phase), today), size=20)
    rows = labelled(programme, found.rows)
    return {"page": found, "rows": rows, "used": refs_in([section.lv, section.lt, section.en])}


def _guidelines(programme: Programme) -> Guidelines:
    found = guidelines_of(programme)
    if found is None:
        raise Http404
    found.programme = programme
    return found


def _section(programme: Programme, key: str) -> tuple[Step, Section]:
    found = _guidelines(programme)
    section = sections_of(found).get(key)
    step = next((each for each in steps_of(methodology_of(programme)) if each.key == key), None)
    if section is None or step is None:
        raise Http404
    section.guidelines = found
    return step, section
