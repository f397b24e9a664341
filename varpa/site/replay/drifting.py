"""How a pair drifts apart before it ends early: not at once, and in sight of whoever looks."""

from dataclasses import replace
from datetime import date, timedelta

from varpa.meetings.actions.meetings import miss_meeting
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Side
from varpa.site.replay.beats import Beat
from varpa.site.replay.life import Life
from varpa.site.replay.meeting import meet, plan
from varpa.site.replay.stage import Course

GAP = 1.5
"""How many of their rhythms lie before each of the last meetings."""
SHORT = 25
"""Minutes of the last one that is held."""
SILENCE = (24, 42)
"""Days of which nothing is heard before somebody says it."""


def drift_apart(life: Life, ahead: list[Beat]) -> Course:
    """One of the two comes seldom, answers little and leaves promises; then nobody plans any more.

    A meeting is missed and made up for, one is moved and short, one is missed and not made up for.
    """
    vanishes = life.temper.ends == "vanished"
    side = Side.MENTOR if vanishes else life.chance.choice((Side.MENTOR, Side.MENTEE))
    life.drifts = side
    beat = next((each for each in ahead if each.act == KindAct.REGULAR), ahead[0])
    yield from meet(life, replace(beat, day=_later(life), trouble=f"missed_{side}"))
    yield life.soon((24, 200))
    yield from meet(life, replace(beat, day=_later(life), minutes=SHORT, trouble="moved"))
    yield life.soon((24, 200))
    if vanishes or life.today >= life.dates.closes:
        return
    meeting = plan(life, replace(beat, day=_later(life), trouble=""))
    yield meeting.starts_at + timedelta(hours=life.chance.randint(2, 30))
    reason = life.words.one("missed", side)
    other = life.person(life.other(side))
    life.do(miss_meeting, meeting=meeting, missed_by=side, reason=reason, by=other)
    yield life.evening(SILENCE)


def _later(life: Life) -> date:
    return life.today + timedelta(days=round(life.rhythm * GAP))
