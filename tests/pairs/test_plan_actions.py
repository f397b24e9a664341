"""The cooperation plan: views, an agreed text, confirmed by both, amended as a new version (R4, R13)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.methodology import Fact
from varpa.pairs.actions import plans
from varpa.pairs.actions.answers import NoSuchChoice, NoSuchQuestion
from varpa.pairs.actions.pairs import NotOneOfTheTwo
from varpa.pairs.models import Confirmation, Plan, PlanAnswer, PlanState
from varpa.pairs.queries import agreed_choices, facts_of
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def begun(cast: Cast) -> Plan:
    return plans.begin_plan(pair=cast.pair, by=cast.andris, now=NOW)


def again(plan: Plan) -> Plan:
    """The plan as another request reads it."""
    return Plan.objects.select_related("pair__programme", "pair__mentor", "pair__mentee").get(pk=plan.pk)


def write(plan: Plan, text: str, by: Person, *, revision: int = 0, question: str = "rhythm") -> None:
    plans.write_answers(
        plan=plan, texts={question: text}, choices={}, revisions={question: revision}, by=by, now=NOW
    )


def confirm(plan: Plan, by: Person, edition: int | None = None) -> None:
    plans.confirm_plan(plan=plan, by=by, now=NOW, edition=edition)


def choose(plan: Plan, question: str, choice: object, by: Person) -> object:
    row = PlanAnswer.objects.filter(plan=plan, question=question).first()
    revisions = {question: row.revision if row else 0}
    plans.write_answers(
        plan=plan, texts={question: ""}, choices={question: choice}, revisions=revisions, by=by, now=NOW
    )
    return PlanAnswer.objects.get(plan=plan, question=question).choice


class TestWriting:
    def test_beginning_twice_is_beginning_once(self, cast: Cast) -> None:
        assert begun(cast) == plans.begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
        assert Line.objects.filter(verb="plan.begin").count() == 1

    def test_each_side_writes_its_own_view(self, cast: Cast) -> None:
        plan = begun(cast)
        for person, text in ((cast.andris, "Reizi nedēļā."), (cast.elina, "Reizi mēnesī.")):
            plans.write_view(plan=plan, question="rhythm", text=text, revision=0, by=person, now=NOW)
        views = dict(plan.views.values_list("side", "text"))
        assert views == {"mentor": "Reizi nedēļā.", "mentee": "Reizi mēnesī."}

    def test_a_stranger_has_no_view(self, cast: Cast) -> None:
        with pytest.raises(NotOneOfTheTwo):
            plans.write_view(
                plan=begun(cast), question="rhythm", text="Nē.", revision=0, by=cast.zane, now=NOW
            )

    def test_a_question_that_is_not_asked_is_refused(self, cast: Cast) -> None:
        plan = begun(cast)
        with pytest.raises(NoSuchQuestion):
            write(plan, "Jā.", cast.andris, question="pets")
        with pytest.raises(NoSuchQuestion):
            plans.write_view(plan=plan, question="pets", text="Jā.", revision=0, by=cast.andris, now=NOW)

    def test_saving_the_same_is_no_change(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        write(plan, "Reizi nedēļā.", cast.andris)
        assert (again(plan).edition, Line.objects.filter(verb="plan.write").count()) == (1, 1)

    def test_history_holds_no_word_of_it(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Noslēpums", cast.andris)
        plans.write_view(plan=plan, question="rhythm", text="Noslēpums", revision=0, by=cast.elina, now=NOW)
        assert "Noslēpums" not in str(list(Line.objects.values()))

    def test_of_two_who_write_at_once_nobody_loses_a_word(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Pirmdienās.", cast.andris)
        with pytest.raises(Conflict) as told:
            write(again(plan), "Trešdienās.", cast.elina)
        assert told.value.stored == {"text": "Pirmdienās."}
        assert told.value.given == {"text": "Trešdienās."}
        write(plan, "Pirmdienās vai trešdienās.", cast.elina, revision=told.value.revision)
        assert plan.agreed_answers.get().text == "Pirmdienās vai trešdienās."

    def test_a_conflict_about_the_agreement_keeps_the_view_unsaved_too(self, cast: Cast) -> None:
        """All or nothing: what the page shows again is what was sent."""
        plan = begun(cast)
        write(plan, "Pirmdienās.", cast.andris)
        with pytest.raises(Conflict) as told:
            plans.answer_question(
                pair=cast.pair,
                version=1,
                question="rhythm",
                texts={"view": "Kad var.", "text": "Trešdienās."},
                choice=None,
                revisions={"view": 0, "text": 0},
                by=cast.elina,
                now=NOW,
            )
        assert told.value.given == {"text": "Trešdienās."}
        assert not plan.views.exists()

    def test_the_page_of_a_question_begins_the_first_version(self, cast: Cast) -> None:
        version, stands = plans.answer_question(
            pair=cast.pair,
            version=0,
            question="rhythm",
            texts={"view": "Kad var.", "text": "Trešdienās."},
            choice=7,
            revisions={"view": 0, "text": 0},
            by=cast.elina,
            now=NOW,
        )
        assert (version, stands) == (1, {"view": 1, "text": 1})
        assert cast.pair.plans.get().agreed_answers.get().choice == 7

    def test_a_page_of_an_older_version_writes_nothing(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        begun(cast)
        for version in (0, 1):
            with pytest.raises(plans.PlanIsAgreed):
                plans.write_page(
                    pair=cast.pair, version=version, text="Citādi.", revision=0, by=cast.elina, now=NOW
                )

    def test_own_words_are_merged_too(self, cast: Cast) -> None:
        plan = begun(cast)
        plans.write_own_words(plan=plan, text="Mēs abi.", revision=0, by=cast.andris, now=NOW)
        with pytest.raises(Conflict):
            plans.write_own_words(plan=again(plan), text="Mēs divi.", revision=0, by=cast.elina, now=NOW)
        assert again(plan).own_words == "Mēs abi."

    def test_changing_answers_does_not_disturb_who_writes_own_words(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        plans.write_own_words(plan=again(plan), text="Mēs abi.", revision=0, by=cast.elina, now=NOW)
        assert again(plan).own_words == "Mēs abi."


class TestChoices:
    """What the acting questions keep for later (R4): checked here, once."""

    def test_means_in_the_order_of_the_methodology(self, cast: Cast) -> None:
        plan = begun(cast)
        assert choose(plan, "means", ["email", "in_person"], cast.andris) == ["in_person", "email"]

    def test_figures(self, cast: Cast) -> None:
        plan = begun(cast)
        assert choose(plan, "reply_time", 3, cast.andris) == 3
        assert choose(plan, "rhythm", 14, cast.andris) == 14

    def test_nothing_chosen_is_none_whatever_it_looks_like(self, cast: Cast) -> None:
        plan = begun(cast)
        choose(plan, "means", ["email"], cast.andris)
        assert choose(plan, "means", [], cast.andris) is None
        with pytest.raises(plans.NothingWritten):
            confirm(again(plan), cast.andris)

    @pytest.mark.parametrize(
        ("question", "choice"),
        [
            ("means", ["pigeon"]),
            ("means", "email"),
            ("between_meetings", 0),
            ("between_meetings", 15),
            ("reply_time", 0),
            ("reply_time", 61),
            ("reply_time", "3"),
            ("reply_time", True),
            ("rhythm", 367),
            ("rhythm", [14]),
            ("boundaries", 3),
            ("confidential", True),
        ],
    )
    def test_what_does_not_fit_is_refused(self, cast: Cast, question: str, choice: object) -> None:
        with pytest.raises(NoSuchChoice):
            choose(begun(cast), question, choice, cast.andris)

    def test_writing_the_text_alone_leaves_the_choice(self, cast: Cast) -> None:
        plan = begun(cast)
        choose(plan, "rhythm", 14, cast.andris)
        write(plan, "Ik pa divām nedēļām.", cast.elina, revision=1)
        assert plan.agreed_answers.get().choice == 14

    def test_they_act_once_the_plan_is_agreed(self, cast: Cast) -> None:
        plan = begun(cast)
        choose(plan, "rhythm", 14, cast.andris)
        assert agreed_choices(cast.pair) == {}
        for person in (cast.andris, cast.elina):
            confirm(again(plan), person)
        assert agreed_choices(cast.pair) == {"rhythm": 14}

    def test_another_choice_takes_confirmations_back(self, cast: Cast) -> None:
        plan = begun(cast)
        choose(plan, "rhythm", 14, cast.andris)
        confirm(again(plan), cast.andris)
        choose(again(plan), "rhythm", 7, cast.elina)
        assert not Confirmation.objects.exists()


class TestConfirming:
    def test_one_proposes_and_the_second_agrees(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        confirm(again(plan), cast.andris)
        assert again(plan).state == PlanState.PROPOSED
        confirm(again(plan), cast.elina)
        agreed = again(plan)
        assert (agreed.state, agreed.agreed_at) == (PlanState.AGREED, NOW)
        assert Fact.PLAN_AGREED in facts_of(cast.pair)
        assert Letter.objects.filter(kind="pairs.plan_agreed").count() == 2

    def test_an_empty_plan_is_refused(self, cast: Cast) -> None:
        with pytest.raises(plans.NothingWritten):
            confirm(begun(cast), cast.andris)

    def test_own_words_alone_are_enough(self, cast: Cast) -> None:
        plan = begun(cast)
        plans.write_own_words(plan=plan, text="Mēs abi.", revision=0, by=cast.andris, now=NOW)
        for person in (cast.andris, cast.elina):
            confirm(again(plan), person)
        assert again(plan).state == PlanState.AGREED

    def test_views_alone_are_no_agreement(self, cast: Cast) -> None:
        plan = begun(cast)
        plans.write_view(plan=plan, question="rhythm", text="Bieži.", revision=0, by=cast.elina, now=NOW)
        with pytest.raises(plans.NothingWritten):
            confirm(again(plan), cast.elina)

    def test_a_second_click_confirms_once(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        opened = again(plan)
        confirm(plan, cast.andris)
        confirm(opened, cast.andris)
        assert Confirmation.objects.count() == 1
        assert Line.objects.filter(verb="plan.confirm").count() == 1

    def test_a_second_click_of_the_one_who_agreed_is_no_refusal(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        confirm(again(plan), cast.andris)
        opened = again(plan)
        confirm(again(plan), cast.elina)
        confirm(opened, cast.elina)
        assert again(plan).state == PlanState.AGREED

    def test_the_second_confirms_from_a_page_opened_before_the_first(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        opened = again(plan)
        confirm(again(plan), cast.andris)
        assert opened.state == PlanState.DRAFT
        confirm(opened, cast.elina)
        assert again(plan).state == PlanState.AGREED

    def test_only_the_two_confirm(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        for other in (cast.inga, cast.zane, cast.rimantas):
            with pytest.raises(NotOneOfTheTwo):
                confirm(again(plan), other)

    def test_nobody_confirms_what_was_changed_while_reading(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        read = again(plan).edition
        write(again(plan), "Katru dienu.", cast.elina, revision=1)
        with pytest.raises(plans.PlanChanged):
            confirm(again(plan), cast.andris, edition=read)
        assert not Confirmation.objects.exists()

    @pytest.mark.parametrize("what", ["text", "own words", "paper"])
    def test_a_change_takes_confirmations_back(self, cast: Cast, what: str) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        plans.attach_paper(plan=plan, paper=make.paper(plan), by=cast.andris, now=NOW)
        confirm(again(plan), cast.andris)
        if what == "text":
            write(again(plan), "Katru dienu.", cast.elina, revision=1)
        elif what == "own words":
            plans.write_own_words(plan=again(plan), text="Citādi.", revision=0, by=cast.elina, now=NOW)
        else:
            plans.attach_paper(plan=again(plan), paper=None, by=cast.elina, now=NOW)
        assert again(plan).state == PlanState.DRAFT
        assert not Confirmation.objects.exists()

    def test_a_view_takes_nothing_back(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        confirm(again(plan), cast.andris)
        plans.write_view(plan=again(plan), question="rhythm", text="Jā.", revision=0, by=cast.elina, now=NOW)
        assert Confirmation.objects.count() == 1

    def test_a_page_opened_before_the_agreement_cannot_change_it(self, cast: Cast) -> None:
        """In the old page's memory the plan is still a draft."""
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        opened = again(plan)
        for person in (cast.andris, cast.elina):
            confirm(again(plan), person)
        assert opened.state == PlanState.DRAFT
        with pytest.raises(plans.PlanIsAgreed):
            write(opened, "Katru dienu.", cast.elina, revision=1)
        with pytest.raises(plans.PlanIsAgreed):
            plans.write_own_words(plan=opened, text="Citādi.", revision=0, by=cast.elina, now=NOW)
        with pytest.raises(plans.PlanIsAgreed):
            plans.attach_paper(plan=opened, paper=None, by=cast.elina, now=NOW)
        assert (again(plan).state, plan.agreed_answers.get().text) == (PlanState.AGREED, "Reizi nedēļā.")
        assert plan.confirmations.count() == 2
