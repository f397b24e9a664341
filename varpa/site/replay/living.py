"""What the demonstration shows: the programme of 2013 that has ended, and one whose middle is today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import translation

from varpa.kernel import clock
from varpa.meetings.actions.meetings import add_topic, plan_meeting
from varpa.meetings.queries import kinds_for, next_meeting
from varpa.methodology import Offset, load
from varpa.methodology.marks import KindAct
from varpa.pairs.actions.pairs import propose_pair
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import means_for, with_people
from varpa.people.actions import add_person, create_organisation
from varpa.people.models import Organisation, Person
from varpa.people.queries import CAST
from varpa.programmes.actions.memberships import decide
from varpa.site.replay.crowd import Applicant, Crowd, Match
from varpa.site.replay.dates import dates, free_day
from varpa.site.replay.house import House, found_programme
from varpa.site.replay.joining import apply
from varpa.site.replay.stage import Stage
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
from varpa.site.replay.words import Words, names

RUNNING_PAIRS, ENDED_PAIRS = 8, 12
NEW, GROWN = "new", 20 * 365
SEED = "demonstration"
SOON = timedelta(days=2)


def live(*, progress: Progress | None = None) -> None:
    """Grow the demonstration in the folder made for it: whose it is first, then the past, then today.

    One that has begun to grow is left as it is: people may have changed it since.
    """
    if Organisation.objects.exists():
        return
    now, folder = clock.now(), settings.METHODOLOGIES / SEED_METHODOLOGY
    plan = load(folder)
    crowd = Crowd(plan, STARTS, Random(f"{SEED}/crowd"))
    with translation.override("en"), unsynchronised():
        # The past first: what the schedule does under its clock must not touch the pairs of today.
        ended = _house(folder, crowd, STARTS)
        _live(ended, crowd, ENDED_PAIRS, ended.dates.at(ended.dates.ends + timedelta(days=1), 0), progress)
        starts = _months_before(clock.today(ZONE), plan.months // 2)
        running = _house(folder, crowd, starts, beside=ended)
        _live(running, crowd, RUNNING_PAIRS, now, progress, of_the_cast)
        with clock.moved_to(now):
            _today(running, crowd)
            drain()


def _live(
    house: House,
    crowd: Crowd,
    pairs: int,
    until: datetime,
    progress: Progress | None,
    named: Callable[[int, Match], Match] | None = None,
) -> None:
    with clock.moved_to(house.dates.at(house.dates.made, 10)):
        populate(house, pairs, crowd, named)
        house.stage.begin(daily(house, house.dates.day(until), progress))
    house.stage.live(until)


def _house(folder: Path, crowd: Crowd, starts: date, beside: House | None = None) -> House:
    """A programme; the one `beside` has the same organisation and the same people at its head."""
    plan = load(folder)
    ends = Offset(plan.months).on(starts) - timedelta(days=1)
    days, stage = dates(plan, starts, ends, ZONE), Stage()
    crowd.starts = starts
    with clock.moved_to(days.at(days.made, 9)):
        lead, manager = (beside.lead, beside.manager) if beside else _staff(stage, crowd)
        organisation = beside.programme.organisation if beside else _organisation(stage, lead)
        programme = found_programme(stage, organisation, lead, manager, folder=folder, dates=days)
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


def of_the_cast(number: int, match: Match) -> Match:
    """The first pair of each country belongs to the cast: one click signs in as one of them."""
    if number > 1:
        return match
    home = match.mentee.home
    mentor = replace(match.mentors[0], roster_key=f"{CAST}mentor-{home}")
    mentee = replace(match.mentee, roster_key=f"{CAST}mentee-{home}")
    return replace(match, mentee=mentee, mentors=(mentor, *match.mentors[1:]))


def _today(house: House, crowd: Crowd) -> None:
    """What is on the table today: a meeting soon for each pair of the cast, and a pair to say yes to."""
    own = Pair.objects.filter(programme=house.programme, state=PairState.ACTIVE)
    for pair in with_people(own.filter(mentee__person__roster_key__startswith=CAST)):
        if next_meeting(pair, clock.now()) is None:
            _meet_soon(house, pair)
    people = [_newcomer(crowd, "lv", role) for role in ("mentor", "mentee")]
    members = [apply(house, applicant).membership for applicant in people]
    for membership in members:
        house.stage.do(decide, membership=membership, step="accept", by=house.manager)
    house.stage.do(propose_pair, mentor=members[0], mentee=members[1], by=house.manager)


def _newcomer(crowd: Crowd, home: str, role: str) -> Applicant:
    made = crowd.mentor("ceramics", home) if role == "mentor" else crowd.mentee("ceramics", home)
    born = crowd.starts - timedelta(days=GROWN) if role == "mentee" else None
    return replace(made, roster_key=f"{CAST}{role}-{NEW}", born=born)


def _meet_soon(house: House, pair: Pair) -> None:
    day, mentor = free_day(house.today + SOON), pair.mentor.person
    kind = next(each for each in kinds_for(pair, "mentor") if each.acts == KindAct.REGULAR)
    meeting = house.stage.do(
        plan_meeting,
        pair=pair,
        kind=kind.key,
        means=means_for(pair)[0][0],
        starts_local=datetime.combine(day, time(16)),
        zone=mentor.zone,
        minutes=45,
        by=mentor,
    )
    mentee = pair.mentee.person
    text = Words(mentee.language, "ceramics", house.chance).one("questions")
    house.stage.do(add_topic, meeting=meeting, text=text, by=mentee)


def _months_before(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
