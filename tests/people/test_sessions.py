"""Who comes back is known by a session that is still good, and by nothing else."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.people.conftest import CODE, ask, newest_code
from tests.privacy.conftest import files
from varpa.history.models import Line
from varpa.people.actions import appoint, end_appointment, end_sessions, forget_sessions, invite_staff
from varpa.people.models import Person, Session
from varpa.people.sessions import Backend, SessionStore
from varpa.privacy.actions.erasing import erase_person
from varpa.programmes.actions.appointing import appoint_manager, release_manager
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership

__all__ = ["files"]
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


PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


def by_code(person: Person, agent: str) -> Client:
    """Somebody signs in by the mailed code, in a browser of this kind."""
    browser = Client(headers={"User-Agent": agent})
    ask(browser, person.email or "")
    browser.post(CODE, {"code": newest_code()})
    cache.clear()
    return browser


def listed(browser: Client) -> str:
    page = browser.get("/me/").content.decode()
    return page.split('id="signed-in"')[1].split("</section>")[0]


def names_in(browser: Client) -> list[str]:
    return re.findall(r'name="session" value="(\w+)"', listed(browser))


def test_one_sees_where_one_is_signed_in_and_signs_out_there(cast: Cast) -> None:
    here, school = by_code(cast.elina, PHONE), by_code(cast.elina, DESK)
    other = by_code(cast.andris, DESK)
    told = listed(here)
    assert "Chrome, Android" in told
    assert "Firefox, Windows" in told
    assert told.count("Šī ierīce") == 1
    (name,) = names_in(here)
    assert here.post("/sign-out/there/", {"session": name}).headers["Location"] == "/me/#signed-in"
    assert (seen(here), seen(school), seen(other)) == (True, False, True)
    assert "Firefox, Windows" not in listed(here)
    line = Line.objects.get(verb="person.session_end")
    assert (line.actor, line.details["device"]) == (cast.elina.pk, "Firefox, Windows")


def test_what_stands_on_the_page_opens_nothing(cast: Cast) -> None:
    here, school = by_code(cast.elina, PHONE), by_code(cast.elina, DESK)
    page = here.get("/me/").content.decode()
    for each in (here, school):
        assert each.cookies["sessionid"].value not in page


def test_a_second_click_and_the_session_of_another_end_nothing(cast: Cast) -> None:
    here, there = by_code(cast.elina, PHONE), by_code(cast.elina, DESK)
    (name,) = names_in(here)
    (own,) = names_in(there)
    stranger = by_code(cast.andris, DESK)
    for asked in (name, "", "nothing"):
        stranger.post("/sign-out/there/", {"session": asked})
    here.post("/sign-out/there/", {"session": own})
    assert (seen(here), seen(there)) == (True, True)
    for _click in range(2):
        answer = here.post("/sign-out/there/", {"session": name}, follow=True)
    assert "Tajā ierīcē pieslēgšanās jau ir pārtraukta." in answer.content.decode()
    assert Line.objects.filter(verb="person.session_end").count() == 1
    assert Client().post("/sign-out/there/", {"session": name}).status_code == 403


def test_what_was_ended_at_once_is_listed_no_more(cast: Cast) -> None:
    here = by_code(cast.elina, PHONE)
    by_code(cast.elina, DESK)
    here.post("/sign-out/elsewhere/")
    assert names_in(here) == []
    assert "Šī ierīce" in listed(here)


def test_a_session_is_seen_once_a_day_and_lasts_no_longer_by_it(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    client.force_login(cast.elina)
    client.get("/me/")
    with CaptureQueriesContext(connection) as usual:
        client.get("/me/")
    ends = Session.objects.get().expire_date
    Session.objects.update(seen_on=date(2026, 1, 2), device="", person=None)
    with django_assert_num_queries(len(usual) + 1):
        client.get("/me/", headers={"User-Agent": DESK})
    with django_assert_num_queries(len(usual)):
        client.get("/me/", headers={"User-Agent": PHONE})
    row = Session.objects.get()
    assert (row.person, row.device, row.expire_date) == (cast.elina, "Firefox, Windows", ends)
    assert row.seen_on == timezone.now().date()


def test_a_page_is_read_where_nothing_can_be_written(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.elina)
    Session.objects.update(seen_on=None)

    def full(*_args: Any, **_named: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(QuerySet, "update", full)
    assert seen(client)


def test_a_device_is_named_until_the_session_ends(cast: Cast) -> None:
    """Words in a session are written anew with it: whose it is and on what stay."""
    browser = by_code(cast.elina, DESK)
    browser.post("/language/", {"language": "en"})
    session = browser.session
    session["some"] = "words"
    session.save()
    row = Session.objects.get(session_key=session.session_key)
    assert (row.person, row.device) == (cast.elina, "Firefox, Windows")


def test_sessions_that_are_over_are_dropped(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    entered(cast.andris)
    assert forget_sessions(timezone.now()) == 0
    assert forget_sessions(timezone.now() + timedelta(days=31)) == 2
    assert not Session.objects.exists()


def test_at_the_door_a_session_is_nobodys(client: Client, cast: Cast) -> None:
    ask(client, cast.elina.email or "")
    row = Session.objects.get()
    assert (row.person, row.device, row.seen_on) == (None, "", None)


def test_whoever_is_erased_is_signed_in_nowhere(client: Client, cast: Cast, files: None) -> None:
    client.force_login(cast.elina)
    erase_person(person=cast.elina, by=None, now=NOW)
    assert not Session.objects.filter(person=cast.elina).exists()


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
