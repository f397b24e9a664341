"""The plan belongs to the mentee's membership: each of two mentors reads it, advises, and writes nothing."""

from typing import Any

import pytest

from tests.businessplans.conftest import write
from tests.businessplans.test_pages import at, signed_in
from tests.businessplans.test_remarks import ask
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import second_pair
from varpa.businessplans.actions import plans, remarks
from varpa.businessplans.actions.plans import OnlyTheMentee
from varpa.businessplans.models import BusinessPlan, Part
from varpa.messaging.actions import want_quiet
from varpa.pairs.actions.pairs import PairRests, dissolve_pair, pause_pair
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(cast: Cast) -> Pair:
    """Elīna is mentored by Laima too."""
    return second_pair(cast)


@pytest.fixture
def laima(other: Pair) -> Person:
    return other.mentor.person


def told(kind: str) -> set[int | None]:
    return set(Letter.objects.filter(kind=f"businessplans.{kind}").values_list("person", flat=True))


def body(answer: Any) -> str:
    return str(answer.content.decode())


def test_both_mentors_read_it_once_it_is_shared(
    cast: Cast, laima: Person, plan: BusinessPlan, part: Part
) -> None:
    both = (cast.andris, laima)
    assert [signed_in(who).get(at("plan", plan)).status_code for who in both] == [404, 404]
    plans.share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)
    assert [signed_in(who).get(at("plan", plan)).status_code for who in both] == [200, 200]
    assert told("shared") == {cast.andris.pk, laima.pk}


def test_neither_writes_in_it(cast: Cast, laima: Person, shared: BusinessPlan) -> None:
    with pytest.raises(OnlyTheMentee):
        write(shared, cast, "Cits teksts.", revision=1, by=laima)


def test_the_page_leads_each_mentor_to_the_own_room(cast: Cast, other: Pair, shared: BusinessPlan) -> None:
    for pair in (cast.pair, other):
        shown = body(signed_in(pair.mentor.person).get(at("plan", shared)))
        rooms = [f"/pairs/{each.ref}/" in shown for each in (pair, cast.pair, other)]
        assert rooms == [True, pair == cast.pair, pair == other]


def test_the_mentee_sees_who_reads_it(cast: Cast, other: Pair, shared: BusinessPlan) -> None:
    shown = body(signed_in(cast.elina).get(at("plan", shared)))
    assert "Andris, Laima plānu lasa, jautā un iesaka, un redz, ko saka pārējie." in shown
    field = body(signed_in(cast.elina).get(at("part", shared, "idea")))
    assert "To redzi tu un tavi mentori: Andris, Laima." in field


def test_beside_the_words_of_a_mentor_stands_who_reads_them(
    cast: Cast, laima: Person, shared: BusinessPlan
) -> None:
    shown = body(signed_in(laima).get(at("part", shared, "idea")))
    assert "To lasa arī Elīna un citi mentori: Andris. To lasīs arī mentors, kas nāks vēlāk." in shown


def test_what_one_advises_the_other_reads(cast: Cast, laima: Person, shared: BusinessPlan) -> None:
    ask(shared, cast)
    assert "Vai ceļš ir ieskaitīts?" in body(signed_in(laima).get(at("part", shared, "idea")))


def test_an_answer_goes_to_whoever_asked(cast: Cast, laima: Person, shared: BusinessPlan) -> None:
    made = ask(shared, cast)
    remarks.answer_remark(remark=made, text="Jā.", by=cast.elina, now=NOW)
    assert told("answered") == {cast.andris.pk}
    remarks.answer_remark(remark=made, text="Cik tas ir?", by=laima, now=NOW)
    remarks.answer_remark(remark=made, text="Divi eiro.", by=cast.elina, now=NOW)
    assert told("answered") == {cast.andris.pk, laima.pk, cast.elina.pk}


def test_where_that_mentor_has_gone_the_others_are_told(
    cast: Cast, laima: Person, shared: BusinessPlan
) -> None:
    made = ask(shared, cast)
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
    remarks.answer_remark(remark=made, text="Jā.", by=cast.elina, now=NOW)
    assert told("answered") == {laima.pk}


def test_one_pair_that_rests_does_not_stop_the_work_with_the_other(
    cast: Cast, other: Pair, plan: BusinessPlan, part: Part
) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    plans.share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)
    assert told("shared") == {other.mentor.person_id}
    made = ask(plan, cast, by=other.mentor.person)
    assert remarks.answer_remark(remark=made, text="Jā.", by=cast.elina, now=NOW)
    with pytest.raises(PairRests):
        ask(plan, cast)


def test_where_both_rest_nothing_is_shared(cast: Cast, other: Pair, plan: BusinessPlan, part: Part) -> None:
    for pair in (cast.pair, other):
        pause_pair(pair=pair, by=cast.inga, now=NOW)
    with pytest.raises(PairRests):
        plans.share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)


def test_words_of_one_wait_and_those_of_the_other_come(cast: Cast, other: Pair, shared: BusinessPlan) -> None:
    want_quiet(pair=other, by=cast.elina, now=NOW)
    ask(shared, cast, by=other.mentor.person, text="Un nodokļi?")
    ask(shared, cast)
    shown = body(signed_in(cast.elina).get(at("part", shared, "idea")))
    assert "Vai ceļš ir ieskaitīts?" in shown
    assert "Un nodokļi?" not in shown
    # What waits is read where the messages of that pair are.
    assert f"/pairs/{other.ref}/messages/" in shown
