"""To whom letters about events go, with the part for their calendar."""

from datetime import datetime

from varpa.events.letters.kinds import ANSWERED, CANCELLED, FEEDBACK, INVITED, PLACE, REMINDER, TALKED
from varpa.events.models import Event, EventState, Invitation, InvitationState, Question, Saying
from varpa.events.queries.events import ASKED_WITHIN, each_once
from varpa.events.unread import waiting
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.calendar import invitation as calendar_of
from varpa.post.envelope import CalendarPart, Recipient, absolute, address_of_house, organizer
from varpa.post.queries import ends_of, never_went
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE


def tell_invited(invitation: Invitation, *, now: datetime) -> None:
    """The invitation, what is new of the event, or that it is cancelled: the same UID, a higher SEQUENCE."""
    event = invitation.event
    known = [_key(event, invitation.membership, each) for each in range(event.sequence)]
    # Whoever never got the invitation, because it changed before it went, is told of no change.
    unheard = invitation.told is None or never_went(known, now)
    cancelled = event.state == EventState.CANCELLED
    if cancelled and (unheard or invitation.state == InvitationState.AWAY):
        return
    to = reader(invitation.membership)
    method = "CANCEL" if cancelled else "REQUEST"
    post.send(
        CANCELLED if cancelled else INVITED,
        to=to,
        context={
            **_context(event, to),
            "news": "planned" if unheard else "changed",
            "standing": invitation.state,
        },
        link=page_of(event),
        about=_about(event),
        once=_key(event, invitation.membership, event.sequence),
        now=now,
        ends=event.starts_at,
        calendar=_part(invitation, to, method, now),
        hours=(event.starts_at, ends_of(known)),
    )


def tell_place(invitation: Invitation, *, now: datetime) -> None:
    """Somebody who waited has a place now."""
    event, to = invitation.event, reader(invitation.membership)
    post.send(
        PLACE,
        to=to,
        context=_context(event, to),
        link=page_of(event),
        about=_about(event),
        once=f"events.place:{event.ref}:{invitation.membership.ref}:{now:%Y%m%d%H%M%S}",
        now=now,
        ends=event.starts_at,
        calendar=_part(invitation, to, "REQUEST", now, confirmed=True),
        hours=(event.starts_at,),
    )


def remind(event: Event, *, now: datetime) -> int:
    """Remind whoever comes, waits or has not answered; answers how many letters were written."""
    invited = event.invitations.exclude(state=InvitationState.AWAY)
    sent = 0
    for invitation in invited.select_related("membership__person").order_by("pk"):
        to = reader(invitation.membership)
        invitation.event, state = event, invitation.state
        told = {"asked": state == InvitationState.ASKED, "waits": state == InvitationState.WAITING}
        letter = post.send(
            REMINDER,
            to=to,
            context={**_context(event, to), **told},
            link=page_of(event),
            about=_about(event),
            once=f"events.reminder:{event.ref}:{event.sequence}:{invitation.membership.ref}",
            now=now,
            ends=event.starts_at,
            # Who waits has no place yet, and so no date.
            calendar=None
            if told["waits"]
            else _part(invitation, to, "REQUEST", now, confirmed=not told["asked"]),
        )
        sent += letter is not None
    return sent


def ask_feedback(event: Event, *, now: datetime) -> int:
    """One minute of whoever was there, for two weeks; answers how many are asked."""
    there = each_once(event.attendances.filter(withdrawn_at=None))
    asked = 0
    for attendance in there.select_related("membership__person").order_by("pk"):
        to = reader(attendance.membership)
        post.send(
            FEEDBACK,
            to=to,
            context=_context(event, to),
            link=f"{page_of(event)}#feedback",
            about=f"events.feedback:{event.ref}",
            once=f"events.feedback:{event.ref}:{attendance.membership.ref}",
            now=now,
            ends=now + ASKED_WITHIN,
        )
        asked += 1
    return asked


