"""Whoever applies late waits; let in later, the guardian who was named is asked (R1)."""

from datetime import date, timedelta

import pytest

from tests.calls.conftest import begun, letters, window, write
from tests.make import NOW
from varpa.applications.actions.decisions import decide
from varpa.calls.actions.applying import confirm_address
from varpa.calls.actions.sending import ask_guardians_of_late, send
from varpa.calls.models import Application
from varpa.guardians.actions.guardians import take_off
from varpa.guardians.models import Guardian
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme

pytestmark = pytest.mark.django_db

AT_HOME = "ilze@maja.example"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def late(programme: Programme) -> Membership:
    """Marta, 15, who applied after the last day and has said whom to ask at home."""
    window(programme, mentee_closes=date(2025, 10, 10))
    application = begun(programme, born="2010-02-03", country="LV")
    said = {"guardian_name": "Ilze Kalēja", "guardian_address": AT_HOME, "guardian_language": "lv"}
    write(application, "guardian", **said)
    confirm_address(application=application, now=NOW)
    send(application=application, consent=True, now=NOW)
    assert Application.objects.get().late
    return Membership.objects.get(role="mentee")


def test_while_she_waits_nobody_at_home_is_asked(late: Membership) -> None:
    assert ask_guardians_of_late(LATER) == 0
    assert not Guardian.objects.exists()


def test_let_in_her_guardian_is_asked_once(late: Membership, inga: Person) -> None:
    decide(membership=late, step="accept", by=inga, now=LATER)
    assert [ask_guardians_of_late(LATER), ask_guardians_of_late(LATER)] == [1, 0]
    assert Guardian.objects.get().address == AT_HOME
    assert letters(AT_HOME)


def test_a_guardian_who_was_taken_off_is_not_asked_by_it(late: Membership, inga: Person) -> None:
    decide(membership=late, step="accept", by=inga, now=LATER)
    ask_guardians_of_late(LATER)
    take_off(guardian=Guardian.objects.get(), by=inga, now=LATER)
    assert ask_guardians_of_late(LATER) == 0
