"""Talking to a pair, and writing down that one has: "I called: …"."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.access import may
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.support.models import Call, Spoken
from varpa.support.queries.staff import is_in


class NotForOneself(Refusal):
    sentence = _("You are one of the two: somebody else has to see to this pair.")


class WithWhom(Refusal):
    sentence = _("Choose whom the call reached.")


class NotYourPair(Refusal):
    sentence = _("Only those who run the programme can do this.")


@transaction.atomic
def note_call(*, pair: Pair, spoken: str, text: str, by: Person, now: datetime, ref: str = "") -> Call:
    """Write down a call, or a try; only the staff of the programme read it. A second click writes it once."""
    if is_in(pair, by):
        raise NotForOneself()
    if not may(PairAction.MANAGE, by, pair):
        raise NotYourPair()
    if spoken not in Spoken.values:
        raise WithWhom()
    fields = {"spoken": spoken, "text": text.strip(), "by": by, "at": now}
    call, made = make_once(Call, ref=ref, fields=fields, pair=pair)
    if made:
        details = {"pair": pair.ref, "spoken": spoken}
        record("call.note", call, now=now, by=by, programme_ref=pair.programme.ref, details=details)
    return call
