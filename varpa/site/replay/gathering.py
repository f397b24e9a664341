"""Joint meetings and trainings: announced, answered, attended, and thought about (methodology §10)."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import Q

from varpa.events.actions.agenda import change_item
from varpa.events.actions.coming import answer_invitation
from varpa.events.actions.duties import write_to_invited
from varpa.events.actions.feedback import say_how_it_was
from varpa.events.actions.planning import announce_event, hold_event, make_event
from varpa.events.actions.presence import mark_present, mark_self
from varpa.events.actions.training import publish_training_programme
from varpa.events.models import Event, Helped, Invitation, InvitationState
from varpa.events.queries.events import Prepared, all_prepared, with_programme
from varpa.kernel import clock
from varpa.kernel.text import TranslatedText
from varpa.methodology import EvidenceKind
from varpa.pairs.models import Pair, PairState
from varpa.programmes.actions.memberships import finish_lesson
from varpa.programmes.models import Membership, MembershipState, Role
from varpa.programmes.preparing import stand_in_for
from varpa.site.replay.dates import free_day
from varpa.site.replay.house import House, Member
from varpa.site.replay.stage import Course
from varpa.site.replay.telling import tell

MADE_BEFORE, ANNOUNCED_BEFORE = timedelta(days=35), timedelta(days=21)
LENGTH = 420
FIRST_HOUR, HOURS = time(10, 15), 45
PLACE = "Jelgava, Svētes iela 33"
COMES, BY_CODE, RATES, STUDIES = 0.92, 0.7, 0.6, 0.8
"""Of those invited who come, of those who scan the code, of those there who say how it was, and of those
absent who go through the lessons instead."""


def gather(house: House) -> None:
    """Begin a course for each joint meeting with its training, and one for the training programme."""
    house.stage.begin(publish_trainings(house))
    first = min((each.day for each in all_prepared(house.programme)), default=None)
    for prepared in all_prepared(house.programme):
        house.stage.begin(hold(house, prepared, is_first=prepared.day == first))


def publish_trainings(house: House) -> Course:
    """The manager publishes the training programme in its time (methodology §10)."""
    for activity in house.methodology.activities():
        if activity.evidence == EvidenceKind.TRAINING_PUBLISHED:
            due = house.dates.calendar[activity.key].due
            yield house.dates.at(max(due - timedelta(days=6), house.dates.made + timedelta(days=3)), 18)
            house.stage.do(
                publish_training_programme, programme=house.programme, published=True, by=house.manager
            )


def hold(house: House, prepared: Prepared, *, is_first: bool) -> Course:
    """One event, from its draft to what people say of it."""
    chance = Random(f"{house.seed}/{prepared.key}")
    day = prepared.day if is_first else free_day(prepared.day + timedelta(days=13))
    if day <= house.today + timedelta(days=3) or day > house.dates.ends:
        return
    yield house.dates.at(max(day - MADE_BEFORE, house.today + timedelta(days=1)), 11)
    event = _drafted(house, prepared, day)
    yield house.dates.at(max(day - ANNOUNCED_BEFORE, house.today + timedelta(days=2)), 10)
    house.stage.do(announce_event, event=event, by=house.lead)
    house.stage.begin(tell(house, event, day))
    for number in range(3):
        yield house.dates.at(house.today + timedelta(days=2), 18, 10 + number)
        _answer(house, event, chance, everybody=number == 2)
    if not is_first:
        yield house.dates.at(day, 10, 20)
        _attend(house, event, chance)
    yield house.dates.at(day, 19)
    house.stage.do(hold_event, event=event, by=house.manager)
    yield house.dates.at(day + timedelta(days=1), 18, 30)
    _rate(house, event, chance)
    if not is_first:
        yield house.dates.at(day + timedelta(days=9), 18, 45)
        _study(house, event, chance)


def be_at_first(house: House, member: Member) -> bool:
    """Somebody is at the first training, by code or on the list; answers whether there is such an event."""
    event = _first_training(house)
    if event is None:
        return False
    chance = Random(f"{house.seed}/{member.membership.ref}")
    _enter(house, event, member.membership, by_code=chance.random() < BY_CODE)
    return True


def write_what_waits() -> None:
    """All letters about events that are not written yet."""
    while write_to_invited(clock.now()):
        pass


def _drafted(house: House, prepared: Prepared, day: date) -> Event:
    event = house.stage.do(
        make_event,
        programme=house.programme,
        by=house.lead,
        training=prepared.training,
        kind=prepared.kind,
        title=prepared.title,
        text=prepared.text,
        starts_local=datetime.combine(day, time(10)),
        zone=house.programme.zone,
        minutes=LENGTH,
        place=PLACE,
        link="",
        languages=list(house.programme.languages),
        roles=[Role.MENTOR, Role.MENTEE],
        countries=[],
        places=None,
    )
    begins = datetime.combine(day, FIRST_HOUR)
    for number, item in enumerate(event.agenda.order_by("pk")):
        item.event = event
        at = (begins + timedelta(minutes=HOURS * number)).time()
        said = {"topic": item.topic, "title": TranslatedText(), "leads": house.manager.name}
        house.stage.do(change_item, item=item, revision=item.revision, begins=at, by=house.manager, **said)
    return event


def _answer(house: House, event: Event, chance: Random, *, everybody: bool) -> None:
    """Some of those who were asked answer; the third time nearly all of the rest."""
    asked = event.invitations.filter(
        state=InvitationState.ASKED, membership__state=MembershipState.ACCEPTED
    ).select_related("membership__person")
    for invitation in asked.order_by("pk"):
        if chance.random() < (0.9 if everybody else 0.4):
            _say(house, event, invitation, comes=chance.random() < COMES)


def _say(house: House, event: Event, invitation: Invitation, *, comes: bool) -> None:
    invitation.event = event
    by = invitation.membership.person
    house.stage.do(answer_invitation, invitation=invitation, comes=comes, by=by)


def _attend(house: House, event: Event, chance: Random) -> None:
    """Who had said yes comes, nearly everybody; and some of those who had said nothing."""
    going = Pair.objects.filter(programme=house.programme, state__in=[PairState.ACTIVE, PairState.PAUSED])
    paired = Q(membership__in=going.values("mentor")) | Q(membership__in=going.values("mentee"))
    invited = event.invitations.filter(paired, membership__state=MembershipState.ACCEPTED)
    for invitation in invited.select_related("membership__person").order_by("pk"):
        likely = {InvitationState.COMING: 0.95, InvitationState.ASKED: 0.6}
        if chance.random() < likely.get(InvitationState(invitation.state), 0.02):
            _enter(house, event, invitation.membership, by_code=chance.random() < BY_CODE)


def _enter(house: House, event: Event, member: Membership, *, by_code: bool) -> None:
    if by_code:
        house.stage.do(mark_self, event=event, membership=member, by=member.person)
    else:
        house.stage.do(mark_present, event=event, members=[member], by=house.manager)


def _rate(house: House, event: Event, chance: Random) -> None:
    there = event.attendances.filter(withdrawn_at=None).select_related("membership__person")
    for attendance in there.order_by("pk"):
        if chance.random() < RATES:
            helped = chance.choices(list(Helped), (6, 3, 1))[0]
            member = attendance.membership
            given = {"membership": member, "helped": helped, "text": "", "by": member.person}
            house.stage.do(say_how_it_was, event=event, **given)


def _study(house: House, event: Event, chance: Random) -> None:
    """Most of those who were not there go through the lessons of the training."""
    there = event.attendances.filter(withdrawn_at=None).values("membership")
    invited = event.invitations.filter(membership__state=MembershipState.ACCEPTED)
    absent = invited.exclude(membership__in=there)
    for invitation in absent.select_related("membership__person").order_by("pk"):
        if chance.random() < STUDIES:
            member = invitation.membership
            member.programme = house.programme
            for each in stand_in_for(event.training, member):
                key = each.lesson.key
                house.stage.do(finish_lesson, membership=member, lesson=key, by=member.person)


def _first_training(house: House) -> Event | None:
    trainings = house.methodology.training
    key = trainings[0].key if trainings else ""
    held = Event.objects.filter(programme=house.programme, training=key) if key else Event.objects.none()
    return with_programme(held).first()
