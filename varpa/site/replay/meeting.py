"""One meeting of a pair: planned, moved, cancelled or missed, prepared, held, and looked back at by each."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from varpa.guardians.actions.papers import record_paper
from varpa.kernel import clock
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting, move_meeting, plan_meeting
from varpa.meetings.actions.preparation import add_topic, prepare_meeting, withdraw_topic, write_notes
from varpa.meetings.actions.reviews import Given, review_meeting
from varpa.meetings.models import HourLine, LineState, Meeting
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Side
from varpa.programmes.models import PermissionKind
from varpa.programmes.queries import has_permission, needs_permission
from varpa.site.replay.beats import Beat
from varpa.site.replay.dates import free_day
from varpa.site.replay.ledger import settle, tap
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course
from varpa.site.replay.writing import advance_goals, keep_promises, write_diary

LED = (KindAct.FIRST, KindAct.VISIT, KindAct.ROLE_SWAP, KindAct.CLOSING)


def meet(life: Life, beat: Beat) -> Course:
    """Plan until the two have met, and let the mentor look back; the rest goes on beside."""
    while True:
        meeting = plan(life, beat)
        if beat.trouble == "moved":
            yield _before(life, meeting)
            move(life, meeting)
        elif beat.trouble == "cancelled":
            yield _before(life, meeting)
            side = life.chance.choice((Side.MENTOR, Side.MENTEE))
            reason = life.words.one("cancelled")
            life.do(cancel_meeting, meeting=meeting, reason=reason, by=life.person(side))
        if beat.trouble != "cancelled":
            life.begin(bring_topics(life, meeting))
            yield meeting.starts_at + timedelta(minutes=max(meeting.minutes // 2, 1))
            if not beat.trouble.startswith("missed"):
                break
            yield from _missed(life, meeting, beat.trouble.removeprefix("missed_"))
        beat = replace(beat, day=life.today + timedelta(days=life.chance.randint(4, 9)), trouble="")
        yield life.soon((5, 30))
    hold(life, meeting, beat)
    yield from _afterwards(life, meeting, beat)


def plan(life: Life, beat: Beat) -> Meeting:
    """Plan a meeting; the mentor does, or sometimes the mentee."""
    day = free_day(max(beat.day, life.today + timedelta(days=1)))
    visit, first = beat.act == KindAct.VISIT, beat.act == KindAct.FIRST
    side = Side.MENTEE if beat.act not in LED and life.maybe(0.25) else Side.MENTOR
    in_person = visit or life.maybe(0.5 if first else 0.2)
    if visit:
        _see_to_permission(life)
    hour = life.chance.choice((9, 10)) if visit else life.chance.randint(15, 18)
    starts = datetime.combine(day, time(hour, life.chance.choice((0, 0, 30))))
    means = life.chance.choice(life.means(in_person=in_person)[:2])
    met = any(each.key == means and each.in_person for each in life.methodology.means)
    return life.do(
        plan_meeting,
        pair=life.pair,
        kind=beat.kind,
        means=means,
        starts_local=starts,
        zone=life.person(side).zone,
        minutes=beat.minutes,
        place=life.pair.mentor.place if met else "",
        agenda=_agenda(life, beat.act) if side == Side.MENTOR and life.maybe(0.5) else "",
        by=life.person(side),
    )


def move(life: Life, meeting: Meeting) -> None:
    """Move a meeting by some days; the length stays."""
    side = life.chance.choice((Side.MENTOR, Side.MENTEE))
    day = free_day(meeting.starts_local.date() + timedelta(days=life.chance.randint(1, 5)))
    starts = datetime.combine(day, meeting.starts_local.time())
    life.do(
        move_meeting,
        meeting=meeting,
        starts_local=starts,
        zone=meeting.zone,
        minutes=meeting.minutes,
        by=life.person(side),
    )


def bring_topics(life: Life, meeting: Meeting) -> Course:
    """The mentee's topics and questions, in time or after the reminder; the mentor prepares the rest."""
    act = life.act_of(meeting)
    hours = (4.0, 30.0) if life.temper.late else (50.0, 90.0)
    moment = meeting.starts_at - timedelta(hours=life.chance.uniform(*hours))
    yield max(moment, life.soon((0.2, 2)))
    if clock.now() >= meeting.starts_at:
        return
    count = 0 if life.temper.silent and life.maybe(0.4) else life.chance.randint(1, 3)
    for _one in range(count):
        text = life.words.one("first_questions" if act == KindAct.FIRST else "questions")
        topic = life.do(add_topic, meeting=meeting, text=text, by=life.mentee)
        if life.maybe(0.03):
            life.do(withdraw_topic, topic=topic, by=life.mentee)
    if life.temper.late and life.maybe(0.6):
        return
    yield min(life.soon((2, 20)), meeting.starts_at - timedelta(minutes=30))
    if clock.now() < meeting.starts_at:
        life.do(
            prepare_meeting,
            meeting=meeting,
            goals=life.words.text("swap") if act == KindAct.ROLE_SWAP else life.words.one("aims"),
            resources=life.words.one("resources"),
            agenda=meeting.agenda or _agenda(life, act),
            revision=meeting.revision,
            by=life.mentor,
        )


