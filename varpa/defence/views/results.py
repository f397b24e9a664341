"""After the day: a mentee's own result and words, and the page that verifies a certificate."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varpa.defence.access import SlotAction
from varpa.defence.models import DefenceState, Slot, SlotState
from varpa.defence.papers import said_to_one
from varpa.defence.queries import certified, share_of, slots_read
from varpa.defence.unread import words_read
from varpa.kernel.clock import zone_of
from varpa.kernel.doors import door, public
from varpa.kernel.times import to_local
from varpa.money.words import money, percent
from varpa.people.alone import read_in, render_alone
from varpa.people.signed import person_of
from varpa.ui.words import dated


@door(SlotAction.RESULT, Slot, read=slots_read)
@require_safe
def result(request: HttpRequest, slot: Slot) -> HttpResponse:
    """What was given and said to one presentation; whose place it is, nobody is told."""
    currency = slot.defence.programme.currency
    words, waiting = words_read(slot, person_of(request))
    context = {
        "slot": slot,
        "defence": slot.defence,
        "mine": bool(slot.plan) and slot.member.person_id == person_of(request).pk,
        "over": slot.defence.state == DefenceState.CLOSED and slot.state == SlotState.CLOSED,
        "received": money(slot.received, currency),
        "eligible": money(slot.eligible, currency),
        "share": percent(round(share_of(slot) * 10_000)),
        "words": words,
        "waiting": ", ".join(waiting),
        "stated": said_to_one(slot),
    }
    return render(request, "defence/result.html", context)


@public("whoever is shown a certificate can see that it is true: name, programme, what and which day")
@require_safe
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """What a certificate says, by its number; 404 where there is none."""
    slot = certified(number)
    with read_in(request):
        if slot is None:
            raise Http404
        defence = slot.defence
        context = {
            "name": slot.name,
            "programme": defence.programme,
            "organisation": defence.programme.organisation.name,
            "said": _("has presented and defended a business plan"),
            "period": dated(to_local(defence.starts_at, defence.zone).date()),
            "number": slot.number,
            "person": None,
            "navigation": [],
        }
        with timezone.override(zone_of(defence.zone)):
            return render_alone(request, "defence/verify.html", context)
