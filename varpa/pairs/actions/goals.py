"""The mentee's topic and the goals that come of it (methodology §4, §8.1)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.once import make_once, require_same
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.methodology import Fact
from varpa.pairs.actions.answers import conflicts_named, require_asked
from varpa.pairs.actions.due import require_likely
from varpa.pairs.actions.pairs import require_active, settle_fact
from varpa.pairs.models import Goal, GoalState, GoalStep, Pair, TopicAnswer
from varpa.pairs.queries import side_of
from varpa.pairs.quiet import require_text_heard
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of

STEP_LENGTH = 300


class EmptyGoal(Refusal):
    sentence = _("Write the goal in a few words.")


class EmptyStep(Refusal):
    sentence = _("Write the step in a few words.")


class StepTooLong(Refusal):
    sentence = _("A step is one sentence, at most 300 characters. Make it shorter, or make two of it.")


@transaction.atomic
def answer_topic(
    *, pair: Pair, texts: Mapping[str, str], revisions: Mapping[str, int], by: Person, now: datetime
) -> dict[str, int]:
    """Save what the two say of the topic: {question key: text}, each upon its own revision.

    Answers upon which revision each text stands now.

    Raises merging.Conflict for the first question that the other changed meanwhile, and saves none (R13);
    the conflict names the question. Raises WordsWouldReach for a mentor whose messages the mentee stopped.
    """
    require_active(pair, now)
    require_asked(methodology_of(pair.programme).first_meeting, texts)
    changed, stands = False, {}
    for question, text in texts.items():
        row, _made = TopicAnswer.objects.get_or_create(pair=pair, question=question)
        with conflicts_named(question):
            changed |= save_text(row, revision=revisions.get(question, 0), texts={"text": text.strip()})
        stands[question] = row.revision
    if changed:
        require_text_heard(pair, side_of(pair, by))
        record("topic.answer", pair, now=now, by=by, programme_ref=pair.programme.ref)
    return stands


@transaction.atomic
def set_goal(
    *, pair: Pair, text: str, by: Person, now: datetime, due: date | None = None, ref: str = ""
) -> Goal:
    """Set a goal; asked twice with one `ref`, it is one goal. Raises WordsWouldReach and UnlikelyDay."""
    require_active(pair, now)
    if not text.strip():
        raise EmptyGoal()
    known = Goal.objects.filter(ref=ref, pair=pair).first() if ref else None
    if known:
        require_same(known, {"text": text.strip(), "due": due})
        return known
    require_likely(pair, due, now)
    require_text_heard(pair, side_of(pair, by))
    goal = Goal.objects.create(ref=ref or new_ref(), pair=pair, text=text.strip(), due=due, by=by, set_at=now)
    settle_fact(pair=pair, fact=Fact.GOALS_SET, holds=True, now=now)
    _record("goal.set", goal, now=now, by=by)
    return goal


@transaction.atomic
def set_goals(*, pair: Pair, texts: Mapping[str, str], by: Person, now: datetime) -> list[Goal]:
    """Make goals of lines of the topic, {ref: line}: all or none. Raises EmptyGoal where none is chosen."""
    require_active(pair, now)
    if not texts:
        raise EmptyGoal()
    return [set_goal(pair=pair, text=text, by=by, now=now, ref=ref) for ref, text in texts.items()]


@transaction.atomic
def change_goal(
    *,
    goal: Goal,
    text: str,
    progress: str,
    due: date | None,
    revision: int,
    by: Person,
    now: datetime,
    evidence: str | None = None,
) -> None:
    """Change the wording, the date, the progress or its `evidence` (None: as it is); raises Conflict (R13).

    Words of a mentor raise WordsWouldReach while the mentee wants none; the date is a fact and goes on.
    """
    require_active(goal.pair, now)
    if not text.strip():
        raise EmptyGoal()
    goal.refresh_from_db(fields=["due"])
    texts = {"text": text.strip(), "progress": progress.strip()}
    if evidence is not None:
        texts["evidence"] = evidence.strip()
    if any(getattr(goal, name) != words for name, words in texts.items()):
        require_text_heard(goal.pair, side_of(goal.pair, by))
    changes = {} if due == goal.due else {"due": due}
    was = goal.progress
    if save_text(goal, revision=revision, texts=texts, **changes):
        if changes:
            require_likely(goal.pair, due, now)
        _record("goal.change", goal, now=now, by=by, progress=int(goal.progress != was))


@transaction.atomic
def take_goal_step(*, goal: Goal, step: str, by: Person, now: datetime) -> None:
    """Reach, reopen or withdraw a goal. Raises AlreadyMoved."""
    require_active(goal.pair, now)
    changes: dict[str, datetime | None] = {"reached_at": now if step == "reach" else None}
    move(goal, step, **changes)
    standing = goal.pair.goals.exclude(state=GoalState.WITHDRAWN).exists()
    settle_fact(pair=goal.pair, fact=Fact.GOALS_SET, holds=standing, now=now)
    _record(f"goal.{step}", goal, now=now, by=by)


@transaction.atomic
def add_step(*, goal: Goal, text: str, by: Person, now: datetime, ref: str = "") -> GoalStep:
    """Add a step towards a goal; asked twice with one `ref`, it is one step. Raises WordsWouldReach."""
    require_active(goal.pair, now)
    if not text.strip():
        raise EmptyStep()
    if len(text.strip()) > STEP_LENGTH:
        raise StepTooLong()
    step, made = make_once(GoalStep, ref=ref, goal=goal, fields={"text": text.strip()})
    if made:
        require_text_heard(goal.pair, side_of(goal.pair, by))
        _record("goal.add_step", goal, now=now, by=by)
    return step


@transaction.atomic
def mark_step(*, step: GoalStep, done: bool, by: Person, now: datetime) -> None:
    """A step is done, or is not yet after all. Done twice, it was done the first time."""
    require_active(step.goal.pair, now)
    same = GoalStep.objects.filter(pk=step.pk, done_at__isnull=not done)
    if same.exists():
        return
    step.done_at = now if done else None
    step.save(update_fields=["done_at"])
    _record("goal.mark_step", step.goal, now=now, by=by, done=int(done))


@transaction.atomic
def withdraw_step(*, step: GoalStep, by: Person, now: datetime) -> None:
    """Take back a step that was a mistake; it is kept, and no longer shown."""
    require_active(step.goal.pair, now)
    if GoalStep.objects.filter(pk=step.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        _record("goal.withdraw_step", step.goal, now=now, by=by, done=int(step.done_at is not None))


def _record(verb: str, goal: Goal, *, now: datetime, by: Person, **details: str | int | None) -> None:
    record(verb, goal, now=now, by=by, programme_ref=goal.pair.programme.ref, details=details)
