"""What lies on the table of a pair of the cast today: so that each page has something to show."""

from datetime import datetime, time, timedelta

from varpa.absences.actions import add_lessons, add_practice
from varpa.absences.timetable import WORKING
from varpa.diary.actions import begin_entry, write_entry
from varpa.guardians.actions.papers import record_paper
from varpa.kernel import clock
from varpa.meetings.actions.hours import enter_work
from varpa.meetings.actions.meetings import move_meeting, plan_meeting
from varpa.meetings.actions.preparation import add_topic
from varpa.meetings.actions.reviews import log_meeting, make_promise
from varpa.meetings.models import Meeting
from varpa.meetings.queries import kinds_for, next_meeting
from varpa.methodology import Fact
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import facts_of
from varpa.programmes.models import PermissionKind
from varpa.programmes.queries import has_permission, needs_permission
from varpa.site.replay.dates import free_day
from varpa.site.replay.house import House
from varpa.site.replay.talking import read_all
from varpa.site.replay.words import Words

SOON = timedelta(days=2)
QUESTIONS = 3
LENGTH = 45
LESSONS = {"begins": time(8, 20), "ends": time(15, 20)}
PRACTICE = {"begins": time(9), "ends": time(16)}


def set_for(house: House, pair: Pair) -> None:
    """A meeting in two days with questions, hours to say yes to, promises, a visit, a page half written.

    And the pupil's timetable.
    """
    words = house.lived(pair).words
    read_all(house.lived(pair))
    if Fact.VISIT_HELD not in facts_of(pair):
        _visit(house, pair, words)
    _questions(house, _meeting(house, pair), words)
    for side, promises in ((Side.MENTEE, "promises"), (Side.MENTOR, "offers")):
        person = pair.member(side).person
        due = house.today + timedelta(days=3)
        house.stage.do(make_promise, pair=pair, text=words.one(promises), due=due, by=person)
        work = {"minutes": 30, "work": words.one(f"work_{side}")}
        house.stage.do(enter_work, pair=pair, day=house.today, **work, by=person)
    _half_a_page(house, pair, words)
    _timetable(house, pair)


def _timetable(house: House, pair: Pair) -> None:
    """Lessons on working days, and two weeks of practice next month where the mentor works."""
    pupil, first = pair.mentee.person, house.today + timedelta(days=30)
    house.stage.do(add_lessons, person=pupil, days=WORKING, **LESSONS)
    days = {"first": first, "last": first + timedelta(days=11), "days": WORKING}
    house.stage.do(add_practice, person=pupil, **days, **PRACTICE, place=pair.mentor.place)


def _meeting(house: House, pair: Pair) -> Meeting:
    """The next meeting, in two days: the one that is planned already, else a new one."""
    starts = datetime.combine(free_day(house.today + SOON), time(16))
    mentor = pair.mentor.person
    when = {"starts_local": starts, "zone": mentor.zone}
    meeting = next_meeting(pair, clock.now())
    if meeting and meeting.starts_at > clock.now():
        meeting.pair = pair
        house.stage.do(move_meeting, meeting=meeting, minutes=meeting.minutes, **when, by=mentor)
        return meeting
    kind = next(each for each in kinds_for(pair, Side.MENTOR) if each.acts == KindAct.REGULAR)
    means = house.lived(pair).means(in_person=False)[0]
    given = {"pair": pair, "kind": kind.key, "means": means, "minutes": LENGTH}
    return house.stage.do(plan_meeting, **given, **when, by=mentor)


def _questions(house: House, meeting: Meeting, words: Words) -> None:
    mentee = meeting.pair.mentee.person
    missing = QUESTIONS - meeting.topics.filter(side=Side.MENTEE, withdrawn_at__isnull=True).count()
    for _one in range(missing):
        house.stage.do(add_topic, meeting=meeting, text=words.one("questions"), by=mentee)


def _visit(house: House, pair: Pair, words: Words) -> None:
    """The visit took place some days ago, and is written down."""
    mentee, mentor = pair.mentee, pair.mentor.person
    kind = next(each for each in kinds_for(pair, Side.MENTOR) if each.acts == KindAct.VISIT)
    if needs_permission(mentee, house.today) and not has_permission(mentee, PermissionKind.VISIT):
        given = {"membership": mentee, "guardian": house.lived(pair).guardian}
        house.stage.do(record_paper, answers={PermissionKind.VISIT: True}, **given, by=house.manager)
    house.stage.do(
        log_meeting,
        pair=pair,
        kind=kind.key,
        means=house.lived(pair).means(in_person=True)[0],
        starts_local=datetime.combine(house.today - timedelta(days=3), time(10)),
        zone=mentor.zone,
        minutes=180,
        place=pair.mentor.place,
        text=words.text("visit_notes"),
        by=mentor,
    )


def _half_a_page(house: House, pair: Pair, words: Words) -> None:
    """A page of the diary that the mentor has begun."""
    mentor = pair.mentor.person
    entry = house.stage.do(begin_entry, pair=pair, day=house.today, by=mentor)
    house.stage.do(
        write_entry,
        entry=entry,
        texts={"notes": words.one("diary")},
        answers={},
        day=entry.day,
        minutes=None,
        revision=entry.revision,
        by=mentor,
    )
