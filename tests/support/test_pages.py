"""The pages of support: who sees them, who does not, what they cost, in three languages."""

import html
from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import allow, laima
from tests.support.conftest import See, queries, told
from varpa.guardians.models import Guardian, Worry
from varpa.kernel.refs import new_ref
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.pairs.actions.plans import (
    agree_on_paper,
    begin_plan,
    confirm_plan,
    write_answers,
    write_own_words,
)
from varpa.pairs.models import Pair
from varpa.people.models import Appointment
from varpa.programmes.models import Role
from varpa.support.actions.cases import close_case, pass_case, read_case, take_up_worry
from varpa.support.models import Case, CaseState, Door, Kind, Outcome

pytestmark = pytest.mark.django_db
TELLING = {"kind": Kind.RELATIONSHIP, "text": "Mēs nesaprotamies.", "confidential": "on"}


def words_of(answer: Any) -> str:
    return html.unescape(str(answer.content.decode()))


class TestDoors:
    def test_from_every_page_in_two_taps(self, cast: Cast, see: See) -> None:
        for who in (cast.andris, cast.elina):
            assert "/help/" in words_of(see(who, "home:home"))
            assert see(who, "help").url == f"/pairs/{cast.pair.ref}/help/"
            page = words_of(see(who, "doors", cast.pair.ref))
            for to in ("words", "manager", "lead_partner"):
                assert f"/pairs/{cast.pair.ref}/help/{to}/" in page
        assert "/help/" not in words_of(see(cast.inga, "home:home"))

    def test_of_two_mentees_from_every_page_in_two_taps(self, cast: Cast, see: See) -> None:
        """From a page of a pair its own doors; from any other page the doors of both stand side by side."""
        Pair.objects.filter(pk=cast.neighbours.pk).update(mentor=cast.mentor, place=2)
        for pair in (cast.pair, cast.neighbours):
            for name in ("home:room", "pairs:plan", "messaging:threads", "closing:closing"):
                assert f'"/help/?pair={pair.ref}"' in words_of(see(cast.andris, name, pair.ref))
            assert see(cast.andris, "help", pair=pair.ref).url == f"/pairs/{pair.ref}/help/"
        meeting = make.meeting(cast.pair)
        assert f'"/help/?pair={cast.pair.ref}"' in words_of(see(cast.andris, "meetings:meeting", meeting.ref))
        page = words_of(see(cast.andris, "help"))
        for pair in (cast.pair, cast.neighbours):
            for to in ("words", "manager", "lead_partner"):
                assert f"/pairs/{pair.ref}/help/{to}/" in page

    def test_a_pair_of_others_leads_nowhere(self, cast: Cast, see: See) -> None:
        assert see(cast.andris, "help", pair=cast.neighbours.ref).url == f"/pairs/{cast.pair.ref}/help/"
        assert see(cast.rimantas, "help", pair=cast.pair.ref).url == f"/pairs/{cast.neighbours.ref}/help/"

    def test_only_the_two_stand_before_them(self, cast: Cast, see: See) -> None:
        for name, *args in [("doors",), ("words",), ("tell", "manager"), ("tell", "lead_partner")]:
            for who in (cast.andris, cast.elina):
                assert see(who, name, cast.pair.ref, *args).status_code == 200
            for who in (cast.inga, cast.dace, cast.rimantas, cast.tomas, cast.zane):
                assert see(who, name, cast.pair.ref, *args).status_code in (403, 404)
            assert see(None, name, cast.pair.ref, *args).status_code == 302
        assert see(cast.elina, "tell", cast.pair.ref, "nobody").status_code == 404

    def test_the_first_door_shows_what_the_two_agreed(self, cast: Cast, see: See) -> None:
        """The question is found by its mark, not by its key."""
        plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
        texts = {"discontent": "Vispirms pasakām viens otram."}
        write_answers(plan=plan, texts=texts, choices={}, revisions={}, by=cast.elina, now=NOW)
        assert "viens otram" not in words_of(see(cast.elina, "words", cast.pair.ref))
        for who in (cast.elina, cast.andris):
            confirm_plan(plan=plan, by=who, now=NOW)
        page = words_of(see(cast.elina, "words", cast.pair.ref))
        assert "Vispirms pasakām viens otram." in page
        assert f"/pairs/{cast.pair.ref}/messages/new/?words=" in page

    def test_a_plan_in_own_words_or_on_paper_is_agreed_too(self, cast: Cast, see: See) -> None:
        plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
        write_own_words(plan=plan, text="Sakām uzreiz.", revision=0, by=cast.andris, now=NOW)
        for side in (cast.elina, cast.andris):
            confirm_plan(plan=plan, by=side, now=NOW)
        shown = words_of(see(cast.elina, "words", cast.pair.ref))
        assert "vēl neesat vienojušies" not in shown
        assert "pašu vārdiem" in shown
        assert f'href="/pairs/{cast.pair.ref}/plan/">Viss plāns' in shown

    def test_a_plan_entered_from_paper_is_agreed_too(self, cast: Cast, see: See) -> None:
        agree_on_paper(pair=cast.pair, day=NOW.date(), choices={}, by=cast.inga, now=NOW)
        shown = words_of(see(cast.elina, "words", cast.pair.ref))
        assert "vēl neesat vienojušies" not in shown
        assert f'href="/pairs/{cast.pair.ref}/plan/">Viss plāns' in shown

    def test_a_beginning_leads_into_messages(self, cast: Cast, see: See) -> None:
        page = words_of(see(cast.elina, "messaging:new", cast.pair.ref, words="Man palīdzētu"))
        assert "Man palīdzētu" in page

    def test_somebody_without_a_pair(self, cast: Cast, see: See) -> None:
        alone = make.member(cast.programme, cast.zane, "mentee")
        assert see(cast.zane, "help").url == f"/memberships/{alone.ref}/help/"
        assert see(cast.zane, "alone", alone.ref).status_code == 200
        post = {**TELLING, "ref": new_ref()}
        sent = see(cast.zane, "tell_alone", alone.ref, "manager", post=post)
        assert sent.url == f"/cases/{Case.objects.get().ref}/"
        assert see(cast.zane, "case", Case.objects.get().ref).status_code == 200
        assert see(cast.inga, "case", Case.objects.get().ref).status_code == 200


