"""What no room can know, recorded by the staff in its time; and the steps of the programme."""

from datetime import timedelta

from varpa.evaluation.actions import record_evidence
from varpa.methodology import Counted, EvidenceKind
from varpa.methodology.marks import RoleKey
from varpa.methodology.model import Activity
from varpa.pairs.models import Outcome, Pair
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Membership
from varpa.site.replay.house import House
from varpa.site.replay.stage import Course
from varpa.site.replay.way import end_what_is_left

IN_TIME, LATER = 0.86, 0.8
"""The share of people who do a thing in its time, and of the others the share of those who do it later."""


def steps(house: House) -> Course:
    """The steps of the programme's life, from recruiting to the end."""
    dates = house.dates
    yield house.hour(dates.made + timedelta(days=2))
    house.stage.do(take_step, programme=house.programme, step="recruit", by=house.lead)
    yield house.dates.at((dates.training or dates.opens - timedelta(days=9)) - timedelta(days=1), 10)
    house.stage.do(take_step, programme=house.programme, step="run", by=house.manager)
    yield house.hour(min(dates.closes + timedelta(days=1), dates.ends - timedelta(days=2)))
    house.stage.do(take_step, programme=house.programme, step="close", by=house.manager)
    yield house.dates.at(dates.ends, 10)
    for life in house.lives:
        end_what_is_left(life)
    yield house.dates.at(dates.ends, 15)
    house.stage.do(take_step, programme=house.programme, step="finish", by=house.lead)


def record_everything(house: House) -> None:
    """Begin a course for each activity whose evidence only people can give."""
    for activity in house.methodology.activities():
        if activity.evidence == EvidenceKind.RECORDED:
            house.stage.begin(record(house, activity))


def record(house: House, activity: Activity) -> Course:
    """Record one activity: the programme's once, people's and pairs' one by one, some of them late."""
    window = house.dates.calendar[activity.key]
    before = min((window.due - window.starts).days, 12)
    yield house.dates.at(window.due - timedelta(days=house.chance.randint(0, before)), 18)
    if activity.of == Counted.PROGRAMME:
        _record(house, activity)
        return
    late = []
    for subject in _subjects(house, activity):
        if house.maybe(IN_TIME):
            _record(house, activity, subject)
        elif house.maybe(LATER):
            late.append(subject)
    yield house.hour(window.due + timedelta(days=house.chance.randint(4, 11)))
    for subject in late:
        _record(house, activity, subject)


def _subjects(house: House, activity: Activity) -> list[Membership | Pair]:
    """Who is there to do it: the members of the role whose pair goes on, or the pairs."""
    going = [life for life in house.lives if not life.over or life.pair.outcome == Outcome.COMPLETED]
    if activity.of == Counted.PAIRS:
        return [life.pair for life in going]
    if going:
        return [life.pair.member(activity.role) for life in going]
    return [
        each.membership
        for each in house.members.values()
        if each.membership.role == activity.role and each.present
    ]


def _record(house: House, activity: Activity, subject: Membership | Pair | None = None) -> None:
    by = house.lead if activity.role == RoleKey.LEAD_PARTNER else house.manager
    house.stage.do(
        record_evidence,
        programme=house.programme,
        activity=activity.key,
        day=house.today,
        note=house.words(by.language).one("evidence"),
        membership=subject if isinstance(subject, Membership) else None,
        pair=subject if isinstance(subject, Pair) else None,
        by=by,
    )
