"""What a guardian is told of the mentor, whom a worry reaches, and what ends, counts and is refused (R1)."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import (
    ALL_YES,
    Parent,
    address_of,
    guardian,
    letters,
    link_in,
    link_of,
    pupil,
)
from tests.make import NOW
from tests.taking_part import LATER, Pupil
from tests.visits import Visitor, forms, words
from varpa.closing import actions as closing
from varpa.guardians.actions import answers, worries
from varpa.guardians.actions.guardians import (
    TakesPartToo,
    end_pointless_reminders,
    revoke_links,
    send_link,
    take_off,
)
from varpa.guardians.actions.papers import DayMissing, record_paper
from varpa.guardians.models import Guardian, Tells
from varpa.pairs.actions.pairs import complete_pair, dissolve_pair, pause_pair
from varpa.pairs.models import Pair
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.memberships import decide, withdraw_member
from varpa.programmes.actions.permissions import ask_the_grown
from varpa.programmes.actions.screening import record_screening
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.queries import has_permission

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YES = dict.fromkeys(ALL_YES, True)
NO = dict.fromkeys(ALL_YES, False)


@pytest.fixture
def member(cast: Cast) -> Membership:
    return pupil(cast)


@pytest.fixture
def anna(cast: Cast, member: Membership) -> Guardian:
    return guardian(member, cast.inga)


def permit(who: Guardian, said: dict[str, bool] = YES, days: int = 0) -> None:
    answers.answer(link=link_of(who), answers=said, now=NOW + days * DAY)


def mentor(cast: Cast, name: str = "Ilze Auza", **more: str) -> Membership:
    return make.member(cast.programme, make.person(name), Role.MENTOR, country="LV", **more)


def about_mentor() -> list[Letter]:
    return [each for each in letters() if each.kind == "guardians.mentor"]


class TestWhoTheMentorIs:
    def test_is_told_when_they_begin_with_a_link_that_opens(
        self, cast: Cast, member: Membership, anna: Guardian
    ) -> None:
        permit(anna)
        was = address_of(anna)
        make.pair(mentor(cast, place="Koka galdi"), member)
        (letter,) = about_mentor()
        assert "Ilze Auza" in letter.text
        assert "Koka galdi" in letter.text
        assert "pārbaudīts" not in letter.text
        parent = Parent(days=1)
        assert "Ilze Auza" in words(parent.get(address_of(anna)))
        # The page on which it was just permitted may still lie open.
        assert parent.get(was).status_code == 200
        send_link(guardian=anna, by=cast.inga, now=NOW + DAY)
        assert [parent.get(each).status_code for each in (was, link_in(letter))] == [410, 410]

    @pytest.mark.parametrize(
        ("language", "said"), [("lv", "pārbaudīts"), ("lt", "patikrintas"), ("en", "was screened")]
    )
    def test_that_screening_was_done(self, cast: Cast, member: Membership, language: str, said: str) -> None:
        permit(guardian(member, cast.inga, language=language))
        Programme.objects.filter(pk=cast.programme.pk).update(mentors_are_screened=True)
        found = Membership.objects.select_related("programme", "person").get(pk=mentor(cast).pk)
        record_screening(membership=found, passed=True, day=NOW.date(), by=cast.inga, now=NOW)
        make.pair(found, Membership.objects.select_related("programme", "person").get(pk=member.pk))
        assert said in about_mentor()[0].text

    def test_again_after_a_re_match_however_late(
        self, cast: Cast, member: Membership, anna: Guardian
    ) -> None:
        permit(anna)
        pair = make.pair(mentor(cast), member)
        dissolve_pair(pair=pair, reason="Pārcelšanās", by=cast.inga, now=NOW + 70 * DAY, outcome="rematched")
        make.pair(mentor(cast, "Otrs Meistars"), member)
        assert "Otrs Meistars" in about_mentor()[-1].text

    def test_not_to_whose_link_was_taken_back(self, cast: Cast, member: Membership, anna: Guardian) -> None:
        permit(anna)
        revoke_links(guardian=anna, by=cast.inga, now=NOW)
        make.pair(mentor(cast), member)
        assert not about_mentor()

    def test_not_for_who_is_of_age(self, cast: Cast, anna: Guardian) -> None:
        make.pair(mentor(cast), pupil(cast, "Liela Vineta", born=date(2000, 1, 1)))
        assert not about_mentor()

    @pytest.mark.parametrize(("rests", "said"), [(False, "They work together now"), (True, "are paused now")])
    def test_the_page_says_how_the_pair_stands(
        self, cast: Cast, member: Membership, anna: Guardian, rests: bool, said: str
    ) -> None:
        permit(anna)
        pair = make.pair(mentor(cast), member)
        if rests:
            pause_pair(pair=pair, by=cast.inga, now=NOW)
        page = words(Parent(days=1).get(f"{address_of(anna)}?language=en"))
        assert said in page
        assert "they plan the first meeting" not in page


class TestReminders:
    """Nobody is reminded of what is asked no more."""

    @staticmethod
    def waiting() -> int:
        kind = "applications.guardian_reminder"
        return Letter.objects.filter(kind=kind, state=LetterState.QUEUED).count()

    def test_they_wait_as_long_as_it_is_asked(self, anna: Guardian) -> None:
        assert self.waiting() == 2
        assert end_pointless_reminders(NOW + DAY) == 0

    def test_the_application_is_declined(self, cast: Cast) -> None:
        member = pupil(cast)
        guardian(member, cast.inga)
        member.state = MembershipState.APPLIED
        member.save()
        decide(membership=member, step="decline", by=cast.inga, now=NOW)
        assert end_pointless_reminders(NOW) == 2
        assert self.waiting() == 0

    def test_the_pupil_leaves(self, cast: Cast, member: Membership, anna: Guardian) -> None:
        withdraw_member(membership=member, by=cast.inga, now=NOW)
        assert end_pointless_reminders(NOW) == 2

    def test_the_pupil_comes_of_age(self, cast: Cast) -> None:
        born = (NOW + 3 * DAY).date()
        guardian(pupil(cast, born=born.replace(year=born.year - 18)), cast.inga)
        assert [end_pointless_reminders(NOW + days * DAY) for days in (2, 3)] == [0, 2]

    def test_who_comes_after_a_wrong_one_is_reminded(self, cast: Cast, member: Membership) -> None:
        wrong = guardian(member, cast.inga, address="sveskis@maja.example", name="Kļūda Kļava")
        permit(wrong, NO)
        take_off(guardian=wrong, by=cast.inga, now=NOW)
        guardian(member, cast.inga)
        assert self.waiting() == 2


class TestWorry:
    @pytest.mark.parametrize(
        ("to", "reads"),
        [(Tells.MANAGER, "inga"), (Tells.LEAD_PARTNER, "dace"), (Tells.ABOUT_MANAGER, "dace")],
    )
    def test_who_was_chosen_reads_it_and_nobody_else(
        self, cast: Cast, member: Membership, anna: Guardian, to: str, reads: str
    ) -> None:
        make.member(cast.programme, cast.dace, Role.LEAD_PARTNER)
        worry = worries.tell_worry(link=link_of(anna), text="Nerunā.", to=to, now=NOW)
        written = Letter.objects.filter(kind="applications.worry").values_list("person", flat=True)
        assert set(written) == {getattr(cast, reads).pk}
        for name in ("inga", "dace"):
            page = words(Visitor(getattr(cast, name)).get(f"/memberships/{member.ref}/"))
            assert (worry.text in page) is (name == reads)


class TestAddress:
    @pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE])
    def test_of_who_takes_part_is_no_guardians(self, cast: Cast, member: Membership, role: str) -> None:
        other = make.person("Ilze Auza", "ilze.auza@maja.example")
        make.member(cast.programme, other, role)
        with pytest.raises(TakesPartToo):
            guardian(member, member.person, address="Ilze.Auza@maja.example")
        assert not Guardian.objects.filter(membership=member).exists()

    def test_the_page_says_so_kindly(self, cast: Cast, member: Membership) -> None:
        make.member(cast.programme, make.person("Ilze Auza", "ilze.auza@maja.example"), Role.MENTOR)
        own = Visitor(member.person, language="en")
        shown = forms(own.get(f"/memberships/{member.ref}/guardians/own/"))
        form = next(each for each in shown if "name" in each.written)
        page = own.send(form, 0, name="Mamma", address="ilze.auza@maja.example")
        assert "somebody who takes part in the programme" in words(page)

    def test_of_who_has_left_may_be(self, cast: Cast, member: Membership) -> None:
        person = make.person("Ilze Auza", "ilze.auza@maja.example")
        withdraw_member(membership=make.member(cast.programme, person, Role.MENTOR), by=cast.inga, now=NOW)
        assert guardian(member, member.person, address="ilze.auza@maja.example")


class TestTwoGuardians:
    def test_once_nobody_says_no_the_others_yes_counts(
        self, cast: Cast, member: Membership, anna: Guardian
    ) -> None:
        janis = guardian(member, cast.inga, address="janis@maja.example", name="Jānis Šķēle")
        permit(janis, {"taking_part": False})
        permit(anna)
        assert not has_permission(member, "taking_part")
        take_off(guardian=janis, by=cast.inga, now=NOW + DAY)
        assert has_permission(member, "taking_part")
        page = words(Parent(days=1).get(f"{address_of(anna)}?language=en"))
        assert "may take part" in page

    def test_nothing_is_permitted_by_taking_off_who_alone_has_answered(
        self, cast: Cast, member: Membership, anna: Guardian
    ) -> None:
        permit(anna, NO)
        take_off(guardian=anna, by=cast.inga, now=NOW + DAY)
        assert not has_permission(member, "taking_part")


class TestPaperWithoutDay:
    def test_a_yes_does_not_override_a_no_by_the_link(
        self, cast: Cast, member: Membership, anna: Guardian
    ) -> None:
        permit(anna, {"taking_part": False})
        paper = {"membership": member, "guardian": "Anna Šķēle", "by": cast.inga, "now": NOW + DAY}
        with pytest.raises(DayMissing):
            record_paper(answers={"taking_part": True}, **paper)
        record_paper(answers={"taking_part": True}, day=(NOW + DAY).date(), **paper)
        assert has_permission(member, "taking_part")

    def test_a_no_always_counts(self, cast: Cast, member: Membership, anna: Guardian) -> None:
        permit(anna)
        paper = {"membership": member, "guardian": "Anna Šķēle", "by": cast.inga, "now": NOW + DAY}
        record_paper(answers={"taking_part": False}, **paper)
        assert not has_permission(member, "taking_part")


def test_the_letter_of_age_says_nothing_of_a_permission_that_was_none(cast: Cast) -> None:
    born = NOW.date()
    member = pupil(cast, born=born.replace(year=born.year - 18) + DAY)
    permit(guardian(member, cast.inga), NO)
    ask_the_grown(NOW + DAY)
    letter = Letter.objects.get(kind="programmes.grown")
    assert "piekrita vecāki" not in letter.text
    assert "izlem tu" in letter.text


def test_after_the_end_no_contact_is_read_that_no_guardian_permits(cast: Cast) -> None:
    at = Pupil(cast)
    number = "+371 29123456"
    said = {"pair": at.pair, "text": "Labi", "stay_in_touch": True, "revision": 0}
    closing.look_back(contact=number, **said, **at.by)
    closing.look_back(contact="laima@x.example", **said, **at.mentors)
    complete_pair(pair=at.pair, by=at.mentors["by"], now=LATER, stays_in_touch=True)
    laima, address = Visitor(at.mentors["by"], days=6), f"/pairs/{at.pair.ref}/closing/"
    assert number in words(laima.get(address))
    at.withdraw("taking_part")
    assert number not in words(laima.get(address))
    krista = words(Visitor(at.by["by"], days=6, language="en").get(address))
    assert "laima@x.example" not in krista
    assert "Nobody else reads it" in krista
    assert Pair.objects.get(pk=at.pair.pk).stays_in_touch