class TestTheWholeWay:
    def test_told_read_worked_on_closed(self, cast: Cast, see: See) -> None:
        post = {**TELLING, "ref": new_ref()}
        for _click in range(2):
            see(cast.elina, "tell", cast.pair.ref, "manager", post=post)
        case = Case.objects.get()
        assert "Elīna Bērziņa" in words_of(see(cast.inga, "cases", cast.programme.ref))
        assert TELLING["text"] in words_of(see(cast.inga, "case", case.ref))
        see(cast.inga, "read", case.ref, post={})
        see(cast.inga, "steps", case.ref, post={"ref": new_ref(), "text": "Rīt piezvanīšu."})
        see(cast.inga, "notes", case.ref, post={"ref": new_ref(), "text": "Pajautāt skolai."})
        page = words_of(see(cast.elina, "case", case.ref))
        assert "Rīt piezvanīšu." in page
        assert "Inga Liepa" in page
        assert "Pajautāt skolai." not in page
        assert "Pajautāt skolai." in words_of(see(cast.inga, "case", case.ref))
        see(cast.inga, "close", case.ref, post={"outcome": Outcome.TALKED, "text": ""})
        case.refresh_from_db()
        assert case.state == CaseState.CLOSED
        assert "Pārrunāts" in words_of(see(cast.elina, "doors", cast.pair.ref))

    def test_nothing_written_keeps_the_rest(self, cast: Cast, see: See) -> None:
        page = see(cast.elina, "tell", cast.pair.ref, "manager", post={"ref": new_ref(), "wish": "talk"})
        assert page.status_code == 200
        assert '<option value="talk" selected>' in page.content.decode()
        assert not Case.objects.exists()