def tell_answer(question: Question, *, now: datetime) -> None:
    """Whoever asked is told that there is an answer; what it says stands on the page only."""
    event, to = question.event, reader(question.membership)
    post.send(
        ANSWERED,
        to=to,
        context=_context(event, to),
        link=f"{page_of(event)}#q-{question.ref}",
        about=f"events.question:{question.ref}",
        once=f"events.answered:{question.ref}",
        now=now,
    )


def tell_saying(saying: Saying, *, now: datetime) -> None:
    """An answer is told to whoever began; what is said in confidence to those who run the programme.

    Whoever does not read it for now (R1) is not told of it.
    """
    first = saying.under or saying
    if first.by in waiting(saying.by, saying.event).without:
        return
    known = Membership.objects.filter(programme=saying.event.programme_id, state__in=LIVE)
    members = known.select_related("person").order_by("pk")
    to = members.none()
    if first.by_id != saying.by_id:
        to = members.filter(person=first.by_id)[:1]
    elif saying.in_confidence:
        to = members.filter(role=Role.MANAGER).exclude(person=saying.by_id)
    for each in to:
        reads = reader(each)
        post.send(
            TALKED,
            to=reads,
            context={**_context(saying.event, reads), "raised": first.by_id == saying.by_id},
            link=f"{page_of(saying.event)}talk/#s-{first.ref}",
            about=_about_saying(saying),
            once=f"events.talked:{saying.ref}:{each.ref}",
            now=now,
        )


def forget_saying(saying: Saying, *, now: datetime) -> None:
    """It was taken back: letters about it that have not gone do not go any more."""
    under = saying.sayings.values_list("ref", flat=True)
    post.withdraw(about=[_about_saying(saying), *(f"events.saying:{ref}" for ref in under)], now=now)


def forget_unsent(event: Event, *, now: datetime) -> None:
    """The event has changed: what was written before and has not gone yet does not go any more."""
    post.withdraw(about=_about(event), kinds=[INVITED, PLACE, REMINDER], now=now)


def reader(membership: Membership) -> Recipient:
    """A member as a reader of letters."""
    return recipient(membership.person, adult=membership.role != Role.MENTEE)


def _part(
    invitation: Invitation, to: Recipient, method: str, now: datetime, *, confirmed: bool = False
) -> CalendarPart | None:
    """The event for a calendar. `confirmed`: a place is had, and the calendar need not ask for an answer."""
    event = invitation.event
    if not to.address:
        return None
    text = calendar_of(
        uid=uid(event),
        sequence=event.sequence,
        summary=event.title.within(to.language),
        description=absolute(page_of(event)),
        location=event.place,
        url=event.link,
        starts_local=event.starts_local,
        zone=event.zone,
        minutes=event.minutes,
        organizer=organizer(),
        # Each is invited alone: the address of one is not the others' to have.
        attendees=[(invitation.membership.person.name, to.address)],
        method=method,
        now=now,
        accepted=confirmed,
    )
    return CalendarPart(method, text)


def _context(event: Event, to: Recipient) -> dict[str, object]:
    programme: Programme = event.programme
    return {
        "programme": programme.name.within(to.language),
        "title": event.title.within(to.language),
        "starts": event.starts_at,
        "zone": event.zone,
        "length": event.minutes,
        "place": event.place,
        "join": event.link,
        "why": event.reason,
    }


def uid(event: Event) -> str:
    """What calendars call an event, for all of its life (RFC 5545)."""
    return f"event-{event.ref}@{address_of_house()[1].rpartition('@')[2]}"


def page_of(event: Event) -> str:
    """The address of an event within the house."""
    return f"/events/{event.ref}/"


def _about_saying(saying: Saying) -> str:
    return f"events.saying:{saying.ref}"


def _about(event: Event) -> str:
    return f"event:{event.ref}"


def _key(event: Event, membership: Membership, sequence: int) -> str:
    return f"event:{event.ref}:{sequence}:{membership.ref}"
