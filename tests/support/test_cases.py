"""When something goes wrong (R8): the doors, the clock, who handles it, what is told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.support.conftest import See, told
from tests.support.test_pages import TELLING
from varpa.history.models import Line
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions.pairs import NotOneOfTheTwo
from varpa.pairs.models import Pair
from varpa.people.models import Appointment, Person
from varpa.post.models import Letter
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership, Partner, Role
from varpa.support.actions import cases
from varpa.support.actions.cases import close_case, pass_case, read_case, take_back, write_line
from varpa.support.actions.clocks import keep_cases
from varpa.support.models import Case, CaseLine, CaseState, Concerns, Door, Kind, Outcome
from varpa.support.queries.cases import cases_of_pair, handlers_of

pytestmark = pytest.mark.django_db
RIGA = ZoneInfo("Europe/Riga")


def _letters(kind: str) -> list[str]:
    return list(
        Letter.objects.filter(kind=f"support.{kind}").order_by("pk").values_list("to_address", flat=True)
    )


class TestTelling:
    def test_the_manager_is_told_without_the_words(self, cast: Cast) -> None:
        case = told(cast)
        assert _letters("told") == [cast.inga.email]
        assert case.text not in Letter.objects.get(kind="support.told").text
        assert (case.with_managers, case.with_lead) == (True, False)

    def test_history_never_holds_the_words(self, cast: Cast) -> None:
        told(cast, text="Slepeni vārdi")
        assert "Slepeni" not in str(list(Line.objects.values()))

    def test_two_working_days(self, cast: Cast) -> None:
        """14 October 2025 is a Tuesday."""
        assert told(cast).read_by == datetime(2025, 10, 16, 23, 59, 59, tzinfo=RIGA)

    def test_safety_is_read_the_same_day(self, cast: Cast) -> None:
        assert told(cast, kind=Kind.SAFETY).read_by == datetime(2025, 10, 14, 23, 59, 59, tzinfo=RIGA)

    def test_a_weekend_and_a_holiday_do_not_count(self, cast: Cast) -> None:
        """Told on the day before Christmas Eve, a Tuesday: Latvia works again on Monday."""
        before = datetime(2025, 12, 23, 9, tzinfo=RIGA)
        assert told(cast, now=before).read_by == datetime(2025, 12, 30, 23, 59, 59, tzinfo=RIGA)

    def test_nothing_written_is_not_told(self, cast: Cast) -> None:
        with pytest.raises(cases.NoWords):
            told(cast, text="  ")

    def test_only_for_oneself_and_the_own_pair(self, cast: Cast) -> None:
        with pytest.raises(NotOneOfTheTwo):
            told(cast, by=cast.andris)
        with pytest.raises(NotOneOfTheTwo):
            told(cast, pair=cast.neighbours)

    def test_a_second_click_tells_once(self, cast: Cast) -> None:
        ref = new_ref()
        assert told(cast, ref=ref) == told(cast, ref=ref, now=NOW + timedelta(seconds=1))
        assert Case.objects.count() == 1
        with pytest.raises(SentAlready):
            told(cast, ref=ref, text="Kas cits")

    def test_ten_a_day(self, cast: Cast) -> None:
        for _each in range(10):
            told(cast)
        with pytest.raises(cases.ToldOften):
            told(cast)
        told(cast, now=NOW + timedelta(days=1, minutes=1))

    def test_by_the_third_door_no_manager_reads_it(self, cast: Cast) -> None:
        case = told(cast, door=Door.LEAD_PARTNER)
        assert handlers_of(case) == [cast.dace]
        assert _letters("told") == [cast.dace.email]

    def test_what_concerns_the_manager_goes_past_the_manager(self, cast: Cast) -> None:
        case = told(cast, concerns=Concerns.MANAGER)
        assert handlers_of(case) == [cast.dace]

    def test_a_lead_partner_who_manages_does_not_read_what_concerns_the_manager(self, cast: Cast) -> None:
        Appointment.objects.create(person=cast.inga, organisation=cast.organisation, at=NOW)
        assert handlers_of(told(cast, concerns=Concerns.MANAGER)) == [cast.dace]
        Appointment.objects.filter(person=cast.dace).update(ended_at=NOW)
        contact = {
            "name": "Kamera",
            "contact_name": "Ilona Vītola",
            "contact_address": "ilona@kamera.example",
        }
        Partner.objects.create(programme=cast.programme, **contact)
        with pytest.raises(cases.NobodyElse, match="Ilona Vītola, ilona@kamera"):
            told(cast, concerns=Concerns.MANAGER)

    def test_whoever_managed_does_not_read_it_once_released_either(self, cast: Cast, see: See) -> None:
        """Inga is of the lead partner too, and is released after the complaint about her."""
        Appointment.objects.create(person=cast.inga, organisation=cast.organisation, at=NOW)
        case = told(cast, concerns=Concerns.MANAGER)
        withdraw_member(membership=_manager(cast), by=cast.dace, now=NOW)
        assert handlers_of(case) == [cast.dace]
        assert see(Person.objects.get(pk=cast.inga.pk), "case", case.ref).status_code == 404
        with pytest.raises(cases.NotHandled):
            close_case(case=case, outcome=Outcome.NOTHING, by=cast.inga, now=NOW)

    def test_where_all_of_the_lead_partner_manage_whoever_is_named_does_not_read_it(
        self, cast: Cast, see: See
    ) -> None:
        make.manager(cast.programme, cast.dace)
        with pytest.raises(cases.SayWhichManager):
            told(cast, concerns=Concerns.MANAGER)
        post = {**TELLING, "ref": new_ref(), "concerns": Concerns.MANAGER, "about": cast.inga.ref}
        see(cast.elina, "tell", cast.pair.ref, "lead_partner", post=post)
        case = Case.objects.get()
        assert handlers_of(case) == [cast.dace]
        assert _letters("told") == [cast.dace.email]
        assert see(cast.inga, "case", case.ref).status_code == 404
        assert see(cast.dace, "case", case.ref).status_code == 200
        assert handlers_of(told(cast, concerns=Concerns.MANAGER, about=cast.dace)) == [cast.inga]

    def test_a_mentor_of_the_same_mentee_is_recused(self, cast: Cast, see: See) -> None:
        """Where a mentee has two mentors, neither sees to what is told in the other pair."""
        Pair.objects.filter(pk=cast.neighbours.pk).update(mentee=cast.mentee, seat=2, place=2)
        make.manager(cast.programme, cast.rimantas)
        case = told(cast)
        assert handlers_of(case) == [cast.inga]
        assert see(cast.rimantas, "case", case.ref).status_code == 404

    def test_whoever_is_in_a_pair_tells_of_it_by_whatever_address(self, cast: Cast, see: See) -> None:
        make.manager(cast.programme, cast.andris)
        assert see(cast.elina, "alone", cast.mentee.ref).url == f"/pairs/{cast.pair.ref}/help/"
        see(cast.elina, "tell_alone", cast.mentee.ref, "manager", post={**TELLING, "ref": new_ref()})
        case = Case.objects.get()
        assert (case.pair, handlers_of(case)) == (cast.pair, [cast.inga])
        assert see(cast.andris, "case", case.ref).status_code == 404

    def test_what_endangers_the_goals_reaches_the_lead_partner_too(self, cast: Cast) -> None:
        """Methodology §3.1: the mentor tells the lead partner in time."""
        assert handlers_of(told(cast, concerns=Concerns.PROGRAMME)) == [cast.inga, cast.dace]

    def test_a_manager_who_is_in_the_pair_is_recused(self, cast: Cast) -> None:
        make.manager(cast.programme, cast.andris)
        assert handlers_of(told(cast)) == [cast.inga]

    def test_where_only_the_one_of_the_pair_manages_the_lead_partner_takes_it(self, cast: Cast) -> None:
        make.manager(cast.programme, cast.andris)
        withdraw_member(membership=_manager(cast), by=cast.dace, now=NOW)
        assert handlers_of(told(cast)) == [cast.dace]


def _manager(cast: Cast) -> Membership:
    return Membership.objects.get(person=cast.inga, role=Role.MANAGER)


class TestHandling:
    def test_whoever_told_it_learns_that_it_is_read(self, cast: Cast) -> None:
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        assert (case.state, case.handler) == (CaseState.READ, cast.inga)
        assert _letters("read") == [cast.elina.email]

    def test_read_twice_is_read_once(self, cast: Cast) -> None:
        make.manager(cast.programme, cast.zane)
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        read_case(case=Case.objects.get(), by=cast.zane, now=NOW)
        assert Case.objects.get().handler == cast.inga
        assert len(_letters("read")) == 1

    def test_nobody_else_handles_it(self, cast: Cast) -> None:
        case = told(cast)
        for who in (cast.andris, cast.elina, cast.dace, cast.tomas, cast.zane):
            with pytest.raises(cases.NotHandled):
                read_case(case=case, by=who, now=NOW)

    def test_a_step_is_told_and_a_note_is_not(self, cast: Cast) -> None:
        case, ref = told(cast), new_ref()
        for _click in range(2):
            write_line(case=case, text="Zvanīšu rīt.", told=True, by=cast.inga, now=NOW, ref=ref)
        write_line(case=case, text="Jāpajautā skolai.", told=False, by=cast.inga, now=NOW)
        assert _letters("step") == [cast.elina.email]
        assert CaseLine.objects.filter(told=True).count() == 1
        assert "skolai" not in str(list(Letter.objects.values()))

    def test_confidential_is_not_told_to_the_other(self, cast: Cast) -> None:
        case = told(cast)
        write_line(case=case, text="Zvanīšu.", told=True, by=cast.inga, now=NOW)
        assert list(cases_of_pair(cast.pair, cast.andris)) == []
        assert cast.andris.email not in _letters("step")

    def test_words_to_whoever_told_it_reach_nobody_else(self, cast: Cast) -> None:
        """Not confidential: the other sees that something is being done, and what came of it."""
        case = told(cast, confidential=False)
        words = "Elīna, es runāšu ar Andri par to, ka baidies."
        write_line(case=case, text=words, told=True, by=cast.inga, now=NOW)
        close_case(case=case, outcome=Outcome.TALKED, text="Tikai tev: turies.", by=cast.inga, now=NOW)
        assert _letters("step") == [cast.elina.email]
        assert _letters("closed") == [cast.elina.email, cast.andris.email]
        reached = str(list(Letter.objects.filter(to_address=cast.andris.email).values()))
        assert "baidies" not in reached
        assert "turies" not in reached
        assert list(cases_of_pair(cast.pair, cast.andris)) == [case]

    def test_both_read_what_was_written_for_both(self, cast: Cast) -> None:
        case = told(cast, confidential=False)
        write_line(case=case, text="Zvanīšu abiem.", told=True, both=True, by=cast.inga, now=NOW)
        assert _letters("step") == [cast.elina.email, cast.andris.email]

    def test_nothing_is_written_for_both_where_it_is_confidential(self, cast: Cast) -> None:
        with pytest.raises(cases.NotForBoth):
            write_line(case=told(cast), text="Zvanīšu.", told=True, both=True, by=cast.inga, now=NOW)
        open_case = told(cast, confidential=False)
        with pytest.raises(cases.NotForBoth):
            write_line(case=open_case, text="Zvanīšu.", told=False, both=True, by=cast.inga, now=NOW)

    def test_closed_with_an_outcome(self, cast: Cast) -> None:
        case = told(cast)
        with pytest.raises(cases.NoOutcome):
            close_case(case=case, outcome="", by=cast.inga, now=NOW)
        for _click in range(2):
            close_case(case=case, outcome=Outcome.TALKED, text="Paldies.", by=cast.inga, now=NOW)
        assert _letters("closed") == [cast.elina.email]
        assert Letter.objects.get(kind="support.closed").subject.endswith("Pārrunāts, un viss turpinās")
        with pytest.raises(AlreadyMoved):
            write_line(case=case, text="Vēl.", told=True, by=cast.inga, now=NOW)

    def test_taken_back_by_whoever_told_it(self, cast: Cast) -> None:
        case = told(cast)
        with pytest.raises(cases.NotYours):
            take_back(case=case, by=cast.inga, now=NOW)
        for _click in range(2):
            take_back(case=case, by=cast.elina, now=NOW)
        assert case.state == CaseState.WITHDRAWN

    def test_passed_to_the_lead_partner(self, cast: Cast) -> None:
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        pass_case(case=case, to=None, by=cast.inga, now=NOW)
        assert handlers_of(case) == [cast.inga, cast.dace]
        assert _letters("passed") == [cast.dace.email]
        with pytest.raises(cases.NobodyToPassTo):
            pass_case(case=case, to=cast.zane, by=cast.inga, now=NOW)

    def test_what_is_passed_on_has_its_clock_anew(self, cast: Cast) -> None:
        """Safety is read the same day by whoever takes it on, or the lead partner is told."""
        make.manager(cast.programme, cast.zane)
        case = told(cast, kind=Kind.SAFETY)
        read_case(case=case, by=cast.inga, now=NOW)
        later = NOW + timedelta(days=2)
        for _click in range(2):
            pass_case(case=case, to=cast.zane, by=cast.inga, now=later)
        assert (case.state, case.handler) == (CaseState.TOLD, cast.zane)
        assert later < case.read_by < later + timedelta(days=1)
        keep_cases(case.read_by - timedelta(hours=1))
        assert _letters("due") == [cast.zane.email]
        keep_cases(case.read_by + timedelta(minutes=1))
        assert _letters("late") == [cast.dace.email]
        read_case(case=case, by=cast.zane, now=case.read_by + timedelta(hours=1))
        assert _letters("read") == [cast.elina.email] * 2
        assert case.handler == cast.zane

    def test_taken_back_is_told_to_whoever_works_on_it(self, cast: Cast) -> None:
        case = told(cast, kind=Kind.SAFETY)
        read_case(case=case, by=cast.inga, now=NOW)
        for _click in range(2):
            take_back(case=case, by=cast.elina, now=NOW)
        assert _letters("taken_back") == [cast.inga.email]


class TestClocks:
    def test_reminded_before_and_told_on_after(self, cast: Cast) -> None:
        case = told(cast)
        for hours in (0, 1):
            keep_cases(case.read_by - timedelta(hours=7 - hours))
        assert _letters("due") == [cast.inga.email]
        for minutes in (1, 2):
            keep_cases(case.read_by + timedelta(minutes=minutes))
        assert _letters("late") == [cast.dace.email]
        assert handlers_of(Case.objects.get()) == [cast.inga, cast.dace]

    def test_what_is_read_waits_for_nobody(self, cast: Cast) -> None:
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        keep_cases(case.read_by + timedelta(days=1))
        assert _letters("due") == _letters("late") == []

    def test_a_manager_who_leaves(self, cast: Cast) -> None:
        make.manager(cast.programme, cast.zane)
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        withdraw_member(membership=_manager(cast), by=cast.dace, now=NOW)
        for _turn in range(2):
            keep_cases(NOW + timedelta(minutes=1))
        assert _letters("passed") == [cast.zane.email]
        case.refresh_from_db()
        assert (case.handler, case.state) == (None, CaseState.TOLD)
        keep_cases(case.read_by + timedelta(minutes=1))
        assert _letters("late") == [cast.dace.email]

    def test_to_the_lead_partner_alone_the_letters_of_the_clock_are_true(self, cast: Cast) -> None:
        case = told(cast, door=Door.LEAD_PARTNER)
        keep_cases(case.read_by - timedelta(hours=7))
        keep_cases(case.read_by + timedelta(minutes=1))
        due, late = (Letter.objects.get(kind=f"support.{kind}").text for kind in ("due", "late"))
        assert "vadošais partneris" not in due
        assert "arī Jūs" not in late

    def test_the_last_manager_leaves_before_anybody_has_read_it(self, cast: Cast) -> None:
        case = told(cast, kind=Kind.SAFETY)
        withdraw_member(membership=_manager(cast), by=cast.dace, now=NOW)
        assert handlers_of(case) == []
        for _twice in range(2):
            keep_cases(NOW + timedelta(minutes=1))
        case.refresh_from_db()
        assert (case.with_lead, case.state, handlers_of(case)) == (True, CaseState.TOLD, [cast.dace])
        assert Letter.objects.filter(kind="support.passed", to_address=cast.dace.email).count() == 1

    def test_the_last_manager_leaves(self, cast: Cast) -> None:
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        withdraw_member(membership=_manager(cast), by=cast.dace, now=NOW)
        keep_cases(NOW + timedelta(minutes=1))
        assert handlers_of(Case.objects.get()) == [cast.dace]
