"""Asking to be erased: a code, two weeks, what stands against it, on paper."""

import re
from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.matching.models import Run
from varpa.people.models import Appointment, Person
from varpa.post.models import Letter
from varpa.privacy.actions import asking
from varpa.privacy.models import Erasure
from varpa.support.actions.cases import tell
from varpa.support.models import Case

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(minutes=5)
THEN = NOW + asking.GRACE + timedelta(hours=1)


def code_of(person: Person) -> str:
    """The code in the newest letter."""
    text = Letter.objects.filter(kind="privacy.code", person=person.pk).latest("pk").text
    found = re.search(r"\d{6}", text)
    assert found
    return found[0]


def asked(person: Person) -> Erasure:
    asking.ask(person=person, now=NOW)
    return asking.confirm(person=person, code=code_of(person), now=SOON)


def test_it_is_confirmed_by_the_code_and_happens_after_two_weeks(cast: Cast) -> None:
    wish = asked(cast.elina)
    assert wish.due_at == SOON + timedelta(days=14)
    assert asking.erase_due(THEN - timedelta(days=1)) == 0
    assert asking.erase_due(THEN) == 1
    cast.elina.refresh_from_db()
    assert (cast.elina.email, cast.elina.is_active, cast.elina.born) == (None, False, None)
    lines = Line.objects.filter(verb="person.erase")
    assert [(each.actor, each.behalf) for each in lines] == [(cast.elina.pk, cast.elina.pk)]
    assert asking.erase_due(THEN) == 0


def test_no_code_is_kept_as_it_was_mailed(cast: Cast) -> None:
    wish = asking.ask(person=cast.elina, now=NOW)
    assert code_of(cast.elina) not in wish.code


def test_a_wrong_code_is_counted_and_an_old_one_refused(cast: Cast) -> None:
    asking.ask(person=cast.elina, now=NOW)
    right = code_of(cast.elina)
    wrong = "000000" if right != "000000" else "111111"
    for _each in range(asking.TRIES):
        with pytest.raises(asking.WrongCode):
            asking.confirm(person=cast.elina, code=wrong, now=SOON)
    with pytest.raises(asking.WrongCode):
        asking.confirm(person=cast.elina, code=right, now=SOON)
    asking.ask(person=cast.elina, now=NOW)
    with pytest.raises(asking.WrongCode):
        asking.confirm(person=cast.elina, code=code_of(cast.elina), now=NOW + timedelta(minutes=11))


def test_a_newer_code_ends_the_older_and_there_are_so_many_a_day(cast: Cast) -> None:
    asking.ask(person=cast.elina, now=NOW)
    older = code_of(cast.elina)
    asking.ask(person=cast.elina, now=SOON)
    if older != code_of(cast.elina):
        with pytest.raises(asking.WrongCode):
            asking.confirm(person=cast.elina, code=older, now=SOON)
    for _each in range(asking.A_DAY - 2):
        asking.ask(person=cast.elina, now=SOON)
    with pytest.raises(asking.TooOften):
        asking.ask(person=cast.elina, now=SOON)


def test_within_two_weeks_it_is_taken_back(cast: Cast) -> None:
    wish = asked(cast.elina)
    asking.take_back(wish=wish, by=cast.elina, now=THEN - timedelta(days=1))
    assert asking.erase_due(THEN) == 0
    with pytest.raises(AlreadyMoved):
        asking.take_back(wish=wish, by=cast.elina, now=THEN)
    cast.elina.refresh_from_db()
    assert cast.elina.name == "Elīna Bērziņa"
    asked(cast.elina)


def test_the_manager_is_told_the_day_and_no_reason(cast: Cast) -> None:
    asked(cast.elina)
    told = Letter.objects.get(kind="privacy.planned")
    assert (told.person, "Elīna Bērziņa" in told.text) == (cast.inga.pk, True)
    assert Letter.objects.get(kind="privacy.waits").person == cast.elina.pk


def test_without_an_address_it_is_asked_on_paper(cast: Cast) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(email=None)
    cast.elina.refresh_from_db()
    with pytest.raises(asking.NoAddress):
        asking.ask(person=cast.elina, now=NOW)
    ref = new_ref()
    wish = asking.ask_on_paper(membership=cast.mentee, by=cast.inga, now=NOW, ref=ref)
    assert asking.ask_on_paper(membership=cast.mentee, by=cast.inga, now=NOW, ref=ref) == wish
    line = Line.objects.get(verb="person.confirm_erasure")
    assert (line.actor, line.behalf, line.channel) == (cast.inga.pk, cast.elina.pk, "paper")
    assert asking.erase_due(THEN) == 1


def test_asked_twice_it_waits_once(cast: Cast) -> None:
    asked(cast.elina)
    with pytest.raises(asking.WaitsAlready):
        asking.ask(person=cast.elina, now=SOON)
    with pytest.raises(asking.WaitsAlready):
        asking.ask_on_paper(membership=cast.mentee, by=cast.inga, now=SOON)


def test_on_paper_nobody_is_erased_who_runs_programmes_or_is_elsewhere_too(cast: Cast) -> None:
    manager = cast.inga.memberships.get()
    with pytest.raises(asking.IsStaff):
        asking.ask_on_paper(membership=manager, by=cast.dace, now=NOW)
    make.member(cast.elsewhere.programme, cast.elina, "mentee")
    with pytest.raises(asking.ElsewhereToo):
        asking.ask_on_paper(membership=cast.mentee, by=cast.inga, now=NOW)


def test_the_last_manager_finds_another_first(cast: Cast) -> None:
    with pytest.raises(asking.LastManager):
        asking.ask(person=cast.inga, now=NOW)
    make.manager(cast.programme, cast.zane)
    assert asked(cast.inga).state == "waiting"


def test_the_only_lead_partner_finds_another_first(cast: Cast) -> None:
    with pytest.raises(asking.OnlyLeadPartner):
        asking.ask(person=cast.dace, now=NOW)
    Appointment.objects.create(organisation=cast.organisation, person=cast.zane, at=NOW)
    assert asked(cast.dace).state == "waiting"


def test_what_was_told_is_looked_after_first(cast: Cast) -> None:
    wish = asked(cast.elina)
    given = {"membership": cast.mentee, "pair": cast.pair, "by": cast.elina, "now": SOON}
    tell(door="manager", kind="safety", text="Palīdziet.", **given)
    assert asking.erase_due(THEN) == 0
    Case.objects.update(state="withdrawn")
    assert asking.erase_due(THEN) == 1
    wish.refresh_from_db()
    assert wish.state == "done"


def test_matching_at_work_is_waited_for(cast: Cast) -> None:
    Run.objects.create(programme=cast.programme, state="working", asked_at=NOW)
    with pytest.raises(asking.MatchingGoes):
        asking.ask(person=cast.elina, now=NOW)
