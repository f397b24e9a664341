"""Another e-mail address: whoever it is asks and proves it; a slip in a list is put right by the manager."""

from datetime import timedelta
from functools import partial

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.factors.conftest import by_mail, with_app
from tests.together import at_once
from varpa.factors.actions import (
    HasComeIn,
    NotOnlyYours,
    SameAddress,
    ask_for_address,
    correct_address,
    prove_address,
)
from varpa.factors.links import Link, read
from varpa.history.actions import record
from varpa.history.models import Channel, Line
from varpa.kernel import clock
from varpa.kernel.pace import TooMuchAtOnce
from varpa.people.actions import AddressChanged, appoint, sign_out_elsewhere
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Role
from varpa.site.commands.person import person as command

pytestmark = pytest.mark.django_db
NEW = "andris@galdnieki.example"
ASK = "/me/address/"


@pytest.fixture(autouse=True)
def _unlimited() -> None:
    cache.clear()


def signed_in(person: Person) -> Client:
    person.refresh_from_db()
    client = Client()
    client.force_login(person)
    return client


def link_of(letter: Letter) -> str:
    return letter.link[letter.link.index("/address/") :]


def asked(client: Client, address: str = NEW) -> str:
    """Somebody asks for another address; answers where the link of the letter leads."""
    assert client.post(ASK, {"address": address}).headers["Location"] == "/me/"
    return link_of(Letter.objects.filter(kind="factors.prove_address").latest("pk"))


def test_a_mentor_changes_the_address_and_stays_signed_in(cast: Cast) -> None:
    client, was = signed_in(cast.andris), cast.andris.email
    elsewhere = signed_in(cast.andris)
    link = asked(client, f" {NEW.upper()} ")
    assert Letter.objects.get(kind="factors.prove_address").to_address == NEW
    cast.andris.refresh_from_db()
    assert cast.andris.email == was
    assert NEW in client.get(link).content.decode()
    cast.andris.refresh_from_db()
    assert cast.andris.email == was
    assert NEW in client.post(link).content.decode()
    cast.andris.refresh_from_db()
    assert cast.andris.email == NEW
    assert NEW in cast.andris.search_text
    assert client.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    told = Letter.objects.get(kind="factors.address_changed")
    assert told.to_address == was
    line = Line.objects.get(verb="person.address")
    assert (line.actor, line.thing_ref, line.channel) == (cast.andris.pk, cast.andris.ref, Channel.MAIL)
    assert by_mail(Client(), cast.andris) == "/"


def test_the_link_is_good_in_a_browser_that_nobody_is_signed_in_with(cast: Cast) -> None:
    link = asked(signed_in(cast.elina), "elina@cita.example")
    stranger = Client()
    assert stranger.post(link).status_code == 200
    cast.elina.refresh_from_db()
    assert cast.elina.email == "elina@cita.example"
    assert stranger.get("/me/").status_code == 302


def test_it_is_good_once_and_for_a_day(cast: Cast) -> None:
    client = signed_in(cast.andris)
    link = asked(client)
    with clock.moved_to(clock.now() + timedelta(days=1, minutes=1)):
        assert client.post(link).status_code == 410
    assert client.post(link).status_code == 200
    assert client.post(link).status_code == 410
    assert Client().post(f"{link[:-3]}aa/").status_code == 404


def test_signing_out_elsewhere_ends_a_link_that_is_under_way(cast: Cast) -> None:
    """Whoever took an unlocked phone for a minute keeps nothing."""
    link = asked(signed_in(cast.andris))
    sign_out_elsewhere(person=cast.andris, now=make.NOW)
    assert Client().post(link).status_code == 410
    cast.andris.refresh_from_db()
    assert cast.andris.email != NEW


def test_nobody_learns_whose_address_it_is(cast: Cast) -> None:
    client = signed_in(cast.andris)
    told = [
        str(next(iter(client.post(ASK, {"address": each}, follow=True).context["messages"])))
        for each in (NEW, cast.elina.email or "")
    ]
    assert told[1].replace(cast.elina.email or "", NEW) == told[0]
    letter = Letter.objects.get(kind="factors.address_taken")
    assert (letter.to_address, letter.link) == (cast.elina.email, "")
    assert Letter.objects.filter(kind="factors.prove_address").count() == 1


def test_an_address_that_was_taken_meanwhile_is_refused(cast: Cast) -> None:
    link = asked(signed_in(cast.andris))
    make.person("Oskars Kalns", email=NEW)
    assert Client().post(link).status_code == 410
    cast.andris.refresh_from_db()
    assert cast.andris.email != NEW


