"""A guardian and a school choose whom they tell, and what it is about, as one of the pair does (R8)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import ADDRESS, Parent, address_of, guardian, link_of, pupil
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.guardians.actions import worries
from varpa.guardians.models import Tells, Worry, WorryKind
from varpa.history.models import Line
from varpa.home.queries.week import Told, told_to
from varpa.people.models import Appointment
from varpa.post.models import Letter
from varpa.programmes.models import Membership, MembershipState, Role
from varpa.support.actions.cases import close_case, read_case
from varpa.support.actions.clocks import keep_cases
from varpa.support.models import Case, Kind, Outcome

pytestmark = pytest.mark.django_db

TEXT = "Vadītāja neatbild jau mēnesi."


@pytest.fixture
def member(cast: Cast) -> Membership:
    return pupil(cast)


def tell(cast: Cast, member: Membership, **more: Any) -> Worry:
    given: dict[str, Any] = {"text": TEXT, "kind": WorryKind.OTHER, "to": Tells.ABOUT_MANAGER, "now": NOW}
    anna = member.guardians.first() or guardian(member, cast.inga)
    return worries.tell_worry(link=link_of(anna), **{**given, **more})


def test_the_kinds_are_those_of_a_case() -> None:
    assert WorryKind.values == Kind.values


def test_what_is_about_the_manager_the_lead_partner_reads_and_no_manager(
    cast: Cast, member: Membership
) -> None:
    worry = tell(cast, member)
    assert [each.person for each in Letter.objects.filter(kind="applications.worry")] == [cast.dace.pk]
    keep_cases(NOW)
    case = Case.objects.get()
    assert (case.with_managers, case.with_lead, case.kind, case.concerns) == (False, True, "other", "manager")

    manager = Visitor(cast.inga, language="en")
    page = manager.get(f"/memberships/{member.ref}/")
    assert TEXT not in words(page)
    assert "worry" not in page.content.decode()
    assert manager.post(f"/worries/{worry.ref}/read/").status_code == 404
    assert manager.post(f"/worries/{worry.ref}/case/").status_code == 404
    assert manager.get(f"/cases/{case.ref}/").status_code == 404
    listed = manager.get(f"/programmes/{cast.programme.ref}/people/?show=worry")
    assert not listed.context["lines"]
    assert told_to(cast.inga, cast.programme) == Told(0, 0)
    assert told_to(cast.dace, cast.programme) == Told(1, 0)

    lead = Visitor(cast.dace, language="en")
    assert TEXT in words(lead.get(f"/memberships/{member.ref}/"))
    assert TEXT in words(lead.get(f"/cases/{case.ref}/"))
    read_case(case=case, by=cast.dace, now=NOW)
    close_case(case=case, outcome=Outcome.HELPED, by=cast.dace, now=NOW)
    assert Letter.objects.filter(kind="applications.worry_read", to_address=ADDRESS).count() == 1


def test_no_line_of_the_mentees_history_says_that_somebody_went_past_the_manager(
    cast: Cast, member: Membership
) -> None:
    worries.read_worry(worry=tell(cast, member), by=cast.dace, now=NOW)
    told = Line.objects.filter(verb__startswith="worry.")
    assert {line.thing_kind for line in told} == {"worry"}
    assert told.count() == 2


def test_a_manager_who_is_of_the_lead_partner_too_does_not_read_it(cast: Cast, member: Membership) -> None:
    Appointment.objects.create(person=cast.inga, organisation=cast.programme.organisation, at=NOW)
    worry = tell(cast, member)
    assert Visitor(cast.inga).post(f"/worries/{worry.ref}/read/").status_code == 404
    tell(cast, member, to=Tells.LEAD_PARTNER, text="Par mērķiem")
    assert "Par mērķiem" in words(Visitor(cast.inga).get(f"/memberships/{member.ref}/"))


def test_a_manager_who_was_released_does_not_read_it_either(cast: Cast, member: Membership) -> None:
    """A complaint may be why: whom it is about never reads it."""
    Appointment.objects.create(person=cast.inga, organisation=cast.programme.organisation, at=NOW)
    worry = tell(cast, member)
    Membership.objects.filter(person=cast.inga, role=Role.MANAGER).update(state=MembershipState.WITHDRAWN)
    assert Visitor(cast.inga).post(f"/worries/{worry.ref}/read/").status_code == 404


def test_where_nobody_else_could_read_it_that_is_said(cast: Cast, member: Membership) -> None:
    """With a way outside: behind the other doors stands whom it is about."""
    Appointment.objects.update(ended_at=NOW)
    with pytest.raises(worries.NobodyElse, match=cast.organisation.name):
        tell(cast, member)
    tell(cast, member, to=Tells.MANAGER)


@pytest.mark.parametrize(("kind", "days"), [(WorryKind.SAFETY, 1), (WorryKind.OTHER, 3)])
def test_the_clock_is_that_of_its_kind(cast: Cast, member: Membership, kind: str, days: int) -> None:
    tell(cast, member, kind=kind, to=Tells.MANAGER)
    keep_cases(NOW)
    case = Case.objects.get()
    assert (case.kind, case.read_by <= NOW + timedelta(days=days)) == (kind, True)
    assert (case.read_by > NOW + timedelta(days=1)) == (kind != WorryKind.SAFETY)


def test_chosen_on_the_page_of_the_guardian(cast: Cast, member: Membership) -> None:
    parent, anna = Parent(), guardian(member, cast.inga)
    form = next(each for each in forms(parent.get(address_of(anna))) if "worry" in each.action)
    parent.send(form, text=TEXT)
    assert not Worry.objects.exists(), "what it is about is asked"
    parent.send(form, text=TEXT, kind="relationship", to="lead_partner", confidential="")
    worry = Worry.objects.get()
    assert (worry.kind, worry.to, worry.confidential) == ("relationship", "lead_partner", False)


def test_those_who_handle_it_see_whether_it_may_be_talked_over(cast: Cast, member: Membership) -> None:
    tell(cast, member, to=Tells.MANAGER, confidential=False)
    tell(cast, member, to=Tells.MANAGER, confidential=True)
    keep_cases(NOW)
    manager = Visitor(cast.inga, language="en")
    closed_one, open_one = Case.objects.order_by("-worry__confidential")
    assert "It may be talked over with the two." in words(manager.get(f"/cases/{open_one.ref}/"))
    assert "Confidential" in words(manager.get(f"/cases/{closed_one.ref}/"))


def test_a_manager_who_is_the_pupils_mentor_reads_nothing_of_it_and_the_lead_partner_does(
    cast: Cast, member: Membership
) -> None:
    make.pair(make.member(cast.programme, cast.inga, Role.MENTOR), member)
    worry = tell(cast, member, to=Tells.MANAGER)
    assert [each.person for each in Letter.objects.filter(kind="applications.worry")] == [cast.dace.pk]
    manager, lead = Visitor(cast.inga, language="en"), Visitor(cast.dace, language="en")
    assert TEXT not in words(manager.get(f"/memberships/{member.ref}/"))
    assert manager.post(f"/worries/{worry.ref}/read/").status_code == 404
    assert TEXT in words(lead.get(f"/memberships/{member.ref}/"))
    assert lead.post(f"/worries/{worry.ref}/read/").status_code == 302
