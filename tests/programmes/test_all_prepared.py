"""R1 is asked in two ways: as a condition for lists, and in small questions for the two of a pair."""

from datetime import date
from itertools import product

import pytest

from tests import make
from tests.make import NOW
from varpa.kernel.states import move
from varpa.programmes.actions.memberships import accept_notice, mark_trained
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import PermissionKind, Role
from varpa.programmes.queries import all_prepared, is_prepared

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
BORN = {
    "minor": date(2009, 1, 1),
    "adult": date(2001, 1, 1),
    "eighteen today": date(2007, 10, 14),
    "unknown": None,
}
TAKING_PART = PermissionKind.TAKING_PART


@pytest.mark.parametrize(
    ("trained", "notice", "permission"), list(product((True, False), (True, False), range(3)))
)
@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE])
@pytest.mark.parametrize("age", BORN)
def test_both_ways_say_the_same(role: str, age: str, trained: bool, notice: bool, permission: int) -> None:
    programme = make.programme()
    person = make.person("Ilze Kalniņa", born=BORN[age])
    member = make.member(programme, person, role, ready=False)
    if trained:
        mark_trained(membership=member, by=person, now=NOW)
    if notice:
        accept_notice(membership=member, by=person, now=NOW)
    if permission:
        given = {"membership": member, "kind": TAKING_PART, "guardian": "Anna", "by": person, "now": NOW}
        record_permission(**given)
    if permission == 2:
        withdraw_permission(membership=member, kind=TAKING_PART, by=person, now=NOW)
    assert all_prepared([member], TODAY) == is_prepared(member, TODAY)
    assert all_prepared([member], TODAY) == (
        trained and notice and (role == Role.MENTOR or permission == 1 or age in ("adult", "eighteen today"))
    )


def test_who_has_left_is_not_prepared() -> None:
    programme = make.programme()
    member = make.member(programme, make.person("Ilze Kalniņa"), Role.MENTOR)
    assert all_prepared([member], TODAY)
    move(member, "withdraw")
    assert not all_prepared([member], TODAY)


def test_of_two_both_have_to_be_prepared() -> None:
    programme = make.programme()
    ready = make.member(programme, make.person("Ilze Kalniņa"), Role.MENTOR)
    other = make.member(programme, make.person("Juris Kalniņš"), Role.MENTOR, ready=False)
    assert not all_prepared([ready, other], TODAY)
