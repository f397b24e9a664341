"""Words about a case, a question or an opening are read by nobody but whoever handles that."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import guardian
from tests.mailroom.conftest import answer, bring, letter_to, mail
from tests.make import NOW
from tests.support.conftest import told
from tests.visits import ask, words
from varpa.guardians.actions.worries import tell_worry
from varpa.guardians.models import GuardianLink, Tells
from varpa.people.models import Person
from varpa.post import kinds
from varpa.post.models import Inbound, InboundState, Letter
from varpa.support.actions.cases import close_case, read_case, take_up_worry, write_line
from varpa.support.actions.openings import open_pair
from varpa.support.models import Case, CaseLine, CaseState, Concerns, Door, Outcome

pytestmark = pytest.mark.django_db
SECRET = "Par to baidos runāt"


def answered(cast: Cast, case: Case, by: Person, kind: str = "support.read") -> Inbound:
    if kind == "support.read":
        read_case(case=case, by=by, now=NOW)
    [came] = bring(answer(letter_to(cast.elina, kind), SECRET))
    return came


def mail_page(cast: Cast, who: Person) -> str:
    return words(ask(who, f"/programmes/{cast.programme.ref}/mail/"))


def test_an_answer_lands_in_the_case(cast: Cast) -> None:
    case = told(cast)
    assert answered(cast, case, cast.inga).state == InboundState.PLACED
    line = CaseLine.objects.get()
    assert (line.case, line.text, line.told, line.by) == (case, SECRET, False, cast.elina)
    assert letter_to(cast.inga, "support.added").link.endswith(f"/cases/{case.ref}/")
    assert SECRET not in letter_to(cast.inga, "support.added").text
    for who in (cast.inga, cast.elina):
        assert SECRET in words(ask(who, f"/cases/{case.ref}/"))
    assert "saņemta" in letter_to(cast.elina, "mailroom.came_back").subject


def test_the_other_of_the_two_never_reads_it(cast: Cast) -> None:
    case = told(cast, confidential=False)
    answered(cast, case, cast.inga)
    assert SECRET not in words(ask(cast.andris, f"/cases/{case.ref}/"))
    assert not Letter.objects.filter(to_address=cast.andris.email, text__contains=SECRET).exists()


def test_the_manager_concerned_never_reads_it(cast: Cast) -> None:
    case = told(cast, door=Door.LEAD_PARTNER, concerns=Concerns.MANAGER)
    answered(cast, case, cast.dace)
    assert SECRET not in mail_page(cast, cast.inga)
    assert ask(cast.inga, f"/cases/{case.ref}/").status_code == 404
    assert SECRET in words(ask(cast.dace, f"/cases/{case.ref}/"))
    assert not Inbound.objects.filter(text__contains=SECRET).exists()


def test_a_manager_who_is_the_mentor_never_reads_it(cast: Cast) -> None:
    make.manager(cast.programme, cast.andris)
    answered(cast, told(cast), cast.inga)
    assert SECRET not in mail_page(cast, cast.andris)


def test_what_is_written_to_the_house_is_not_shown_to_a_manager_in_the_pair(cast: Cast) -> None:
    make.manager(cast.programme, cast.andris)
    [came] = bring(mail(SECRET, by=cast.elina.email or ""))
    assert SECRET not in mail_page(cast, cast.andris)
    assert SECRET in mail_page(cast, cast.inga)
    settled = f"/mail/{came.ref}/settled/"
    assert ask(cast.andris, settled, post={}).status_code == 404


def test_an_answer_to_what_is_closed_is_told_anew(cast: Cast) -> None:
    case = told(cast, door=Door.LEAD_PARTNER, concerns=Concerns.MANAGER)
    close_case(case=case, outcome=Outcome.TALKED, by=cast.dace, now=NOW)
    assert answered(cast, case, cast.dace, "support.closed").state == InboundState.PLACED
    again = Case.objects.latest("pk")
    assert (again.text, again.state, again.with_managers) == (SECRET, CaseState.TOLD, False)
    assert letter_to(cast.dace, "support.told").about == f"case:{again.ref}"


def test_a_step_is_answered_too(cast: Cast) -> None:
    case = told(cast)
    write_line(case=case, text="Rīt runāšu.", told=True, by=cast.inga, now=NOW)
    assert answered(cast, case, cast.inga, "support.step").state == InboundState.PLACED
    assert CaseLine.objects.filter(case=case, text=SECRET).exists()


def test_nothing_written_comes_back(cast: Cast) -> None:
    case = told(cast)
    read_case(case=case, by=cast.inga, now=NOW)
    [came] = bring(answer(letter_to(cast.elina, "support.read"), ""))
    assert came.state == InboundState.CAME_BACK
    assert not CaseLine.objects.exists()


def test_an_answer_to_whoever_opened_the_messages_comes_back(cast: Cast) -> None:
    open_pair(pair=cast.pair, reason="Jāpārbauda ziņas, jo skolotāja raksta.", by=cast.inga, now=NOW)
    [came] = bring(answer(letter_to(cast.elina, "support.opened"), SECRET))
    assert (came.state, came.text) == (InboundState.CAME_BACK, "")
    assert SECRET not in mail_page(cast, cast.inga)
    assert SECRET in letter_to(cast.elina, "mailroom.came_back").text


def test_words_of_a_guardian_about_the_manager_come_back(cast: Cast) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2009, 3, 1))
    cast.mentee.refresh_from_db()
    anna = guardian(cast.mentee, cast.inga)
    link = GuardianLink.objects.filter(guardian=anna).latest("pk")
    given: dict[str, Any] = {"kind": "safety", "to": Tells.ABOUT_MANAGER, "confidential": True}
    worry = tell_worry(link=link, text="Par vadītāju", now=NOW, **given)
    read_case(case=take_up_worry(worry=worry, now=NOW), by=cast.dace, now=NOW)
    letter = Letter.objects.filter(to_address=anna.address).latest("pk")
    [came] = bring(answer(letter, SECRET))
    assert (came.state, came.text) == (InboundState.CAME_BACK, "")
    back = Letter.objects.get(kind="mailroom.came_back")
    assert (back.to_address, SECRET in back.text) == (anna.address, True)


def test_every_letter_of_support_knows_where_its_answer_goes() -> None:
    confidential = ("support.", "applications.worry")
    found = [each for key, each in kinds.kinds().items() if key.startswith(confidential)]
    assert len(found) > 10
    assert [each.key for each in found if not each.answer] == []
