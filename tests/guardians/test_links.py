"""A guardian's link: the newest opens, sent with reminders that end, closed calmly when it is over."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.guardians.people import (
    ADDRESS,
    ALL_YES,
    Parent,
    address_of,
    guardian,
    letters,
    link_of,
    pupil,
)
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.guardians.actions import answers
from varpa.guardians.actions import guardians as actions
from varpa.guardians.models import Guardian, GuardianLink
from varpa.history.models import Line
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cast: Cast) -> Membership:
    return pupil(cast)


class TestWrittenDown:
    def test_a_letter_goes_and_two_reminders_wait_each_with_an_end(
        self, cast: Cast, member: Membership
    ) -> None:
        guardian(member, cast.inga)
        first, four, nine = letters()
        assert [each.not_before for each in (first, four, nine)] == [
            NOW,
            NOW + timedelta(days=4),
            NOW + timedelta(days=9),
        ]
        assert (four.ends_at, nine.ends_at) == (NOW + timedelta(days=9), NOW + timedelta(days=16))
        assert "pēdējais atgādinājums" in nine.text
        assert "pēdējais atgādinājums" not in four.text

    @pytest.mark.parametrize(
        ("language", "word"),
        [
            ("lv", "Lūdzam Jūsu piekrišanu"),
            ("lt", "Prašome Jūsų sutikimo"),
            ("en", "We ask for your permission"),
        ],
    )
    def test_in_the_language_of_the_guardian(
        self, cast: Cast, member: Membership, language: str, word: str
    ) -> None:
        guardian(member, cast.inga, language=language)
        assert letters()[0].subject == f"{word}: Kārlis Šķēle"

    def test_the_same_address_twice_is_once(self, cast: Cast, member: Membership) -> None:
        assert guardian(member, cast.inga) == guardian(member, cast.inga, ADDRESS.upper())
        assert len(letters()) == 3

    def test_a_reference_that_belongs_to_another_guardian_sends_a_letter_all_the_same(
        self, cast: Cast, member: Membership
    ) -> None:
        anna, juris = guardian(member, cast.inga), guardian(member, cast.inga, "juris@maja.example")
        taken = GuardianLink.objects.get(guardian=anna).ref
        sent = actions.send_link(guardian=juris, by=cast.inga, now=NOW, ref=taken)
        assert sent.guardian == juris
        assert sent.ref != taken

    def test_two_at_most(self, cast: Cast, member: Membership) -> None:
        guardian(member, cast.inga)
        guardian(member, cast.inga, "juris@maja.example")
        with pytest.raises(actions.TwoGuardians):
            guardian(member, cast.inga, "oma@maja.example")
        actions.take_off(guardian=Guardian.objects.all()[0], by=cast.inga, now=NOW)
        guardian(member, cast.inga, "oma@maja.example")

    def test_not_the_mentees_own_address(self, cast: Cast, member: Membership) -> None:
        with pytest.raises(actions.OwnAddress):
            guardian(member, member.person, str(member.person.email).upper())

    def test_only_for_mentees_who_are_minors(self, cast: Cast) -> None:
        with pytest.raises(actions.OnlyForMentees):
            guardian(cast.mentor, cast.inga)
        with pytest.raises(actions.NothingToPermit):
            guardian(cast.mentee, cast.inga)

    def test_the_mentee_writes_down_a_parent(self, cast: Cast, member: Membership) -> None:
        own = Visitor(member.person, language="en")
        page = own.get(f"/memberships/{member.ref}/guardians/own/")
        own.send(forms(page)[0], name="Anna", address=ADDRESS, language="lv")
        assert Guardian.objects.get().by == member.person
        again = own.get(f"/memberships/{member.ref}/guardians/own/")
        assert ADDRESS in words(again)
        assert own.get(f"/memberships/{member.ref}/guardians/new/").status_code == 403

    def test_history_tells_who_wrote_and_sent(self, cast: Cast, member: Membership) -> None:
        guardian(member, cast.inga)
        told = Line.objects.filter(thing_ref=member.ref, verb__startswith="guardian.").order_by("pk")
        assert [(each.verb, each.actor) for each in told] == [
            ("guardian.add", cast.inga.pk),
            ("guardian.send", cast.inga.pk),
        ]


class TestTheLink:
    def test_nobody_can_read_it_out_of_what_is_kept(self, cast: Cast, member: Membership) -> None:
        token = address_of(guardian(member, cast.inga)).split("/")[2]
        kept = [str(value) for row in GuardianLink.objects.values() for value in row.values()]
        assert not any(token in each for each in kept)

    def test_it_opens_twice(self, cast: Cast, member: Membership) -> None:
        address = address_of(guardian(member, cast.inga))
        assert [Parent(days=days).get(address).status_code for days in (0, 1, 59)] == [200, 200, 200]

    def test_after_sixty_days_the_calm_page(self, cast: Cast, member: Membership) -> None:
        address = address_of(guardian(member, cast.inga))
        assert Parent(days=60).get(address).status_code == 410

    def test_only_the_newest_opens(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        old = address_of(anna)
        actions.send_link(guardian=anna, by=cast.inga, now=NOW)
        assert Parent().get(old).status_code == 410
        assert Parent().get(address_of(anna)).status_code == 200
        waiting = Letter.objects.filter(to_address=ADDRESS, state=LetterState.QUEUED)
        assert not any(old in each.text for each in waiting)

    def test_sent_by_two_clicks_it_is_one(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        manager = Visitor(cast.inga)
        page = manager.get(f"/memberships/{member.ref}/")
        send = next(each for each in forms(page) if each.action.endswith(f"/guardians/{anna.ref}/link/"))
        manager.send(send)
        manager.send(send)
        assert GuardianLink.objects.count() == 2

    def test_taken_back_it_opens_nothing_and_nobody_sends_it_alone(
        self, cast: Cast, member: Membership
    ) -> None:
        anna = guardian(member, cast.inga)
        address = address_of(anna)
        actions.revoke_links(guardian=anna, by=cast.inga, now=NOW)
        closed = Parent().get(address)
        assert closed.status_code == 410
        assert forms(closed) == []
        assert cast.inga.name in words(closed)
        assert Parent().post(f"{address}again/").status_code == 410
        Parent().post("/guardian/", {"address": ADDRESS})
        assert GuardianLink.objects.count() == 1
        assert not Letter.objects.filter(to_address=ADDRESS, state=LetterState.QUEUED).exists()

    def test_taken_off_it_opens_nothing(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        address = address_of(anna)
        actions.take_off(guardian=anna, by=cast.inga, now=NOW)
        assert Parent().get(address).status_code == 410
        with pytest.raises(actions.NotKnown):
            actions.send_link(guardian=anna, by=cast.inga, now=NOW)

    @pytest.mark.parametrize("token", ["x", "a" * 43, "%F0%9F%98%80", "a" * 3000])
    def test_garbled_and_unknown(self, cast: Cast, token: str) -> None:
        answer = Parent().get(f"/guardian/{token}/")
        assert answer.status_code == 404
        assert [form.action for form in forms(answer)] == ["/guardian/"]

    def test_the_page_is_kept_nowhere(self, cast: Cast, member: Membership) -> None:
        page = Parent().get(address_of(guardian(member, cast.inga)))
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in page.headers["X-Robots-Tag"]


class TestAskedForAnew:
    def test_it_goes_only_to_the_known_address(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        closed = Parent(days=61).get(address_of(anna))
        sent = Parent(days=61).send(forms(closed)[0])
        assert sent.status_code == 200
        assert ADDRESS not in words(sent)
        assert Parent(days=61).get(address_of(anna)).status_code == 200
        assert link_of(anna).by is None

    def test_three_times_a_day(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        old = address_of(anna)
        for _time in range(3):
            assert Parent(days=61).post(f"{old}again/").status_code == 200
        refused = Parent(days=61).post(f"{old}again/")
        assert refused.status_code == 410
        assert "vairākas reizes" in words(refused)
        assert GuardianLink.objects.count() == 4
        Parent(days=61).post("/guardian/", {"address": ADDRESS})
        assert GuardianLink.objects.count() == 4

    def test_the_answer_does_not_tell_who_is_known(self, cast: Cast, member: Membership) -> None:
        guardian(member, cast.inga)
        parent = Parent(days=61)
        answers = [
            words(parent.post("/guardian/?language=en", {"address": address}))
            for address in (ADDRESS, "nobody@maja.example")
        ]
        assert answers[0] == answers[1]
        assert GuardianLink.objects.count() == 2

    def test_an_address_must_be_one(self, cast: Cast) -> None:
        assert "anna@skola.lv" in words(Parent().post("/guardian/", {"address": "anna"}))


class TestWhenItIsOver:
    def test_the_mentee_has_left(self, cast: Cast, member: Membership) -> None:
        address = address_of(guardian(member, cast.inga))
        withdraw_member(membership=member, by=cast.inga, now=NOW)
        page = Parent().get(f"{address}?language=en")
        assert "Nothing has to be answered any more" in words(page)
        assert [form.action for form in forms(page)] == [f"{address}worry/?language=en"]
        with pytest.raises(answers.NotAskedNow):
            answers.answer(link=GuardianLink.objects.get(), answers={"photographs": True}, now=NOW)

    def test_after_the_programme_what_stands_can_be_taken_back(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        answers.answer(link=link_of(anna), answers={"photographs": True, "visit": False}, now=NOW)
        for step in ("close", "finish"):
            take_step(programme=cast.programme, step=step, by=cast.dace, now=NOW)
        page = Parent().get(address_of(anna))
        assert {name for name, _value in forms(page)[0].boxes} == {"photographs"}
        Parent().send(forms(page)[0], photographs="no")
        assert not member.permissions.filter(withdrawn_at=None).exists()

    def test_of_age_nothing_is_asked(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        address = address_of(anna)
        answers.answer(link=link_of(anna), answers={"taking_part": True}, now=NOW)
        member.person.born = NOW.date().replace(year=NOW.year - 18)
        member.person.save(update_fields=["born"])
        page = Parent().get(f"{address}?language=en")
        assert "Kārlis decides alone now" in words(page)
        fresh = GuardianLink.objects.select_related("guardian__membership__person").get()
        with pytest.raises(answers.NotAskedNow):
            answers.answer(link=fresh, answers={"taking_part": False}, now=NOW)


def test_nobody_is_reminded_once_all_is_answered(cast: Cast) -> None:
    member = pupil(cast)
    anna = guardian(member, cast.inga)
    parent = Parent()
    parent.send(forms(parent.get(address_of(anna)))[0], taking_part="yes", visit="no")
    waiting = Letter.objects.filter(kind="applications.guardian_reminder")
    assert {each.state for each in waiting} == {LetterState.QUEUED}
    parent.send(forms(parent.get(address_of(anna)))[0], **{**ALL_YES, "visit": "no"})
    assert {each.state for each in waiting.all()} == {LetterState.WITHDRAWN}


def test_a_mentor_has_no_guardian(cast: Cast) -> None:
    manager = Visitor(cast.inga)
    assert cast.mentor.role == Role.MENTOR
    assert manager.get(f"/memberships/{cast.mentor.ref}/guardians/new/").status_code == 404
    assert manager.get(f"/memberships/{cast.mentor.ref}/permissions/form.lv.pdf").status_code == 404


def test_a_link_opens_for_as_many_days_as_the_programme_sets_for_the_country(cast: Cast) -> None:
    """What a programme sets of its own stands before what its country's setting says."""
    cast.programme.ages = {"LV": {"link_days": 10}}
    cast.programme.save(update_fields=["ages"])
    anna = guardian(pupil(cast), cast.inga)
    assert link_of(anna).expires_at == NOW + timedelta(days=10)
