"""Two who must not be together: an open proposal of theirs ends, without blame or a word of who asked."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, pairs_of, see, send, text
from varpa.kernel.states import AlreadyMoved
from varpa.matching.actions.apart import ask_apart, bind_wishes
from varpa.matching.actions.choices import decide
from varpa.matching.actions.proposals import propose_by_hand, propose_lines
from varpa.matching.models import Apart, ChoiceKind, Line
from varpa.matching.queries.cohorts import PARTED, free, kept_apart
from varpa.pairs.actions.pairs import answer_proposal, dissolve_pair
from varpa.pairs.actions.waiting import end_unanswered
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> Membership:
    return mentee(cast, "Anna Kalniņa", languages=["lv"])


@pytest.fixture
def peteris(cast: Cast) -> Membership:
    return mentor(cast, "Pēteris Vītols", languages=["lv"])


@pytest.fixture
def proposed(cast: Cast, anna: Membership, peteris: Membership) -> Pair:
    return propose_by_hand(mentor=peteris, mentee=anna, by=cast.inga, now=NOW)


def kinds_to(*people: Person) -> set[tuple[str, str]]:
    written = Letter.objects.filter(person__in=[each.pk for each in people])
    return set(written.values_list("kind", "to_name"))


def state_of(pair: Pair) -> str:
    pair.refresh_from_db()
    return pair.state


def veto(cast: Cast, anna: Membership, peteris: Membership) -> None:
    kind = ChoiceKind.VETO
    decide(programme=cast.programme, kind=kind, mentee=anna, mentor=peteris, by=cast.inga, now=NOW)


def test_what_the_staff_write_in_confidence_ends_the_proposal(
    cast: Cast, anna: Membership, peteris: Membership, proposed: Pair
) -> None:
    veto(cast, anna, peteris)
    assert state_of(proposed) == PairState.ENDED
    both = {("pairs.declined", "Anna Kalniņa"), ("pairs.declined", "Pēteris Vītols")}
    assert kinds_to(anna.person, peteris.person) >= both
    for who in (anna, peteris):
        with pytest.raises(AlreadyMoved):
            answer_proposal(pair=proposed, yes=True, by=who.person, now=NOW)


def test_a_members_own_wish_ends_it_too(anna: Membership, proposed: Pair) -> None:
    ask_apart(membership=anna, name="Pēteris Vītols", now=NOW)
    assert state_of(proposed) == PairState.ENDED


def test_also_once_both_have_said_yes_and_one_prepares(
    cast: Cast, anna: Membership, peteris: Membership, proposed: Pair
) -> None:
    Pair.objects.filter(pk=proposed.pk).update(state=PairState.ACCEPTED)
    veto(cast, anna, peteris)
    assert state_of(proposed) == PairState.ENDED


def test_the_proposals_of_others_stay(cast: Cast, anna: Membership, proposed: Pair) -> None:
    zane = mentee(cast, "Zane Cita", languages=["lv"])
    other = propose_by_hand(mentor=mentor(cast, "Ilze Otra"), mentee=zane, by=cast.inga, now=NOW)
    ask_apart(membership=anna, name="Pēteris Vītols", now=NOW)
    assert state_of(other) == PairState.PROPOSED


def test_the_manager_reads_that_the_proposal_has_ended(
    cast: Cast, anna: Membership, peteris: Membership, proposed: Pair
) -> None:
    shown = send(cast.inga, "choices", cast.programme.ref, mentee=anna.ref, mentor=peteris.ref)
    assert "Atvērtais piedāvājums ir beidzies" in shown.content.decode()


def test_the_manager_reads_that_a_pair_goes_on(cast: Cast, anna: Membership, peteris: Membership) -> None:
    make.pair(peteris, anna)
    shown = send(cast.inga, "choices", cast.programme.ref, mentee=anna.ref, mentor=peteris.ref)
    assert "Abi jau strādā kopā" in shown.content.decode()


def test_a_member_reads_whom_to_speak_to_about_a_pair(
    cast: Cast, anna: Membership, peteris: Membership
) -> None:
    pair = make.pair(peteris, anna)
    for who, other in ((anna, peteris), (peteris, anna)):
        shown = send(who.person, "apart", who.ref, name=other.person.name).content.decode()
        assert cast.inga.name in shown
        assert state_of(pair) == PairState.ACTIVE


def test_of_a_stranger_the_answer_tells_nothing(anna: Membership, peteris: Membership) -> None:
    for name in ("Pēteris Vītols", "Nezināms Cilvēks"):
        shown = send(anna.person, "apart", anna.ref, name=name).content.decode()
        assert "Jūs abi netiksiet piedāvāti viens otram" in shown or "Pierakstīts" in shown
        assert "beidzies" not in shown


def test_the_wish_keeps_to_the_person_whatever_the_name_becomes(
    cast: Cast, anna: Membership, peteris: Membership
) -> None:
    ask_apart(membership=peteris, name="Anna Kalniņa", now=NOW)
    Person.objects.filter(pk=anna.person_id).update(name="Anna Ozola")
    assert kept_apart(cast.programme) == {(anna.pk, peteris.pk): ChoiceKind.VETO}


@pytest.mark.parametrize(
    ("registered", "written"),
    [
        ("Anna Marija Kalniņa", "Anna Kalniņa"),
        ("Anna Kalniņa", "Anna Marija Kalniņa"),
        ("Anna Kalniņa-Ozola", "kalnina anna"),
        ("Anna Kalniņa", "Annai Kalniņai"),
        ("Jonas Kazlauskas", "Jonui Kazlauskui"),
        ("Jānis Bērziņš", "Jānim Bērziņam"),
    ],
)
def test_a_name_is_understood_as_people_write_it(
    cast: Cast, peteris: Membership, registered: str, written: str
) -> None:
    meant = mentee(cast, registered)
    ask_apart(membership=peteris, name=written, now=NOW)
    assert kept_apart(cast.programme) == {(meant.pk, peteris.pk): ChoiceKind.VETO}


@pytest.mark.parametrize("registered", ["Anna", "Anna Ozola", "Ilze Kalniņa"])
def test_half_a_name_is_nobody(cast: Cast, peteris: Membership, registered: str) -> None:
    mentee(cast, registered)
    ask_apart(membership=peteris, name="Anna Kalniņa", now=NOW)
    assert kept_apart(cast.programme) == {}


def test_who_comes_later_is_bound_then(cast: Cast, peteris: Membership) -> None:
    wish = ask_apart(membership=peteris, name="Anna Kalniņa", now=NOW)
    assert wish.other is None
    anna = mentee(cast, "Anna Kalniņa")
    assert bind_wishes(NOW) == 1
    assert bind_wishes(NOW) == 0
    assert Apart.objects.get(pk=wish.pk).other == anna


def test_the_manager_sees_a_name_that_fits_nobody_and_not_whose_wish(
    cast: Cast, anna: Membership, peteris: Membership
) -> None:
    ask_apart(membership=peteris, name="Anniņa Kalna", now=NOW)
    shown = text(cast.inga, "choices", cast.programme.ref)
    waits = shown[shown.index("Anniņa Kalna") :]
    assert "Pēteris" not in waits
    wish = Apart.objects.get()
    send(cast.inga, "choices", cast.programme.ref, wish=wish.ref, other=anna.ref)
    assert kept_apart(cast.programme) == {(anna.pk, peteris.pk): ChoiceKind.VETO}
    assert "Anniņa Kalna" not in text(cast.inga, "choices", cast.programme.ref)


def test_of_several_all_are_kept_apart_until_it_is_said_who_is_meant(cast: Cast, peteris: Membership) -> None:
    two = [mentee(cast, "Anna Kalniņa", place=place) for place in ("Rīga", "Ogre")]
    wish = ask_apart(membership=peteris, name="Anna Kalniņa", now=NOW)
    assert {mentee for mentee, _mentor in kept_apart(cast.programme)} == {each.pk for each in two}
    send(cast.inga, "choices", cast.programme.ref, wish=wish.ref, other=two[1].ref)
    assert kept_apart(cast.programme) == {(two[1].pk, peteris.pk): ChoiceKind.VETO}


def test_nobody_of_the_own_side_is_meant(cast: Cast, peteris: Membership) -> None:
    ilze = mentor(cast, "Ilze Otra")
    wish = ask_apart(membership=peteris, name="Ilze Otrā", now=NOW)
    send(cast.inga, "choices", cast.programme.ref, wish=wish.ref, other=ilze.ref)
    assert Apart.objects.get().other is None


def test_only_the_manager_says_who_is_meant(cast: Cast, anna: Membership, peteris: Membership) -> None:
    wish = ask_apart(membership=peteris, name="Anniņa Kalna", now=NOW)
    for who in (cast.andris, cast.tomas, cast.zane):
        answer = send(who, "choices", cast.programme.ref, wish=wish.ref, other=anna.ref)
        assert answer.status_code in (403, 404)
    assert Apart.objects.get().other is None


def test_who_leaves_is_waited_for_no_longer(
    cast: Cast, anna: Membership, peteris: Membership, proposed: Pair
) -> None:
    withdraw_member(membership=anna, by=cast.inga, now=NOW)
    assert state_of(proposed) == PairState.ENDED
    assert free(cast.programme, Role.MENTOR).filter(pk=peteris.pk).exists()
    told = kinds_to(anna.person, peteris.person)
    assert ("pairs.declined", "Pēteris Vītols") in told
    assert ("pairs.declined", "Anna Kalniņa") not in told
    with pytest.raises(AlreadyMoved):
        answer_proposal(pair=proposed, yes=True, by=peteris.person, now=NOW)


def test_a_proposal_by_hand_ends_in_its_time_and_stands_among_the_answers(cast: Cast, proposed: Pair) -> None:
    assert proposed.answer_by is not None
    assert "Anna Kalniņa" in text(cast.inga, "answers", cast.programme.ref)
    assert end_unanswered(NOW + timedelta(days=6)) == 0
    assert end_unanswered(NOW + timedelta(days=8)) == 1
    assert state_of(proposed) == PairState.ENDED


@pytest.mark.parametrize("outcome", ["rematched", "dissolved"])
def test_a_pair_that_was_ended_is_not_found_again(
    cast: Cast, anna: Membership, peteris: Membership, outcome: str
) -> None:
    run = matched(cast)
    pair = make.pair(peteris, anna)
    dissolve_pair(pair=pair, reason="laiks", by=cast.inga, now=NOW, outcome=outcome)
    assert kept_apart(cast.programme) == {(anna.pk, peteris.pk): PARTED}
    assert Line.objects.get(run=matched(cast)).mentor is None
    done = propose_lines(run=run, lines=run.lines.all(), days=7, by=cast.inga, now=NOW)
    assert (done.pairs, [name for _line, name in done.kinds]) == (0, ["WereAPair"])
    shown = text(cast.inga, "cost", run.ref, mentee=anna.ref, mentor=peteris.ref)
    assert "Šie abi jau ir bijuši pāris, un tas ir izbeigts." in shown


def test_the_staff_may_put_them_together_again(cast: Cast, anna: Membership, peteris: Membership) -> None:
    pair = make.pair(peteris, anna)
    dissolve_pair(pair=pair, reason="laiks", by=cast.inga, now=NOW, outcome="rematched")
    kind = ChoiceKind.LOCK
    decide(programme=cast.programme, kind=kind, mentee=anna, mentor=peteris, by=cast.inga, now=NOW)
    assert pairs_of(matched(cast)) == {"Anna Kalniņa": "Pēteris Vītols"}


def test_a_proposal_that_nobody_began_is_no_pair_that_ended(
    cast: Cast, anna: Membership, proposed: Pair
) -> None:
    assert end_unanswered(NOW + timedelta(days=8)) == 1
    assert kept_apart(cast.programme) == {}
    assert see(cast.inga, "choices", cast.programme.ref).status_code == 200
