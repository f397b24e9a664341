"""A guardian's paper, entered by the manager: yes and no, each on its own, with day and scan (R1, R11)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import ADDRESS, Parent, address_of, guardian, letters, link_of, pupil
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.guardians.actions import guardians as actions
from varpa.guardians.actions import papers
from varpa.guardians.actions.answers import answer
from varpa.guardians.models import Guardian, GuardianAnswer
from varpa.history.models import Channel, Line
from varpa.pairs.models import PairState
from varpa.post.models import LetterState
from varpa.programmes.actions.permissions import NoGuardian
from varpa.programmes.models import Membership, Permission, Role
from varpa.programmes.queries import has_permission, is_prepared

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def member(cast: Cast) -> Membership:
    return pupil(cast)


def paper(member: Membership, by: Any, name: str = "Anna Šķēle", **said: Any) -> None:
    options = {key: said.pop(key) for key in ("day", "now") if key in said}
    given = {"guardian": name, "by": by, "now": NOW, **options}
    papers.record_paper(membership=member, answers=said, **given)


def test_each_thing_stands_on_its_own(cast: Cast, member: Membership) -> None:
    paper(member, cast.inga, photographs=True)
    assert not is_prepared(member, TODAY)
    for _click in range(2):
        paper(member, cast.inga, taking_part=True, photographs=True)
    assert is_prepared(member, TODAY)
    assert Permission.objects.filter(membership=member).count() == 2
    assert not has_permission(member, "visit")
    line = Line.objects.filter(verb="permission.give").order_by("-pk")[0]
    assert (line.channel, line.actor, line.details["kind"]) == (Channel.PAPER, cast.inga.pk, "taking_part")


def test_a_no_takes_back_what_stands_and_the_pair_rests_at_once(cast: Cast, member: Membership) -> None:
    paper(member, cast.inga, taking_part=True)
    pair = make.pair(make.member(cast.programme, make.person("Ilze Auza"), Role.MENTOR), member)
    assert pair.state == PairState.ACTIVE
    paper(member, cast.inga, taking_part=False, visit=False, day=TODAY)
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    assert not is_prepared(member, TODAY)
    lines = Line.objects.filter(verb__in=["permission.withdraw", "permission.refuse"]).order_by("pk")
    assert [(each.verb, each.channel) for each in lines] == [
        ("permission.withdraw", Channel.PAPER),
        ("permission.refuse", Channel.PAPER),
    ]


def test_a_no_on_paper_is_a_no_for_the_other_guardian_too(cast: Cast, member: Membership) -> None:
    paper(member, cast.inga, "Juris Šķēle", taking_part=False)
    anna = guardian(member, cast.inga)
    answer(link=link_of(anna), answers={"taking_part": True}, now=NOW)
    assert not has_permission(member, "taking_part")
    assert "Another parent or guardian" in words(Parent().get(f"{address_of(anna)}?language=en"))
    with pytest.raises(papers.AnotherSaidNo):
        paper(member, cast.inga, taking_part=True)
    paper(member, cast.inga, "Juris Šķēle", taking_part=True)
    assert has_permission(member, "taking_part")


def test_the_same_name_is_the_same_guardian(cast: Cast, member: Membership) -> None:
    anna = guardian(member, cast.inga)
    answer(link=link_of(anna), answers={"visit": False}, now=NOW)
    paper(member, cast.inga, "anna  skele", visit=True, day=TODAY)
    assert has_permission(member, "visit")
    assert Guardian.objects.count() == 1


def test_whoever_is_known_from_a_paper_may_be_written_to_later(cast: Cast, member: Membership) -> None:
    paper(member, cast.inga, taking_part=True)
    with pytest.raises(actions.NoAddress):
        actions.send_link(guardian=Guardian.objects.get(), by=cast.inga, now=NOW)
    anna = guardian(member, cast.inga)
    assert Guardian.objects.get() == anna
    assert letters(ADDRESS)


def test_three_names_are_one_too_many(cast: Cast, member: Membership) -> None:
    paper(member, cast.inga, visit=True)
    paper(member, cast.inga, "Juris Šķēle", visit=True)
    with pytest.raises(actions.TwoGuardians):
        paper(member, cast.inga, "Oma Šķēle", visit=True)


def test_an_old_paper_does_not_overrule_a_later_word(cast: Cast, member: Membership) -> None:
    anna = guardian(member, cast.inga)
    answer(link=link_of(anna), answers={"taking_part": False, "visit": True}, now=NOW)
    early = TODAY - timedelta(days=2)
    with pytest.raises(papers.AnsweredSince):
        paper(member, cast.inga, taking_part=True, day=early)
    assert not has_permission(member, "taking_part")
    paper(member, cast.inga, visit=True, day=early)
    paper(member, cast.inga, taking_part=True, day=TODAY)
    assert has_permission(member, "taking_part")


def test_nobody_is_reminded_of_what_stands_on_a_paper(cast: Cast, member: Membership) -> None:
    guardian(member, cast.inga)
    paper(member, cast.inga, taking_part=True, visit=False, visit_abroad=False, photographs=False)
    assert [each.state for each in letters(ADDRESS)[1:]] == [LetterState.WITHDRAWN] * 2


def test_a_name_a_mark_a_mentee_and_a_day_that_has_come(cast: Cast, member: Membership) -> None:
    with pytest.raises(NoGuardian):
        paper(member, cast.inga, " ", visit=True)
    for said in ({}, {"everything": True}):
        with pytest.raises(papers.NothingMarked):
            paper(member, cast.inga, **said)
    with pytest.raises(actions.OnlyForMentees):
        paper(cast.mentor, cast.inga, visit=True)
    with pytest.raises(papers.NotYetSigned):
        paper(member, cast.inga, visit=True, day=date(2025, 12, 1))
    assert not Permission.objects.exists()
    assert not GuardianAnswer.objects.exists()


class TestThePage:
    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_records_and_tells_on_the_page_of_the_mentee(
        self, cast: Cast, member: Membership, language: str
    ) -> None:
        guardian(member, cast.inga)
        manager, address = Visitor(cast.inga, language=language), f"/memberships/{member.ref}/permissions/"
        page = manager.get(address)
        assert 'value="Anna Šķēle"' in words(page)
        sent = {"guardian": "Anna Šķēle", "taking_part": "yes", "visit": "no", "day": "2025-10-13"}
        assert manager.post(address, sent).status_code == 302
        assert has_permission(member, "taking_part")
        shown = words(manager.get(f"/memberships/{member.ref}/"))
        assert {"lv": "uz papīra", "lt": "popieriuje", "en": "on paper"}[language] in shown

    @pytest.mark.parametrize("sent", [{}, {"guardian": "", "visit": "yes"}, {"guardian": "I", "visit": "x"}])
    def test_what_is_missing_is_told(self, cast: Cast, member: Membership, sent: dict[str, str]) -> None:
        page = Visitor(cast.inga).post(f"/memberships/{member.ref}/permissions/", sent)
        assert 'class="why"' in words(page)
        assert not GuardianAnswer.objects.exists()

    def test_is_the_managers(self, cast: Cast, member: Membership) -> None:
        address = f"/memberships/{member.ref}/permissions/"
        assert Visitor(member.person).get(address).status_code == 403
        for who in (cast.andris, cast.tomas, cast.zane):
            assert Visitor(who).get(address).status_code == 404
        assert Visitor(cast.inga).get(f"/memberships/{cast.mentor.ref}/permissions/").status_code == 404
