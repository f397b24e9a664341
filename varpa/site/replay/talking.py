"""What the two write to each other between meetings, and on which days they are away: as people do."""

from datetime import datetime, timedelta
from random import Random

from varpa.absences.actions import say_away
from varpa.kernel import clock
from varpa.meetings.queries import next_meeting
from varpa.messaging.actions import begin_thread, see_thread, settle_answer, write_message
from varpa.messaging.models import About, Message, Thread
from varpa.pairs.models import Pair, PairState, Side
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course
from varpa.site.replay.words import Words

PAUSES, REPLIES, LATE_REPLIES = (16, 40), (0, 2), (2, 4)
"""Days between two exchanges, and days until somebody answers."""
ABOUT_MEETING, BY_MENTEE, SETTLES = 0.35, 0.6, 0.8
"""Of what is written the share about the next meeting, and by the mentee; who says that all is answered."""
AWAY_SHARE, AWAY_AFTER, AWAY_DAYS = 0.6, (20, 160), 4
LAST_WEEKS = timedelta(days=14)


def talk(life: Life) -> Course:
    """Every few weeks one asks something and the other answers; a silent mentee not every time."""
    chance = _chance(life, "talk")
    words = Words(life.words.language, "ceramics", chance)
    while life.today < life.dates.closes - LAST_WEEKS:
        yield _evening(life, PAUSES, chance)
        if not _goes(life):
            continue
        chosen = Side.MENTEE if chance.random() < BY_MENTEE or life.gone else Side.MENTOR
        side = life.other(life.drifts) if life.drifts else chosen
        thread = _thread(life, side, chance)
        asked, answered = words.exchange(side)
        _write(life, thread, side, asked)
        if life.gone or life.drifts or (side == Side.MENTOR and life.temper.silent and chance.random() < 0.5):
            continue
        yield _evening(life, LATE_REPLIES if life.temper.late else REPLIES, chance)
        other = life.other(side)
        if not _goes(life) or life.gone:
            continue
        life.do(see_thread, thread=thread, by=life.person(other))
        answer = _write(life, thread, other, answered)
        yield _evening(life, REPLIES, chance)
        life.do(see_thread, thread=thread, by=life.person(side))
        if chance.random() < SETTLES:
            life.do(settle_answer, message=answer, by=life.person(side))


def be_away(life: Life, side: str) -> Course:
    """Some are away once for a few days, between two meetings, and say so the day before."""
    chance = _chance(life, f"away/{side}")
    if chance.random() > AWAY_SHARE:
        return
    yield clock.now() + timedelta(days=chance.randint(*AWAY_AFTER))
    first, meeting = life.today + timedelta(days=1), next_meeting(life.pair, clock.now())
    last = first + timedelta(days=AWAY_DAYS)
    if meeting and meeting.starts_local.date() <= last:
        last = meeting.starts_local.date() - timedelta(days=1)
    if first <= last:
        life.do(say_away, person=life.person(side), first=first, last=last)


def read_all(life: Life) -> None:
    """Both have read everything that was written so far."""
    for thread in Thread.objects.filter(pair=life.pair).order_by("pk"):
        thread.pair = life.pair
        for side in (Side.MENTOR, Side.MENTEE):
            life.do(see_thread, thread=thread, by=life.person(side))


def _thread(life: Life, side: str, chance: Random) -> Thread:
    """The pair's own conversation, or the one about the meeting that is coming."""
    meeting = next_meeting(life.pair, clock.now()) if chance.random() < ABOUT_MEETING else None
    about = {"about_kind": About.MEETING.value, "about_ref": meeting.ref} if meeting else {}
    thread = life.do(begin_thread, pair=life.pair, by=life.person(side), **about)
    thread.pair = life.pair
    return thread


def _write(life: Life, thread: Thread, side: str, text: str) -> Message:
    return life.do(write_message, thread=thread, text=text, by=life.person(side))


def _evening(life: Life, days: tuple[int, int], chance: Random) -> datetime:
    """An evening some days ahead, never before now."""
    moment = life.dates.at(
        life.today + timedelta(days=chance.randint(*days)), chance.randint(15, 21), chance.randint(0, 59)
    )
    return max(moment, clock.now() + timedelta(minutes=5))


def _goes(life: Life) -> bool:
    return Pair.objects.filter(pk=life.pair.pk, state=PairState.ACTIVE).exists()


def _chance(life: Life, what: str) -> Random:
    """Of its own, so that what somebody writes changes nothing of what else befalls a pair."""
    return Random(f"{what}/{life.pair.ref}")