def test_what_is_no_address_and_the_present_one_are_told_at_the_field(cast: Cast) -> None:
    client = signed_in(cast.andris)
    shown = client.post(ASK, {"address": "andris(at)x"}).content.decode()
    assert 'value="andris(at)x"' in shown
    assert "aria-invalid" in shown
    with pytest.raises(SameAddress):
        ask_for_address(person=cast.andris, address=cast.andris.email or "", now=make.NOW)


def test_not_too_many_letters_go_to_one_address(cast: Cast) -> None:
    client = signed_in(cast.andris)
    for _number in range(7):
        client.post(ASK, {"address": NEW})
    assert Letter.objects.filter(kind="factors.prove_address").count() == 5


def test_whoever_has_a_second_step_does_it_first(cast: Cast) -> None:
    with_app(cast.inga)
    assert "/again/" in signed_in(cast.inga).get(ASK).headers["Location"]


def test_letters_that_wait_go_to_the_new_address(cast: Cast) -> None:
    link = asked(signed_in(cast.andris))
    waiting = Letter.objects.filter(person=cast.andris.pk, state=LetterState.QUEUED)
    waiting = waiting.exclude(kind="factors.prove_address")
    keys = list(waiting.values_list("pk", flat=True))
    assert keys
    Client().post(link)
    assert set(Letter.objects.filter(pk__in=keys).values_list("to_address", flat=True)) == {NEW}


def test_a_manager_corrects_that_of_somebody_who_never_came_in(cast: Cast) -> None:
    slip = make.person("Oskars Kalns", email="oskras@skola.example")
    member = make.member(cast.programme, slip, Role.MENTEE)
    page, client = f"/memberships/{member.ref}/address/", signed_in(cast.inga)
    assert page in client.get(f"/memberships/{member.ref}/").content.decode()
    sent = {"address": "oskars@skola.example", "was": "oskras@skola.example"}
    assert client.post(page, sent).headers["Location"] == f"/memberships/{member.ref}/"
    slip.refresh_from_db()
    assert slip.email == "oskars@skola.example"
    line = Line.objects.get(verb="person.address")
    assert (line.actor, line.behalf, line.channel) == (cast.inga.pk, slip.pk, Channel.WEB)
    told = Letter.objects.get(kind="factors.address_changed")
    assert told.to_address == "oskras@skola.example"
    assert cast.inga.name in told.text
    # A second manager has the old page open still.
    with pytest.raises(AddressChanged):
        correct_address(
            person=slip, address="x@skola.example", was="oskras@skola.example", by=cast.inga, now=make.NOW
        )


def test_a_manager_never_changes_that_of_whoever_has_signed_in(cast: Cast) -> None:
    """By the address one could sign in as a mentee, and read what the two write to each other."""
    new = make.person("Oskars Kalns", "oskars@skola.example")
    member = make.member(cast.programme, new, Role.MENTEE)
    Person.objects.filter(pk=new.pk).update(last_login=make.NOW)
    page, client = f"/memberships/{member.ref}/address/", signed_in(cast.inga)
    assert "<form class" not in client.get(page).content.decode().partition("<main")[2].partition("</main")[0]
    sent = {"address": "inga2@varpa.example", "was": "oskars@skola.example"}
    assert client.post(page, sent).status_code == 200
    with pytest.raises(HasComeIn):
        correct_address(person=new, by=cast.inga, now=make.NOW, **sent)
    new.refresh_from_db()
    assert new.email == "oskars@skola.example"


def test_nor_that_of_somebody_in_a_pair_also_on_paper(cast: Cast) -> None:
    """The other of the two has written, whether this one ever came in or not."""
    page, client = f"/memberships/{cast.mentee.ref}/address/", signed_in(cast.inga)
    assert page not in client.get(f"/memberships/{cast.mentee.ref}/").content.decode()
    assert client.get(page).status_code == 403
    sent = {"address": "inga2@varpa.example", "was": cast.elina.email or ""}
    assert client.post(page, sent).status_code == 403


def test_nobody_asks_for_addresses_without_end(cast: Cast) -> None:
    for number in range(10):
        ask_for_address(person=cast.andris, address=f"a{number}@varpa.example", now=make.NOW)
    with pytest.raises(TooMuchAtOnce):
        ask_for_address(person=cast.andris, address="a10@varpa.example", now=make.NOW)


def test_the_word_to_a_former_address_stays_there(cast: Cast) -> None:
    """Also where it waits still when the address is changed once more."""
    was = cast.andris.email or ""
    for number, address in enumerate((NEW, "andris@cits.example")):
        cast.andris.refresh_from_db()
        link = Link(
            cast.andris.ref, address, cast.andris.email or "", number, clock.now() + timedelta(days=1)
        )
        prove_address(link=link, now=clock.now())
    told = Letter.objects.filter(kind="factors.address_changed").order_by("pk")
    assert list(told.values_list("to_address", flat=True)) == [was, NEW]


