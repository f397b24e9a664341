"""A mentee may be served by more than one mentor, where the programme allows it (product §2)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import allow, capacity, form, laima, queries, second_pair, see, send, text
from varpa.history.models import Line
from varpa.kernel.access import may
from varpa.kernel.merging import Conflict
from varpa.pairs.access import PairAction, PlanAction
from varpa.pairs.actions import pairs, several
from varpa.pairs.models import Pair, PairState
from varpa.pairs.places import free_seat
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import PermissionKind, Programme, ProgrammeState, Role

pytestmark = pytest.mark.django_db
FURTHER = "Audzēkņi, kuriem var būt vēl viens mentors"


class TestTheTwo:
    def test_mentee_has_one_mentor_where_nothing_else_was_said(self, cast: Cast) -> None:
        assert cast.programme.mentors_at_once == 1
        with pytest.raises(pairs.AlreadyPaired):
            make.pair(laima(cast), cast.mentee)

    def test_mentee_with_two_mentors_has_two_pairs_that_go(self, cast: Cast) -> None:
        other = second_pair(cast)
        assert [cast.pair.seat, other.seat] == [1, 2]
        assert {each.state for each in Pair.objects.filter(mentee=cast.mentee)} == {PairState.ACTIVE}

    def test_both_are_asked_for_the_second_pair_too(self, cast: Cast) -> None:
        other = second_pair(cast, active=False)
        asked = Letter.objects.filter(kind="pairs.proposed", about=f"pair:{other.ref}")
        assert {each.person for each in asked} == {other.mentor.person_id, cast.elina.pk}

    def test_the_first_mentor_is_told_by_a_letter_once_the_second_begins(self, cast: Cast) -> None:
        other = second_pair(cast, active=False)
        assert not Letter.objects.filter(kind="pairs.joined").exists()
        for side in (other.mentor, other.mentee):
            pairs.answer_proposal(pair=other, yes=True, by=side.person, now=NOW)
        letter = Letter.objects.get(kind="pairs.joined")
        assert letter.person == cast.andris.pk
        assert other.mentor.person.name in letter.text
        assert f"/pairs/{cast.pair.ref}/" in letter.text
        assert other.ref not in letter.text

    def test_whose_pair_has_ended_is_not_told(self, cast: Cast) -> None:
        pairs.dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
        second_pair(cast)
        assert not Letter.objects.filter(kind="pairs.joined").exists()

    def test_the_cooperation_plan_of_one_pair_no_other_mentor_reads(self, cast: Cast) -> None:
        """Also where it was agreed and shared with the manager before the second mentor came."""
        plan = make.agreed_plan(cast.pair)
        Pair.objects.filter(pk=cast.pair.pk).update(shares_plan=True)
        joined = second_pair(cast).mentor.person
        assert not may(PlanAction.READ, joined, plan)
        assert not may(PairAction.READ_PLAN, joined, cast.pair)
        assert may(PlanAction.READ, cast.inga, plan)

    def test_a_third_mentor_is_refused_with_the_number(self, cast: Cast) -> None:
        second_pair(cast)
        with pytest.raises(pairs.MentorsEnough) as refused:
            make.pair(laima(cast, "Ruta Saule", "ruta@x.example"), cast.mentee)
        assert "Elīna Bērziņa has as many mentors as the programme allows: 2." in str(refused.value)

    def test_the_same_two_are_one_pair(self, cast: Cast) -> None:
        allow(cast, 3)
        capacity(cast.mentor, 3)
        with pytest.raises(pairs.AlreadyPaired):
            make.pair(cast.mentor, cast.mentee)

    def test_a_seat_that_is_free_again_is_taken_first(self, cast: Cast) -> None:
        second_pair(cast)
        pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
        assert free_seat(cast.mentee, 2) == 1
        assert make.pair(laima(cast, "Ruta Saule", "ruta@x.example"), cast.mentee).seat == 1

    def test_one_pair_ends_and_the_other_goes_on(self, cast: Cast) -> None:
        other = second_pair(cast)
        pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
        other.refresh_from_db()
        assert other.state == PairState.ACTIVE

    def test_a_permission_taken_back_lets_both_pairs_rest(self, cast: Cast) -> None:
        allow(cast, 2)
        krista = make.member(
            cast.programme, make.person("Krista Liepiņa", born=date(2009, 5, 4)), Role.MENTEE
        )
        kind = PermissionKind.TAKING_PART
        record_permission(membership=krista, kind=kind, guardian="Ilze Liepiņa", by=cast.inga, now=NOW)
        for name in ("Laima Vītola", "Ruta Saule"):
            make.pair(laima(cast, name, ""), krista)
        withdraw_permission(membership=krista, kind=kind, by=cast.inga, now=NOW)
        found = Pair.objects.filter(mentee=krista).values_list("state", flat=True)
        assert list(found) == [PairState.PAUSED, PairState.PAUSED]

    def test_one_that_rests_stops_no_other(self, cast: Cast) -> None:
        other = second_pair(cast)
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert several.require_one_active([cast.pair, other], NOW) == [other]
        pairs.pause_pair(pair=other, by=cast.inga, now=NOW)
        with pytest.raises(pairs.PairRests):
            several.require_one_active([cast.pair, other], NOW)


class TestTheDatabase:
    def test_it_knows_each_seat_once(self, cast: Cast) -> None:
        again = Pair(programme=cast.programme, mentor=laima(cast), mentee=cast.mentee, proposed_at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)

    @pytest.mark.parametrize("seat", [0, 4])
    def test_it_knows_no_other_seats(self, cast: Cast, seat: int) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Pair.objects.create(
                programme=cast.programme,
                mentor=laima(cast),
                mentee=cast.mentee,
                proposed_at=NOW,
                seat=seat,
            )

    @pytest.mark.parametrize("most", [0, 4])
    def test_a_programme_allows_from_one_to_three(self, cast: Cast, most: int) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Programme.objects.filter(pk=cast.programme.pk).update(mentors_at_once=most)


class TestTheSetting:
    def test_it_leaves_a_line_of_history(self, cast: Cast) -> None:
        allow(cast, 2)
        line = Line.objects.get(verb="programme.mentors_at_once")
        assert (line.actor, line.details) == (cast.inga.pk, {"most": 2})

    def test_the_same_number_once_more_changes_nothing(self, cast: Cast) -> None:
        allow(cast, 2)
        before = Programme.objects.get(pk=cast.programme.pk).revision
        allow(cast, 2)
        assert Programme.objects.get(pk=cast.programme.pk).revision == before
        assert Line.objects.filter(verb="programme.mentors_at_once").count() == 1

    def test_nobody_loses_a_mentor_by_it(self, cast: Cast) -> None:
        second_pair(cast)
        with pytest.raises(several.SomeHaveMore) as refused:
            allow(cast, 1)
        assert "Elīna Bērziņa has 2 mentors now." in str(refused.value)
        assert Programme.objects.get(pk=cast.programme.pk).mentors_at_once == 2

    def test_once_the_pair_has_ended_it_may_be_one_again(self, cast: Cast) -> None:
        other = second_pair(cast)
        pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
        allow(cast, 1)
        other.refresh_from_db()
        assert other.seat == 1
        with pytest.raises(pairs.AlreadyPaired):
            make.pair(laima(cast, "Ruta Saule", "ruta@x.example"), cast.mentee)

    @pytest.mark.parametrize("most", [0, 4])
    def test_no_other_numbers(self, cast: Cast, most: int) -> None:
        with pytest.raises(several.WrongNumber):
            allow(cast, most)

    def test_not_after_the_programme_is_over(self, cast: Cast) -> None:
        Programme.objects.filter(pk=cast.programme.pk).update(state=ProgrammeState.CLOSED)
        with pytest.raises(ProgrammeIsOver):
            allow(cast, 2)

    def test_two_tabs_do_not_undo_each_other(self, cast: Cast) -> None:
        with pytest.raises(Conflict):
            several.allow_mentors(programme=cast.programme, most=2, by=cast.inga, now=NOW, revision=99)


class TestPages:
    def test_the_manager_chooses_on_a_page_of_the_settings(self, cast: Cast) -> None:
        given = form(cast.inga, "several", cast.programme.ref)
        assert send(cast.inga, "several", cast.programme.ref, **given | {"most": "2"}).status_code == 302
        assert Programme.objects.get(pk=cast.programme.pk).mentors_at_once == 2

    def test_what_is_refused_stands_on_the_form(self, cast: Cast) -> None:
        second_pair(cast)
        given = form(cast.inga, "several", cast.programme.ref)
        answer = send(cast.inga, "several", cast.programme.ref, **given | {"most": "1"})
        assert "Elīna Bērziņa" in answer.content.decode()

    def test_an_old_page_is_shown_anew(self, cast: Cast) -> None:
        answer = send(cast.inga, "several", cast.programme.ref, most="2", revision="99")
        assert answer.status_code == 200
        assert answer.context["form"].errors

    def test_who_sees_it(self, cast: Cast) -> None:
        people = (cast.dace, cast.inga, cast.andris, cast.elina, cast.tomas, cast.zane)
        told = [see(who, "several", cast.programme.ref).status_code for who in people]
        assert told == [200, 200, 403, 403, 404, 404]

    @pytest.mark.parametrize(
        ("language", "head"),
        [("lv", "Audzēkņa mentori"), ("lt", "Mokinio mentoriai"), ("en", "Mentors of a mentee")],
    )
    def test_it_reads_in_three_languages(self, cast: Cast, language: str, head: str) -> None:
        allow(cast, 2)
        Person.objects.filter(pk=cast.inga.pk).update(language=language)
        cast.inga.refresh_from_db()
        assert head in text(cast.inga, "several", cast.programme.ref)

    def test_the_staff_choose_among_those_who_may_have_another(self, cast: Cast) -> None:
        assert FURTHER not in text(cast.inga, "new", cast.programme.ref)
        allow(cast, 2)
        assert FURTHER in text(cast.inga, "new", cast.programme.ref)
        shown = text(cast.inga, "new", cast.programme.ref, further="1")
        assert "Elīna Bērziņa" in shown
        assert "Andris Ozols" in shown
        second_pair(cast)
        found = see(cast.inga, "new", cast.programme.ref, further="1").context["page"].rows
        assert [each.person.name for each in found] == ["Gabija Petrauskaitė"]

    def test_beside_the_mentee_stands_who_mentors_already(self, cast: Cast) -> None:
        allow(cast, 2)
        free = laima(cast)
        capacity(cast.mentor, 2)
        shown = see(cast.inga, "new", cast.programme.ref, mentee=cast.mentee.ref)
        assert [each.person.name for each in shown.context["page"].rows] == ["Laima Vītola"]
        both = text(cast.inga, "new", cast.programme.ref, mentee=cast.mentee.ref, mentor=free.ref)
        assert "Andris Ozols" in both

    def test_the_page_of_the_pair_leads_to_a_further_mentor(self, cast: Cast) -> None:
        further = "Meklēt vēl vienu mentoru"
        assert further not in text(cast.inga, "manage", cast.pair.ref)
        allow(cast, 2)
        assert further in text(cast.inga, "manage", cast.pair.ref)
        second_pair(cast)
        shown = text(cast.inga, "manage", cast.pair.ref)
        assert further not in shown
        assert "Laima Vītola" in shown

    def test_many_take_as_many_questions(self, cast: Cast) -> None:
        allow(cast, 2)
        few = queries(cast.inga, "new", cast.programme.ref, further="1")
        for number in range(10):
            young = make.person(f"Audzēknis {number}", f"a{number}@x.example", born=date(2006, 1, 1))
            mentee = make.member(cast.programme, young, Role.MENTEE)
            make.pair(laima(cast, f"Mentors {number}", f"m{number}@x.example"), mentee)
        assert queries(cast.inga, "new", cast.programme.ref, further="1") == few
