"""One minute after the event: how it helped, and a sentence (R10)."""

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.models import Event, EventState, Feedback, Helped
from varpa.events.queries.events import ASKED_WITHIN
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Membership

LONGEST: Final = 1_000


class NotThere(Refusal):
    sentence = _("Only whoever was there can say how it was.")


class Closed(Refusal):
    sentence = _("The time for saying how it was is over.")


class SaidAlready(Refusal):
    sentence = _("You have answered already. What you wrote is kept.")


class ChooseWords(Refusal):
    sentence = _("Choose one of the answers.")


class TooLong(Refusal):
    sentence = _("Write it in at most {most} signs.")


@transaction.atomic
def say_how_it_was(
    *, event: Event, membership: Membership, helped: str, text: str, by: Person, now: datetime
) -> Feedback:
    """Who was there, in whichever role, answers once; a second click changes nothing."""
    if event.state not in (EventState.ANNOUNCED, EventState.HELD):
        raise NotThere()
    there = event.attendances.filter(membership__person=membership.person_id, withdrawn_at=None)
    if not there.exists():
        raise NotThere()
    if now > event.starts_at + ASKED_WITHIN * 2:
        raise Closed()
    if helped not in Helped.values:
        raise ChooseWords()
    said = {"helped": helped, "text": text.strip()}
    if len(said["text"]) > LONGEST:
        raise TooLong(most=LONGEST)
    try:
        with transaction.atomic():
            row = Feedback.objects.create(event=event, membership=membership, at=now, **said)
    except IntegrityError as error:
        row = Feedback.objects.get(event=event, membership=membership)
        if (row.helped, row.text) != (helped, said["text"]):
            raise SaidAlready() from error
        return row
    record("event.feedback", event, now=now, by=by, programme_ref=event.programme.ref)
    return row
