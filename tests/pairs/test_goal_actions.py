"""The mentee's topic, looked at together, and the goals that come of it (methodology §8.1, R5)."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.methodology import Fact
from varpa.pairs.actions import goals
from varpa.pairs.actions.answers import NoSuchQuestion
from varpa.pairs.models import Goal, GoalState, GoalStep, TopicAnswer
from varpa.pairs.queries import facts_of, goals_of

pytestmark = pytest.mark.django_db


def goal(cast: Cast, text: str = "Aprēķināt vienas krūzes pašizmaksu") -> Goal:
    return goals.set_goal(pair=cast.pair, text=text, by=cast.elina, now=NOW)


class TestTopic:
    def answer(self, cast: Cast, text: str, revision: int = 0, question: str = "problems") -> None:
        revisions = {question: revision}
        goals.answer_topic(
            pair=cast.pair, texts={question: text}, revisions=revisions, by=cast.elina, now=NOW
        )

    def test_it_is_kept_without_blanks_around(self, cast: Cast) -> None:
        self.answer(cast, "  Krāsns ir dārga.\n")
        assert TopicAnswer.objects.get().text == "Krāsns ir dārga."

    def test_a_question_that_is_not_asked_is_refused(self, cast: Cast) -> None:
        with pytest.raises(NoSuchQuestion):
            self.answer(cast, "Jā.", question="pets")

    def test_a_conflict_names_the_question_and_saves_nothing(self, cast: Cast) -> None:
        self.answer(cast, "Krāsns ir dārga.")
        with pytest.raises(Conflict) as told:
            goals.answer_topic(
                pair=cast.pair,
                texts={"actions": "Piezvanīt.", "problems": "Nav telpu."},
                revisions={},
                by=cast.andris,
                now=NOW,
            )
        assert told.value.stored == {"problems": "Krāsns ir dārga."}
        assert told.value.given == {"problems": "Nav telpu."}
        assert not TopicAnswer.objects.filter(question="actions").exists()

    def test_sending_the_same_again_is_no_conflict(self, cast: Cast) -> None:
        for _click in range(2):
            self.answer(cast, "Krāsns ir dārga.")
        assert Line.objects.filter(verb="topic.answer").count() == 1


class TestSetting:
    def test_a_goal_begins_the_second_phase(self, cast: Cast) -> None:
        assert goal(cast).state == GoalState.OPEN
        assert Fact.GOALS_SET in facts_of(cast.pair)

    @pytest.mark.parametrize("text", ["", "  ", "\n"])
    def test_an_empty_goal_is_refused(self, cast: Cast, text: str) -> None:
        with pytest.raises(goals.EmptyGoal):
            goal(cast, text)

    def test_a_second_click_sets_one_goal(self, cast: Cast) -> None:
        ref = new_ref()
        for _click in range(2):
            goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW, ref=ref)
        assert Goal.objects.count() == 1
        assert Line.objects.filter(verb="goal.set").count() == 1

    def test_lines_of_the_topic_become_goals(self, cast: Cast) -> None:
        texts = {new_ref(): "Cena", new_ref(): "Krāsns"}
        for _click in range(2):
            goals.set_goals(pair=cast.pair, texts=texts, by=cast.andris, now=NOW)
        assert [each.text for each in cast.pair.goals.all()] == ["Cena", "Krāsns"]

    def test_none_chosen_is_told(self, cast: Cast) -> None:
        with pytest.raises(goals.EmptyGoal):
            goals.set_goals(pair=cast.pair, texts={}, by=cast.andris, now=NOW)


class TestChanging:
    def change(self, goal: Goal, **given: object) -> None:
        asked: dict[str, object] = {"text": goal.text, "progress": "", "due": None, "revision": 0, **given}
        goals.change_goal(goal=goal, by=goal.by, now=NOW, **asked)  # type: ignore[arg-type]

    def test_wording_progress_and_date(self, cast: Cast) -> None:
        made = goal(cast)
        self.change(made, text="Cena", progress="Puse.", due=date(2025, 11, 15))
        made.refresh_from_db()
        assert (made.text, made.progress, made.due) == ("Cena", "Puse.", date(2025, 11, 15))

    def test_what_shows_it_is_kept_beside_the_progress(self, cast: Cast) -> None:
        made = goal(cast)
        self.change(made, progress="Puse.", evidence="Trīs pasūtījumi.")
        self.change(made, progress="Gandrīz.", revision=made.revision)
        made.refresh_from_db()
        assert (made.progress, made.evidence) == ("Gandrīz.", "Trīs pasūtījumi.")

    def test_of_two_who_write_what_shows_it_nobody_loses_a_word(self, cast: Cast) -> None:
        made = goal(cast)
        self.change(Goal.objects.get(pk=made.pk), evidence="Viens pasūtījums.")
        with pytest.raises(Conflict) as told:
            self.change(made, evidence="Divi pasūtījumi.")
        assert told.value.stored["evidence"] == "Viens pasūtījums."

    def test_an_empty_wording_is_refused(self, cast: Cast) -> None:
        with pytest.raises(goals.EmptyGoal):
            self.change(goal(cast), text=" ")

    def test_of_two_who_write_at_once_nobody_loses_a_word(self, cast: Cast) -> None:
        made = goal(cast)
        self.change(Goal.objects.get(pk=made.pk), progress="Divi no trim.")
        with pytest.raises(Conflict) as told:
            self.change(made, progress="Trīs no trim.")
        assert told.value.stored["progress"] == "Divi no trim."
        assert told.value.given["progress"] == "Trīs no trim."

    def test_a_date_set_by_the_other_is_not_overwritten_unseen(self, cast: Cast) -> None:
        made = goal(cast)
        opened = Goal.objects.get(pk=made.pk)
        self.change(made, due=date(2025, 11, 15))
        with pytest.raises(Conflict):
            self.change(opened, due=date(2025, 12, 1))


class TestReaching:
    def take(self, made: Goal, step: str, days: int = 0) -> None:
        goals.take_goal_step(goal=made, step=step, by=made.by, now=NOW + timedelta(days=days))

    def test_reached_is_dated_and_can_be_reopened(self, cast: Cast) -> None:
        made = goal(cast)
        self.take(made, "reach")
        assert (made.state, made.reached_at) == (GoalState.REACHED, NOW)
        self.take(made, "reopen")
        assert (made.state, made.reached_at) == (GoalState.OPEN, None)

    def test_a_second_click_reaches_once(self, cast: Cast) -> None:
        made = goal(cast)
        opened = Goal.objects.get(pk=made.pk)
        self.take(made, "reach")
        with pytest.raises(AlreadyMoved):
            self.take(opened, "reach", days=1)
        assert Goal.objects.get().reached_at == NOW

    def test_the_last_goal_withdrawn_takes_the_fact_along(self, cast: Cast) -> None:
        made = goal(cast)
        self.take(made, "withdraw")
        assert Fact.GOALS_SET not in facts_of(cast.pair)
        assert not goals_of(cast.pair).exists()
        self.take(made, "reopen")
        assert Fact.GOALS_SET in facts_of(cast.pair)


class TestSteps:
    def test_a_step_is_added_once_and_done_once(self, cast: Cast) -> None:
        made, ref = goal(cast), new_ref()
        for _click in range(2):
            step = goals.add_step(goal=made, text="Piezvanīt", by=cast.elina, now=NOW, ref=ref)
        for days in (0, 1):
            goals.mark_step(step=step, done=True, by=cast.elina, now=NOW + timedelta(days=days))
        assert GoalStep.objects.get().done_at == NOW
        assert Line.objects.filter(verb="goal.mark_step").count() == 1
        goals.mark_step(step=step, done=False, by=cast.elina, now=NOW)
        assert GoalStep.objects.get().done_at is None

    def test_empty_and_too_long_are_told(self, cast: Cast) -> None:
        made = goal(cast)
        with pytest.raises(goals.EmptyStep):
            goals.add_step(goal=made, text="  ", by=cast.elina, now=NOW)
        with pytest.raises(goals.StepTooLong):
            goals.add_step(goal=made, text="a" * 301, by=cast.elina, now=NOW)

    def test_a_mistaken_step_is_withdrawn_and_kept(self, cast: Cast) -> None:
        made = goal(cast)
        step = goals.add_step(goal=made, text="Piezvnaīt", by=cast.elina, now=NOW)
        for _click in range(2):
            goals.withdraw_step(step=step, by=cast.elina, now=NOW)
        assert list(goals_of(cast.pair).get().steps.all()) == []
        assert GoalStep.objects.count() == 1
        assert Line.objects.filter(verb="goal.withdraw_step").count() == 1


def test_other_words_from_the_same_form_are_told(cast: Cast) -> None:
    """After "Back" a goal or a step with other words is no second click."""
    ref, given = new_ref(), {"by": cast.elina, "now": NOW}
    goal = goals.set_goal(pair=cast.pair, text="Aprēķināt pašizmaksu", ref=ref, **given)
    assert goals.set_goal(pair=cast.pair, text="Aprēķināt pašizmaksu", ref=ref, **given) == goal
    with pytest.raises(SentAlready):
        goals.set_goal(pair=cast.pair, text="Atrast telpas", ref=ref, **given)
    for _click in range(2):
        goals.add_step(goal=goal, text="Savākt cenas", ref=ref, **given)
    with pytest.raises(SentAlready):
        goals.add_step(goal=goal, text="Aptaujāt pircējus", ref=ref, **given)
    assert goal.steps.count() == 1