class TestWhoReads:
    def test_a_case(self, cast: Cast, see: See) -> None:
        case = told(cast)
        for who in (cast.elina, cast.inga):
            assert see(who, "case", case.ref).status_code == 200
        for who in (cast.andris, cast.dace, cast.rimantas, cast.gabija, cast.tomas, cast.zane):
            assert see(who, "case", case.ref).status_code == 404, who
        for name in ("read", "steps", "notes", "close", "pass"):
            assert see(cast.elina, name, case.ref, post={}).status_code == 403
            assert see(cast.andris, name, case.ref, post={}).status_code == 404
        assert see(cast.inga, "take_back", case.ref, post={}).status_code == 403

    def test_the_other_reads_what_is_done_never_the_words(self, cast: Cast, see: See) -> None:
        case = told(cast, confidential=False, text="Slepeni vārdi")
        see(cast.inga, "read", case.ref, post={})
        steps = {"ref": new_ref(), "text": "Piezvanīšu abiem.", "both": "on"}
        see(cast.inga, "steps", case.ref, post=steps)
        see(cast.inga, "steps", case.ref, post={"ref": new_ref(), "text": "Zinu, ka baidies."})
        page = words_of(see(cast.andris, "case", case.ref))
        assert "Piezvanīšu abiem." in page
        assert "Inga Liepa" in page
        assert "baidies" not in page
        assert "Slepeni" not in page
        own = words_of(see(cast.elina, "case", case.ref))
        assert "Piezvanīšu abiem." in own
        assert "baidies" in own

    def test_beside_each_field_stands_who_reads_it(self, cast: Cast, see: See) -> None:
        """Principle 7."""
        openly, secret = told(cast, confidential=False), told(cast)
        for case in (openly, secret):
            read_case(case=case, by=cast.inga, now=NOW)
        cast.inga.language = "en"
        cast.inga.save()
        page = words_of(see(cast.inga, "case", openly.ref))
        assert "Only whoever told it reads this, unless you let both read it" in page
        assert "Both of the two read this" in page
        page = words_of(see(cast.inga, "case", secret.ref))
        assert page.count("Only whoever told it reads this") == 3
        assert 'name="both"' not in page

    def test_the_third_door_names_only_who_will_really_read_it(self, cast: Cast, see: See) -> None:
        Appointment.objects.create(person=cast.inga, organisation=cast.organisation, at=NOW)
        cast.elina.language = "en"
        cast.elina.save()
        page = words_of(see(cast.elina, "tell", cast.pair.ref, "lead_partner"))
        assert "Read by: Dace Kalniņa, Inga Liepa" in page
        assert "What concerns the project manager is read by: Dace Kalniņa<" in page
        make.manager(cast.programme, cast.dace)
        page = words_of(see(cast.elina, "tell", cast.pair.ref, "lead_partner"))
        assert "about Inga Liepa: Dace Kalniņa; about Dace Kalniņa: Inga Liepa" in page

    def test_who_is_to_read_what_was_passed_on(self, cast: Cast, see: See) -> None:
        """A manager leaves: whoever told it reads who has it now, and by when it will be read."""
        make.manager(cast.programme, cast.zane)
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        pass_case(case=case, to=None, by=cast.inga, now=NOW)
        cast.elina.language = "en"
        cast.elina.save()
        page = words_of(see(cast.elina, "case", case.ref))
        assert "It was passed on" in page
        assert "Dace Kalniņa" in page
        assert "It is being worked on" not in page

    def test_the_list_has_only_what_one_handles(self, cast: Cast, see: See) -> None:
        told(cast, door=Door.LEAD_PARTNER)
        assert "Elīna" not in words_of(see(cast.inga, "cases", cast.programme.ref))
        assert "Elīna" in words_of(see(cast.dace, "cases", cast.programme.ref))
        for who in (cast.andris, cast.elina):
            assert see(who, "cases", cast.programme.ref).status_code == 403
        assert see(cast.tomas, "cases", cast.programme.ref).status_code == 404

    def test_a_manager_of_the_pair_neither_sees_nor_handles(self, cast: Cast, see: See) -> None:
        make.manager(cast.programme, cast.andris)
        case = told(cast)
        assert see(cast.andris, "case", case.ref).status_code == 404
        assert "Elīna" not in words_of(see(cast.andris, "cases", cast.programme.ref))


