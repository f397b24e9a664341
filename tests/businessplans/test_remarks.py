"""The mentor asks and advises beside the text, and never writes in it (principle 3)."""

from typing import Any

import pytest

from tests.businessplans.conftest import WORDS, write
from tests.cast import Cast
from tests.make import NOW
from varpa.businessplans.actions import plans, remarks
from varpa.businessplans.models import BusinessPlan, Remark
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions.pairs import NotActive, pause_pair

pytestmark = pytest.mark.django_db

QUOTE = "divpadsmit eiro, ieskaitot glazūru"


def ask(plan: BusinessPlan, cast: Cast, **more: Any) -> Remark:
    said = {"part": "idea", "quote": QUOTE, "text": "Vai ceļš ir ieskaitīts?", "by": cast.andris, "now": NOW}
    return remarks.remark(plan=plan, **{**said, **more})


def test_the_mentor_remarks_on_words(cast: Cast, shared: BusinessPlan) -> None:
    made = ask(shared, cast)
    assert (made.quote, made.place, made.before) == (QUOTE, QUOTE, "Viena krūze maksās ")
    assert shared.parts.get().text == WORDS


def test_sent_twice_it_is_one_remark(cast: Cast, shared: BusinessPlan) -> None:
    ref = new_ref()
    assert ask(shared, cast, ref=ref) == ask(shared, cast, ref=ref)
    assert Line.objects.filter(verb="business_plan.remark").count() == 1


def test_only_words_that_stand_there(cast: Cast, shared: BusinessPlan) -> None:
    with pytest.raises(remarks.WordsNotFound):
        ask(shared, cast, quote="Šādu vārdu tekstā nav nekur")


@pytest.mark.parametrize("name", ["elina", "inga", "rimantas", "zane"])
def test_nobody_but_the_mentor_remarks(cast: Cast, shared: BusinessPlan, name: str) -> None:
    with pytest.raises(NotActive):
        ask(shared, cast, by=getattr(cast, name))


def test_what_is_not_shared_is_not_remarked_on(cast: Cast, shared: BusinessPlan) -> None:
    plans.share_plan(plan=shared, shared=False, by=cast.elina, now=NOW)
    with pytest.raises(remarks.NotShared):
        ask(shared, cast)


def test_while_the_pair_rests_no_word_goes_between_the_two(cast: Cast, shared: BusinessPlan) -> None:
    made = ask(shared, cast)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    for act in (
        lambda: ask(shared, cast, text="Vēl viens"),
        lambda: remarks.answer_remark(remark=made, text="Jā", by=cast.elina, now=NOW),
        lambda: remarks.settle_remark(remark=made, settled=True, by=cast.elina, now=NOW),
    ):
        with pytest.raises(Refusal):
            act()


def test_the_remark_follows_its_words(cast: Cast, shared: BusinessPlan) -> None:
    made = ask(shared, cast)
    write(shared, cast, f"Ievads.\n\n{WORDS.replace('divpadsmit', 'četrpadsmit')}", revision=1)
    made.refresh_from_db()
    assert made.place == "četrpadsmit eiro, ieskaitot glazūru"
    assert made.quote == QUOTE


def test_it_says_that_its_words_are_gone_and_finds_them_when_they_are_back(
    cast: Cast, shared: BusinessPlan
) -> None:
    made = ask(shared, cast)
    write(shared, cast, "Cenu vēl nezinu.", revision=1)
    made.refresh_from_db()
    assert made.place == ""
    write(shared, cast, WORDS, revision=2)
    made.refresh_from_db()
    assert made.place == QUOTE


def test_both_answer_and_settle(cast: Cast, shared: BusinessPlan) -> None:
    made = ask(shared, cast)
    remarks.answer_remark(remark=made, text="Neieskaitīju.", by=cast.elina, now=NOW)
    remarks.answer_remark(remark=made, text="Tad pieliec.", by=cast.andris, now=NOW)
    for _again in range(2):
        remarks.settle_remark(remark=made, settled=True, by=cast.elina, now=NOW)
    assert [answer.by for answer in made.answers.all()] == [cast.elina, cast.andris]
    assert Line.objects.filter(verb="business_plan.settle_remark").count() == 1


def test_an_empty_remark(cast: Cast, shared: BusinessPlan) -> None:
    with pytest.raises(remarks.EmptyRemark):
        ask(shared, cast, text="  ")


def test_the_mentor_takes_back_the_own_remark_once(cast: Cast, shared: BusinessPlan) -> None:
    made = ask(shared, cast)
    with pytest.raises(remarks.NotYourRemark):
        remarks.withdraw_remark(remark=made, by=cast.elina, now=NOW)
    remarks.withdraw_remark(remark=made, by=cast.andris, now=NOW)
    with pytest.raises(AlreadyMoved):
        remarks.withdraw_remark(remark=made, by=cast.andris, now=NOW)
