"""Who sees which programme; every page and every role, a stranger and a neighbour's manager too."""

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn, membership_of
from varpa.kernel.access import allowed, may, why
from varpa.people.actions import appoint
from varpa.people.models import Appointment, Person
from varpa.programmes.access import MembershipAction, ProgrammeAction
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership, Programme

pytestmark = pytest.mark.django_db


def seen(person: Person, action: ProgrammeAction = ProgrammeAction.READ) -> set[str]:
    return set(allowed(action, person, Programme.objects.all()).values_list("ref", flat=True))


def test_staff_of_the_lead_partner_see_all_programmes_of_their_organisation_and_no_others(cast: Cast) -> None:
    second = make.programme(cast.organisation, running=False)
    assert seen(cast.dace) == {cast.programme.ref, second.ref}
    for action in ProgrammeAction:
        assert seen(cast.dace, action) == {cast.programme.ref, second.ref}
    Appointment.objects.filter(person=cast.dace).update(ended_at=NOW)
    assert seen(cast.dace) == set()


def test_a_manager_sees_and_manages_the_own_programme_only_and_appoints_nobody(cast: Cast) -> None:
    make.programme(cast.organisation)
    assert seen(cast.inga, ProgrammeAction.MANAGE) == {cast.programme.ref}
    assert seen(cast.inga, ProgrammeAction.APPOINT) == set()
    assert seen(cast.tomas) == {cast.elsewhere.programme.ref}


def test_members_read_and_strangers_do_not(cast: Cast) -> None:
    for person in (cast.andris, cast.elina, cast.rimantas):
        assert seen(person) == {cast.programme.ref}
        assert seen(person, ProgrammeAction.MANAGE) == set()
    assert seen(cast.zane) == set()


def test_the_reason_is_said(cast: Cast) -> None:
    assert why(ProgrammeAction.MANAGE, cast.dace, cast.programme) == ["manages the programme"]
    assert why(ProgrammeAction.READ, cast.andris, cast.programme) == ["takes part in the programme"]


def test_a_membership_is_the_persons_own_and_the_managers_to_decide(cast: Cast) -> None:
    mine = membership_of(cast.andris)
    assert may(MembershipAction.OWN, cast.andris, mine)
    for person in (cast.inga, cast.dace):
        assert may(MembershipAction.DECIDE, person, mine)
        assert not may(MembershipAction.OWN, person, mine)
    for person in (cast.elina, cast.tomas, cast.zane):
        assert not may(MembershipAction.READ, person, mine)


# What each sees of each page: 200, 403 (may read the programme, not this) or 404.
PAGES = {
    "settings/": {"dace": 200, "inga": 200, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "settings/ages/": {"dace": 200, "inga": 200, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "settings/partners/": {"dace": 200, "inga": 200, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "settings/dates/": {"dace": 200, "inga": 200, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "settings/wording/": {"dace": 200, "inga": 200, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "settings/questions/plan/": {"dace": 200, "inga": 200, "andris": 403, "tomas": 404, "zane": 404},
    "library/": {"dace": 200, "inga": 200, "andris": 200, "elina": 200, "tomas": 404, "zane": 404},
    "library/mentor/": {"dace": 200, "inga": 200, "andris": 200, "elina": 200, "tomas": 404, "zane": 404},
    "emblem/": {"dace": 404, "inga": 404, "andris": 404, "tomas": 404, "zane": 404},
}
SENT = {
    "settings/ages/LV/law/": {"dace": 302, "inga": 302, "andris": 403, "elina": 403, "tomas": 404},
    "settings/partners/xxxxxxxxxxxx/": {"dace": 404, "inga": 404, "andris": 403, "tomas": 404, "zane": 404},
    "settings/partners/xxxxxxxxxxxx/up/": {"dace": 404, "inga": 404, "andris": 403, "tomas": 404},
    "settings/partners/xxxxxxxxxxxx/removal/": {"dace": 302, "inga": 302, "andris": 403, "tomas": 404},
    "step/": {"dace": 404, "inga": 404, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "hours/": {"dace": 200, "inga": 200, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "managers/": {"dace": 200, "inga": 403, "andris": 403, "elina": 403, "tomas": 404, "zane": 404},
    "managers/xxxxxxxxxxxx/release/": {"dace": 404, "inga": 403, "andris": 403, "tomas": 404, "zane": 404},
    "settings/questions/plan/own-1/removal/": {"dace": 302, "inga": 302, "andris": 403, "tomas": 404},
}


NAMES = ("dace", "inga", "andris", "elina", "tomas", "zane")


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_which_page_and_sends_which_form(cast: Cast, sign_in: SignIn, name: str) -> None:
    client, place = sign_in(getattr(cast, name)), f"/programmes/{cast.programme.ref}/"
    shown = {page: client.get(place + page).status_code for page, who in PAGES.items() if name in who}
    assert shown == {page: who[name] for page, who in PAGES.items() if name in who}
    sent = {page: client.post(place + page).status_code for page, who in SENT.items() if name in who}
    assert sent == {page: who[name] for page, who in SENT.items() if name in who}


def test_whoever_is_not_signed_in_is_led_to_the_door(client: Client, cast: Cast) -> None:
    for page in (*PAGES, *SENT):
        answer = client.get(f"/programmes/{cast.programme.ref}/{page}")
        assert answer.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", ["elina", "inga", "dace", "tomas", "zane"])
def test_a_members_own_steps_are_for_nobody_else(cast: Cast, sign_in: SignIn, name: str) -> None:
    client, place = sign_in(getattr(cast, name)), f"/memberships/{membership_of(cast.andris).ref}/"
    # Those who run the programme may see that the person is in: they are told that this is not theirs to do.
    expected = 403 if name in ("inga", "dace") else 404
    assert client.get(f"{place}preparation/").status_code == expected
    assert client.post(f"{place}notice/").status_code == expected
    assert client.post(f"{place}means/").status_code == expected


def test_a_withdrawn_member_reads_only_that_it_has_ended(cast: Cast, sign_in: SignIn) -> None:
    mine = membership_of(cast.andris)
    withdraw_member(membership=mine, by=cast.andris, now=NOW)
    client = sign_in(cast.andris)
    for page in ("library/", "library/mentor/", "settings/"):
        assert client.get(f"/programmes/{cast.programme.ref}/{page}").status_code == 404
    page = client.get(f"/memberships/{mine.ref}/preparation/")
    assert page.templates[0].name == "programmes/not_in.html"
    client.post(f"/memberships/{mine.ref}/notice/")
    client.post(f"/memberships/{mine.ref}/means/", {"means": ["phone"]})
    assert Membership.objects.get(pk=mine.pk).means == mine.means


def test_only_staff_of_an_organisation_begin_programmes(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.dace).get("/programmes/new/").status_code == 200
    for person in (cast.inga, cast.andris, cast.zane):
        assert sign_in(person).get("/programmes/new/").status_code == 404
        assert sign_in(person).post("/programmes/new/").status_code == 404


def test_nobody_begins_a_programme_for_another_organisation(cast: Cast, sign_in: SignIn) -> None:
    other = cast.elsewhere.programme.organisation
    page = sign_in(cast.dace).post("/programmes/new/", {"organisation": other.ref})
    assert page.context["beginning"].errors["organisation"]
    appoint(organisation=other, person=cast.dace, by=None, now=NOW)
    page = sign_in(cast.dace).post("/programmes/new/", {"organisation": other.ref})
    assert "organisation" not in page.context["beginning"].errors
