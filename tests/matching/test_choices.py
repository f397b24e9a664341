"""What is decided about two people holds over all runs, contradicts nothing, and can be taken back."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, pairs_of
from varpa.history.models import Line as History
from varpa.matching.actions import choices
from varpa.matching.actions.apart import ask_apart
from varpa.matching.models import Choice, ChoiceKind
from varpa.matching.queries.choices import choices_of, contradictions, stands_of
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db

LOCK, FORBID, VETO = ChoiceKind.LOCK, ChoiceKind.FORBID, ChoiceKind.VETO


@pytest.fixture
def laima(cast: Cast) -> Membership:
    return mentor(cast, "Laima Vītola", languages=["lv"])


@pytest.fixture
def ruta(cast: Cast) -> Membership:
    return mentor(cast, "Ruta Saule", languages=["lt"])


@pytest.fixture
def janis(cast: Cast) -> Membership:
    return mentee(cast, "Jānis Bērzs", languages=["lv"])


def decide(cast: Cast, kind: str, mentee: Membership, mentor: Membership, why: str = "") -> Choice:
    return choices.decide(
        programme=cast.programme, kind=kind, mentee=mentee, mentor=mentor, by=cast.inga, now=NOW, why=why
    )


def undo(cast: Cast) -> choices.NotBack | None:
    """Take the newest choice back."""
    return choices.undo_choice(choice=newest(), by=cast.inga, now=NOW)


def newest() -> Choice:
    return Choice.objects.filter(undone_at=None).latest("pk")


def against(cast: Cast) -> list[str]:
    return contradictions(stands_of(cast.programme))


def standing() -> list[tuple[str, str]]:
    found = Choice.objects.filter(undone_at=None).order_by("pk")
    return list(found.values_list("kind", "mentor__person__name"))


class TestLocks:
    def test_a_lock_stands_above_the_rules(
        self, cast: Cast, janis: Membership, laima: Membership, ruta: Membership
    ) -> None:
        assert pairs_of(matched(cast)) == {"Jānis Bērzs": "Laima Vītola"}
        decide(cast, LOCK, janis, ruta)
        for _run in range(2):
            assert pairs_of(matched(cast)) == {"Jānis Bērzs": "Ruta Saule"}

    def test_another_lock_takes_its_place_and_undoing_returns_to_it(
        self, cast: Cast, janis: Membership, laima: Membership, ruta: Membership
    ) -> None:
        decide(cast, LOCK, janis, laima)
        decide(cast, LOCK, janis, ruta)
        assert standing() == [("lock", "Ruta Saule")]
        assert undo(cast) is None
        assert standing() == [("lock", "Laima Vītola")]
        assert undo(cast) is None
        assert standing() == []

    def test_the_same_once_more_is_the_same(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        assert decide(cast, LOCK, janis, laima) == decide(cast, LOCK, janis, laima)
        assert History.objects.filter(verb="choice.lock").count() == 1

    def test_no_more_locks_than_places(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        decide(cast, LOCK, janis, laima)
        with pytest.raises(choices.NoPlaceForALock):
            decide(cast, LOCK, mentee(cast, "Oskars Kalns"), laima)

    def test_who_is_in_a_pair_is_not_locked(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        with pytest.raises(choices.NotFree):
            decide(cast, LOCK, cast.mentee, laima)
        with pytest.raises(choices.NotFree):
            decide(cast, LOCK, janis, cast.mentor)

    def test_a_lock_that_came_true_is_none_any_more(
        self, cast: Cast, janis: Membership, laima: Membership
    ) -> None:
        say_participation(membership=laima, said={"capacity": 2}, by=None, now=NOW)
        decide(cast, LOCK, janis, laima)
        make.pair(laima, janis)
        assert against(cast) == []
        oskars = mentee(cast, "Oskars Kalns", languages=["lv"])
        assert decide(cast, LOCK, oskars, laima).mentor == laima


class TestApart:
    @pytest.mark.parametrize(("kind", "refusal"), [(VETO, choices.AskedApart), (FORBID, choices.Forbidden)])
    def test_no_lock_against_it(
        self, cast: Cast, janis: Membership, laima: Membership, kind: str, refusal: type
    ) -> None:
        decide(cast, kind, janis, laima)
        with pytest.raises(refusal):
            decide(cast, LOCK, janis, laima)
        assert pairs_of(matched(cast)) == {}

    def test_it_ends_the_lock_of_the_two(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        lock = decide(cast, LOCK, janis, laima)
        forbidden = decide(cast, FORBID, janis, laima, why="Ģimene.")
        assert standing() == [("forbid", "Laima Vītola")]
        choices.undo_choice(choice=forbidden, by=cast.inga, now=NOW)
        choices.undo_choice(choice=forbidden, by=cast.inga, now=NOW)
        assert standing() == [("lock", "Laima Vītola")]
        assert Choice.objects.get(pk=lock.pk).undone_by is None

    def test_all_vetoed_is_told(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        decide(cast, VETO, janis, laima)
        line = matched(cast).lines.get()
        # Both mentors of the cast would suit and are full.
        assert (line.mentor, line.without["why"], line.without["count"]) == (None, "full", 2)
        assert (line.without["helps"], line.without["opens"]) == ("veto", 1)

    def test_history_tells_who_wrote_it_down_never_who_asked(
        self, cast: Cast, janis: Membership, laima: Membership
    ) -> None:
        decide(cast, VETO, janis, laima)
        line = History.objects.get(verb="choice.veto")
        assert (line.actor, line.details) == (cast.inga.pk, {})


class TestWhatComesBack:
    """A lock that an undo would bring back passes the rules of a new one; what is newer stands."""

    @pytest.mark.parametrize(("kind", "refusal"), [(VETO, choices.AskedApart), (FORBID, choices.Forbidden)])
    def test_not_beside_a_newer_no(
        self, cast: Cast, janis: Membership, laima: Membership, ruta: Membership, kind: str, refusal: type
    ) -> None:
        decide(cast, LOCK, janis, laima)
        lock = decide(cast, LOCK, janis, ruta)
        decide(cast, kind, janis, laima)
        lost = choices.undo_choice(choice=lock, by=cast.inga, now=NOW)
        assert standing() == [(kind, "Laima Vītola")]
        assert lost is not None
        assert (lost.choice.mentor, type(lost.why)) == (laima, refusal)
        assert pairs_of(matched(cast)) == {}

    def test_not_beside_a_wish_of_the_mentee(
        self, cast: Cast, janis: Membership, laima: Membership, ruta: Membership
    ) -> None:
        decide(cast, LOCK, janis, laima)
        decide(cast, LOCK, janis, ruta)
        ask_apart(membership=janis, name="Laima Vītola", now=NOW)
        lost = undo(cast)
        assert lost is not None
        assert isinstance(lost.why, choices.AskedApart)
        assert (standing(), against(cast)) == ([], [])

    def test_not_in_a_place_that_is_taken_meanwhile(
        self, cast: Cast, janis: Membership, laima: Membership, ruta: Membership
    ) -> None:
        decide(cast, LOCK, janis, laima)
        moved = decide(cast, LOCK, janis, ruta)
        decide(cast, LOCK, mentee(cast, "Oskars Kalns", languages=["lv"]), laima)
        lost = choices.undo_choice(choice=moved, by=cast.inga, now=NOW)
        assert lost is not None
        assert isinstance(lost.why, choices.NoPlaceForALock)
        assert (standing(), against(cast)) == ([("lock", "Laima Vītola")], [])
        assert pairs_of(matched(cast))["Oskars Kalns"] == "Laima Vītola"

    def test_not_beside_a_newer_lock(
        self, cast: Cast, janis: Membership, laima: Membership, ruta: Membership
    ) -> None:
        decide(cast, LOCK, janis, laima)
        forbidden = decide(cast, FORBID, janis, laima)
        decide(cast, LOCK, janis, ruta)
        lost = choices.undo_choice(choice=forbidden, by=cast.inga, now=NOW)
        assert lost is not None
        assert isinstance(lost.why, choices.DecidedSince)
        assert standing() == [("lock", "Ruta Saule")]

    @pytest.mark.parametrize("kind", [VETO, FORBID])
    def test_the_database_never_holds_both(
        self, cast: Cast, janis: Membership, laima: Membership, kind: str
    ) -> None:
        decide(cast, kind, janis, laima)
        with pytest.raises(IntegrityError), transaction.atomic():
            Choice.objects.create(
                programme=cast.programme, kind=LOCK, mentee=janis, mentor=laima, by=cast.inga, at=NOW
            )


class TestContradictions:
    def test_a_lock_beyond_the_places_that_are_left(self, cast: Cast, laima: Membership) -> None:
        say_participation(membership=laima, said={"capacity": 2}, by=None, now=NOW)
        for name in ("Jānis Bērzs", "Oskars Kalns"):
            decide(cast, LOCK, mentee(cast, name), laima)
        assert against(cast) == []
        say_participation(membership=laima, said={"capacity": 1}, by=None, now=NOW)
        assert against(cast) == ["Laima Vītola: decided mentees: 2, free places: 1."]
        run = matched(cast)
        assert run.figures["placed"] == 1
        assert [why for _mentee, _mentor, why in run.figures["ignored"]] == ["full"]

    def test_somebody_who_has_left(
        self, cast: Cast, janis: Membership, laima: Membership, ruta: Membership
    ) -> None:
        decide(cast, LOCK, janis, laima)
        withdraw_member(membership=laima, by=None, now=NOW)
        assert "Laima Vītola no longer takes part" in against(cast)[0]
        assert [why for *_two, why in matched(cast).figures["ignored"]] == ["unknown"]
        withdraw_member(membership=janis, by=None, now=NOW)
        assert "Jānis Bērzs no longer takes part" in against(cast)[0]


def test_choices_are_told_with_one_question_and_only_the_names_of_people(
    cast: Cast, janis: Membership, laima: Membership, django_assert_num_queries: Any
) -> None:
    decide(cast, LOCK, janis, laima, why="Abi no Bauskas.")
    with django_assert_num_queries(1):
        (found,) = choices_of(cast.programme)
        told = (found.mentee.person.name, found.mentor.state, found.by and found.by.name, found.why)
    assert told == ("Jānis Bērzs", "accepted", cast.inga.name, "Abi no Bauskas.")
    assert {"search_text", "place"} <= found.mentee.get_deferred_fields()
