"""The accounts by which one signs in, on one's own page: seen, removed, taken along, erased, merged."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.make import NOW
from tests.people.conftest import signed_in
from tests.privacy.conftest import files
from tests.privacy.test_taken_along import taken_by
from tests.providers.conftest import School, sign_in
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.privacy.actions.erasing import erase_person
from varpa.providers.actions import GoneAlready, enter, unlink
from varpa.providers.configured import Provider
from varpa.providers.models import Link

__all__ = ["files"]
pytestmark = pytest.mark.django_db
SCHOOL = Provider("school", "Rīgas skola", "https://login.example", "varpa", "secret")


def link(person: Person, subject: str = "e1") -> Link:
    enter(provider=SCHOOL, subject=subject, address=person.email or "", verified=True, now=NOW)
    return Link.objects.get(person=person)


def test_one_removes_an_account_and_whoever_is_in_by_it_is_out(school: School, cast: Cast) -> None:
    school.has("e1", "elina@varpa.example")
    there, here = Client(), Client()
    sign_in(there, school, "e1")
    here.force_login(Person.objects.get(pk=cast.elina.pk))
    assert "Rīgas skola" in here.get("/me/sign-in/").content.decode()
    own = Link.objects.get()
    answer = here.post(f"/me/sign-in/accounts/{own.pk}/removal/", follow=True)
    assert "Rīgas skola" not in answer.content.decode()
    assert (here.get("/me/").status_code, there.get("/me/").status_code) == (200, 302)
    assert Line.objects.filter(verb="person.account_unlink", actor=cast.elina.pk).count() == 1
    letter = Letter.objects.get(kind="providers.unlinked")
    assert "Rīgas skola" in letter.subject
    browser = Client()
    sign_in(browser, school, "e1")
    assert signed_in(browser) == str(cast.elina.pk)


def test_nobody_removes_the_account_of_another(client: Client, school: School, cast: Cast) -> None:
    own = link(cast.elina)
    client.force_login(cast.andris)
    client.post(f"/me/sign-in/accounts/{own.pk}/removal/")
    assert Link.objects.filter(pk=own.pk).exists()
    assert client.get("/me/").status_code == 200


def test_what_was_removed_is_removed_once(cast: Cast) -> None:
    own = link(cast.elina)
    unlink(person=cast.elina, key=own.pk, now=NOW)
    with pytest.raises(GoneAlready):
        unlink(person=cast.elina, key=own.pk, now=NOW)
    assert Letter.objects.filter(kind="providers.unlinked").count() == 1


def test_buttons_stand_only_where_a_provider_is_configured(
    client: Client, settings: Any, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    settings.SIGN_IN_PROVIDERS = ()
    client.get("/sign-in/")
    with django_assert_num_queries(2):
        page = client.get("/sign-in/").content.decode()
    assert "/sign-in/with/" not in page
    settings.SIGN_IN_PROVIDERS = (SCHOOL,)
    with django_assert_num_queries(2):
        page = client.get("/sign-in/?next=/me/").content.decode()
    assert "Sign in with Rīgas skola" in page
    assert "https://login.example" not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Pieslēgties ar kontu: Rīgas skola"), ("lt", "Prisijungti paskyra: Rīgas skola")],
)
def test_the_buttons_in_other_languages(
    client: Client, settings: Any, db: None, language: str, words: str
) -> None:
    settings.SIGN_IN_PROVIDERS = (SCHOOL,)
    assert words in client.get("/sign-in/", headers={"Accept-Language": language}).content.decode()


def test_what_is_taken_along_names_the_account(cast: Cast, files: None) -> None:
    link(cast.elina)
    taken = taken_by(cast.elina)
    assert "Rīgas skola" in taken
    assert "e1" in taken


def test_whoever_is_erased_leaves_none(cast: Cast, files: None) -> None:
    link(cast.elina)
    link(cast.andris, "a1")
    erase_person(person=cast.elina, by=None, now=NOW)
    assert [each.person for each in Link.objects.all()] == [cast.andris]
