"""What the demonstration shows: the programme of 2013 that has ended, and one whose middle is today."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from django.conf import settings
from django.utils import translation

from varpa.guidelines.exporting import next_of
from varpa.guidelines.models import Version
from varpa.kernel import clock, refs
from varpa.methodology import Methodology, Offset, load
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import with_people
from varpa.people.actions import add_person, create_organisation
from varpa.people.models import Organisation, Person
from varpa.people.queries import CAST
from varpa.programmes.actions.memberships import decide, mark_trained
from varpa.site.replay import aside, table
from varpa.site.replay.crowd import Applicant, Crowd, Seeker
from varpa.site.replay.dates import dates
from varpa.site.replay.house import House, found_programme
from varpa.site.replay.joining import apply, take_in
from varpa.site.replay.learning import learn
from varpa.site.replay.matching import ask_pairs, work_run
from varpa.site.replay.recruiting import recruit
from varpa.site.replay.stage import Stage
from varpa.site.replay.temper import RUNNING, tempers
from varpa.site.replay.whole import (
    SEED_METHODOLOGY,
    STARTS,
    ZONE,
    Progress,
    daily,
    drain,
    populate,
    unsynchronised,
)
from varpa.site.replay.words import names

ENDED_PAIRS = 12
LOOKED_AT = 28
"""Days to answer the proposal of today: it still waits for whoever looks at the demonstration weeks later."""
NEW, GROWN = "new", 20 * 365
SEED, SEED_NUMBER = "demonstration", 2013


def live(*, progress: Progress | None = None, running: int = len(RUNNING), ended: int = ENDED_PAIRS) -> None:
    """Grow the demonstration in the folder made for it: whose it is first, then the past, then today.

    `running` is a number of mentees, `ended` one of pairs. One that has begun to grow is left as it is:
    people may have changed it since.
    """
    if Organisation.objects.exists():
        return
    now, plan = clock.now(), load(settings.METHODOLOGIES / SEED_METHODOLOGY)
    crowd = Crowd(plan, STARTS, Random(f"{SEED}/crowd"))
    count = _Count(progress)
    with refs.seeded(SEED_NUMBER), translation.override("en"), unsynchronised():
        # The past first: what the schedule does under its clock must not touch the pairs of today.
        past = _house(plan, crowd, STARTS)
        with clock.moved_to(past.dates.at(past.dates.made, 10)):
            populate(past, tempers(ended), crowd)
            learn(past, starts_next=False)
        _live(past, past.dates.at(past.dates.ends + timedelta(days=1), 0), count)
        starts = _months_before(clock.today(ZONE), plan.months // 2)
        version = Version.objects.get(programme=past.programme)
        middle = _house(next_of(version).after, crowd, starts, beside=past)
        with clock.moved_to(middle.dates.at(middle.dates.made, 10)):
            populate(middle, RUNNING[:running], crowd, of_the_cast)
        _live(middle, now, count)
        with clock.moved_to(now):
            set_the_table(middle, crowd)
            aside.hold_list(middle, recruit(middle, crowd))
            aside.happen(middle, past)
            drain()


def _live(house: House, until: datetime, count: "_Count") -> None:
    with clock.moved_to(house.dates.at(house.dates.made, 10)):
        house.stage.begin(daily(house, house.dates.day(until), count.of_the_next()))
    house.stage.live(until)


@dataclass
class _Count:
    """The progress of two programmes told as one: each is a half, and only the very end is the end."""

    progress: Progress | None
    begun: int = -1

    def of_the_next(self) -> Progress:
        self.begun += 1
        return self._tell

    def _tell(self, done: int, of: int, word: str) -> None:
        if self.progress:
            self.progress(min(self.begun * of + done, 2 * of - 1), 2 * of, word)


def _house(plan: Methodology, crowd: Crowd, starts: date, beside: House | None = None) -> House:
    """A programme; the one `beside` has the same organisation and the same people at its head."""
    ends = Offset(plan.months).on(starts) - timedelta(days=1)
    days, stage = dates(plan, starts, ends, ZONE), Stage()
    crowd.starts = starts
    with clock.moved_to(days.at(days.made, 9)):
        lead, manager = (beside.lead, beside.manager) if beside else _staff(stage, crowd)
        organisation = beside.programme.organisation if beside else _organisation(stage, lead)
        programme = found_programme(stage, organisation, lead, manager, methodology=plan, dates=days)
    return House(stage, days, plan, programme, lead, manager, Random(f"{SEED}/{starts}"), f"{SEED}/{starts}")


def _staff(stage: Stage, crowd: Crowd) -> tuple[Person, Person]:
    found = []
    for key in ("lead", "manager"):
        name, address = crowd.staff("lv")
        given = {"name": name, "email": address, "language": "lv", "roster_key": f"{CAST}{key}"}
        found.append(stage.do(add_person, **given, by=None))
    return found[0], found[1]


def _organisation(stage: Stage, lead: Person) -> Organisation:
    given = {"person_name": lead.name, "email": lead.email, "language": lead.language}
    return stage.do(create_organisation, name=names()["cast"]["organisation"], **given)


def of_the_cast(number: int, seeker: Seeker) -> Seeker:
    """Of each country one mentee and one mentor belong to the cast: one click signs in as one of them.

    The first two know each other already; the mentee of the other country has wished for the mentor.
    """
    if number > 1:
        return seeker
    home = seeker.mentee.home
    mentor = replace(seeker.mentors[0], roster_key=f"{CAST}mentor-{home}")
    said = {**seeker.mentee.said, "wishes": mentor.company}
    mentee = replace(seeker.mentee, roster_key=f"{CAST}mentee-{home}", said=said)
    return replace(seeker, mentee=mentee, mentors=(mentor, *seeker.mentors[1:]))


def set_the_table(house: House, crowd: Crowd) -> None:
    """What lies on the table today: for each pair of the cast, and a new pair that waits for a yes.

    Somebody has applied a second time, and the manager has not looked at it yet.
    """
    own = Pair.objects.filter(programme=house.programme, state=PairState.ACTIVE)
    for pair in with_people(own.filter(mentee__person__roster_key__startswith=CAST)):
        table.set_for(house, pair)
    members = [apply(house, applicant).membership for applicant in _newcomers(crowd, "lt")]
    for membership in members:
        house.stage.do(decide, membership=membership, step="accept", by=house.manager)
        house.stage.do(mark_trained, membership=membership, notice_on_paper=True, by=house.manager)
    ask_pairs(house, work_run(house), [members[1].pk], LOOKED_AT)
    take_in(house, crowd.again(house.seeking[-2].seeker.mentee))


def _newcomers(crowd: Crowd, home: str) -> tuple[Applicant, Applicant]:
    """A mentor and a grown mentee who apply when the others are at work, the one for the other's sake."""
    mentee = crowd.mentee("bicycles", home)
    mentor = crowd.mentor("bicycles", home, near=mentee.said["region"])
    born, said = crowd.starts - timedelta(days=GROWN), {**mentee.said, "wishes": mentor.company}
    return (
        replace(mentor, roster_key=f"{CAST}mentor-{NEW}", said={**mentor.said, "capacity": 2}),
        replace(mentee, roster_key=f"{CAST}mentee-{NEW}", born=born, said=said),
    )


def _months_before(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
