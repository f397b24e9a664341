"""The phone is lost: somebody else who runs the programme, or the server, takes the second step off."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.factors.conftest import by_mail, with_app
from varpa.factors.actions import NothingSetUp, NotYourself, StaffReset, reset
from varpa.history.models import Channel, Line
from varpa.people.actions import appoint
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership
from varpa.site.commands.person import person as command

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    person.refresh_from_db()
    client = Client()
    client.force_login(person)
    return client


def of_member(membership: Membership) -> str:
    return f"/memberships/{membership.ref}/second-step/"


def membership_of(cast: Cast, person: Person) -> Membership:
    return Membership.objects.get(programme=cast.programme, person=person)


def test_a_manager_resets_that_of_a_mentor(cast: Cast) -> None:
    with_app(cast.andris)
    client = client_of(cast.inga)
    page = of_member(cast.mentor)
    assert page in client.get(f"/memberships/{cast.mentor.ref}/").content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page).headers["Location"] == f"/memberships/{cast.mentor.ref}/"
    assert not Authenticator.objects.exists()
    line = Line.objects.get(verb="person.second_reset")
    assert (line.actor, line.thing_ref, line.channel) == (cast.inga.pk, cast.andris.ref, Channel.WEB)
    letter = Letter.objects.get(kind="factors.reset")
    assert letter.to_address == cast.andris.email
    assert cast.inga.name in letter.text
    assert page not in client.get(f"/memberships/{cast.mentor.ref}/").content.decode()
    assert by_mail(Client(), cast.andris) == "/"


def test_who_is_signed_in_by_it_signs_in_anew(cast: Cast) -> None:
    with_app(cast.andris)
    andris = client_of(cast.andris)
    reset(person=cast.andris, by=cast.inga, now=make.NOW)
    assert andris.get("/me/").status_code == 302


def test_staff_reset_each_others_and_see_who_has_one(cast: Cast) -> None:
    with_app(cast.inga)
    client = client_of(cast.dace)
    listed = f"/organisations/{cast.organisation.ref}/second-step/"
    assert listed in client.get(f"/organisations/{cast.organisation.ref}/staff/").content.decode()
    rows = client.get(listed).context["page"].rows
    assert [(each.name, each.twice) for each in rows] == [("Dace Kalniņa", False), ("Inga Liepa", True)]
    assert client.post(f"{listed}{cast.inga.ref}/reset/").headers["Location"] == listed
    assert not Authenticator.objects.exists()


def test_after_a_reset_staff_set_it_up_at_once(cast: Cast) -> None:
    with_app(cast.inga)
    reset(person=cast.inga, by=cast.dace, now=make.NOW)
    client = Client()
    by_mail(client, cast.inga)
    assert client.get("/programmes/").headers["Location"] == "/me/sign-in/"


def test_a_mentor_who_was_reset_has_all_days_on_becoming_staff(cast: Cast) -> None:
    with_app(cast.andris)
    reset(person=cast.andris, by=cast.inga, now=make.NOW)
    assert cast.andris.second_asked_at is None


def test_others_cannot(cast: Cast) -> None:
    with_app(cast.andris)
    page = of_member(cast.mentor)
    listed = f"/organisations/{cast.organisation.ref}/second-step/"
    for stranger in (cast.zane, cast.tomas, cast.elina):
        client = client_of(stranger)
        assert client.post(page).status_code == 404
        assert client.get(listed).status_code == 404
        assert client.post(f"{listed}{cast.andris.ref}/reset/").status_code == 404
    assert client_of(cast.andris).post(page).status_code == 403
    assert client_of(cast.inga).get(listed).status_code == 404
    assert client_of(cast.dace).post(f"{listed}{cast.elina.ref}/reset/").status_code == 404
    assert Authenticator.objects.filter(user=cast.andris).count() == 2


def test_nobody_resets_the_own(cast: Cast) -> None:
    with_app(cast.inga)
    with pytest.raises(NotYourself):
        reset(person=cast.inga, by=cast.inga, now=make.NOW)
    page = client_of(cast.inga).post(of_member(membership_of(cast, cast.inga)), follow=True)
    assert page.status_code == 200
    assert Authenticator.objects.filter(user=cast.inga).count() == 2


def test_a_manager_does_not_reset_that_of_the_lead_partners_staff(cast: Cast) -> None:
    appoint(organisation=cast.organisation, person=cast.andris, by=cast.dace, now=make.NOW)
    with_app(cast.andris)
    with pytest.raises(StaffReset):
        reset(person=cast.andris, by=cast.inga, now=make.NOW)
    reset(person=cast.andris, by=cast.dace, now=make.NOW)
    assert not Authenticator.objects.exists()


def test_where_nothing_is_set_up_nothing_is_reset(cast: Cast) -> None:
    with pytest.raises(NothingSetUp):
        reset(person=cast.andris, by=cast.inga, now=make.NOW)
    assert not Letter.objects.filter(kind="factors.reset").exists()


def test_whoever_runs_the_server_resets_at_the_command_line(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("varpa.site.boot.wake", lambda: None)
    with_app(cast.dace)
    said = CliRunner().invoke(command, ["reset-sign-in", (cast.dace.email or "").upper()])
    assert said.exit_code == 0, said.output
    assert cast.dace.name in said.output
    assert not Authenticator.objects.exists()
    line = Line.objects.get(verb="person.second_reset")
    assert (line.actor, line.channel) == (None, Channel.COMMAND)
    again = CliRunner().invoke(command, ["reset-sign-in", cast.dace.email or ""])
    assert again.exit_code == 1
    assert "No second step is set up" in again.output
    nobody = CliRunner().invoke(command, ["reset-sign-in", "nobody@varpa.example"])
    assert nobody.exit_code == 1


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_pages_are_drawn_in_each_language(cast: Cast, language: str) -> None:
    Person.objects.filter(pk=cast.dace.pk).update(language=language)
    client = client_of(cast.dace)
    for page in (of_member(cast.mentor), f"/organisations/{cast.organisation.ref}/second-step/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()


def test_the_list_asks_as_few_questions_of_thirty_as_of_two(cast: Cast) -> None:
    client = client_of(cast.dace)
    counts = []
    for number in (0, 28):
        for each in range(number):
            make.manager(cast.programme, make.person(f"Vadītāja {each}", f"v{each}@varpa.example"))
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/organisations/{cast.organisation.ref}/second-step/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
