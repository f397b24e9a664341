"""Whose pages these are: anybody's, the applicant's with the letter, the manager's (R1)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.calls.conftest import ADDRESS, Applicant, begun, letters, link_in, sent
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.calls.models import Application, ApplicationState
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db

OF_PROGRAMME = ("settings", "lacks")
OF_APPLICATION = ("review", "withdraw")
POSTS = ("send", "withdraw", "again")


def ask(who: Person | None, where: str, data: dict[str, Any] | None = None) -> int:
    client = Client()
    if who:
        client.force_login(who)
    with clock.moved_to(NOW):
        answer = client.get(where) if data is None else client.post(where, data)
    return int(answer.status_code)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.mark.parametrize("name", OF_PROGRAMME)
def test_the_call_is_the_managers(cast: Cast, name: str) -> None:
    where = reverse(f"calls:{name}", args=[cast.programme.ref])
    assert [ask(who, where) for who in (cast.inga, cast.dace)] == [200, 200]
    assert [ask(who, where) for who in (cast.andris, cast.elina)] == [403, 403]
    assert [ask(who, where) for who in (cast.zane, cast.tomas, cast.jonas)] == [404, 404, 404]
    assert ask(None, where) == 302


def test_paper_is_entered_by_the_manager(cast: Cast) -> None:
    where = reverse("calls:enter", args=[cast.programme.ref, "mentee"])
    assert [ask(who, where) for who in (cast.inga, cast.dace)] == [200, 200]
    assert [ask(who, where, {}) for who in (cast.andris, cast.zane, cast.tomas)] == [403, 404, 404]
    assert ask(cast.inga, reverse("calls:enter", args=[cast.programme.ref, "manager"])) == 404


def test_an_application_is_read_by_the_manager_only(cast: Cast) -> None:
    where = reverse("calls:application", args=[cast.mentee.ref])
    assert [ask(who, where) for who in (cast.inga, cast.dace)] == [200, 200]
    assert ask(cast.elina, where) == 403
    assert [ask(who, where) for who in (cast.andris, cast.gabija, cast.zane, cast.tomas)] == [404] * 4
    assert ask(None, where) == 302


def test_a_manager_reads_the_answers(programme: Programme, inga: Person) -> None:
    application = sent(programme, topic="Gribu cept maizi", interests=["10.71"])
    assert application.membership is not None
    page = words(Visitor(inga).get(f"/memberships/{application.membership.ref}/application/"))
    assert "Gribu cept maizi" in page
    assert ADDRESS in page


@pytest.mark.parametrize("name", OF_APPLICATION)
def test_without_the_letter_nobody_reads_an_application(
    programme: Programme, inga: Person, name: str
) -> None:
    application = sent(programme, topic="Gribu cept maizi")
    where = reverse(f"calls:{name}", args=[application.ref])
    for who in (None, inga, make.person("Zane Krūmiņa")):
        assert ask(who, where) == 403
    assert ask(None, reverse(f"calls:{name}", args=["zzzzzzzzzzzz"])) == 403


@pytest.mark.parametrize("name", POSTS)
def test_without_the_letter_nobody_changes_an_application(programme: Programme, name: str) -> None:
    application = begun(programme, country="LV")
    where = reverse(f"calls:{name}", args=[application.ref])
    assert ask(None, where, {"consent": "yes"}) == 403
    assert ask(None, reverse("calls:step", args=[application.ref, "who"]), {"name": "X Y"}) == 403
    assert Application.objects.get().state == ApplicationState.WRITING
    assert len(letters()) == 1


def test_whoever_is_signed_in_reads_the_own_application(programme: Programme) -> None:
    application = sent(programme, topic="Gribu cept maizi")
    assert application.membership is not None
    marta = Visitor(application.membership.person)
    assert "Gribu cept maizi" in words(marta.get(f"/apply/{application.ref}/"))


def test_a_browser_forgets_after_two_hours(programme: Programme) -> None:
    marta = Applicant()
    marta.get(f"/call/{programme.ref}/apply/mentee/")
    application = begun(programme, country="LV")
    opened = marta.get(link_in(letters()[0]))
    marta.send(forms(opened)[0])
    assert marta.get(f"/apply/{application.ref}/").status_code == 200
    marta.now += 3 * (NOW - NOW.replace(hour=8))
    page = marta.post(f"/apply/{application.ref}/steps/topic/", {"topic": "Garš un skaists teksts"})
    assert page.status_code == 403
    assert "Garš un skaists teksts" in words(page)


def test_who_began_it_in_anothers_name_is_out_once_the_owner_comes(programme: Programme) -> None:
    stranger = Applicant()
    form = forms(stranger.get(f"/call/{programme.ref}/apply/mentee/?language=lv"))[0]
    place = stranger.send(form, name="Marta Kalēja", address=ADDRESS, born="2006-01-01").url
    assert stranger.get(place).status_code == 200
    owner = Applicant()
    owner.send(forms(owner.get(link_in(letters()[0])))[0])
    assert owner.get(place).status_code == 200
    assert stranger.get(place).status_code == 403


def test_a_draft_shows_nothing(programme: Programme) -> None:
    draft = make.programme(programme.organisation, running=False).ref
    wheres = [
        f"/call/{draft}/",
        f"/call/{draft}/emblem/",
        f"/call/{draft}/apply/mentee/",
        f"/call/{draft}/mentee-lv.pdf",
    ]
    assert [ask(None, where) for where in wheres] == [404] * 4
    assert ask(None, f"/call/{programme.ref}/apply/manager/") == 404


def test_nobody_learns_whether_an_address_is_known(programme: Programme) -> None:
    make.person("Marta Kalēja", ADDRESS)
    sent(programme, address="inside@x.example")
    seen = []
    for address in (ADDRESS, "inside@x.example", "nobody@x.example"):
        visitor = Applicant()
        form = forms(visitor.get(f"/call/{programme.ref}/apply/mentee/?language=en"))[0]
        answer = visitor.send(form, name="Anna Ozola", address=address, born="2006-01-01", language="en")
        place = forms(visitor.get(answer.url))[0]
        onward = next(at for at, each in enumerate(place.buttons) if each[0] == "next")
        visitor.send(place, onward, country="LV")
        review = visitor.get(answer.url.replace("steps/place/", ""))
        sending = visitor.send(forms(review)[0], tick=("consent",))
        page = words(visitor.get(sending.url)).replace(address, "")
        seen.append((answer.status_code, sending.status_code, "Now open the letter" in page))
    assert seen == [(302, 302, True)] * 3


def test_a_lost_letter_tells_nobody_anything(programme: Programme) -> None:
    begun(programme, country="LV")
    pages = []
    for address in (ADDRESS, "nobody@x.example"):
        visitor = Applicant()
        form = forms(visitor.get("/apply/?language=en"))[0]
        pages.append(visitor.send(form, address=address))
    assert [page.status_code for page in pages] == [200, 200]
    assert len({len(page.content) for page in pages}) == 1
    assert len(letters()) == 2
    assert Letter.objects.count() == 2


def test_letters_to_one_address_are_few(programme: Programme) -> None:
    begun(programme, country="LV")
    visitor = Applicant()
    form = forms(visitor.get("/apply/?language=en"))[0]
    pages = [visitor.send(form, address=ADDRESS) for _asked in range(6)]
    assert "tried too often" in words(pages[5])
    assert len(letters()) == 6
