"""The submitted presentation of whoever is on stage, over the hall's whole screen (S13, S15)."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from varpa.defence.access import DefenceAction
from varpa.defence.models import Defence, Slot
from varpa.defence.queries import defences_read, on_stage
from varpa.documents.pages import page_picture
from varpa.files.queries import bytes_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.presentations.figures import figures_on
from varpa.presentations.models import Version
from varpa.presentations.queries import to_show, version_rows

SHARP: Final = 3
"""Dots a point, for a wide screen."""


def slides_of(slot: Slot) -> Version | None:
    """What the hall can show of whoever presents: what was submitted, None where nothing was."""
    return to_show(slot.presented.membership) if slot.presented else None


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_safe
def hall_slide(request: HttpRequest, defence: Defence, number: int) -> HttpResponse:
    """One slide, or one page of the file, while its mentee is on stage; else the hall's own screen."""
    slot = on_stage(defence)
    version = slides_of(slot) if slot else None
    rows = [row for row in version_rows(version) if row.is_filled] if version and not version.pages else []
    of = version.pages if version and version.pages else len(rows)
    if version is None or not 1 <= number <= of:
        return redirect("defence:hall", defence.ref)
    row = rows[number - 1] if rows else None
    figures = figures_on([row.figure], version.presentation, version) if row else {}
    context = {
        "defence": defence,
        "slot": slot,
        "row": row,
        "figure": figures.get(row.figure) if row else None,
        "number": number,
        "of": of,
        "before": number - 1,
        "after": number + 1 if number < of else 0,
        "now": clock.now(),
    }
    return render(request, "defence/hall_slide.html", context)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_safe
def hall_page(_request: HttpRequest, defence: Defence, number: int) -> HttpResponse:
    """A page of the submitted file, as a picture."""
    slot = on_stage(defence)
    version = slides_of(slot) if slot else None
    written = bytes_of(version.file) if version and 1 <= number <= version.pages else None
    drawn = page_picture(written, number, sharp=SHARP) if written else None
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "no-store"})
