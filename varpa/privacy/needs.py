"""What waits for whoever manages a programme, told at home: requests to be erased, a term that is over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varpa.home.above import Above, Need, Waiting
from varpa.privacy.models import Erasure, ErasureState, Retention
from varpa.programmes.models import Programme
from varpa.ui import words


def _requests(programmes: Sequence[Programme], _now: datetime) -> Mapping[int, Waiting]:
    keys = [each.pk for each in programmes]
    waiting = Erasure.objects.filter(
        state=ErasureState.WAITING, settled_at=None, person__memberships__programme__in=keys
    )
    of = waiting.order_by().values_list("person__memberships__programme")
    told = of.annotate(number=Count("pk", distinct=True), since=Min("confirmed_at"))
    return {programme: Waiting(number, since) for programme, number, since in told if programme in keys}


def _say_requests(programme: Programme, waits: Waiting) -> Need:
    look = ngettext(
        "Look at %(n)d request to erase data", "Look at %(n)d requests to erase data", waits.count
    )
    since = _("Since %(since)s; until its day comes it can be taken back")
    url = reverse("privacy:waiting", args=[programme.ref])
    return Need(waits.count, look % {"n": waits.count}, url, since % {"since": words.day_of(waits.since)})


def _terms(programmes: Sequence[Programme], _now: datetime) -> Mapping[int, Waiting]:
    told = Retention.objects.filter(
        programme__in=[each.pk for each in programmes], told_at__isnull=False, confirmed_at=None
    )
    return {programme: Waiting(1, since) for programme, since in told.values_list("programme", "told_at")}


def _say_terms(programme: Programme, waits: Waiting) -> Need:
    since = _("Asked for since %(since)s; before you confirm it, nothing is erased")
    url = reverse("privacy:retention", args=[programme.ref])
    confirm = _("Confirm that those who took part are kept no longer")
    return Need(waits.count, confirm, url, since % {"since": words.day_of(waits.since)})


ABOVE: Final = (Above("erasures", _requests, _say_requests), Above("terms", _terms, _say_terms))
