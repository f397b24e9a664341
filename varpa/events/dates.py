"""The events that stand in a person's private calendar, beside the meetings of the pair."""

from datetime import datetime

from varpa.events.letters import page_of, uid
from varpa.events.models import EventState, Invitation, InvitationState
from varpa.events.queries.people import dates_of
from varpa.people.models import Person
from varpa.post.calendar import Entry
from varpa.post.envelope import absolute


def entries_of(person: Person, since: datetime) -> list[Entry]:
    """Where a person is invited and has not said no, in their language; what was cancelled says so."""
    return [_entry(invitation, person) for invitation in dates_of(person, since)]


def _entry(invitation: Invitation, person: Person) -> Entry:
    event, state = invitation.event, InvitationState(invitation.state)
    cancelled = event.state == EventState.CANCELLED
    # Whoever waits for a place, or has not answered, sees in the calendar that it is not certain.
    certain = cancelled or state == InvitationState.COMING
    changes = [event.announced_at, event.changed_at, event.settled_at]
    return Entry(
        uid=uid(event),
        sequence=event.sequence,
        summary=event.title.within(person.language),
        description=("" if certain else f"{state.label}\n") + absolute(page_of(event)),
        location=event.place,
        starts_local=event.starts_local,
        zone=event.zone,
        minutes=event.minutes,
        changed=max(each for each in changes if each),
        cancelled=cancelled,
        url=event.link,
    )
