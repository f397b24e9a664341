"""Memberships: decided once, prepared step by step (R1), permitted, ended."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel.access import allowed
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions import memberships, permissions
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.queries import is_prepared

pytestmark = pytest.mark.django_db


def member(cast: Cast, role: str = Role.MENTOR, **changes: Any) -> Membership:
    return make.member(cast.programme, cast.zane, role, ready=False, **changes)


def test_nobody_is_twice_in_one_role(cast: Cast) -> None:
    with pytest.raises(memberships.AlreadyMember):
        memberships.add_member(
            programme=cast.programme, person=cast.andris, role=Role.MENTOR, by=None, now=NOW
        )


def test_two_managers_decide_once(cast: Cast) -> None:
    applied = memberships.add_member(
        programme=cast.programme, person=cast.zane, role=Role.MENTOR, by=None, now=NOW
    )
    stale = Membership.objects.get(pk=applied.pk)
    memberships.decide(membership=applied, step="accept", by=cast.inga, now=NOW)
    with pytest.raises(AlreadyMoved):
        memberships.decide(membership=stale, step="decline", by=cast.dace, now=NOW)
    assert [letter.kind for letter in Letter.objects.filter(to_address=cast.zane.email)] == [
        "programmes.accepted"
    ]


def test_a_decision_about_somebody_without_an_address_sends_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.zane.pk).update(email=None)
    cast.zane.refresh_from_db()
    applied = memberships.add_member(
        programme=cast.programme, person=cast.zane, role=Role.MENTOR, by=None, now=NOW
    )
    before = Letter.objects.count()
    memberships.decide(membership=applied, step="accept", by=cast.inga, now=NOW)
    assert applied.state == MembershipState.ACCEPTED
    assert Letter.objects.count() == before


def test_with_the_last_required_text_the_self_study_is_done(cast: Cast) -> None:
    membership = member(cast)
    make.study(membership)
    for key in ("methodology", "mentor"):
        memberships.note_reading(membership=membership, document=key, by=cast.zane, now=NOW)
        assert not membership.preparations.exists()
    memberships.note_reading(membership=membership, document="first-meeting", by=cast.zane, now=NOW)
    assert [row.step for row in membership.preparations.all()] == ["training"]
    assert not is_prepared(membership, NOW.date())
    memberships.accept_notice(membership=membership, by=cast.zane, now=NOW)
    assert is_prepared(membership, NOW.date())


def test_reading_twice_is_one_receipt(cast: Cast) -> None:
    membership = member(cast)
    for later in (0, 5):
        memberships.note_reading(
            membership=membership, document="mentor", by=cast.zane, now=NOW + timedelta(days=later)
        )
    assert membership.receipts.get().at == NOW
    assert Line.objects.filter(verb="membership.read").count() == 1


def test_reading_again_completes_what_two_tabs_left_open(cast: Cast) -> None:
    """As PostgreSQL would leave it, had two readings not seen each other."""
    membership = member(cast)
    make.study(membership)
    for key in ("methodology", "mentor", "first-meeting"):
        membership.receipts.create(document=key, at=NOW)
    memberships.note_reading(membership=membership, document="mentor", by=cast.zane, now=NOW)
    assert membership.preparations.filter(step="training").exists()


def test_a_document_of_another_role_or_none_is_refused(cast: Cast) -> None:
    membership = member(cast)
    for key in ("mentee", "nothing", ""):
        with pytest.raises(memberships.NoSuchDocument):
            memberships.note_reading(membership=membership, document=key, by=cast.zane, now=NOW)


@pytest.mark.parametrize("state", [s for s in MembershipState if s != MembershipState.ACCEPTED])
def test_only_accepted_members_prepare(cast: Cast, state: str) -> None:
    membership = member(cast)
    Membership.objects.filter(pk=membership.pk).update(state=state)
    membership.refresh_from_db()
    with pytest.raises(memberships.NotAMember):
        memberships.note_reading(membership=membership, document="mentor", by=cast.zane, now=NOW)
    with pytest.raises(memberships.NotAMember):
        memberships.accept_notice(membership=membership, by=cast.zane, now=NOW)
    with pytest.raises(memberships.NotAMember):
        memberships.mark_trained(membership=membership, by=cast.inga, now=NOW)


def test_the_notice_is_accepted_once(cast: Cast) -> None:
    membership = member(cast)
    for later in (0, 5):
        memberships.accept_notice(membership=membership, by=cast.zane, now=NOW + timedelta(days=later))
    assert membership.preparations.get().at == NOW
    assert Line.objects.filter(verb="membership.notice", thing_ref=membership.ref).count() == 1


def test_a_permission_stands_alone_and_may_be_withdrawn(cast: Cast) -> None:
    minor = make.person("Kārlis Kalns", "karlis@varpa.example", born=date(2010, 1, 1))
    membership = make.member(cast.programme, minor, Role.MENTEE)
    today = NOW.date()
    assert not is_prepared(membership, today)
    asked: dict[str, Any] = {"membership": membership, "kind": "taking_part", "by": cast.inga, "now": NOW}
    with pytest.raises(permissions.NoGuardian):
        permissions.record_permission(guardian=" ", **asked)
    for _click in range(2):
        permissions.record_permission(guardian="Anna Kalna", **asked)
    assert membership.permissions.count() == 1
    assert is_prepared(membership, today)
    permissions.withdraw_permission(**asked)
    assert not is_prepared(membership, today)
    permissions.record_permission(guardian="Anna Kalna", **asked)
    assert membership.permissions.count() == 2


def test_a_mentee_of_unknown_age_counts_as_a_minor(cast: Cast) -> None:
    membership = make.member(cast.programme, cast.zane, Role.MENTEE)
    assert not is_prepared(membership, NOW.date())


def test_means_are_those_of_the_methodology(cast: Cast) -> None:
    membership = member(cast)
    memberships.change_means(
        membership=membership, means=("video", "telepathy", "phone"), by=cast.zane, now=NOW
    )
    assert set(membership.means) == {"video", "phone"}
    memberships.change_means(membership=membership, means=(), by=cast.zane, now=NOW)
    assert membership.means == []


@pytest.mark.parametrize("state", [MembershipState.WITHDRAWN, MembershipState.DECLINED])
def test_whoever_has_left_changes_nothing(cast: Cast, state: str) -> None:
    membership = member(cast)
    Membership.objects.filter(pk=membership.pk).update(state=state)
    membership.refresh_from_db()
    with pytest.raises(memberships.HasLeft):
        memberships.change_means(membership=membership, means=(), by=cast.zane, now=NOW)


def test_a_withdrawn_member_loses_the_programme(cast: Cast) -> None:
    memberships.withdraw_member(membership=cast.mentor, by=cast.andris, now=NOW)
    assert not allowed(ProgrammeAction.READ, cast.andris, Programme.objects.all()).exists()
