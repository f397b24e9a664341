"""What the page of one event shows to one reader."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from varpa.events.access import EventAction
from varpa.events.actions.presence import is_first_training, is_today
from varpa.events.actions.questions import is_open
from varpa.events.models import Event, EventState, Invitation, Question
from varpa.events.queries.events import answers_of, asks_for_reports, own_invitation, present_at
from varpa.events.queries.people import Figures, feedback_of, questions_of
from varpa.kernel.access import may
from varpa.people.models import Person
from varpa.programmes.models import Membership, MembershipState
from varpa.programmes.preparing import Study, stand_in_for

SHOWN_QUESTIONS = 50


@dataclass(frozen=True)
class Shown:
    """An event as `person` sees it: `staff` makes it, `invitation` is one's own.

    `answerable`: one may still say whether one comes. `asks`: questions are open. `rates`: one was there and
    has not said how it was. `place_in_line` counts from 1. `waits_for_staff` is announce, screen, hold or "".
    `lessons` stand in for a training that is over without this person.
    """

    event: Event
    staff: bool
    now: datetime
    invitation: Invitation | None = None
    present: bool = False
    rates: bool = False
    place_in_line: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    attended: int = 0
    figures: Figures | None = None
    questions: list[Question] = field(default_factory=list)
    lessons: list[Study] = field(default_factory=list)

    @property
    def answerable(self) -> bool:
        ahead = self.event.state == EventState.ANNOUNCED and self.event.starts_at > self.now
        return bool(self.invitation) and ahead

    @property
    def asks(self) -> bool:
        return bool(self.invitation) and is_open(self.event, self.now)

    @property
    def reported(self) -> bool:
        """Pairs report here what they have done; those who are invited read what its pair lets be shown."""
        alive = self.event.state in (EventState.ANNOUNCED, EventState.HELD)
        return alive and (self.staff or self.invitation is not None) and asks_for_reports(self.event)

    @property
    def over(self) -> bool:
        """The event has ended by the clock, whether or not somebody has said so."""
        return self.event.starts_at + timedelta(minutes=self.event.minutes) <= self.now

    @property
    def missed(self) -> bool:
        return bool(self.lessons)

    @property
    def studied(self) -> bool:
        """The self-study is done, which counts as much as having been there."""
        return self.missed and all(each.done_at for each in self.lessons)

    @property
    def prepares(self) -> bool:
        """It is the first training: what stands in for it is done step by step, on a page of its own (R1)."""
        return is_first_training(self.event)

    @property
    def waits_for_staff(self) -> str:
        if not self.staff or self.event.state not in (EventState.DRAFT, EventState.ANNOUNCED):
            return ""
        if self.event.state == EventState.DRAFT:
            return "announce"
        if is_today(self.event, self.now) and not self.over:
            return "screen"
        return "hold" if self.event.starts_at <= self.now else ""


def shown(event: Event, person: Person, now: datetime) -> Shown:
    """Everything that one reader may see of an event; a fixed number of queries."""
    staff = may(EventAction.MANAGE, person, event)
    invitation = own_invitation(event, person)
    if invitation:
        invitation.event = event
    present, rated = getattr(invitation, "present", False), getattr(invitation, "rated", False)
    attended = present_at(event) if staff else 0
    at = Shown(
        event,
        staff,
        now,
        invitation,
        present,
        rates=present and not rated and event.starts_at <= now,
        place_in_line=_place_in_line(invitation),
        answers=answers_of(event) if staff else {},
        attended=attended,
        figures=feedback_of(event, attended) if staff and event.starts_at <= now else None,
        questions=list(questions_of(event, person, staff)[:SHOWN_QUESTIONS]),
    )
    return replace(at, lessons=_lessons(at, invitation.membership) if invitation and not present else [])


def _lessons(at: Shown, membership: Membership) -> list[Study]:
    """The lessons of a training that is over, for a member who was not there and may still do them."""
    alive = at.event.state in (EventState.ANNOUNCED, EventState.HELD)
    if not (at.event.training and alive and at.over and membership.state == MembershipState.ACCEPTED):
        return []
    membership.programme = at.event.programme
    return stand_in_for(at.event.training, membership)


def _place_in_line(invitation: Invitation | None) -> int:
    if invitation is None or invitation.waits_since is None:
        return 0
    before = invitation.event.invitations.filter(state=invitation.state)
    earlier = before.filter(waits_since__lt=invitation.waits_since)
    same = before.filter(waits_since=invitation.waits_since, pk__lt=invitation.pk)
    return earlier.count() + same.count() + 1
