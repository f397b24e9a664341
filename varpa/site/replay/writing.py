"""What is written and done between meetings: the diary, promises kept or not, steps towards goals."""

from datetime import timedelta

from varpa.diary.actions import begin_entry, keep_entry, leave_out, write_entry
from varpa.diary.models import DiaryState, EntryState
from varpa.diary.queries import diary_of
from varpa.kernel import clock
from varpa.meetings.actions.reviews import take_promise_step
from varpa.meetings.models import Meeting, Move, PromiseState
from varpa.methodology.marks import KindAct, Known
from varpa.methodology.model import Question
from varpa.pairs.actions.goals import change_goal, mark_step, take_goal_step
from varpa.pairs.models import GoalState
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course


def write_diary(life: Life, meeting: Meeting, act: str) -> Course:
    """The mentor's entry on a meeting: the same evening, or days later; sometimes saved twice as it grows."""
    yield life.soon((1, 8)) if not life.temper.late else life.evening((2, 9))
    diary = diary_of(life.pair)
    if diary and diary.state != DiaryState.OPEN:
        # Who writes late may have handed the diary over meanwhile.
        return
    entry = life.do(
        begin_entry, pair=life.pair, day=meeting.starts_local.date(), meeting=meeting, by=life.mentor
    )
    given = {
        "entry": entry,
        "day": entry.day,
        "minutes": entry.minutes,
        "answers": {},
        "by": life.mentor,
    }
    texts = _texts(life, act)
    if life.maybe(0.2):
        life.do(write_entry, **{**given, "texts": {"notes": texts["notes"]}, "revision": entry.revision})
        yield life.soon((0.2, 20))
        entry.refresh_from_db(fields=["state"])
        if entry.state != EntryState.DRAFT:
            # It was finished as it stood, to hand the diary over.
            return
    given["answers"] = _answers(life, meeting)
    life.do(write_entry, **given, texts=texts, revision=entry.revision)
    life.do(keep_entry, entry=entry, by=life.mentor)
    if life.temper.leaves_out and texts.get("on_mentee") and life.maybe(0.25):
        life.do(leave_out, entry=entry, passage="on_mentee", out=True, by=life.mentor)


def keep_promises(life: Life, meeting: Meeting, side: str) -> Course:
    """Most promises are kept in time, some late, some are taken back; whoever lets go leaves them."""
    if life.drifts == side:
        return
    made = life.pair.promises.filter(meeting=meeting, side=side, state=PromiseState.OPEN)
    for promise in list(made):
        told = life.chance.random()
        late = told > (0.5 if life.temper.late else 0.8)
        days = life.chance.randint(1, 5) if late else -life.chance.randint(0, 3)
        day = max((promise.due or life.today) + timedelta(days=days), life.today + timedelta(days=1))
        yield max(life.dates.at(day, life.chance.randint(8, 20)), clock.now())
        step = "withdraw" if told > 0.95 else "keep"
        life.do(take_promise_step, promise=promise, step=step, by=life.person(side))


def advance_goals(life: Life) -> None:
    """One step further; with the last step of a goal it is reached."""
    for goal, steps in life.steps:
        open_steps = [step for step in steps if step.done_at is None]
        if goal.state != GoalState.OPEN:
            continue
        if open_steps:
            step = open_steps[0]
            life.do(mark_step, step=step, done=True, by=life.mentee)
        if len(open_steps) == 2:
            life.do(
                change_goal,
                goal=goal,
                text=goal.text,
                progress=life.progress[goal.ref],
                due=goal.due,
                revision=goal.revision,
                by=life.mentee,
            )
        elif len(open_steps) < 2:
            life.do(take_goal_step, goal=goal, step="reach", by=life.mentee)
        return


def _texts(life: Life, act: str) -> dict[str, str]:
    words, maybe = life.words, life.maybe
    own = {KindAct.VISIT: words.text("visit_diary"), KindAct.ROLE_SWAP: words.text("swap_mentor")}
    private = life.temper.leaves_out and maybe(0.2)
    return {
        "notes": own.get(KindAct(act)) or words.one(f"diary_{act}") or words.one("diary"),
        "results": words.one("results") if maybe(0.6) else "",
        "recommendations": words.one("recommendations") if maybe(0.5) else "",
        "on_mentee": words.one("private" if private else "on_mentee") if private or maybe(0.45) else "",
        "on_self": words.one("on_self") if maybe(0.35) else "",
        "on_effectiveness": words.one("on_effectiveness") if maybe(0.3) else "",
    }


def _answers(life: Life, meeting: Meeting) -> dict[tuple[str, str], str]:
    """Some of the diary's questions, in words; none is compulsory (R6)."""
    questions = life.methodology.diary.questions
    chosen = life.chance.sample(questions, min(len(questions), life.chance.randint(0, 5)))
    moved = (
        any(each.facts == Known.MOVED for each in chosen) and Move.objects.filter(meeting=meeting).exists()
    )
    return {
        (question.key, about): _answer(life, question, about, moved=moved)
        for question in chosen
        for about in question.about or ("",)
    }


def _answer(life: Life, question: Question, about: str, *, moved: bool) -> str:
    if question.facts == Known.MOVED:
        return life.words.answer("diary_answers", "moved" if moved else "not_moved", about)
    return life.words.answer("diary_answers", question.key, about)
