"""Joining a programme: applying by a school's list, being decided on, and being prepared (R1)."""

from datetime import date, timedelta

from varpa.guardians.actions.papers import record_paper
from varpa.history.models import Channel
from varpa.kernel.refs import new_ref
from varpa.merges.actions.merging import merge
from varpa.merges.queries import two_of
from varpa.methodology import EvidenceKind
from varpa.people.actions import add_person
from varpa.people.models import Person
from varpa.people.queries import is_minor
from varpa.programmes.actions.memberships import (
    accept_notice,
    add_member,
    decide,
    finish_lesson,
    mark_trained,
    note_reading,
)
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.actions.permissions import confirm_grown
from varpa.programmes.ages import ages_of, birthday
from varpa.programmes.models import Membership, MembershipState, PermissionKind, Role
from varpa.programmes.preparing import readings_of, studies_of
from varpa.programmes.queries import kinds_to_permit
from varpa.site.replay.crowd import Applicant
from varpa.site.replay.gathering import be_at_first
from varpa.site.replay.house import House, Member
from varpa.site.replay.stage import Course

FIRST_APPLICATION, LAST_APPLICATION, DECIDED = 0.05, 0.45, 0.55
"""Parts of the time between the making of the programme and the opening of its pairs."""
PRESENT = 0.88
ON_PAPER = 0.12
CURIOUS = 0.25
LATE_DAYS = (3, 16)


def join(house: House, applicant: Applicant, *, late: bool = False) -> Course:
    """Apply, be accepted, and be prepared."""
    yield house.between(house.dates.share(FIRST_APPLICATION), house.dates.share(LAST_APPLICATION))
    member = apply(house, applicant, late=late)
    yield house.between(house.today + timedelta(days=1), max(house.today, house.dates.share(DECIDED)))
    accept(house, member)


def stand_aside(house: House, applicant: Applicant, decision: str) -> Course:
    """Apply, and be put on the waiting list or declined: there are fewer places than applications."""
    yield house.between(house.dates.share(FIRST_APPLICATION), house.dates.share(LAST_APPLICATION))
    member = apply(house, applicant)
    yield house.between(house.today + timedelta(days=1), max(house.today, house.dates.share(DECIDED)))
    house.stage.do(decide, membership=member.membership, step=decision, by=house.manager)


def apply(house: House, applicant: Applicant, *, late: bool = False) -> Member:
    """Put somebody of a school's list, or a mentor's application, into the programme."""
    membership = take_in(house, applicant)
    member = Member(applicant, membership, late, present=not late and house.maybe(PRESENT))
    house.members[applicant.email] = member
    return member


def take_in(house: House, applicant: Applicant) -> Membership:
    """Take an application in, with how its applicant takes part."""
    person = house.stage.do(
        add_person,
        name=applicant.name,
        email=applicant.email,
        language=applicant.language,
        zone=applicant.zone,
        born=applicant.born,
        roster_key=applicant.roster_key,
        channel=Channel.IMPORT,
        by=house.manager,
    )
    membership: Membership = house.stage.do(
        add_member,
        programme=house.programme,
        person=person,
        role=applicant.role,
        country=applicant.country,
        place=applicant.place,
        topic=applicant.topic,
        means=applicant.means,
        channel=Channel.IMPORT,
        by=house.manager,
    )
    given = {"membership": membership, "said": applicant.said, "channel": Channel.IMPORT}
    house.stage.do(say_participation, **given, by=house.manager)
    return membership


def apply_again(house: House, applicant: Applicant, again: Applicant) -> Course:
    """Apply once more under another address; the manager sees it and makes one of the two."""
    after = house.dates.share(LAST_APPLICATION) + timedelta(days=1)
    yield house.between(after, after + timedelta(days=4))
    second = take_in(house, again).person
    yield house.between(house.today + timedelta(days=1), house.today + timedelta(days=3))
    first = house.members[applicant.email].membership.person
    one, other = (Person.objects.get(pk=each.pk) for each in (first, second))
    given = {"one": one, "other": other, "choices": {}, "mark": two_of(one, other).mark, "ref": new_ref()}
    house.stage.do(merge, programme=house.programme, **given, by=house.manager)


def accept(house: House, member: Member) -> None:
    """Accept somebody, who is then prepared step by step."""
    house.stage.do(decide, membership=member.membership, step="accept", by=house.manager)
    for course in (agree_to_notice, read, study, talk_through, permit, come_of_age):
        house.stage.begin(while_here(member.membership, course(house, member)))


def while_here(membership: Membership, course: Course) -> Course:
    """What somebody does to be prepared, until they leave: who has said no to a pair may be gone next day."""
    for moment in course:
        yield moment
        if membership.state != MembershipState.ACCEPTED:
            return


