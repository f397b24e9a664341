"""Who sees which page of a pair; a manager reads only what both of the two share (product §2)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import see, send, text
from varpa.kernel.access import why
from varpa.pairs.access import PairAction
from varpa.pairs.actions import goals, plans
from varpa.pairs.actions.sharing import share
from varpa.pairs.models import Goal, Pair, Plan
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

OF_THE_TWO = ("plan", "goals", "share", "topic", "topic_goals", "own_words", "paper", "answer")
BUTTONS = ("begin", "confirm", "take_paper_away")


def share_all(pair: Pair) -> None:
    for side in (pair.mentor, pair.mentee):
        share(pair=pair, goals=True, plan=True, by=side.person, now=NOW)


def filled(cast: Cast) -> tuple[Plan, Goal]:
    """An agreed plan and a goal with a step."""
    plan = make.agreed_plan(cast.pair)
    goal = goals.set_goal(pair=cast.pair, text="Aprēķināt pašizmaksu", by=cast.elina, now=NOW)
    goals.add_step(goal=goal, text="Piezvanīt veikaliem", by=cast.elina, now=NOW)
    return plan, goal


def status(who: Person, name: str, *args: str) -> int:
    return int(see(who, name, *args).status_code)


class TestDoors:
    @pytest.mark.parametrize("name", OF_THE_TWO)
    def test_pages_of_the_two(self, cast: Cast, name: str) -> None:
        ref = cast.pair.ref
        assert {status(person, name, ref) for person in (cast.andris, cast.elina)} == {200}
        strangers = (cast.zane, cast.rimantas, cast.gabija, cast.tomas, cast.jonas)
        assert {status(person, name, ref) for person in strangers} == {404}
        assert {status(person, name, ref) for person in (cast.inga, cast.dace)} == {403}
        sent_away = Client().get(reverse(f"pairs:{name}", args=[ref]))
        assert (sent_away.status_code, "sign-in" in sent_away["Location"]) == (302, True)

    def test_a_question(self, cast: Cast) -> None:
        at = ("question", cast.pair.ref, "rhythm")
        assert [status(person, *at) for person in (cast.elina, cast.inga, cast.zane)] == [200, 403, 404]
        assert status(cast.elina, "question", cast.pair.ref, "pets") == 404

    @pytest.mark.parametrize("name", BUTTONS)
    def test_buttons_of_the_two(self, cast: Cast, name: str) -> None:
        ref = cast.pair.ref
        assert [send(person, name, ref).status_code for person in (cast.inga, cast.zane)] == [403, 404]
        assert see(cast.elina, name, ref).status_code == 405

    def test_pages_of_the_manager(self, cast: Cast) -> None:
        for name, ref in (("manage", cast.pair.ref), ("new", cast.programme.ref)):
            people = (cast.inga, cast.dace, cast.andris, cast.tomas, cast.zane)
            assert [status(person, name, ref) for person in people] == [200, 200, 403, 404, 404]

    @pytest.mark.parametrize("name", ["pause", "resume"])
    def test_buttons_of_the_manager(self, cast: Cast, name: str) -> None:
        ref = cast.pair.ref
        assert [send(person, name, ref).status_code for person in (cast.elina, cast.tomas)] == [403, 404]

    def test_a_goal_and_a_version_follow_the_pair(self, cast: Cast) -> None:
        plan, goal = filled(cast)
        for name, ref in (("goal", goal.ref), ("version", plan.ref), ("plan_pdf", plan.ref)):
            assert {status(person, name, ref) for person in (cast.andris, cast.elina)} == {200}
            others = (cast.zane, cast.rimantas, cast.inga, cast.tomas)
            assert {status(person, name, ref) for person in others} == {404}

    def test_nobody_else_changes_a_goal(self, cast: Cast) -> None:
        _plan, goal = filled(cast)
        share_all(cast.pair)
        step = goal.steps.get()
        for name, *args in (("goal_state", goal.ref), ("steps", goal.ref), ("step", goal.ref, step.ref)):
            assert send(cast.inga, name, *args, step="withdraw", mark="done").status_code == 403
            assert send(cast.rimantas, name, *args, step="withdraw", mark="done").status_code == 404
        assert send(cast.inga, "goal", goal.ref, text="Cits").status_code == 403
        assert send(cast.inga, "goals", cast.pair.ref, text="Cits").status_code == 403

    def test_a_step_of_another_goal_is_not_found(self, cast: Cast) -> None:
        _plan, goal = filled(cast)
        theirs = goals.set_goal(pair=cast.neighbours, text="Kaina", by=cast.gabija, now=NOW)
        step = goals.add_step(goal=theirs, text="Paskambinti", by=cast.gabija, now=NOW)
        assert send(cast.elina, "step", goal.ref, step.ref, mark="done").status_code == 404


class TestWhatAManagerReads:
    WORDS = ("Aprēķināt pašizmaksu", "Piezvanīt veikaliem", "Reizi divās nedēļās.")

    def content(self, cast: Cast) -> list[str]:
        """What of the content stands anywhere on the pages that the manager tries."""
        plan, goal = Plan.objects.get(), Goal.objects.get()
        found = [text(cast.inga, name, cast.pair.ref) for name in ("manage", "goals", "plan", "topic")]
        found += [text(cast.inga, "goal", goal.ref), text(cast.inga, "version", plan.ref)]
        found.append(text(cast.inga, "new", cast.programme.ref))
        return [word for word in self.WORDS if word in "".join(found)]

    def test_nothing_of_the_content_unless_shared(self, cast: Cast) -> None:
        filled(cast)
        assert self.content(cast) == []

    def test_one_of_the_two_alone_opens_nothing(self, cast: Cast) -> None:
        filled(cast)
        for person in (cast.andris, cast.elina):
            share(pair=cast.pair, goals=False, plan=False, by=cast.elina, now=NOW)
            share(pair=cast.pair, goals=False, plan=False, by=cast.andris, now=NOW)
            share(pair=cast.pair, goals=True, plan=True, by=person, now=NOW)
            assert self.content(cast) == []

    def test_what_both_share_is_to_be_read(self, cast: Cast) -> None:
        plan, goal = filled(cast)
        share_all(cast.pair)
        assert "Aprēķināt pašizmaksu" in text(cast.inga, "goals", cast.pair.ref)
        assert "Piezvanīt veikaliem" in text(cast.inga, "goal", goal.ref)
        assert see(cast.inga, "plan", cast.pair.ref)["Location"] == reverse("pairs:version", args=[plan.ref])
        assert "Reizi divās nedēļās." in text(cast.inga, "version", plan.ref)
        assert status(cast.tomas, "version", plan.ref) == 404

    def test_the_goals_alone_do_not_open_the_plan(self, cast: Cast) -> None:
        plan, _goal = filled(cast)
        for person in (cast.andris, cast.elina):
            share(pair=cast.pair, goals=True, plan=False, by=person, now=NOW)
        assert status(cast.inga, "goals", cast.pair.ref) == 200
        assert status(cast.inga, "plan", cast.pair.ref) == 403
        assert status(cast.inga, "version", plan.ref) == 404

    def test_a_draft_and_the_views_stay_between_the_two(self, cast: Cast) -> None:
        plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        plans.write_view(plan=plan, question="rhythm", text="Noslēpums", revision=0, by=cast.elina, now=NOW)
        share_all(cast.pair)
        assert status(cast.inga, "version", plan.ref) == 404
        assert status(cast.inga, "plan", cast.pair.ref) == 200
        assert "Noslēpums" not in text(cast.inga, "plan", cast.pair.ref)
        assert status(cast.inga, "question", cast.pair.ref, "rhythm") == 403

    def test_the_agreed_version_does_not_lead_to_the_draft(self, cast: Cast) -> None:
        plan, _goal = filled(cast)
        draft = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        share_all(cast.pair)
        assert draft.ref not in text(cast.inga, "version", plan.ref)
        assert draft.ref in text(cast.elina, "version", plan.ref)

    def test_reading_is_not_writing(self, cast: Cast) -> None:
        _plan, goal = filled(cast)
        share_all(cast.pair)
        for shown in (text(cast.inga, "goals", cast.pair.ref), text(cast.inga, "goal", goal.ref)):
            assert "<textarea" not in shown

    def test_it_closes_with_the_sharing(self, cast: Cast) -> None:
        filled(cast)
        share_all(cast.pair)
        share(pair=cast.pair, goals=False, plan=False, by=cast.elina, now=NOW)
        assert status(cast.inga, "goals", cast.pair.ref) == 403

    def test_the_reason_for_which_it_is_open_is_told(self, cast: Cast) -> None:
        assert why(PairAction.READ_GOALS, cast.inga, cast.pair) == []
        share_all(cast.pair)
        assert len(why(PairAction.READ_GOALS, cast.inga, cast.pair)) == 1


def test_a_proposal_shows_no_contact_data(cast: Cast) -> None:
    Person.objects.filter(pk=cast.andris.pk).update(phone="+371 20000000")
    shown = text(cast.elina, "answer", cast.pair.ref)
    assert [secret for secret in ("@", "20000000") if secret in shown.split("<main")[1]] == []
