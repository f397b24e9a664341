"""The four permissions, each on its own, given and taken back by a link; what each missing one stops (R1)."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import ALL_YES, Parent, address_of, guardian, link_of, pupil
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.guardians.actions import answers, worries
from varpa.guardians.actions import guardians as actions
from varpa.guardians.actions.papers import AnotherSaidNo, record_paper
from varpa.guardians.models import Guardian, GuardianAnswer
from varpa.history.models import Line
from varpa.meetings.permitted import NoVisitAbroadPermission, NoVisitPermission
from varpa.pairs.models import PairState
from varpa.post.models import Letter
from varpa.programmes.models import Membership, PermissionKind, Role
from varpa.programmes.queries import has_permission, is_prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cast: Cast) -> Membership:
    return pupil(cast)


def say(who: Guardian, **given: bool) -> list[str]:
    return answers.answer(link=link_of(who), answers=given, now=NOW)


def standing(member: Membership) -> set[str]:
    return {kind for kind in PermissionKind.values if has_permission(member, kind)}


class TestEachOnItsOwn:
    @pytest.mark.parametrize("kind", PermissionKind.values)
    def test_given_and_taken_back(self, cast: Cast, member: Membership, kind: str) -> None:
        anna = guardian(member, cast.inga)
        assert say(anna, **{kind: True}) == [kind]
        assert standing(member) == {kind}
        assert say(anna, **{kind: False}) == [kind]
        assert standing(member) == set()
        assert say(anna, **{kind: True}) == [kind]
        assert standing(member) == {kind}

    def test_the_same_answer_twice_is_once(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        say(anna, visit=True, photographs=False)
        lines = Line.objects.count()
        assert say(anna, visit=True, photographs=False) == []
        assert Line.objects.count() == lines
        assert GuardianAnswer.objects.count() == 2

    def test_a_page_left_open_gives_nothing_back_that_was_taken_back(
        self, cast: Cast, member: Membership
    ) -> None:
        """The link is open on a phone and on a laptop; only what is changed there is said there (R13)."""
        phone, laptop, anna = Parent(), Parent(), guardian(member, cast.inga)
        phone.send(forms(phone.get(address_of(anna)))[0], **ALL_YES)
        left_open = forms(laptop.get(address_of(anna)))[0]
        phone.send(forms(phone.get(address_of(anna)))[0], taking_part="no")
        laptop.send(left_open, photographs="no")
        assert standing(member) == {"visit", "visit_abroad"}
        assert "kaut kas atbildēts citur" in words(laptop.get(address_of(anna)))

    def test_what_is_left_open_stays(self, cast: Cast, member: Membership) -> None:
        parent, anna = Parent(), guardian(member, cast.inga)
        parent.send(forms(parent.get(address_of(anna)))[0], visit="yes")
        assert standing(member) == {"visit"}
        done = parent.post(address_of(anna))
        assert done.status_code == 302
        assert standing(member) == {"visit"}

    def test_an_unknown_answer_changes_nothing(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        page = Parent().post(address_of(anna), {"visit": "perhaps"})
        assert page.status_code == 200
        assert standing(member) == set()


class TestTwoGuardians:
    def test_one_no_is_enough_whoever_is_first(self, cast: Cast, member: Membership) -> None:
        anna, juris = guardian(member, cast.inga), guardian(member, cast.inga, "juris@maja.example")
        say(anna, taking_part=True)
        say(juris, taking_part=False)
        assert standing(member) == set()
        assert say(anna, taking_part=True) == []
        assert standing(member) == set()

    def test_it_counts_once_nobody_says_no(self, cast: Cast, member: Membership) -> None:
        anna, juris = guardian(member, cast.inga), guardian(member, cast.inga, "juris@maja.example")
        say(juris, taking_part=False)
        say(anna, taking_part=True)
        assert standing(member) == set()
        assert "Another parent or guardian" in words(Parent().get(f"{address_of(anna)}?language=en"))
        say(juris, taking_part=True)
        assert standing(member) == {"taking_part"}

    def test_a_paper_does_not_overrule_a_no(self, cast: Cast, member: Membership) -> None:
        say(guardian(member, cast.inga), visit=False)
        with pytest.raises(AnotherSaidNo) as told:
            record_paper(membership=member, answers={"visit": True}, guardian="Juris", by=cast.inga, now=NOW)
        assert "Anna Šķēle" in str(told.value)
        assert standing(member) == set()

    def test_what_the_manager_took_back_is_not_marked(self, cast: Cast, member: Membership) -> None:
        """By phone a guardian takes a visit back; saving the page later must not give it again unasked."""
        anna = guardian(member, cast.inga)
        say(anna, visit=True)
        Visitor(cast.inga).post(f"/memberships/{member.ref}/permissions/withdrawal/", {"kind": "visit"})
        parent = Parent()
        parent.send(forms(parent.get(address_of(anna)))[0], photographs="no")
        assert standing(member) == set()


class TestWhatItStops:
    def pair(self, cast: Cast, member: Membership, country: str = "LV") -> Any:
        mentor = make.member(cast.programme, make.person("Ilze Auza"), Role.MENTOR, country=country)
        return make.pair(mentor, member)

    def test_a_visit(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        say(anna, taking_part=True, visit=False)
        pair = self.pair(cast, member)
        with pytest.raises(NoVisitPermission):
            make.meeting(pair, kind="visit")
        parent = Parent()
        parent.send(forms(parent.get(address_of(anna)))[0], visit="yes")
        make.meeting(pair, kind="visit")

    def test_a_visit_abroad(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        say(anna, taking_part=True, visit=True)
        pair = self.pair(cast, member, "LT")
        with pytest.raises(NoVisitAbroadPermission):
            make.meeting(pair, kind="visit")
        parent = Parent()
        parent.send(forms(parent.get(address_of(anna)))[0], visit_abroad="yes")
        make.meeting(pair, kind="visit")

    def test_pictures(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        assert not has_permission(member, PermissionKind.PHOTOGRAPHS)
        say(anna, photographs=True)
        assert has_permission(member, PermissionKind.PHOTOGRAPHS)

    def test_taking_part_taken_back_lets_the_pair_rest_at_once(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        say(anna, taking_part=True)
        pair = self.pair(cast, member)
        pair.refresh_from_db()
        assert pair.state == PairState.ACTIVE
        say(anna, taking_part=False)
        pair.refresh_from_db()
        assert pair.state == PairState.PAUSED
        assert not is_prepared(member, NOW.date())
        assert Letter.objects.filter(kind="pairs.needs_manager", person=cast.inga.pk).count() == 1
        say(anna, taking_part=True)
        pair.refresh_from_db()
        assert pair.state == PairState.PAUSED, "a yes resumes nothing by itself"
        assert is_prepared(member, NOW.date())

    def test_taken_back_by_the_manager_too(self, cast: Cast, member: Membership) -> None:
        say(guardian(member, cast.inga), taking_part=True)
        pair = self.pair(cast, member)
        manager = Visitor(cast.inga)
        manager.post(f"/memberships/{member.ref}/permissions/withdrawal/", {"kind": "taking_part"})
        pair.refresh_from_db()
        assert pair.state == PairState.PAUSED

    def test_another_permission_taken_back_lets_the_pair_go_on(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        say(anna, taking_part=True, photographs=True)
        pair = self.pair(cast, member)
        say(anna, photographs=False)
        pair.refresh_from_db()
        assert pair.state == PairState.ACTIVE


class TestAClosedLink:
    def test_it_answers_nothing(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        actions.revoke_links(guardian=anna, by=cast.inga, now=NOW)
        with pytest.raises(answers.LinkIsOver):
            say(anna, taking_part=True)
        with pytest.raises(answers.LinkIsOver):
            worries.tell_worry(link=link_of(anna), text="Bažas", now=NOW)

    def test_opened_before_and_closed_meanwhile(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        address = address_of(anna)
        form = forms(Parent().get(address))[0]
        actions.send_link(guardian=anna, by=cast.inga, now=NOW)
        refused = Parent().send(form, **ALL_YES)
        assert refused.status_code == 410
        assert standing(member) == set()
