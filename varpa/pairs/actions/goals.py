"""The mentee's topic and the goals that come of it (methodology §4, §8.1)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import require_active, settle_fact
from varpa.pairs.models import Goal, GoalState, GoalStep, Pair, TopicAnswer
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of


class EmptyGoal(Refusal):
    sentence = _("Write the goal in a few words.")


class NoSuchQuestion(Refusal):
    sentence = _("This question is no longer asked. Open the page again; your text is kept here.")


@transaction.atomic
def answer_topic(
    *, pair: Pair, texts: Mapping[str, str], revisions: Mapping[str, int], by: Person, now: datetime
) -> None:
    """Save what the two say of the topic: {question key: text}, each upon its own revision.

    Raises merging.Conflict for the first question that the other changed meanwhile (R13).
    """
    require_active(pair, now)
    asked = {question.key for question in methodology_of(pair.programme).first_meeting.questions}
    if not set(texts) <= asked:
        raise NoSuchQuestion()
    changed = False
    for question, text in texts.items():
        row, _made = TopicAnswer.objects.get_or_create(pair=pair, question=question)
        changed |= save_text(row, revision=revisions.get(question, 0), texts={"text": text})
    if changed:
        record("topic.answer", pair, now=now, by=by, programme_ref=pair.programme.ref)


@transaction.atomic
def set_goal(
    *, pair: Pair, text: str, by: Person, now: datetime, due: date | None = None, ref: str = ""
) -> Goal:
    """Set a goal; asked twice with one `ref`, it is one goal."""
    require_active(pair, now)
    if not text.strip():
        raise EmptyGoal()
    known = Goal.objects.filter(ref=ref, pair=pair).first() if ref else None
    if known:
        return known
    goal = Goal.objects.create(ref=ref or new_ref(), pair=pair, text=text.strip(), due=due, by=by, set_at=now)
    settle_fact(pair=pair, fact=Fact.GOALS_SET, holds=True, now=now)
    _record("goal.set", goal, now=now, by=by)
    return goal


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
) -> None:
    """Change the wording, the date or the progress; raises merging.Conflict (R13)."""
    require_active(goal.pair, now)
    if not text.strip():
        raise EmptyGoal()
    texts = {"text": text.strip(), "progress": progress.strip()}
    changes = {} if due == goal.due else {"due": due}
    if save_text(goal, revision=revision, texts=texts, **changes):
        _record("goal.change", goal, now=now, by=by)


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
    """Add a step towards a goal."""
    require_active(goal.pair, now)
    if not text.strip():
        raise EmptyGoal()
    step, made = GoalStep.objects.get_or_create(
        ref=ref or new_ref(), goal=goal, defaults={"text": text.strip()}
    )
    if made:
        _record("goal.add_step", goal, now=now, by=by)
    return step


@transaction.atomic
def mark_step(*, step: GoalStep, done: bool, by: Person, now: datetime) -> None:
    """A step is done, or is not yet after all."""
    require_active(step.goal.pair, now)
    step.done_at = now if done else None
    step.save(update_fields=["done_at"])
    _record("goal.mark_step", step.goal, now=now, by=by, done=int(done))


def _record(verb: str, goal: Goal, *, now: datetime, by: Person, **details: str | int | None) -> None:
    record(verb, goal, now=now, by=by, programme_ref=goal.pair.programme.ref, details=details)
