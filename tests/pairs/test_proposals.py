"""A pair is made by hand, both are asked for a yes; R1 stands before everything one-to-one."""

from datetime import date
from pathlib import Path

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.methodology import Fact
from varpa.pairs.actions import goals, pairs, plans, readiness
from varpa.pairs.models import Answer, Outcome, Pair, PairState
from varpa.pairs.queries import facts_of
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.actions.programmes import make_programme, take_step
from varpa.programmes.models import Membership, PermissionKind, Programme, Role

pytestmark = pytest.mark.django_db

OTHER = Path(__file__).parents[1] / "methodology" / "other"


def two(programme: Programme, *, ready: bool = True) -> tuple[Membership, Membership]:
    """A free mentor and a free mentee."""
    mentor = make.member(programme, make.person("Laima Vītola"), Role.MENTOR, ready=ready)
    mentee = make.member(
        programme, make.person("Jānis Bērzs", born=date(2006, 1, 1)), Role.MENTEE, ready=ready
    )
    return mentor, mentee


def answer(pair: Pair, person: Person, yes: bool = True) -> None:
    pairs.answer_proposal(pair=Pair.objects.get(pk=pair.pk), yes=yes, by=person, now=NOW)


class TestProposing:
    def test_both_are_asked_with_a_link_to_answer(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        assert pair.state == PairState.PROPOSED
        letters = Letter.objects.filter(kind="pairs.proposed", about=f"pair:{pair.ref}")
        assert letters.count() == 2
        assert all(f"/pairs/{pair.ref}/answer/" in letter.text for letter in letters)

    def test_a_letter_tells_no_contact_data(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        make.pair(mentor, mentee, active=False)
        for letter in Letter.objects.filter(kind="pairs.proposed"):
            assert "@varpa.example" not in letter.text

    def test_being_prepared_may_come_later(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme, ready=False)
        assert make.pair(mentor, mentee, active=False).state == PairState.PROPOSED

    def test_roles_the_other_way_round_are_refused(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        with pytest.raises(pairs.NotTogether):
            pairs.propose_pair(mentor=mentee, mentee=mentor, by=None, now=NOW)

    def test_people_of_two_programmes_are_refused(self, cast: Cast) -> None:
        mentor, _mentee = two(cast.programme)
        with pytest.raises(pairs.NotTogether):
            pairs.propose_pair(mentor=mentor, mentee=cast.elsewhere.mentee, by=None, now=NOW)

    def test_somebody_who_has_left_since_the_page_was_opened_is_refused(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        withdraw_member(membership=Membership.objects.get(pk=mentee.pk), by=None, now=NOW)
        with pytest.raises(pairs.NotTogether):
            pairs.propose_pair(mentor=mentor, mentee=mentee, by=None, now=NOW)

    def test_one_person_in_two_roles_is_no_pair(self, cast: Cast) -> None:
        person = make.person("Laima Vītola")
        mentor = make.member(cast.programme, person, Role.MENTOR)
        mentee = make.member(cast.programme, person, Role.MENTEE)
        with pytest.raises(pairs.SamePerson):
            pairs.propose_pair(mentor=mentor, mentee=mentee, by=None, now=NOW)

    def test_a_closing_programme_makes_no_pairs(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        take_step(programme=mentor.programme, step="close", by=None, now=NOW)
        with pytest.raises(pairs.ProgrammeIsOver):
            pairs.propose_pair(mentor=mentor, mentee=mentee, by=None, now=NOW)

    def test_a_mentee_of_an_open_pair_is_refused(self, cast: Cast) -> None:
        mentor, _mentee = two(cast.programme)
        with pytest.raises(pairs.AlreadyPaired):
            pairs.propose_pair(mentor=mentor, mentee=cast.mentee, by=None, now=NOW)

    def test_a_mentor_without_a_free_place_is_refused(self, cast: Cast) -> None:
        _mentor, mentee = two(cast.programme)
        with pytest.raises(pairs.NoPlaceLeft):
            pairs.propose_pair(mentor=cast.mentor, mentee=mentee, by=None, now=NOW)

    def test_after_an_end_both_are_free_again(self, cast: Cast) -> None:
        pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
        assert make.pair(cast.mentor, cast.mentee).state == PairState.ACTIVE

    def test_a_second_click_makes_one_pair(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        ref = new_ref()
        made = [
            pairs.propose_pair(mentor=mentor, mentee=mentee, by=None, now=NOW, ref=ref) for _click in range(2)
        ]
        assert made[0] == made[1]
        assert Line.objects.filter(verb="pair.propose", thing_ref=ref).count() == 1
        assert Letter.objects.filter(about=f"pair:{ref}").count() == 2

    def test_going_back_and_choosing_others_makes_another_pair(self, cast: Cast) -> None:
        """The browser's back button brings the old hidden reference along."""
        mentor, mentee = two(cast.programme)
        ref = new_ref()
        first = pairs.propose_pair(mentor=mentor, mentee=mentee, by=None, now=NOW, ref=ref)
        others = (
            make.member(cast.programme, make.person("Ruta Saule"), Role.MENTOR),
            make.member(cast.programme, make.person("Oskars Kalns"), Role.MENTEE),
        )
        second = pairs.propose_pair(mentor=others[0], mentee=others[1], by=None, now=NOW, ref=ref)
        assert second.mentee == others[1]
        assert second.ref != first.ref


class TestAnswering:
    def test_two_yes_of_prepared_people_start_the_pair(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        answer(pair, mentor.person)
        pair.refresh_from_db()
        assert pair.state == PairState.PROPOSED
        answer(pair, mentee.person)
        pair.refresh_from_db()
        assert (pair.state, pair.active_at) == (PairState.ACTIVE, NOW)
        assert Fact.PAIR_ACTIVE in facts_of(pair)
        assert Letter.objects.filter(kind="pairs.started", about=f"pair:{pair.ref}").count() == 2

    def test_the_letter_of_the_start_brings_the_guide_to_each(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        Person.objects.filter(pk__in=[mentor.person_id, mentee.person_id]).update(language="en")
        mentor.person.refresh_from_db()
        mentee.person.refresh_from_db()
        pair = make.pair(mentor, mentee)
        sent = Letter.objects.filter(kind="pairs.started", about=f"pair:{pair.ref}")
        letters = {each.person: " ".join(each.text.split()) for each in sent}
        page = f"/programmes/{cast.programme.ref}/library/first-meeting/"
        for words in letters.values():
            assert "At the first meeting you get to know each other" in words
            assert page in words
        assert "- read what the application says" in letters[mentor.person_id]
        assert "- write down three questions" in letters[mentee.person_id]
        assert "write a short agenda" not in letters[mentee.person_id]

    def test_another_methodology_sends_its_own_guide_with_the_start(self, cast: Cast) -> None:
        programme = make_programme(
            organisation=cast.organisation,
            folder=OTHER,
            name=TranslatedText.same("Darbnīca"),
            starts=make.STARTS,
            ends=make.ENDS,
            by=cast.dace,
            now=NOW,
        )
        mentor, mentee = two(programme)
        pair = make.pair(mentor, mentee)
        sent = Letter.objects.filter(kind="pairs.started", about=f"pair:{pair.ref}")
        assert sent.count() == 2
        assert all(f"/programmes/{programme.ref}/library/safety/" in each.text for each in sent)

    def test_two_yes_of_unprepared_people_wait(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme, ready=False)
        pair = make.pair(mentor, mentee)
        pair.refresh_from_db()
        assert pair.state == PairState.ACCEPTED
        make.prepare(mentor)
        assert readiness.start_ready_pairs(NOW) == 0
        make.prepare(mentee)
        assert readiness.start_ready_pairs(NOW) == 1
        assert readiness.start_ready_pairs(NOW) == 0
        pair.refresh_from_db()
        assert pair.state == PairState.ACTIVE

    def test_a_no_ends_it_without_blame(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        answer(pair, mentee.person, yes=False)
        pair.refresh_from_db()
        assert (pair.state, pair.outcome, pair.end_reason) == (PairState.ENDED, Outcome.DISSOLVED, "")
        told = Letter.objects.filter(kind="pairs.declined", about=f"pair:{pair.ref}")
        assert {letter.person for letter in told} == {mentor.person_id, mentee.person_id}

    def test_a_no_says_to_the_manager_that_it_is_a_no_and_not_whose(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        answer(pair, mentee.person, yes=False)
        told = Letter.objects.filter(kind="pairs.needs_manager", about=f"pair:{pair.ref}")
        assert {letter.person for letter in told} == {cast.inga.pk}

    def test_a_pair_that_never_began_has_no_ending_phase(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        answer(pair, mentor.person, yes=False)
        assert facts_of(pair) == {}

    def test_a_no_takes_back_the_question_that_was_not_yet_sent(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        answer(pair, mentor.person, yes=False)
        asked = Letter.objects.filter(kind="pairs.proposed", about=f"pair:{pair.ref}")
        assert {letter.state for letter in asked} == {LetterState.WITHDRAWN}

    def test_a_second_click_is_the_same_answer(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        for _click in range(2):
            answer(pair, mentor.person)
        assert Answer.objects.filter(pair=pair).count() == 1
        assert Line.objects.filter(verb="pair.answer", thing_ref=pair.ref).count() == 1

    def test_the_answer_stands_once_given(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        answer(pair, mentor.person)
        with pytest.raises(AlreadyMoved):
            answer(pair, mentor.person, yes=False)

    def test_a_yes_after_the_other_said_no_is_told(self, cast: Cast) -> None:
        """The page was opened before the no: the state in memory is an old one."""
        mentor, mentee = two(cast.programme)
        opened = make.pair(mentor, mentee, active=False)
        answer(opened, mentee.person, yes=False)
        with pytest.raises(AlreadyMoved):
            pairs.answer_proposal(pair=opened, yes=True, by=mentor.person, now=NOW)
        assert not Answer.objects.filter(pair=opened, side="mentor").exists()

    def test_nobody_answers_for_the_two(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme)
        pair = make.pair(mentor, mentee, active=False)
        for other in (cast.inga, cast.zane, cast.andris):
            with pytest.raises(pairs.NotOneOfTheTwo):
                answer(pair, other)


class TestNoContactBeforeBothArePrepared:
    """R1 by every road of this room."""

    def roads(self, pair: Pair, by: Person) -> list[object]:
        return [
            lambda: goals.set_goal(pair=pair, text="Cena", by=by, now=NOW),
            lambda: goals.set_goals(pair=pair, texts={new_ref(): "Cena"}, by=by, now=NOW),
            lambda: goals.answer_topic(pair=pair, texts={"problems": "Cena"}, revisions={}, by=by, now=NOW),
            lambda: plans.begin_plan(pair=pair, by=by, now=NOW),
        ]

    def refused(self, pair: Pair, by: Person) -> set[type[Exception]]:
        kinds = set()
        for road in self.roads(pair, by):
            with pytest.raises(pairs.NotActive) as told:
                road()  # type: ignore[operator]
            kinds.add(told.type)
        return kinds

    def test_proposed(self, cast: Cast) -> None:
        pair = make.pair(*two(cast.programme), active=False)
        assert self.refused(pair, pair.mentor.person) == {pairs.NotActive}

    def test_accepted_by_both_and_not_prepared(self, cast: Cast) -> None:
        pair = make.pair(*two(cast.programme, ready=False))
        assert self.refused(pair, pair.mentor.person) == {pairs.NotActive}

    def test_paused(self, cast: Cast) -> None:
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert self.refused(cast.pair, cast.andris) == {pairs.PairRests}

    def test_ended(self, cast: Cast) -> None:
        pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
        assert self.refused(cast.pair, cast.andris) == {pairs.PairHasEnded}

    def test_paused_since_the_page_was_opened(self, cast: Cast) -> None:
        opened = Pair.objects.get(pk=cast.pair.pk)
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert opened.state == PairState.ACTIVE
        assert self.refused(opened, cast.andris) == {pairs.PairRests}

    def test_a_permission_taken_back_counts_at_once(self, cast: Cast) -> None:
        minor = make.person("Krista Liepiņa", born=date(2009, 5, 4))
        mentee = make.member(cast.programme, minor, Role.MENTEE)
        mentor, _other = two(cast.programme)
        kind = PermissionKind.TAKING_PART
        record_permission(membership=mentee, kind=kind, guardian="Ilze Liepiņa", by=cast.inga, now=NOW)
        pair = make.pair(mentor, mentee)
        plan = plans.begin_plan(pair=pair, by=minor, now=NOW)
        withdraw_permission(membership=mentee, kind=kind, by=cast.inga, now=NOW)
        assert self.refused(pair, minor) == {pairs.PairRestsUnprepared}
        with pytest.raises(pairs.PairRestsUnprepared):
            plans.write_own_words(plan=plan, text="Mēs", revision=0, by=minor, now=NOW)

    def test_a_member_who_has_left_is_in_contact_with_nobody(self, cast: Cast) -> None:
        withdraw_member(membership=cast.mentor, by=cast.inga, now=NOW)
        assert self.refused(cast.pair, cast.elina) == {pairs.OneHasLeft}

    def test_accepted_and_prepared_since_starts_by_the_first_step(self, cast: Cast) -> None:
        mentor, mentee = two(cast.programme, ready=False)
        pair = make.pair(mentor, mentee)
        make.prepare(mentor)
        make.prepare(mentee)
        plans.begin_plan(pair=pair, by=mentor.person, now=NOW)
        pair.refresh_from_db()
        assert pair.state == PairState.ACTIVE
