"""The whole way of a pair: from the first meeting to the end, or to where it breaks off."""

from dataclasses import replace
from datetime import timedelta

from varpa.diary.actions import hand_over, note_read_through
from varpa.diary.models import Diary
from varpa.diary.queries import diary_of
from varpa.meetings.actions.meetings import miss_meeting
from varpa.methodology.marks import KindAct
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair, resume_pair
from varpa.pairs.models import Outcome, PairState, Side
from varpa.site.replay.agreeing import agree_on_goals, agree_on_plan, amend_plan
from varpa.site.replay.beats import Beat, beats, next_beat
from varpa.site.replay.drifting import drift_apart
from varpa.site.replay.ending import end_together, finish_drafts
from varpa.site.replay.ledger import write_between
from varpa.site.replay.life import Life
from varpa.site.replay.meeting import meet, plan
from varpa.site.replay.planning import write_business_plan
from varpa.site.replay.showing import make_profile
from varpa.site.replay.stage import Course
from varpa.site.replay.talking import be_away, talk

PAUSE_AFTER, AMEND_AFTER = 5, 6


def whole_way(life: Life) -> Course:
    """Everything that the two do, from the day on which they may be in contact."""
    yield life.soon((3, 60))
    ahead = beats(life)
    breaks = _breaking_point(life, len(ahead))
    met = 0
    while ahead:
        if met == breaks:
            if life.temper.drifts:
                yield from drift_apart(life, ahead)
            yield from _break_off(life, ahead[0])
            return
        beat = next_beat(life, ahead)
        yield from meet(life, beat)
        met += 1
        if beat.act == KindAct.FIRST:
            for course in (agree_on_goals, agree_on_plan, write_between, write_business_plan):
                life.begin(course(life))
            life.begin(talk(life))
            for side in (Side.MENTOR, Side.MENTEE):
                life.begin(be_away(life, side))
        if beat.act == KindAct.VISIT:
            life.begin(make_profile(life))
        if life.temper.amends and met == AMEND_AFTER:
            life.begin(amend_plan(life))
        if life.temper.pause and met == PAUSE_AFTER:
            yield from _rest(life)
        yield life.soon((24, 400) if life.temper.late and len(ahead) > 3 else (1, 96))
    yield from end_together(life)


def end_what_is_left(life: Life) -> None:
    """At the end of the programme the manager ends a pair that has not come to its own end."""
    if life.pair.state != PairState.ENDED:
        reason = life.words.one("excuses")
        life.do(dissolve_pair, pair=life.pair, reason=reason, by=life.manager)
    life.over = True


def _breaking_point(life: Life, meetings: int) -> int:
    """After how many meetings the pair breaks off; -1: never."""
    if life.temper.ends not in ("early", "vanished"):
        return -1
    share = (20, 35) if life.temper.drifts else (35, 50)
    return max(meetings * life.chance.randint(*share) // 100, 2)


def _break_off(life: Life, beat: Beat) -> Course:
    """The mentor comes no more, or the two stop; the manager ends the pair with a reason (R3)."""
    vanished = life.temper.ends == "vanished"
    if vanished:
        life.gone = True
        day = life.today + timedelta(days=life.rhythm)
        meeting = plan(life, replace(beat, day=day, trouble=""))
        yield meeting.starts_at + timedelta(hours=3)
        life.do(miss_meeting, meeting=meeting, missed_by="mentor", by=life.mentee)
    yield life.evening((35, 50) if vanished else (5, 15))
    life.do(
        dissolve_pair,
        pair=life.pair,
        reason=life.words.one("vanished" if vanished else "drifts" if life.drifts else "goes_early"),
        outcome=Outcome.REMATCHED if vanished else Outcome.DISSOLVED,
        by=life.manager,
    )
    life.over = True
    diary = diary_of(life.pair)
    if diary and not vanished and life.maybe(0.5):
        life.stage.begin(_hand_over_after_the_end(life, diary))


def _hand_over_after_the_end(life: Life, diary: Diary) -> Course:
    """A mentor of a pair that ended early may hand the diary over for 30 days."""
    yield life.evening((3, 20))
    if finish_drafts(life, diary):
        life.do(note_read_through, diary=diary, by=life.mentor)
        life.do(hand_over, diary=diary, by=life.mentor)


def _rest(life: Life) -> Course:
    """A pause of some weeks, at the wish of the two: nothing is due meanwhile."""
    yield life.evening((1, 2))
    life.do(pause_pair, pair=life.pair, by=life.manager)
    life.resting_until = life.evening((18, 28))
    yield life.resting_until
    life.do(resume_pair, pair=life.pair, by=life.manager)
