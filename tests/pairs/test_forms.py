"""The other forms of a pair: topic, goals, own words, paper, confirming, sharing; right, wrong and twice."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests import make, other
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import form, merged, see, send, text
from varpa.pairs.actions import goals, plans
from varpa.pairs.models import Goal, GoalState, Plan, PlanState

pytestmark = pytest.mark.django_db


class TestTheTopic:
    @pytest.mark.parametrize("name", ["topic", "topic_goals"])
    def test_it_is_headed_by_what_the_methodology_calls_the_first_meeting(
        self, cast: Cast, name: str
    ) -> None:
        assert "Pirmā tikšanās" in text(cast.elina, name, cast.pair.ref)
        other.by(other.workshop(), cast.programme)
        shown = text(cast.elina, name, cast.pair.ref)
        assert "Pirmā apskate" in shown
        assert "Pirmā tikšanās" not in shown

    def test_lines_become_goals_by_a_tick(self, cast: Cast) -> None:
        at = ("topic", cast.pair.ref)
        given = {**form(cast.elina, *at), "actions": "- Aprēķināt cenu\n2. Piezvanīt\n\nNofotografēt"}
        assert send(cast.elina, *at, **given)["Location"] == reverse(
            "pairs:topic_goals", args=[cast.pair.ref]
        )
        shown = text(cast.elina, "topic_goals", cast.pair.ref)
        lines = re.findall(r'name="lines" value="([^"]+)"', shown)
        assert [line[13:] for line in lines] == ["Aprēķināt cenu", "Piezvanīt", "Nofotografēt"]
        for _click in range(2):
            send(cast.elina, "topic_goals", cast.pair.ref, lines=lines[:2])
        assert [goal.text for goal in cast.pair.goals.all()] == ["Aprēķināt cenu", "Piezvanīt"]
        again = text(cast.elina, "topic_goals", cast.pair.ref)
        assert len(re.findall(r'name="lines"', again)) == 1
        assert again.count("Jau ir mērķis") == 2

    @pytest.mark.parametrize("lines", [[], ["x"], ["abcdefghjkmn "], ["ABCDEFGHJKMN Cena"], [""]])
    def test_no_tick_is_told(self, cast: Cast, lines: list[str]) -> None:
        answer = send(cast.elina, "topic_goals", cast.pair.ref, lines=lines)
        assert answer.status_code == 200
        assert answer.context["refusal"]
        assert not Goal.objects.exists()

    def test_both_texts_of_a_conflict(self, cast: Cast) -> None:
        at = ("topic", cast.pair.ref)
        mine = form(cast.elina, *at)
        send(cast.andris, *at, **{**form(cast.andris, *at), "problems": "Krāsns."})
        answer = send(cast.elina, *at, **{**mine, "problems": "Telpas.", "actions": "Zvanīt."})
        again = merged(answer)
        assert (again["problems"], again["actions"]) == ("Krāsns.\nTelpas.", "Zvanīt.")
        send(cast.elina, *at, **again)
        rows = dict(cast.pair.topic_answers.exclude(text="").values_list("question", "text"))
        assert rows == {"problems": "Krāsns.\nTelpas.", "actions": "Zvanīt."}


class TestGoals:
    def test_a_new_one(self, cast: Cast) -> None:
        given = {**form(cast.elina, "goals", cast.pair.ref), "text": "Cena", "due": "15.11.2025"}
        for _click in range(2):
            assert send(cast.elina, "goals", cast.pair.ref, **given).status_code == 302
        assert (Goal.objects.get().text, str(Goal.objects.get().due)) == ("Cena", "2025-11-15")
        assert "līdz\u00a015.\u00a0novembrim" in text(cast.andris, "goals", cast.pair.ref)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"text": ""}, "text"),
            ({"text": "a" * 501}, "text"),
            ({"due": "soon"}, "due"),
            ({"ref": "x"}, "ref"),
        ],
    )
    def test_wrong_fields(self, cast: Cast, wrong: dict[str, str], field: str) -> None:
        given = {**form(cast.elina, "goals", cast.pair.ref), "text": "Cena", **wrong}
        answer = send(cast.elina, "goals", cast.pair.ref, **given)
        assert list(answer.context["form"].errors) == [field]
        assert not Goal.objects.exists()

    def test_reaching_and_back(self, cast: Cast) -> None:
        goal = goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)
        for step, state in (
            ("reach", GoalState.REACHED),
            ("reopen", GoalState.OPEN),
            ("withdraw", "withdrawn"),
        ):
            for _click in range(2):
                assert send(cast.elina, "goal_state", goal.ref, step=step).status_code == 302
            goal.refresh_from_db()
            assert goal.state == state
        send(cast.elina, "goal_state", goal.ref, step="explode")
        assert "Cena" not in text(cast.elina, "goals", cast.pair.ref)

    def test_steps(self, cast: Cast) -> None:
        goal = goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)
        given = {"ref": "abcdefghjkmn", "step": "Piezvanīt"}
        for _click in range(2):
            assert send(cast.elina, "steps", goal.ref, **given).status_code == 302
        step = goal.steps.get()
        for mark, is_done in (("done", True), ("open", False)):
            send(cast.andris, "step", goal.ref, step.ref, mark=mark)
            step.refresh_from_db()
            assert bool(step.done_at) is is_done
        send(cast.elina, "step", goal.ref, step.ref, mark="withdraw")
        assert "Piezvanīt" not in text(cast.elina, "goal", goal.ref)
        answer = send(cast.elina, "steps", goal.ref, ref="abcdefghjkmp", step="a" * 301)
        assert "a" * 301 in answer.content.decode()
        assert send(cast.elina, "steps", goal.ref, ref="abcdefghjkmp", step="").status_code == 200

    def test_both_texts_of_a_conflict(self, cast: Cast) -> None:
        goal = goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)
        mine = form(cast.elina, "goal", goal.ref)
        send(cast.andris, "goal", goal.ref, **{**form(cast.andris, "goal", goal.ref), "progress": "Puse."})
        answer = send(cast.elina, "goal", goal.ref, **{**mine, "progress": "Trešdaļa."})
        again = merged(answer)
        assert again["progress"] == "Puse.\nTrešdaļa."
        assert send(cast.elina, "goal", goal.ref, **again).status_code == 302


class TestOwnWordsAndPaper:
    def picture(self) -> SimpleUploadedFile:
        content = BytesIO()
        Image.new("RGB", (40, 30), "white").save(content, "JPEG")
        return SimpleUploadedFile("plāns.jpg", content.getvalue(), "image/jpeg")

    def test_own_words_are_a_plan(self, cast: Cast) -> None:
        given = {**form(cast.elina, "own_words", cast.pair.ref), "own_words": "Mēs abi."}
        assert send(cast.elina, "own_words", cast.pair.ref, **given).status_code == 302
        assert "Mēs abi." in text(cast.andris, "plan", cast.pair.ref)

    def test_a_photograph_is_a_plan(self, cast: Cast, settings: Any, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path
        assert send(cast.elina, "paper", cast.pair.ref, paper=self.picture()).status_code == 302
        plan = Plan.objects.get()
        seen = see(cast.andris, "photograph", plan.ref)
        assert (seen.status_code, seen["Content-Type"], seen["X-Content-Type-Options"]) == (
            200,
            "image/jpeg",
            "nosniff",
        )
        assert [see(who, "photograph", plan.ref).status_code for who in (cast.inga, cast.zane)] == [404, 404]
        assert see(cast.elina, "plan_pdf", plan.ref).content.startswith(b"%PDF")
        for person in (cast.elina, cast.andris):
            send(person, "confirm", cast.pair.ref, edition=str(Plan.objects.get().edition))
        assert Plan.objects.get().state == PlanState.AGREED
        assert send(cast.elina, "take_paper_away", cast.pair.ref).status_code == 302
        assert Plan.objects.get().paper is not None

    def test_it_can_be_taken_away_from_a_draft(self, cast: Cast, settings: Any, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path
        send(cast.elina, "paper", cast.pair.ref, paper=self.picture())
        send(cast.andris, "take_paper_away", cast.pair.ref)
        assert Plan.objects.get().paper is None
        assert see(cast.elina, "photograph", Plan.objects.get().ref).status_code == 404

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("plan.jpg", b""),
            ("plan.jpg", b"%PDF-1.4"),
            ("plan.svg", b"<svg><script/></svg>"),
            ("a.exe", b"MZ"),
        ],
    )
    def test_anything_else_is_refused_at_the_field(self, cast: Cast, name: str, content: bytes) -> None:
        answer = send(cast.elina, "paper", cast.pair.ref, paper=SimpleUploadedFile(name, content))
        assert list(answer.context["form"].errors) == ["paper"]
        assert not Plan.objects.exists()

    def test_no_file_is_told(self, cast: Cast) -> None:
        assert list(send(cast.elina, "paper", cast.pair.ref).context["form"].errors) == ["paper"]


class TestConfirming:
    def test_both_confirm_on_their_pages(self, cast: Cast) -> None:
        plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        plans.write_own_words(plan=plan, text="Mēs abi.", revision=0, by=cast.elina, now=NOW)
        for person in (cast.elina, cast.andris):
            edition = see(person, "plan", cast.pair.ref).context["confirm"]["edition"].value()
            for _click in range(2):
                assert send(person, "confirm", cast.pair.ref, edition=edition).status_code == 302
        plan.refresh_from_db()
        assert (plan.state, plan.confirmations.count()) == (PlanState.AGREED, 2)
        assert "Plāns ir apstiprināts" in text(cast.elina, "plan", cast.pair.ref)

    def test_an_older_edition_is_not_confirmed(self, cast: Cast) -> None:
        plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        plans.write_own_words(plan=plan, text="Mēs abi.", revision=0, by=cast.elina, now=NOW)
        send(cast.elina, "confirm", cast.pair.ref, edition="0")
        assert not plan.confirmations.exists()

    @pytest.mark.parametrize("edition", ["", "x", "-1", "9" * 30])
    def test_nonsense_confirms_nothing(self, cast: Cast, edition: str) -> None:
        plan = plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        plans.write_own_words(plan=plan, text="Mēs abi.", revision=0, by=cast.elina, now=NOW)
        assert send(cast.elina, "confirm", cast.pair.ref, edition=edition).status_code == 302
        assert not plan.confirmations.exists()

    def test_without_a_plan_there_is_nothing_to_confirm(self, cast: Cast) -> None:
        assert send(cast.elina, "confirm", cast.pair.ref, edition="0").status_code == 302

    def test_a_new_version_is_begun_once(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        for _click in range(2):
            send(cast.elina, "begin", cast.pair.ref)
        assert cast.pair.plans.count() == 2
        assert "Kamēr abi šo redakciju" in text(cast.andris, "plan", cast.pair.ref)


class TestSharing:
    def test_each_has_an_own_switch(self, cast: Cast) -> None:
        send(cast.andris, "share", cast.pair.ref, goals="on")
        assert see(cast.elina, "share", cast.pair.ref).context["form"]["goals"].value() is False
        send(cast.elina, "share", cast.pair.ref, goals="on")
        cast.pair.refresh_from_db()
        assert (cast.pair.shares_goals, cast.pair.shares_plan) == (True, False)
        send(cast.elina, "share", cast.pair.ref)
        cast.pair.refresh_from_db()
        assert cast.pair.shares_goals is False
