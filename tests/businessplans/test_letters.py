"""The two are told of what waits for them in the plan, each in the own language."""

from datetime import timedelta

import pytest

from tests.businessplans.conftest import write
from tests.cast import Cast
from tests.make import NOW
from varpa.businessplans.actions import plans, remarks
from varpa.businessplans.models import BusinessPlan
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=f"businessplans.{kind}").order_by("pk"))


def test_the_mentor_is_told_once_that_the_plan_is_shared(cast: Cast, shared: BusinessPlan) -> None:
    (letter,) = letters("shared")
    assert letter.to_address == cast.andris.email
    assert "Keramikas darbnīca" in letter.subject
    assert f"/business-plans/{shared.ref}/" in letter.text


def test_not_shared_after_all_the_letter_is_withdrawn(cast: Cast, shared: BusinessPlan) -> None:
    plans.share_plan(plan=shared, shared=False, by=cast.elina, now=NOW + timedelta(minutes=1))
    assert [letter.state for letter in letters("shared")] == [LetterState.WITHDRAWN]


@pytest.mark.parametrize(("language", "word"), [("lv", "komentē"), ("lt", "komentuoja"), ("en", "remarks")])
def test_the_mentee_is_told_what_the_mentor_asks(
    cast: Cast, shared: BusinessPlan, language: str, word: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    remarks.remark(plan=shared, part="idea", quote="", text="Cik ceļš maksā?", by=cast.andris, now=NOW)
    (letter,) = letters("remarked")
    assert letter.to_address == cast.elina.email
    assert word in letter.subject
    assert "Cik ceļš maksā?" in letter.text


def test_the_other_is_told_of_the_answer(cast: Cast, shared: BusinessPlan) -> None:
    made = remarks.remark(plan=shared, part="idea", quote="", text="Cik?", by=cast.andris, now=NOW)
    remarks.answer_remark(remark=made, text="Divi eiro", by=cast.elina, now=NOW)
    remarks.answer_remark(remark=made, text="Paldies", by=cast.andris, now=NOW)
    told = [(letter.to_address, letter.text) for letter in letters("answered")]
    assert [address for address, _text in told] == [cast.andris.email, cast.elina.email]
    assert "Divi eiro" in told[0][1]


def test_writing_sends_no_letter(cast: Cast, shared: BusinessPlan) -> None:
    before = Letter.objects.count()
    write(shared, cast, "Vēl viens teikums", revision=1)
    assert Letter.objects.count() == before


def test_under_a_remark_that_was_taken_back_no_answer_is_told(cast: Cast, shared: BusinessPlan) -> None:
    made = remarks.remark(plan=shared, part="idea", quote="", text="Cik?", by=cast.andris, now=NOW)
    remarks.answer_remark(remark=made, text="Divi eiro", by=cast.elina, now=NOW)
    remarks.withdraw_remark(remark=made, by=cast.andris, now=NOW)
    assert {letter.state for letter in letters("remarked") + letters("answered")} == {LetterState.WITHDRAWN}


def test_of_what_the_mentor_cannot_read_any_more_no_answer_is_told(cast: Cast, shared: BusinessPlan) -> None:
    made = remarks.remark(plan=shared, part="idea", quote="", text="Cik?", by=cast.andris, now=NOW)
    remarks.answer_remark(remark=made, text="Divi eiro", by=cast.elina, now=NOW)
    plans.share_plan(plan=shared, shared=False, by=cast.elina, now=NOW)
    assert [letter.state for letter in letters("answered")] == [LetterState.WITHDRAWN]
    assert [letter.state for letter in letters("remarked")] == [LetterState.QUEUED]


def test_shared_again_the_same_day_is_told_where_nobody_was_told_yet(
    cast: Cast, shared: BusinessPlan
) -> None:
    for on in (False, True):
        plans.share_plan(plan=shared, shared=on, by=cast.elina, now=NOW)
    assert [letter.state for letter in letters("shared")] == [LetterState.WITHDRAWN, LetterState.QUEUED]


def test_shared_again_the_same_day_sends_no_second_letter(cast: Cast, shared: BusinessPlan) -> None:
    Letter.objects.update(state=LetterState.SENT)
    for on in (False, True):
        plans.share_plan(plan=shared, shared=on, by=cast.elina, now=NOW)
    assert [letter.state for letter in letters("shared")] == [LetterState.SENT]