class TestWorries:
    def test_a_worry_about_a_mentee_of_two_mentors_is_not_read_by_the_one_who_manages(
        self, cast: Cast, see: See
    ) -> None:
        """Inga mentors Elīna too: whatever it is about, the lead partner takes it."""
        allow(cast, 2)
        mentor = make.member(cast.programme, cast.inga, Role.MENTOR)
        make.pair(mentor, cast.mentee)
        dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.dace, now=NOW)
        make.pair(laima(cast), cast.mentee)
        ilze: dict[str, Any] = {"name": "Ilze Bērziņa", "address": "ilze@b.example", "language": "lv"}
        guardian = Guardian.objects.create(membership=cast.mentee, by=cast.elina, at=NOW, **ilze)
        worry = Worry.objects.create(membership=cast.mentee, guardian=guardian, text="Vai viss labi?", at=NOW)
        case = take_up_worry(worry=worry, now=NOW)
        assert (case.with_managers, case.with_lead) == (False, True)
        assert see(cast.inga, "case", case.ref).status_code == 404

    def test_a_worry_is_a_case_without_doubling(self, cast: Cast, see: See) -> None:
        guardian = Guardian.objects.create(
            membership=cast.mentee,
            name="Ilze Bērziņa",
            address="ilze@b.example",
            language="lv",
            by=cast.elina,
            at=NOW,
        )
        worry = Worry.objects.create(membership=cast.mentee, guardian=guardian, text="Vai viss labi?", at=NOW)
        for _click in range(2):
            assert see(cast.inga, "of_worry", worry.ref, post={}).status_code == 302
        case = Case.objects.get()
        assert "Vai viss labi?" in words_of(see(cast.inga, "case", case.ref))
        assert see(cast.andris, "case", case.ref).status_code == 404
        assert see(cast.elina, "case", case.ref).status_code == 404
        read_case(case=case, by=cast.inga, now=NOW)
        worry.refresh_from_db()
        assert worry.read_by == cast.inga
        close_case(case=case, outcome=Outcome.HELPED, by=cast.inga, now=NOW)


class TestCosts:
    def test_the_list_at_one_and_at_thirty(self, cast: Cast) -> None:
        told(cast)
        one = queries(cast.inga, "support:cases", cast.programme.ref)
        for day in range(29):
            told(cast, now=NOW + timedelta(days=1 + day))
        assert queries(cast.inga, "support:cases", cast.programme.ref) == one <= 12

    def test_a_case(self, cast: Cast) -> None:
        case = told(cast)
        read_case(case=case, by=cast.inga, now=NOW)
        assert queries(cast.inga, "support:case", case.ref) <= 13
        assert queries(cast.elina, "support:case", case.ref) <= 8
        assert queries(cast.elina, "support:doors", cast.pair.ref) <= 8


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "Ja kaut kas nav kārtībā"), ("lt", "Jei kas nors negerai"), ("en", "If something is wrong")],
)
def test_three_languages(cast: Cast, see: See, language: str, said: str) -> None:
    cast.elina.language = language
    cast.elina.save()
    assert said in words_of(see(cast.elina, "doors", cast.pair.ref, language=language))
    for name, *args in [("words",), ("tell", "manager"), ("tell", "lead_partner")]:
        assert see(cast.elina, name, cast.pair.ref, *args, language=language).status_code == 200
