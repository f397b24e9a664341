"""The ledger of hours: a tap, an objection, and its settling (R2). Who never taps lets 14 days pass."""

from dataclasses import replace
from datetime import timedelta

from varpa.meetings.actions.hours import confirm_hours, enter_work, object_to_hours, settle_hours
from varpa.meetings.models import HourLine, LineState
from varpa.meetings.queries import lines_waiting_for
from varpa.pairs.models import Side
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course

OBJECTIONS = 0.35
LAST_WEEKS = timedelta(days=30)


def tap(life: Life, side: str) -> Course:
    """Say yes to what the other entered, some days later; an objecting mentee does not always."""
    yield life.evening((1, 9))
    for line in list(lines_waiting_for(life.pair, side)):
        if side == Side.MENTEE and life.temper.objects and life.maybe(OBJECTIONS):
            word = life.words.one("objections")
            life.do(object_to_hours, line=line, word=word, by=life.mentee)
            if life.temper.unsettled:
                life.temper = replace(life.temper, objects=False, unsettled=False)
            else:
                life.begin(settle(life, line))
        else:
            life.do(confirm_hours, line=line, by=life.person(side))


def settle(life: Life, line: HourLine) -> Course:
    """The one says how long it was, the other says the same: settled."""
    yield life.evening((1, 5))
    found = life.pair.hours.filter(pk=line.pk, state=LineState.OBJECTED).first()
    if found is None:
        return
    minutes = found.settled_minutes or max(found.minutes - 15, 10)
    entered = life.person(found.side)
    if not life.do(settle_hours, line=found, minutes=minutes, by=entered):
        yield life.evening((1, 3))
        life.do(settle_hours, line=found, minutes=minutes, by=life.person(life.other(found.side)))


def write_between(life: Life) -> Course:
    """E-mentoring between meetings: mostly the mentor reads and comments, sometimes the mentee writes."""
    while life.today < life.dates.closes - LAST_WEEKS:
        yield life.evening((16, 30))
        side = Side.MENTEE if life.maybe(0.2) else Side.MENTOR
        work = life.words.one(f"work_{side}")
        minutes = life.chance.choice((15, 20, 20, 30, 45))
        life.do(enter_work, pair=life.pair, day=life.today, minutes=minutes, work=work, by=life.person(side))
        if side == Side.MENTEE or not life.temper.silent:
            life.begin(tap(life, life.other(side)))
