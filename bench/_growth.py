"""What the benches look at: a programme in its middle today, lived by twenty pairs through the real actions.

The same story for every pair, so that sizes can be compared; at the end of the list stand a few other ones:
a pair that has gone the whole way, one on pause, one proposed, and people who wait for a decision.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from varpa.closing.actions import end_cooperation, look_back
from varpa.diary.actions import begin_entry, hand_over, keep_entry, note_read_through, write_entry
from varpa.diary.models import Diary
from varpa.evaluation.actions import record_evidence
from varpa.kernel.text import TranslatedText
from varpa.meetings.actions.hours import confirm_hours, enter_work
from varpa.meetings.actions.meetings import plan_meeting
from varpa.meetings.actions.preparation import add_topic
from varpa.meetings.actions.reviews import make_promise, review_meeting, take_promise_step
from varpa.meetings.models import HourLine, LineState, Meeting
from varpa.methodology.evidence import Counted, EvidenceKind
from varpa.pairs.actions.goals import add_step, answer_topic, mark_step, set_goal
from varpa.pairs.actions.pairs import answer_proposal, pause_pair, propose_pair
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_answers
from varpa.pairs.models import Pair
from varpa.people.actions import add_person, create_organisation
from varpa.people.models import Person
from varpa.programmes.actions.appointing import appoint_manager
from varpa.programmes.actions.memberships import (
    accept_notice,
    add_member,
    mark_trained,
    note_reading,
)
from varpa.programmes.actions.programmes import make_programme, take_step
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.queries import methodology_of

FOLDER = Path(__file__).parents[1] / "methodologies" / "educate-for-business"
PAIRS = 20
BEGUN, RHYTHM = 180, 14
"""Days since the pairs began, and between two meetings."""
WORDS = "Pārrunājām, cik maksā viena krūze un kam to piedāvāt. Nākamreiz skatāmies, ko saka pircēji. "
ZONE = "Europe/Riga"


@dataclass
class Grown:
    """The programme and the people whose pages are measured."""

    programme: Programme
    lead: Person
    manager: Person
    pairs: list[Pair]

    @property
    def going(self) -> Pair:
        """A pair in its middle."""
        return self.pairs[0]

    @property
    def ended(self) -> Pair:
        """A pair that went the whole way."""
        return self.pairs[-1]


def moment(days: float) -> datetime:
    """So many days before today's noon; negative: ahead."""
    return datetime.combine(datetime.now(UTC).date(), time(12), UTC) - timedelta(days=days)


