"""What is difficult, talked over by all who are invited, or in confidence (methodology §10)."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events import letters
from varpa.events.actions.questions import is_open
from varpa.events.models import Event, Saying
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person

MOST: Final = 100
LONGEST: Final = 3_000


class TalkIsOver(Refusal):
    sentence = _(
        "Two weeks after the event the talk is closed. Your words still stand here, and were not sent."
    )


class NothingSaid(Refusal):
    sentence = _("Write something here. One sentence is enough.")


class SaidTooMuch(Refusal):
    sentence = _("Write it in at most {most} signs.")


class SaidTooOften(Refusal):
    sentence = _("You have written {most} times here. Take something back first, or talk at the event.")


class TakenBack(Refusal):
    sentence = _(
        "What you answer to was taken back meanwhile. Your words still stand here, and were not sent."
    )


@transaction.atomic
def say(
    *,
    event: Event,
    text: str,
    by: Person,
    now: datetime,
    language: str,
    in_confidence: bool = False,
    under: Saying | None = None,
    ref: str = "",
) -> Saying:
    """Say what is difficult, or answer (`under`). `in_confidence`: only staff reads it, and whoever said it.

    An answer is as confidential as what it answers. Sent twice it is one.
    """
    text = text.strip()
    if not is_open(event, now):
        raise TalkIsOver()
    if not text:
        raise NothingSaid()
    if len(text) > LONGEST:
        raise SaidTooMuch(most=LONGEST)
    if under and not Saying.objects.select_for_update().filter(pk=under.pk, withdrawn_at=None).exists():
        raise TakenBack()
    own = Saying.objects.filter(event=event, by=by, withdrawn_at=None)
    if own.exclude(ref=ref).count() >= MOST:
        raise SaidTooOften(most=MOST)
    secret = under.in_confidence if under else in_confidence
    fields = {"text": text, "in_confidence": secret, "language": language, "under": under, "at": now}
    made, is_new = make_once(Saying, ref=ref, fields=fields, event=event, by=by)
    if is_new:
        letters.tell_saying(made, now=now)
        _record("saying.say", made, by=by, now=now)
    return made


@transaction.atomic
def take_saying_back(*, saying: Saying, by: Person, now: datetime) -> None:
    """Whoever said it takes it back, with what was answered to it; twice is once."""
    if Saying.objects.filter(pk=saying.pk, withdrawn_at=None).update(withdrawn_at=now):
        letters.forget_saying(saying, now=now)
        _record("saying.take_back", saying, by=by, now=now)


def _record(verb: str, saying: Saying, *, by: Person, now: datetime) -> None:
    event = saying.event
    record(verb, saying, now=now, by=by, programme_ref=event.programme.ref, details={"event": event.ref})
