"""The places of an event, and the list of those who wait for one."""

from datetime import datetime

from varpa.events import letters
from varpa.events.models import Event, EventState, Invitation, InvitationState
from varpa.history.actions import record
from varpa.kernel.states import move
from varpa.people.models import Person
from varpa.programmes.queries import LIVE


def hold_row(event: Event) -> None:
    """Let nobody else change the event or its places meanwhile, and read it anew."""
    held = Event.objects.select_for_update().get(pk=event.pk)
    for field in Event._meta.concrete_fields:
        if field.name != "programme":
            setattr(event, field.attname, getattr(held, field.attname))


def fill_places(event: Event, now: datetime) -> int:
    """Let those who wait the longest have the places that are free, and tell them; answers how many.

    The event is held (`hold_row`) by whoever calls this.
    """
    coming = event.invitations.filter(state=InvitationState.COMING).count()
    moved = 0
    if event.state == EventState.ANNOUNCED and event.starts_at > now:
        waiting = event.invitations.filter(state=InvitationState.WAITING, membership__state__in=LIVE)
        free = waiting.count() if event.places is None else max(event.places - coming, 0)
        for invitation in waiting.select_related("membership__person").order_by("waits_since", "pk")[:free]:
            invitation.event = event
            move(invitation, "come", waits_since=None)
            record_answer(invitation, by=None, now=now)
            letters.tell_place(invitation, now=now)
            moved += 1
    Event.objects.filter(pk=event.pk).update(taken=coming + moved)
    event.taken = coming + moved
    return moved


def record_answer(invitation: Invitation, *, by: Person | None, now: datetime, channel: str = "") -> None:
    """A line of history about what somebody has answered, on whose behalf where another did (R11)."""
    member, event = invitation.membership, invitation.event
    record(
        f"event.{invitation.state}",
        event,
        now=now,
        by=by,
        behalf=None if by and by.pk == member.person_id else member.person,
        channel=channel,
        programme_ref=event.programme.ref,
        details={"membership": member.ref},
    )