def grow(pairs: int = PAIRS) -> Grown:
    """Live the programme, through the actions, in the database of this process."""
    with unsynchronised():
        programme, lead, manager = _found()
        made = [_pair(programme, number, answers=number != pairs - 3) for number in range(pairs)]
        for pair in made[:-3]:
            _live(pair)
        _go_the_whole_way(made[-1])
        _live(made[-2], meetings=4, plans_ahead=False)
        pause_pair(pair=made[-2], by=manager, now=moment(5))
        for number in range(pairs // 5):
            role = Role.MENTEE if number % 2 else Role.MENTOR
            _member(programme, f"Gaida {number} Upe", role, state=MembershipState.APPLIED)
    return Grown(programme, lead, manager, made)


@contextmanager
def unsynchronised() -> Iterator[None]:
    """Let SQLite write without waiting for the disk while the data of a bench is made."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        yield
        cursor.execute("PRAGMA synchronous=FULL")


def _found() -> tuple[Programme, Person, Person]:
    now = moment(BEGUN + 30)
    organisation = create_organisation(
        name="Uzņēmēju centrs", person_name="Dace Kalniņa", email="dace@varpa.example", language="lv", now=now
    )
    lead = Person.objects.get(email="dace@varpa.example")
    starts = date(now.year, now.month, 1)
    programme = make_programme(
        organisation=organisation,
        folder=FOLDER,
        name=TranslatedText.same("Educate for Business"),
        starts=starts,
        ends=starts + timedelta(days=425),
        by=lead,
        now=now,
    )
    take_step(programme=programme, step="run", by=lead, now=now)
    manager = add_person(name="Inga Liepa", email="inga@varpa.example", language="lv", now=now, by=lead)
    appoint_manager(programme=programme, person=manager, by=lead, now=now)
    for activity in methodology_of(programme).activities():
        if activity.evidence == EvidenceKind.RECORDED and activity.of == Counted.PROGRAMME:
            record_evidence(programme=programme, activity=activity.key, day=now.date(), by=manager, now=now)
    return programme, lead, manager


def _member(programme: Programme, name: str, role: str, **more: Any) -> Membership:
    now = moment(BEGUN + 10)
    person = add_person(
        name=name,
        email=f"{name.replace(' ', '.').lower().encode('ascii', 'ignore').decode()}@{role}.example",
        language=("lv", "lt", "en")[len(name) % 3],
        born=date(now.year - 19, 5, 4),
        now=now,
        by=None,
    )
    return add_member(
        programme=programme,
        person=person,
        role=role,
        means=("video", "email", "in_person"),
        country="LV",
        place="Ģimnāzija",
        topic="Keramikas darbnīca",
        by=None,
        now=now,
        **{"state": MembershipState.ACCEPTED, **more},
    )


def _pair(programme: Programme, number: int, *, answers: bool) -> Pair:
    mentor = _member(programme, f"Andris {number} Ozols", Role.MENTOR)
    mentee = _member(programme, f"Elīna {number} Bērziņa", Role.MENTEE)
    now = moment(BEGUN + 5)
    for member in (mentor, mentee):
        for document in methodology_of(programme).documents:
            if document.required and member.role in document.roles:
                note_reading(membership=member, document=document.key, by=member.person, now=now)
        mark_trained(membership=member, by=member.person, now=now)
        accept_notice(membership=member, by=member.person, now=now)
    pair = propose_pair(mentor=mentor, mentee=mentee, by=None, now=now)
    if answers:
        for member in (mentor, mentee):
            answer_proposal(pair=pair, yes=True, by=member.person, now=moment(BEGUN))
    return pair


def _live(pair: Pair, *, meetings: int = 11, minutes: int = 60, plans_ahead: bool = True) -> None:
    """The first meeting with its goals and the plan; then a meeting every second week, written up by both."""
    mentor, mentee = pair.mentor.person, pair.mentee.person
    kinds = ["first", "regular", "visit", "regular", "role_swap", *["regular"] * 20][:meetings]
    for number, kind in enumerate(kinds):
        day = BEGUN - 4 - number * RHYTHM
        _meet(pair, kind, day, minutes)
        if number == 0:
            _agree(pair, day - 1)
        if number % 3 == 0:
            now = moment(day - 2)
            enter_work(pair=pair, day=now.date(), minutes=20, work="Lasīju plānu", by=mentor, now=now)
    promise = make_promise(pair=pair, text="Piezvanīt trim pircējiem", due=None, by=mentee, now=moment(20))
    take_promise_step(promise=promise, step="keep", by=mentee, now=moment(12))
    due = moment(-6).date()
    make_promise(pair=pair, text="Aprēķināt cenu", due=due, by=mentee, now=moment(12))
    make_promise(pair=pair, text="Atsūtīt paraugus", due=due, by=mentor, now=moment(12))
    if plans_ahead:
        coming = _plan(pair, "regular", moment(12), moment(-4), minutes)
        for number in range(3):
            add_topic(meeting=coming, text=f"Jautājums {number}: {WORDS}", by=mentee, now=moment(3))


def _meet(pair: Pair, kind: str, day: float, minutes: int) -> Meeting:
    mentor, mentee = pair.mentor.person, pair.mentee.person
    meeting = _plan(pair, kind, moment(day + 3), moment(day), minutes)
    add_topic(meeting=meeting, text=f"Kā atrast pircējus? {WORDS}", by=mentee, now=moment(day + 1))
    after = moment(day) + timedelta(hours=3)
    review_meeting(meeting=meeting, by=mentor, now=after, minutes=minutes, text=WORDS, results=WORDS)
    review_meeting(meeting=meeting, by=mentee, now=after, minutes=None, text=WORDS)
    line = HourLine.objects.get(meeting=meeting, state=LineState.WAITING)
    if day > RHYTHM:
        confirm_hours(line=line, by=mentee, now=after)
        _write(pair, after, meeting)
    return meeting


def _plan(pair: Pair, kind: str, now: datetime, starts: datetime, minutes: int) -> Meeting:
    return plan_meeting(
        pair=pair,
        kind=kind,
        means="in_person" if kind == "visit" else "video",
        starts_local=starts.replace(tzinfo=None),
        zone=ZONE,
        minutes=minutes,
        agenda=WORDS,
        by=pair.mentor.person,
        now=now,
    )


def _write(pair: Pair, now: datetime, meeting: Meeting) -> None:
    mentor = pair.mentor.person
    entry = begin_entry(pair=pair, day=now.date(), meeting=meeting, by=mentor, now=now)
    texts = {"notes": WORDS * 4, "results": WORDS, "on_mentee": WORDS, "on_self": WORDS}
    question = methodology_of(pair.programme).diary.questions[0]
    write_entry(
        entry=entry,
        texts=texts,
        answers={(question.key, ""): WORDS},
        day=now.date(),
        minutes=60,
        revision=entry.revision,
        by=mentor,
        now=now,
    )
    keep_entry(entry=entry, by=mentor, now=now)


def _agree(pair: Pair, day: float) -> None:
    """The topic, three goals with steps, and a plan that both confirm."""
    now, mentor, mentee = moment(day), pair.mentor.person, pair.mentee.person
    methodology = methodology_of(pair.programme)
    texts = {question.key: WORDS for question in methodology.first_meeting.questions}
    answer_topic(pair=pair, texts=texts, revisions={}, by=mentee, now=now)
    for number in range(3):
        goal = set_goal(pair=pair, text=f"Mērķis {number}: {WORDS}", by=mentee, now=now)
        for place in range(4):
            step = add_step(goal=goal, text=f"Solis {place}", by=mentee, now=now)
            if place < 2:
                mark_step(step=step, done=True, by=mentee, now=now)
    plan = begin_plan(pair=pair, by=mentor, now=now)
    agreed = {question.key: WORDS for question in methodology.plan.questions}
    write_answers(plan=plan, texts=agreed, choices={"rhythm": RHYTHM}, revisions={}, by=mentee, now=now)
    for person in (mentee, mentor):
        confirm_plan(plan=plan, by=person, now=now)


def _go_the_whole_way(pair: Pair) -> None:
    """Sixteen hours, the review of both, the diary handed over, the end."""
    mentor, mentee = pair.mentor.person, pair.mentee.person
    _live(pair, minutes=120, plans_ahead=False)
    _meet(pair, "closing", 21, 60)
    now = moment(8)
    for person in (mentor, mentee):
        look_back(pair=pair, text=WORDS * 3, stay_in_touch=True, revision=0, by=person, now=now)
    diary = Diary.objects.get(pair=pair)
    note_read_through(diary=diary, by=mentor, now=now)
    hand_over(diary=diary, by=mentor, now=now)
    for line in HourLine.objects.filter(pair=pair, state=LineState.WAITING):
        confirm_hours(line=line, by=mentee if line.side == "mentor" else mentor, now=now)
    end_cooperation(pair=pair, by=mentor, now=now)
