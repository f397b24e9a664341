"""Who comes back is known by a session that is still good, and by nothing else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.history.models import Line
from varpa.people.actions import appoint, end_appointment, end_sessions, invite_staff
from varpa.people.models import Person
from varpa.people.sessions import Backend, SessionStore
from varpa.programmes.actions.appointing import release_manager
from varpa.programmes.actions.memberships import appoint_manager, withdraw_member
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def seen(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_a_session_lasts_until_it_expires(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    assert seen(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not seen(client)


def test_a_session_of_nobody_is_none(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    client.cookies["sessionid"] = "0" * 32
    assert not seen(client)
    assert SessionStore("0" * 32).load() == {}


def test_somebody_who_is_no_longer_active_is_not_read(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    assert Backend().get_user(cast.elina.pk) == cast.elina
    cast.elina.is_active = False
    cast.elina.save()
    assert Backend().get_user(cast.elina.pk) is None
    assert Backend().get_user(0) is None
    assert not seen(client)


def test_a_session_ends_when_what_proves_it_changes(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    cast.elina.set_password("another")
    cast.elina.save()
    assert not seen(client)


def entered(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_whoever_another_appoints_or_lets_go_signs_in_anew(cast: Cast) -> None:
    house = {"organisation": cast.organisation, "person": cast.zane, "by": cast.dace, "now": NOW}
    programme = {"programme": cast.programme, "person": cast.zane, "by": cast.dace, "now": NOW}

    def released() -> None:
        managing = Membership.objects.get(programme=cast.programme, person=cast.zane)
        release_manager(membership=managing, by=cast.dace, now=NOW)

    steps = (
        lambda: appoint(**house),
        lambda: end_appointment(**house),
        lambda: appoint_manager(**programme),
        released,
        lambda: appoint_manager(**programme),
    )
    for change in steps:
        browser, other = entered(Person.objects.get(pk=cast.zane.pk)), entered(cast.dace)
        change()
        assert not seen(browser)
        assert seen(other)


def test_an_appointment_that_stands_already_ends_nothing(cast: Cast) -> None:
    browsers = [entered(cast.dace), entered(cast.inga)]
    appoint(organisation=cast.organisation, person=cast.dace, by=cast.inga, now=NOW)
    appoint_manager(programme=cast.programme, person=cast.inga, by=cast.dace, now=NOW)
    assert [seen(each) for each in browsers] == [True, True]


def test_who_is_taken_out_of_a_programme_signs_in_anew_and_who_leaves_it_stays(cast: Cast) -> None:
    taken, leaving = entered(cast.andris), entered(cast.gabija)
    withdraw_member(membership=cast.mentor, by=cast.inga, now=NOW)
    own = Membership.objects.get(person=cast.gabija)
    withdraw_member(membership=own, by=cast.gabija, now=NOW)
    assert (seen(taken), seen(leaving)) == (False, True)


def test_one_signs_out_everywhere_else_and_stays_here(cast: Cast) -> None:
    here, school, other = entered(cast.elina), entered(cast.elina), entered(cast.andris)
    assert "Atslēgties visās citās ierīcēs" in here.get("/me/").content.decode()
    assert here.post("/sign-out/elsewhere/").headers["Location"] == "/me/"
    assert (seen(here), seen(school), seen(other)) == (True, False, True)
    assert Line.objects.filter(verb="person.sessions_end", actor=cast.elina.pk).count() == 1
    assert Client().post("/sign-out/elsewhere/").status_code == 403


def test_whoever_signed_in_before_stays_signed_in(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina, backend=ALLAUTH)
    assert seen(client)


def test_a_session_ends_when_the_role_of_staff_begins_and_ends(client: Client, cast: Cast) -> None:
    invite_staff(
        organisation=cast.organisation, name="", address=cast.zane.email or "", by=cast.dace, now=NOW
    )
    signed_in_before(client, cast.zane)
    end_appointment(organisation=cast.organisation, person=cast.zane, by=cast.dace, now=NOW)
    assert not seen(client)
    signed_in_before(client, cast.zane)
    invite_staff(
        organisation=cast.organisation, name="", address=cast.zane.email or "", by=cast.dace, now=NOW
    )
    assert not seen(client)


def test_an_appointment_asked_for_twice_ends_nothing(client: Client, cast: Cast) -> None:
    signed_in_before(client, cast.dace)
    appoint(organisation=cast.organisation, person=cast.dace, by=None, now=NOW)
    assert seen(client)


def test_a_session_ends_when_somebody_becomes_manager_and_is_released(client: Client, cast: Cast) -> None:
    signed_in_before(client, cast.zane)
    membership = appoint_manager(programme=cast.programme, person=cast.zane, by=cast.dace, now=NOW)
    assert not seen(client)
    signed_in_before(client, cast.zane)
    release_manager(membership=membership, by=cast.dace, now=NOW)
    assert not seen(client)
    signed_in_before(client, cast.zane)
    membership.refresh_from_db()
    appoint_manager(programme=cast.programme, person=cast.zane, by=cast.dace, now=NOW)
    assert not seen(client)


def test_whoever_takes_on_a_programme_oneself_goes_on(client: Client, cast: Cast) -> None:
    signed_in_before(client, cast.dace)
    appoint_manager(programme=cast.programme, person=cast.dace, by=cast.dace, now=NOW)
    assert seen(client)


def test_ending_the_sessions_of_one_leaves_the_others(client: Client, cast: Cast) -> None:
    signed_in_before(client, cast.dace)
    end_sessions(cast.zane)
    assert seen(client)


def signed_in_before(client: Client, person: Person) -> None:
    person.refresh_from_db()
    client.force_login(person)
    assert seen(client)