def test_what_was_asked_for_goes_no_more_after_a_change(cast: Cast) -> None:
    client = signed_in(cast.andris)
    link = asked(client)
    client.post(ASK, {"address": cast.elina.email or ""})
    Client().post(link)
    kinds = ("factors.prove_address", "factors.address_taken")
    states = set(Letter.objects.filter(kind__in=kinds).values_list("state", flat=True))
    assert states == {LetterState.WITHDRAWN}


def test_nor_of_whoever_writes_by_mail_alone(cast: Cast) -> None:
    """A mentor's diary can be written by answering letters, without ever signing in (R14)."""
    never = make.person("Oskars Kalns", "oskars@skola.example")
    make.member(cast.programme, never, Role.MENTOR)
    record("diary.entry", never, now=make.NOW, by=never, channel=Channel.MAIL)
    with pytest.raises(HasComeIn):
        correct_address(
            person=never, address="x@skola.example", was="oskars@skola.example", by=cast.inga, now=make.NOW
        )


def test_nor_that_of_whoever_runs_programmes_or_takes_part_elsewhere(cast: Cast) -> None:
    new = make.person("Oskars Kalns", email="oskars@skola.example")
    make.member(cast.programme, new, Role.MENTOR)
    correct = partial(correct_address, person=new, was="oskars@skola.example", by=cast.inga, now=make.NOW)
    appoint(organisation=cast.organisation, person=new, by=cast.dace, now=make.NOW)
    with pytest.raises(NotOnlyYours):
        correct(address="inga2@varpa.example")
    other = make.person("Laima Vītola", email="laima@skola.example")
    make.member(cast.programme, other, Role.MENTEE)
    add_member(programme=make.programme(), person=other, role=Role.MENTEE, by=cast.dace, now=make.NOW)
    with pytest.raises(NotOnlyYours):
        correct_address(
            person=other, address="x@varpa.example", was="laima@skola.example", by=cast.inga, now=make.NOW
        )


def test_a_mentor_and_a_stranger_change_nobodys(cast: Cast) -> None:
    page = f"/memberships/{cast.mentee.ref}/address/"
    assert signed_in(cast.andris).get(page).status_code == 404
    assert Client().get(page).status_code == 302
    assert Client().get(ASK).status_code == 302


def test_the_server_changes_that_of_the_first_person(cast: Cast) -> None:
    told = CliRunner().invoke(command, ["change-address", cast.dace.email or "", "Dace@Skola.example"])
    assert told.exit_code == 0, told.output
    cast.dace.refresh_from_db()
    assert cast.dace.email == "dace@skola.example"
    assert Line.objects.get(verb="person.address").channel == Channel.COMMAND
    for words in (["nobody@x.example", "a@b.example"], ["dace@skola.example", "dace at skola"]):
        refused = CliRunner().invoke(command, ["change-address", *words])
        assert refused.exit_code == 1
        assert "Nothing was changed" in refused.output


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Cita adrese"), ("lt", "Kitas adresas"), ("en", "Another address")],
)
def test_the_pages_in_three_languages_and_few_queries(cast: Cast, language: str, words: str) -> None:
    Person.objects.filter(pk=cast.andris.pk).update(language=language)
    client = signed_in(cast.andris)
    link = asked(client)
    for page in (ASK, link):
        with CaptureQueriesContext(connection) as caught:
            assert words in client.get(page).content.decode()
        assert len(caught) <= 6
    stranger = Client(headers={"Accept-Language": "en"})
    assert words in stranger.get(link).content.decode()


def test_a_broken_link_says_nothing() -> None:
    assert read("x") is None


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_opened_twice_at_once_changes_it_once(cast: Cast) -> None:
    link = Link(cast.andris.ref, NEW, cast.andris.email or "", 0, make.NOW + timedelta(days=1))
    done = at_once(
        lambda: prove_address(link=link, now=make.NOW), lambda: prove_address(link=link, now=make.NOW)
    )
    assert sorted(type(each).__name__ for each in done) == ["LinkUsed", "Person"]
    assert Line.objects.filter(verb="person.address").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_take_one_address_at_once(cast: Cast) -> None:
    links = [
        Link(each.ref, NEW, each.email or "", 0, make.NOW + timedelta(days=1))
        for each in (cast.andris, cast.elina)
    ]
    done = at_once(*(partial(prove_address, link=link, now=make.NOW) for link in links))
    assert sorted(type(each).__name__ for each in done) == ["AddressTaken", "Person"]
