"""Who sees which page of a defence, by account and by a guest's link; nobody is ranked in public."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.defence.conftest import DAY, SETTINGS, finish, juror, plan_of, say, slot_of
from tests.make import NOW, member, person
from tests.money.plans import CAKES
from varpa.businessplans.actions.parts import write_figures
from varpa.businessplans.actions.plans import submit_plan, take_back_plan
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, jurors, order, stage
from varpa.defence.models import Defence, Juror, Slot, Word
from varpa.kernel.clock import moved_to
from varpa.kernel.refs import new_ref
from varpa.money.figures import to_json
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
HOSTING = ("settings/", "jurors/", "hall/")
TAPS = ("draw/", "late/", "jurors/lead-partner/", "steps/begin/", "steps/finish/")
SLOT_TAPS = ("move/", "acts/undo/", "minutes/", "acts/start/", "acts/close/", "acts/absent/")


def client_of(who: Person | None) -> Client:
    client = Client()
    if who:
        client.force_login(who)
    return client


def status(who: Person | None, address: str, now: datetime = DAY) -> int:
    with moved_to(now):
        return client_of(who).get(address).status_code


def text(who: Person | None, address: str, now: datetime = DAY) -> str:
    with moved_to(now):
        return client_of(who).get(address).content.decode()


def at(defence: Defence, rest: str = "") -> str:
    return f"/defences/{defence.ref}/{rest}"


def guest_of(defence: Defence, cast: Cast, name: str = "Laima Berga", language: str = "lv") -> Juror:
    address = f"{name.split()[0].lower()}@banka.example"
    said = {"name": name, "address": address, "language": language}
    return jurors.invite_guest(defence=defence, **said, by=cast.inga, now=NOW)


def newest_link() -> str:
    found = re.findall(r"/juror/[\w-]+/", Letter.objects.filter(kind="defence.link").latest("pk").text)
    return str(found[0])


def test_a_draft_is_seen_by_those_who_run_the_programme(cast: Cast, defence: Defence) -> None:
    for who in (cast.inga, cast.dace):
        assert status(who, at(defence)) == 200
    for who in (cast.andris, cast.elina, cast.gabija, cast.zane, cast.tomas):
        assert status(who, at(defence)) == 404
    assert status(None, at(defence)) == 302


def test_once_announced_jurors_and_presenters_see_the_order(cast: Cast, ready: Defence) -> None:
    for who in (cast.inga, cast.dace, cast.andris, cast.rimantas, cast.elina, cast.gabija):
        page = text(who, at(ready))
        assert "Keramikas darbnīca" in page
        assert "Dviračiai" in page
    for who in (cast.zane, cast.tomas, cast.jonas):
        assert status(who, at(ready)) == 404


@pytest.mark.parametrize("rest", HOSTING)
def test_only_the_host_opens_the_hosts_pages(cast: Cast, running: Defence, rest: str) -> None:
    for who in (cast.inga, cast.dace):
        assert status(who, at(running, rest)) == 200
    for who in (cast.andris, cast.elina):
        assert status(who, at(running, rest)) == 403
    for who in (cast.zane, cast.tomas):
        assert status(who, at(running, rest)) == 404


@pytest.mark.parametrize("rest", TAPS)
def test_only_the_host_taps(cast: Cast, running: Defence, rest: str) -> None:
    for who, expected in ((cast.andris, 403), (cast.elina, 403), (cast.tomas, 404), (None, 403)):
        assert client_of(who).post(at(running, rest)).status_code == expected
    running.refresh_from_db()
    assert running.state == "running"


@pytest.mark.parametrize("rest", SLOT_TAPS)
def test_only_the_host_moves_a_presentation(cast: Cast, running: Defence, rest: str) -> None:
    slot = slot_of(running, cast.elina)
    for who in (cast.andris, cast.elina, cast.tomas):
        assert client_of(who).post(f"/slots/{slot.ref}/{rest}").status_code == 404
    slot.refresh_from_db()
    assert slot.state == "waiting"


def test_jurors_see_the_plan_with_the_taxes_with_which_it_was_handed_in(
    cast: Cast,
    plans: list[BusinessPlan],
    own_rates: Callable[[str], None],
    request: pytest.FixtureRequest,
) -> None:
    plan = plans[0]
    take_back_plan(plan=plan, by=cast.elina, now=NOW)
    write_figures(plan=plan, figures=to_json(CAKES), revision=0, by=cast.elina, now=NOW)
    submit_plan(plan=plan, by=cast.elina, now=NOW)
    slot: Slot = request.getfixturevalue("elinas")
    facts = re.compile(r'(?s)<dl class="facts">.*?</dl>')
    before = facts.findall(text(cast.rimantas, at(slot.defence, "jury/")))
    assert "€" in before[0]
    own_rates('[LV.2026]\nemployer = 9000\nsource = "vid.gov.lv"\nchecked = 2027-01-04\n')
    assert facts.findall(text(cast.rimantas, at(slot.defence, "jury/"))) == before


def test_the_juror_s_page_is_for_jurors(cast: Cast, elinas: Slot) -> None:
    defence = elinas.defence
    for who in (cast.inga, cast.andris, cast.rimantas):
        assert "Ideja: Keramikas darbnīca" in text(who, at(defence, "jury/"))
    assert status(cast.elina, at(defence, "jury/")) == 403
    assert status(cast.dace, at(defence, "jury/")) == 403
    assert status(cast.zane, at(defence, "jury/")) == 404
    assert "id_amount" in text(cast.rimantas, at(defence, "jury/"))
    assert "id_amount" not in text(cast.andris, at(defence, "jury/"))


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Kas Jūs pārliecināja"), ("lt", "Kas Jus įtikino"), ("en", "What convinced")],
)
def test_the_juror_s_page_in_three_languages(cast: Cast, elinas: Slot, language: str, words: str) -> None:
    Person.objects.filter(pk=cast.rimantas.pk).update(language=language)
    assert words in text(Person.objects.get(pk=cast.rimantas.pk), at(elinas.defence, "jury/"))


@pytest.mark.parametrize(
    ("language", "words"), [("lv", "Kārtība"), ("lt", "Tvarka"), ("en", "The rules of the day")]
)
def test_the_order_in_three_languages(cast: Cast, ready: Defence, language: str, words: str) -> None:
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    inga = Person.objects.get(pk=cast.inga.pk)
    assert words in text(inga, at(ready))
    for rest in ("jurors/", "settings/", "hall/"):
        assert status(inga, at(ready, rest)) == 200


def test_what_is_typed_saves_itself(cast: Cast, elinas: Slot) -> None:
    said = {"slot": elinas.ref, "revision": "0", "convinced": "Jau", "next": "", "amount": "12,50"}
    with moved_to(DAY):
        client = client_of(cast.rimantas)
        answer = client.post(at(elinas.defence, "jury/"), said, headers={"X-Autosave": "1"})
        assert answer.json()["revision"] == 1
        more = client.post(
            at(elinas.defence, "jury/"), {**said, "amount": "99 999 999"}, headers={"X-Autosave": "1"}
        )
    assert more.json() == {"refused": True}
    assert Word.objects.get().amount == 12_50


def test_after_the_close_the_page_says_so_and_keeps_the_text(cast: Cast, elinas: Slot) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    said = {"slot": elinas.ref, "revision": "0", "convinced": "Par vēlu", "next": "", "amount": "5"}
    with moved_to(DAY):
        page = client_of(cast.inga).post(at(elinas.defence, "jury/"), said).content.decode()
    assert "Par vēlu" in page
    assert "vairs netika ieskaitīts" in page
    assert Word.objects.count() == 0


def test_another_phone_shows_both_texts(cast: Cast, elinas: Slot) -> None:
    say(elinas, juror(elinas.defence, cast.inga), 5_00, convinced="No pirmā tālruņa")
    said = {"slot": elinas.ref, "revision": "0", "convinced": "No otrā", "next": "", "amount": "6"}
    with moved_to(DAY):
        client = client_of(cast.inga)
        page = client.post(at(elinas.defence, "jury/"), said).content.decode()
        assert "No pirmā tālruņa" in page
        assert 'name="amount" value="6"' in page
        client.post(at(elinas.defence, "jury/"), {**said, "revision": "1", "convinced": "Abi"})
    assert (Word.objects.get().convinced, Word.objects.get().amount) == ("Abi", 6_00)


def test_the_hall_and_the_order_know_no_amounts(cast: Cast, elinas: Slot) -> None:
    say(elinas, juror(elinas.defence, cast.rimantas), 77_777_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    for who, rest in ((cast.inga, "hall/"), (cast.inga, ""), (cast.elina, ""), (cast.rimantas, "")):
        page = text(who, at(elinas.defence, rest))
        assert re.search("77.?777", page) is None


def test_an_open_page_hears_of_every_change(cast: Cast, running: Defence) -> None:
    client = client_of(cast.rimantas)
    before = client.get(at(running, "pulse/")).json()["turn"]
    stage.start_slot(slot=slot_of(running, cast.elina), by=cast.inga, now=DAY)
    assert client.get(at(running, "pulse/")).json()["turn"] > before
    assert status(cast.zane, at(running, "pulse/")) == 404


def test_a_guest_comes_in_on_the_day_only(cast: Cast, ready: Defence) -> None:
    guest_of(ready, cast)
    link = newest_link()
    for now, expected in (
        (DAY - timedelta(days=1), 410),
        (DAY, 200),
        (DAY + timedelta(hours=13), 200),
        (DAY + timedelta(hours=15), 410),
    ):
        assert status(None, link, now) == expected
    assert status(None, "/juror/nobody-knows-it/") == 404
    assert status(None, f"{link}pulse/") == 200


def test_a_guest_s_link_that_was_replaced_revoked_or_taken_off(cast: Cast, ready: Defence) -> None:
    guest, old = guest_of(ready, cast), newest_link()
    jurors.send_juror_link(juror=guest, by=cast.inga, now=NOW)
    new = newest_link()
    assert (status(None, old), status(None, new)) == (410, 200)
    jurors.revoke_links(juror=guest, by=cast.inga, now=DAY)
    assert status(None, new) == 410
    jurors.send_juror_link(juror=guest, by=cast.inga, now=DAY)
    jurors.take_juror_off(juror=guest, by=cast.inga, now=DAY)
    assert status(None, newest_link()) == 410
    assert client_of(None).post(newest_link(), {}).status_code == 410


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Kas Jūs pārliecināja"), ("lt", "Kas Jus įtikino"), ("en", "What convinced")],
)
def test_a_guest_speaks_without_an_account(cast: Cast, elinas: Slot, language: str, words: str) -> None:
    guest = guest_of(elinas.defence, cast, language=language)
    link = newest_link()
    assert words in text(None, link)
    said = {"slot": elinas.ref, "revision": "0", "convinced": "Labi", "next": "", "amount": "100"}
    with moved_to(DAY):
        assert client_of(None).post(link, said).status_code == 302
        assert client_of(None).post(f"{link}standing-back/", {"slot": elinas.ref}).status_code == 302
    assert Word.objects.get(juror=guest).amount == 0


def test_each_mentee_reads_the_own_result_after_the_day(cast: Cast, elinas: Slot) -> None:
    say(elinas, juror(elinas.defence, cast.rimantas), 20_000_00, convinced="Skaidra cena")
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    address = f"/slots/{elinas.ref}/result/"
    assert status(cast.elina, address) == 404
    finish(elinas.defence, cast)
    page = text(cast.elina, address)
    assert "Skaidra cena" in page
    assert "20 000,00" in page.replace("\u00a0", " ").replace("\u202f", " ")
    for who in (cast.gabija, cast.andris, cast.rimantas, cast.zane, cast.tomas):
        assert status(who, address) == 404
        assert status(who, f"/slots/{elinas.ref}/certificate.pdf") == 404
    assert status(cast.inga, address) == 200


def test_papers_come_after_the_day(cast: Cast, running: Defence) -> None:
    slot = slot_of(running, cast.elina)
    assert status(cast.inga, at(running, "protocol.pdf")) == 404
    assert status(cast.inga, f"/slots/{slot.ref}/certificate.pdf") == 404
    assert status(None, f"/certificates/{slot.number}/") == 404
    finish(running, cast)
    assert status(cast.inga, at(running, "protocol.pdf")) == 200
    assert status(cast.andris, at(running, "protocol.pdf")) == 403
    assert status(cast.elina, f"/slots/{slot.ref}/certificate.pdf") == 200


def test_a_certificate_is_verified_by_anybody_and_says_no_more(cast: Cast, running: Defence) -> None:
    finish(running, cast)
    page = text(None, f"/certificates/{slot_of(running, cast.elina).number}/?language=lt")
    assert "Elīna Bērziņa" in page
    assert "Educate for Business" in page
    assert "verslo planas pristatytas" in page
    assert "Keramikas" not in page
    assert status(None, f"/certificates/{new_ref()}/") == 404
    assert status(None, "/certificates/nonsense-that-is-long/") == 404


def test_the_pages_ask_the_database_as_little_with_thirty(cast: Cast, plans: list[BusinessPlan]) -> None:
    for number in range(28):
        who = person(f"Pupil{number} Test", f"pupil{number}@varpa.example", born=datetime(2006, 1, 1).date())
        plan_of(member(cast.programme, who, "mentee"), f"Plāns {number}")
    defence = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    days.begin_defence(defence=defence, by=cast.inga, now=DAY)
    stage.start_slot(slot=slot_of(defence, cast.elina), by=cast.inga, now=DAY)
    for number in range(30):
        guest_of(defence, cast, f"Guest{number} Test")
    asked = {}
    for who, rest in (
        (cast.inga, ""),
        (cast.elina, ""),
        (cast.rimantas, "jury/"),
        (cast.inga, "jurors/"),
        (cast.inga, "hall/"),
        (cast.rimantas, "pulse/"),
    ):
        client = client_of(who)
        with moved_to(DAY):
            client.get(at(defence, rest))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(at(defence, rest)).status_code == 200
        asked[who.first_name, rest] = len(queries)
    assert {key: count for key, count in asked.items() if count > MOST_QUERIES} == {}


def test_the_pair_s_room_leads_to_the_defence(cast: Cast, ready: Defence) -> None:
    for who in (cast.elina, cast.andris):
        assert at(ready) in text(who, f"/pairs/{cast.pair.ref}/")
    days.take_defence_back(defence=ready, by=cast.inga, now=NOW)
    assert at(ready) not in text(cast.elina, f"/pairs/{cast.pair.ref}/")


def test_the_host_puts_back_and_adds_by_the_pages(cast: Cast, ready: Defence) -> None:
    guest = guest_of(ready, cast)
    client = client_of(cast.inga)
    for tap in ("withdrawal/", "return/", "link/", "link/withdrawal/"):
        for who, expected in ((cast.andris, 404), (cast.tomas, 404)):
            assert client_of(who).post(f"/jurors/{guest.ref}/{tap}").status_code == expected
        assert client.post(f"/jurors/{guest.ref}/{tap}").status_code == 302
        assert "Laima Berga" in client.get(at(ready, "jurors/")).content.decode()
    assert client.post(at(ready, "late/")).status_code == 302


def test_the_hall_reads_its_screen_in_each_language_of_the_programme(cast: Cast, ready: Defence) -> None:
    client = Client()
    client.force_login(cast.inga)
    page = client.get(f"/defences/{ready.ref}/hall/").content.decode()
    for language, said in (("lv", "Drīz sāksim"), ("lt", "Netrukus pradėsime"), ("en", "Soon we begin")):
        assert f'lang="{language}">{said}<' in page