def hurry(house: House, member: Member) -> Course:
    """Prepare somebody who comes in while the others are at work: everything within a week."""
    house.stage.do(decide, membership=member.membership, step="accept", by=house.manager)
    person = member.membership.person
    house.stage.begin(come_of_age(house, member))
    yield house.between(house.today + timedelta(days=1), house.today + timedelta(days=2))
    house.stage.do(accept_notice, membership=member.membership, by=person)
    for each in readings_of(member.membership):
        if each.required:
            yield house.between(house.today, house.today + timedelta(days=1))
            house.stage.do(note_reading, membership=member.membership, document=each.document.key, by=person)
    for study_of in studies_of(member.membership):
        if study_of.counts:
            given = {"membership": member.membership, "lesson": study_of.lesson.key, "by": person}
            house.stage.do(finish_lesson, **given)
    yield from talk_through(house, member)


def agree_to_notice(house: House, member: Member) -> Course:
    """Read what is kept about people; some sign it on paper at the training instead."""
    training = house.dates.training
    on_paper = training is not None and member.present and house.maybe(ON_PAPER)
    if not on_paper:
        yield house.between(house.today, house.today + timedelta(days=12))
        house.stage.do(accept_notice, membership=member.membership, by=member.membership.person)
    if training and member.present:
        yield house.dates.at(training, 16, house.chance.randint(0, 59))
        if not be_at_first(house, member) or on_paper:
            note = house.words(house.manager.language).one("trained")
            given = {"membership": member.membership, "note": note, "notice_on_paper": on_paper}
            house.stage.do(mark_trained, **given, by=house.manager)


def talk_through(house: House, member: Member) -> Course:
    """Where a methodology asks a role to read nothing, the manager prepares people in a talk (R1)."""
    if not any(each.required for each in readings_of(member.membership)):
        yield house.between(house.today + timedelta(days=1), house.today + timedelta(days=10))
        note = house.words(house.manager.language).one("trained")
        house.stage.do(mark_trained, membership=member.membership, note=note, by=house.manager)


def read(house: House, member: Member) -> Course:
    """Read the documents of one's role: the required ones, and about half of the others."""
    for each in readings_of(member.membership):
        if each.required or house.maybe(0.5):
            first, last = _reading_window(house, member, each.document.key)
            yield house.between(max(first, house.today), max(last, house.today))
            person = member.membership.person
            house.stage.do(note_reading, membership=member.membership, document=each.document.key, by=person)


def study(house: House, member: Member) -> Course:
    """Who was not at the training goes through its lessons; of the others some do it too."""
    lessons = [each.lesson.key for each in studies_of(member.membership) if each.counts]
    if member.present and not house.maybe(CURIOUS):
        return
    for key in lessons:
        first, last = _reading_window(house, member, key)
        yield house.between(max(first, house.today), max(last, house.today))
        person = member.membership.person
        house.stage.do(finish_lesson, membership=member.membership, lesson=key, by=person)


def permit(house: House, member: Member) -> Course:
    """A minor's guardian hands in what is permitted, each on its own; some are late."""
    applicant = member.applicant
    person = member.membership.person
    if member.membership.role != Role.MENTEE or not is_minor(person, house.dates.opens):
        return
    opens = house.dates.opens
    if member.late:
        yield house.between(opens, opens + timedelta(days=LATE_DAYS[1]))
    else:
        yield house.between(house.today + timedelta(days=2), max(opens - timedelta(days=4), house.today))
    kinds = [PermissionKind.TAKING_PART]
    kinds += [PermissionKind.VISIT] if house.maybe(0.8) else []
    kinds += [PermissionKind.PHOTOGRAPHS] if house.maybe(0.6) else []
    asked = [kind for kind in kinds_to_permit(member.membership.programme) if kind in kinds]
    given = {"membership": member.membership, "guardian": applicant.guardian, "day": house.today}
    house.stage.do(record_paper, answers=dict.fromkeys(asked, True), **given, by=house.manager)


def come_of_age(house: House, member: Member) -> Course:
    """Who turns 18 while the programme goes on confirms it that afternoon, within the days of grace (R1)."""
    born, membership = member.applicant.born, member.membership
    if membership.role != Role.MENTEE or born is None:
        return
    day = birthday(born, ages_of(membership.country, membership.adult).adult)
    if not house.today < day <= house.dates.ends:
        return
    yield house.dates.at(day, 16, 20)
    membership.refresh_from_db(fields=["state"])
    if membership.state == MembershipState.ACCEPTED:
        house.stage.do(confirm_grown, membership=membership, by=membership.person)


def _reading_window(house: House, member: Member, document: str) -> tuple[date, date]:
    """When a document is read: in the calendar's own time, else before the pairs open; or later."""
    dates = house.dates
    windows = [
        dates.calendar[each.key]
        for each in house.methodology.activities()
        if each.evidence == EvidenceKind.READ and each.document == document
    ]
    first = max([house.today, *(each.starts for each in windows[:1] if each.starts < dates.opens)])
    last = min([dates.opens - timedelta(days=3), *(each.due for each in windows[:1])])
    if member.late:
        late = timedelta(days=house.chance.randint(*LATE_DAYS))
        return last + late, last + late
    return first, max(last, first)
