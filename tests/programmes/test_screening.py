"""A mentor is screened where the programme asks for it: only a result with its day, never the paper (R1)."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from varpa.history.models import Line
from varpa.kernel.states import move
from varpa.pairs.models import PairState
from varpa.programmes.actions.memberships import HasLeft
from varpa.programmes.actions.screening import NotScreened, NotYetScreened, record_screening
from varpa.programmes.models import Membership, Programme, Role, Screening
from varpa.programmes.preparing import preparing
from varpa.programmes.queries import all_prepared, is_prepared, missing_of, screening_of

TODAY = NOW.date()


def asks(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(mentors_are_screened=True)
    programme.mentors_are_screened = True


def mentor(*, screened: bool = True) -> Membership:
    programme = make.programme()
    if screened:
        asks(programme)
    return make.member(programme, make.person("Ilze Auza"), Role.MENTOR)


def result(member: Membership, *, passed: bool = True, day: date = TODAY) -> bool:
    return record_screening(membership=member, passed=passed, day=day, by=member.person, now=NOW)


def prepared(member: Membership) -> bool:
    both = {is_prepared(member, TODAY), all_prepared([member], TODAY)}
    assert len(both) == 1
    steps = [*member.preparations.values_list("step", flat=True)]
    standing = screening_of(member)
    steps += ["screening"] if standing and standing.passed else []
    assert (missing_of(member, steps, False, TODAY) == []) is both.copy().pop()
    return both.pop()


@pytest.mark.django_db
class TestAResult:
    def test_makes_prepared_where_the_programme_asks_for_it(self) -> None:
        member = mentor()
        assert not prepared(member)
        assert preparing(member, TODAY).next == "screening"
        assert result(member)
        assert prepared(member)
        assert (preparing(member, TODAY).next, preparing(member, TODAY).screened_on) == ("", TODAY)

    def test_is_not_asked_for_elsewhere(self) -> None:
        member = mentor(screened=False)
        assert prepared(member)
        with pytest.raises(NotScreened):
            result(member)

    def test_is_not_asked_of_a_mentee(self) -> None:
        programme = make.programme()
        asks(programme)
        mentee = make.member(
            programme, make.person("Kārlis Šķēle", born=date(2000, 1, 1)), Role.MENTEE, ready=True
        )
        assert prepared(mentee)
        with pytest.raises(NotScreened):
            result(mentee)

    def test_that_is_a_no_prepares_nobody_and_the_newest_counts(self) -> None:
        member = mentor()
        result(member, passed=False)
        assert not prepared(member)
        result(member, day=TODAY - timedelta(days=1))
        assert prepared(member)
        assert [each.passed for each in Screening.objects.filter(replaced_at=None)] == [True]
        assert Screening.objects.count() == 2

    def test_twice_is_once(self) -> None:
        member = mentor()
        assert [result(member), result(member)] == [True, False]
        assert Line.objects.filter(verb="membership.screened").count() == 1

    def test_is_not_of_tomorrow_nor_of_somebody_who_has_left(self) -> None:
        member = mentor()
        with pytest.raises(NotYetScreened):
            result(member, day=TODAY + timedelta(days=1))
        move(member, "withdraw")
        with pytest.raises(HasLeft):
            result(member)
        assert not Screening.objects.exists()


@pytest.mark.django_db
def test_a_no_lets_a_pair_rest_at_once() -> None:
    cast: Cast = assemble()
    asks(cast.programme)
    member = Membership.objects.get(pk=cast.mentor.pk)
    record_screening(membership=member, passed=False, day=TODAY, by=cast.inga, now=NOW)
    cast.pair.refresh_from_db()
    assert cast.pair.state == PairState.PAUSED


@pytest.mark.django_db(transaction=True)
def test_two_results_at_once_leave_one_standing() -> None:
    member = mentor()
    found = at_once(lambda: result(member), lambda: result(member, passed=False))
    assert [each for each in found if isinstance(each, Exception)] == []
    assert Screening.objects.filter(replaced_at=None).count() == 1
