"""Saying that one comes or cannot come; places, and the list of those who wait for one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.actions.places import fill_places, hold_row, record_answer
from varpa.events.models import Event, EventState, Invitation, InvitationState
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.people.models import Person
from varpa.programmes.queries import LIVE

LONGEST_NEED = 200


class NotAnnounced(Refusal):
    sentence = _("This event is not announced, so nobody is asked to come.")


class Begun(Refusal):
    """Told to whoever answers, on the page and by mail."""

    sentence = _("The event had begun when your answer came, so it changes nothing now. Nothing is wrong.")


class NotInvited(Refusal):
    sentence = _("Whoever has left the programme is no longer invited.")


class TooLong(Refusal):
    sentence = _("Write it in at most {most} signs.")


@transaction.atomic
def answer_invitation(
    *,
    invitation: Invitation,
    comes: bool,
    by: Person,
    now: datetime,
    travel: str = "",
    diet: str = "",
    channel: str = Channel.WEB,
) -> Invitation:
    """A member comes, or cannot. Of two who take the last place at once one waits for the next.

    Whoever gives a place back lets the first who waits have it. The same answer again changes only the needs;
    after a change of the event a yes said again is said of what holds now.
    """
    event, now_there = invitation.event, _read_anew(invitation)
    if event.state != EventState.ANNOUNCED:
        raise NotAnnounced()
    if event.starts_at <= now:
        raise Begun()
    if invitation.membership.state not in LIVE:
        raise NotInvited()
    needs = {"travel": travel.strip(), "diet": diet.strip()} if comes else {"travel": "", "diet": ""}
    if max(map(len, needs.values())) > LONGEST_NEED:
        raise TooLong(most=LONGEST_NEED)
    if comes and now_there not in (InvitationState.COMING, InvitationState.WAITING):
        _come_or_wait(invitation, now)
    elif not comes and now_there != InvitationState.AWAY:
        move(invitation, "stay_away", answered_at=now, waits_since=None)
    elif comes and invitation.is_earlier:
        Invitation.objects.filter(pk=invitation.pk).update(answered_at=now)
        invitation.answered_at = now
    elif (invitation.travel, invitation.diet) == tuple(needs.values()):
        return invitation
    Invitation.objects.filter(pk=invitation.pk).update(**needs)
    invitation.travel, invitation.diet = needs["travel"], needs["diet"]
    record_answer(invitation, by=by, now=now, channel=channel)
    fill_places(event, now)
    return invitation


@transaction.atomic
def free_places_of_left(event: Event, now: datetime) -> int:
    """Whoever has left the programme keeps no place; answers how many went to others."""
    hold_row(event)
    left = event.invitations.exclude(membership__state__in=LIVE)
    seated = left.filter(state__in=[InvitationState.COMING, InvitationState.WAITING])
    for invitation in seated.select_related("membership__person"):
        invitation.event = event
        move(invitation, "stay_away", answered_at=now, waits_since=None)
        record_answer(invitation, by=None, now=now)
    return fill_places(event, now)


def _read_anew(invitation: Invitation) -> str:
    hold_row(invitation.event)
    invitation.refresh_from_db(fields=["state", "travel", "diet", "answered_at", "waits_since"])
    return invitation.state


def _come_or_wait(invitation: Invitation, now: datetime) -> None:
    event = invitation.event
    coming = event.invitations.filter(state=InvitationState.COMING).count()
    if event.places is None or coming < event.places:
        move(invitation, "come", answered_at=now, waits_since=None)
    else:
        move(invitation, "wait", answered_at=now, waits_since=now)
