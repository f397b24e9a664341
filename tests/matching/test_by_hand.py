"""A pair made by hand: whom somebody keeps apart is told to the manager, without whose wish it is."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import mentee, mentor
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.matching.actions.apart import ask_apart
from varpa.matching.actions.choices import AskedApart, Forbidden, decide
from varpa.matching.actions.proposals import propose_by_hand
from varpa.matching.models import ChoiceKind
from varpa.pairs.actions.pairs import AlreadyPaired, answer_proposal
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db

Two = tuple[Membership, Membership]


@pytest.fixture
def two(cast: Cast) -> Two:
    return mentor(cast, "Laima Vītola"), mentee(cast, "Jānis Bērzs")


def by_hand(cast: Cast, two: Two, **changes: Any) -> Pair:
    return propose_by_hand(mentor=two[0], mentee=two[1], by=cast.inga, now=NOW, **changes)


def send(who: Person, cast: Cast, two: Two, **changes: str) -> Any:
    client = Client()
    client.force_login(who)
    form = {"mentor": two[0].ref, "mentee": two[1].ref, "ref": new_ref(), **changes}
    with clock.moved_to(NOW):
        return client.post(f"/programmes/{cast.programme.ref}/pairs/proposals/", form, follow=True)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_two_are_asked_once(cast: Cast, two: Two) -> None:
    ref = new_ref()
    assert by_hand(cast, two, ref=ref) == by_hand(cast, two, ref=ref)
    with pytest.raises(AlreadyPaired):
        by_hand(cast, two)


def test_a_wish_in_confidence_is_kept(cast: Cast, two: Two) -> None:
    ask_apart(membership=two[1], name="Laima Vītola", now=NOW)
    with pytest.raises(AskedApart):
        by_hand(cast, two)


@pytest.mark.parametrize(("kind", "refusal"), [(ChoiceKind.VETO, AskedApart), (ChoiceKind.FORBID, Forbidden)])
def test_what_the_staff_wrote_down_is_kept(cast: Cast, two: Two, kind: str, refusal: type[Exception]) -> None:
    given = {"mentor": two[0], "mentee": two[1]}
    decide(programme=cast.programme, kind=kind, **given, by=cast.inga, now=NOW)
    with pytest.raises(refusal):
        by_hand(cast, two)


def test_an_earlier_rather_not_is_for_the_staff_to_weigh(cast: Cast, two: Two) -> None:
    answer_proposal(pair=by_hand(cast, two), yes=False, by=two[1].person, now=NOW)
    assert by_hand(cast, two).state == "proposed"


def test_on_the_page_both_are_asked(cast: Cast, two: Two) -> None:
    form = {"ref": new_ref()}
    for _click in range(2):
        answer = send(cast.inga, cast, two, **form)
        assert answer.redirect_chain == [(f"/programmes/{cast.programme.ref}/pairs/new/", 302)]
        assert "Abiem ir pajautāts: Laima Vītola, Jānis Bērzs." in text(answer)
    assert Pair.objects.get(mentee=two[1]).mentor == two[0]


def test_the_manager_is_told_and_not_whose_wish_it_is(cast: Cast, two: Two) -> None:
    ask_apart(membership=two[1], name="Laima Vītola", now=NOW)
    answer = send(cast.inga, cast, two)
    shown = text(answer)
    assert "Kāds konfidenciāli ir lūdzis, lai šie abi nebūtu kopā." in shown
    assert f"mentor={two[0].ref}" in answer.redirect_chain[0][0]
    assert not Pair.objects.filter(mentee=two[1]).exists()


def test_people_of_another_programme_are_no_choice(cast: Cast, two: Two) -> None:
    send(cast.inga, cast, (two[0], cast.elsewhere.mentee))
    assert not Pair.objects.filter(mentor=two[0]).exists()


def test_after_a_sign_in_one_chooses_again(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.inga)
    answer = client.get(f"/programmes/{cast.programme.ref}/pairs/proposals/")
    assert answer["Location"] == f"/programmes/{cast.programme.ref}/pairs/new/"


def test_only_who_manages_the_programme(cast: Cast, two: Two) -> None:
    told = [send(who, cast, two).status_code for who in (cast.andris, cast.tomas, cast.zane)]
    assert told == [403, 404, 404]
