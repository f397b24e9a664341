"""The mentor asks and advises beside the text, and never writes in it (principle 3)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

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


def test_it_does_not_wander_to_a_sentence_like_it_that_stood_there_before(
    cast: Cast, shared: BusinessPlan
) -> None:
    saturday, sunday = (
        "Mēs pārdosim tirgū katru sestdienu Jelgavā.",
        "Mēs pārdosim tirgū katru svētdienu Rīgā.",
    )
    write(shared, cast, f"{saturday}\n\n{sunday}", revision=1)
    made = ask(shared, cast, quote=sunday)
    write(shared, cast, saturday, revision=2)
    made.refresh_from_db()
    assert made.place == ""


@pytest.mark.parametrize("quote", ["Bļoda", "15 €"])
def test_words_of_a_table_are_found_in_the_version_in_which_they_were_marked(
    cast: Cast, shared: BusinessPlan, quote: str
) -> None:
    head, mug, bowl = "| Prece | Cena |\n|---|---|\n", "| Krūze | 12 € |\n", "| Bļoda | 15 € |\n"
    write(shared, cast, f"Māli.\n\n{head}{mug}{bowl}\nTirgus.", revision=1)
    plans.keep_version(plan=shared, by=cast.elina, now=NOW)
    made = ask(shared, cast, quote=quote)
    write(shared, cast, f"Māli.\n\n{head}{bowl}{mug}\nTirgus.", revision=2)
    swapped = "| Cena | Prece |\n|---|---|\n| 12 € | Krūze |\n| 15 € | Bļoda |\n"
    write(shared, cast, f"Māli.\n\n{swapped}\nTirgus.", revision=3)
    write(shared, cast, "Pavisam cits teksts.", revision=4)
    made.refresh_from_db()
    assert made.place == ""
    shared.refresh_from_db()
    plans.restore_version(plan=shared, number=1, by=cast.elina, now=NOW)
    made.refresh_from_db()
    assert made.place == quote


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


def test_the_second_of_two_equal_passages_is_the_one_that_was_marked(
    cast: Cast, shared: BusinessPlan
) -> None:
    text = "Vasarā cena ir 5 eiro, un tas der.\n\nZiemā cena ir 5 eiro, bet kāpēc?"
    write(shared, cast, text, revision=1)
    client, said = Client(), {"quote": "cena ir 5 eiro", "text": "Kāpēc ziemā?", "ref": new_ref()}
    client.force_login(cast.andris)
    address = reverse("businessplans:remark", args=[shared.ref, "idea"])
    ahead = "Vasarā cena ir 5 eiro, un tas der. Ziemā "
    assert client.post(address, {**said, "ahead": ahead}).status_code == 302
    page = client.get(reverse("businessplans:part", args=[shared.ref, "idea"])).content.decode()
    assert 'Ziemā <mark class="open">cena ir 5 eiro</mark>' in page
    write(shared, cast, "Ziemā cena ir 5 eiro, bet kāpēc?", revision=2)
    assert Remark.objects.get().place == "cena ir 5 eiro"


def test_a_refused_remark_keeps_which_of_two_passages_it_is_about(cast: Cast, shared: BusinessPlan) -> None:
    client = Client()
    client.force_login(cast.andris)
    said = {"quote": "eiro", "ahead": "Viena krūze maksās divpadsmit ", "text": "", "ref": new_ref()}
    page = client.post(reverse("businessplans:remark", args=[shared.ref, "idea"]), said).content.decode()
    assert 'value="Viena krūze maksās divpadsmit "' in page