def hold(life: Life, meeting: Meeting, beat: Beat) -> None:
    """What is written down while the two talk."""
    texts = {KindAct.VISIT: life.words.text("visit_notes"), KindAct.ROLE_SWAP: life.words.text("swap")}
    notes = texts.get(KindAct(beat.act)) or life.words.one(f"notes_{beat.act}") or life.words.one("notes")
    side = life.chance.choice((Side.MENTOR, Side.MENTEE))
    life.do(write_notes, meeting=meeting, notes=notes, revision=0, by=life.person(side))


def _afterwards(life: Life, meeting: Meeting, beat: Beat) -> Course:
    minutes = max(meeting.minutes + life.chance.choice((-10, 0, 0, 0, 5, 10)), 10)
    ends = meeting.starts_at + timedelta(minutes=meeting.minutes)
    life.begin(_mentees_review(life, meeting, minutes))
    yield ends + timedelta(hours=life.chance.uniform(*((25, 60) if life.temper.late else (0.2, 5))))
    swap = beat.act == KindAct.ROLE_SWAP
    life.do(
        review_meeting,
        meeting=meeting,
        by=life.mentor,
        minutes=minutes,
        text=life.words.text("swap_mentor") if swap else life.words.one("reviews_mentor"),
        how_it_went=life.words.one("how_mentor") if life.maybe(0.4) else "",
        results=life.words.one("results") if life.maybe(0.6) else "",
        progress=life.words.one("progress") if life.maybe(0.3) else "",
        shared=swap,
        promises=_given(life, "offers", 0.25),
    )
    life.begin(keep_promises(life, meeting, Side.MENTOR))
    if life.maybe(life.temper.diary) or beat.act in (KindAct.FIRST, KindAct.VISIT):
        life.begin(write_diary(life, meeting, beat.act))
    if beat.act != KindAct.FIRST:
        advance_goals(life)


def _mentees_review(life: Life, meeting: Meeting, minutes: int) -> Course:
    """The mentee's own look back, and the tap; a silent mentee does neither, and the line confirms itself."""
    act = life.act_of(meeting)
    if life.temper.silent and act != KindAct.ROLE_SWAP:
        return
    ends = meeting.starts_at + timedelta(minutes=meeting.minutes)
    yield ends + timedelta(hours=life.chance.uniform(*((26, 90) if life.temper.late else (1, 40))))
    told = life.chance.random()
    counted = minutes if told < 0.35 else None
    if life.temper.objects and not life.temper.unsettled and told > 0.85:
        counted = max(minutes - 15, 5)
    life.do(
        review_meeting,
        meeting=meeting,
        by=life.mentee,
        minutes=counted,
        text=life.words.text("swap_mentee") if act == KindAct.ROLE_SWAP else life.words.one("reviews_mentee"),
        how_it_went=life.words.one("how_mentee") if life.maybe(0.4) else "",
        shared=act == KindAct.ROLE_SWAP,
        promises=_given(life, "promises", 0.6),
    )
    life.begin(keep_promises(life, meeting, Side.MENTEE))
    for line in HourLine.objects.filter(meeting=meeting, state=LineState.OBJECTED):
        line.pair = life.pair
        life.begin(settle(life, line))
    life.begin(tap(life, Side.MENTEE))


def _given(life: Life, name: str, share: float) -> tuple[Given, ...]:
    if not life.maybe(share):
        return ()
    return (Given(life.words.one(name), life.today + timedelta(days=life.chance.randint(4, 12))),)


def _missed(life: Life, meeting: Meeting, side: str) -> Course:
    yield life.soon((0.5, 20))
    reason = life.words.one("missed", side)
    other = life.person(life.other(side))
    life.do(miss_meeting, meeting=meeting, missed_by=side, reason=reason, by=other)


def _before(life: Life, meeting: Meeting) -> datetime:
    """A moment between now and the meeting."""
    return clock.now() + (meeting.starts_at - clock.now()) * life.chance.uniform(0.4, 0.9)


def _agenda(life: Life, act: str) -> str:
    return life.words.one(f"agenda_{act}") or life.words.one("agenda")


def _see_to_permission(life: Life) -> None:
    """Where a guardian's permission for a visit is not here yet, the manager asks for it."""
    mentee = life.pair.mentee
    if not needs_permission(mentee, life.today):
        return
    abroad = life.pair.mentor.country != mentee.country
    for kind in (PermissionKind.VISIT, *([PermissionKind.VISIT_ABROAD] if abroad else [])):
        if not has_permission(mentee, kind):
            given = {"membership": mentee, "guardian": life.guardian}
            life.do(record_paper, answers={kind: True}, **given, by=life.manager)
