"""What a calendar program answers for its owner to an invitation (R14): by the action of the page."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from varpa.events.actions.coming import answer_invitation
from varpa.events.models import Event, Invitation
from varpa.events.queries.events import own_invitation, with_programme
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.post.replies import Answer, Landed, NothingThere, takes

SAID: Final = {"ACCEPTED": True, "DECLINED": False}


class SayYesOrNo(Refusal):
    sentence = _("An event keeps its hour for everybody. Open its page and say whether you come or cannot.")


class MovedSince(Refusal):
    """A yes to the old time is no yes to the new one."""

    sentence = _("The event has changed since this invitation. Open its page and answer what holds now.")


@takes("calendar.event")
def calendar(answer: Answer) -> Landed:
    """Yes or no; `about` is "event:REF", made of the UID."""
    event = with_programme(Event.objects.filter(ref=answer.thing)).first()
    person = Person.objects.get(pk=answer.person_id)
    own = own_invitation(event, person) if event else None
    if event is None or own is None or answer.calendar is None:
        raise NothingThere()
    if answer.calendar.said not in SAID:
        raise SayYesOrNo()
    if answer.calendar.sequence < event.sequence:
        raise MovedSince()
    own.event = event
    _say(own, answer, person, comes=SAID[answer.calendar.said])
    return Landed(f"/events/{event.ref}/")


def _say(own: Invitation, answer: Answer, person: Person, *, comes: bool) -> None:
    """What was said of needs before stays: a calendar knows nothing of them."""
    answer_invitation(
        invitation=own,
        comes=comes,
        travel=own.travel,
        diet=own.diet,
        by=person,
        now=answer.now,
        channel=Channel.MAIL,
    )
