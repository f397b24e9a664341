"""A plan amended while a reminder waits for its hour: the reminder goes by what is agreed now (R4)."""

from datetime import datetime, time

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR
from varpa.meetings.actions.reminders import remind
from varpa.messaging.actions import begin_thread, remind_of_answers, write_message
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_answers
from varpa.pairs.models import PlanAnswer
from varpa.post import habits
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letters_wait(cast: Cast) -> None:
    """Only Andris and Elīna; what goes to them waits for the evening."""
    for pair in (cast.neighbours, cast.elsewhere):
        pause_pair(pair=pair, by=None, now=NOW)
    for person in (cast.andris, cast.elina):
        habits.say_pace(person_id=person.pk, pace="daily", tell_at=time(21, 0), tell_on=0, now=NOW)


def agree(cast: Cast, question: str, days: int, now: datetime) -> None:
    plan = begin_plan(pair=cast.pair, by=cast.andris, now=now)
    revisions = dict(PlanAnswer.objects.filter(plan=plan).values_list("question", "revision"))
    write_answers(
        plan=plan,
        texts={question: f"{days}"},
        choices={question: days},
        revisions=revisions,
        by=cast.elina,
        now=now,
    )
    for side in (cast.elina, cast.andris):
        confirm_plan(plan=plan, by=side, now=now)


def waiting(kind: str) -> int:
    return Letter.objects.filter(kind=kind, state=LetterState.QUEUED).count()


def test_no_next_meeting_by_another_rhythm(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    agree(cast, "rhythm", 1, NOW)
    then = NOW + 4 * DAY
    remind(then)
    assert waiting("meetings.none_planned") == 2
    agree(cast, "rhythm", 10, then + HOUR)
    remind(then + HOUR)
    assert waiting("meetings.none_planned") == 0
    remind(then + 10 * DAY)
    assert waiting("meetings.none_planned") == 2


def test_topics_at_another_time_before_a_meeting(cast: Cast) -> None:
    make.meeting(cast.pair, days=6)
    agree(cast, "between_meetings", 5, NOW)
    then = NOW + 2 * DAY
    remind(then)
    assert waiting("meetings.topics_due") == 1
    agree(cast, "between_meetings", 1, then + HOUR)
    remind(then + HOUR)
    assert waiting("meetings.topics_due") == 0
    remind(then + 3 * DAY + 2 * HOUR)
    assert waiting("meetings.topics_due") == 1


def test_an_answer_within_another_time(cast: Cast) -> None:
    agree(cast, "reply_time", 1, NOW)
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Vai der?", by=cast.andris, now=NOW)
    then = NOW + 4 * DAY
    remind_of_answers(then)
    assert waiting("messaging.answer_due") == 1
    agree(cast, "reply_time", 10, then + HOUR)
    remind_of_answers(then + HOUR)
    assert waiting("messaging.answer_due") == 0
    remind_of_answers(then + 20 * DAY)
    assert waiting("messaging.answer_due") == 1


def test_what_is_due_by_the_new_plan_too_stays(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    agree(cast, "rhythm", 1, NOW)
    then = NOW + 4 * DAY
    remind(then)
    agree(cast, "rhythm", 2, then + HOUR)
    assert remind(then + HOUR) == 0
    assert waiting("meetings.none_planned") == 2
