"""Papers of a day, once it is closed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.defence import papers, tables
from varpa.defence.access import DefenceAction, SlotAction
from varpa.defence.models import Defence, DefenceState, Reckoning, Slot, SlotState
from varpa.defence.queries import defences_read, slots_read
from varpa.documents.serving import hand_out
from varpa.documents.tables import TYPES, XLSX
from varpa.kernel.doors import door
from varpa.ui import words


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_safe
def protocol(_request: HttpRequest, defence: Defence) -> HttpResponse:
    """The protocol to sign; before the day is closed and reckoned there is none."""
    _require_reckoned(defence)
    language = get_language() or "en"
    with words.on_paper(language, defence.zone):
        return hand_out(papers.protocol(defence, language), "protocol", inline=True)


@door(DefenceAction.HOST, Defence, read=defences_read)
@require_safe
def table(_request: HttpRequest, defence: Defence) -> HttpResponse:
    """The same as a workbook."""
    _require_reckoned(defence)
    with words.on_paper(get_language() or "en", defence.zone):
        content = tables.workbook(defence)
    headers = {
        "Content-Disposition": 'attachment; filename="protocol.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=TYPES[XLSX], headers=headers)


def _require_reckoned(defence: Defence) -> None:
    waits = defence.reckoning == Reckoning.WAITS
    if defence.state != DefenceState.CLOSED or defence.rehearsal_of_id or waits:
        raise Http404


@door(SlotAction.RESULT, Slot, read=slots_read)
@require_safe
def certificate(_request: HttpRequest, slot: Slot) -> HttpResponse:
    """The certificate of one mentee."""
    day = slot.defence
    if day.state != DefenceState.CLOSED or slot.state != SlotState.CLOSED or day.rehearsal_of_id:
        raise Http404
    language = get_language() or "en"
    with words.on_paper(language, slot.defence.zone):
        return hand_out(papers.certificate(slot, language), "certificate", inline=True)
