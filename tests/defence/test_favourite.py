"""The hall's favourite: one phone, one voice, apart from the jurors; at the end one name and no list."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.defence.conftest import DAY, finish, juror, say, slot_of
from varpa.defence.actions import days, favourite, stage
from varpa.defence.models import Defence, Slot, Voice
from varpa.defence.papers import canonical
from varpa.defence.queries import favourites_of, wall_of
from varpa.history.models import Line
from varpa.kernel.clock import moved_to
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.ui.walls import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def choosing(cast: Cast, elinas: Slot) -> Defence:
    """Elīna presents, and the hall may choose."""
    favourite.open_hall(defence=elinas.defence, by=cast.inga, now=DAY)
    return elinas.defence


def names(defence: Defence) -> list[str]:
    return [slot.plan.membership.person.name for slot in favourites_of(defence)]


def scanned(defence: Defence, later: timedelta = timedelta()) -> Client:
    """A phone that has scanned the code; `later`: how old the code is by then."""
    phone, code = Client(), token_of(wall_of(defence), DAY)
    with moved_to(DAY + later):
        phone.get(f"/favourite/{defence.ref}/{code}/")
    return phone


def answer(phone: Client, defence: Defence, slot: Slot | None = None) -> tuple[int, str]:
    address = f"/favourite/{defence.ref}/?language=en"
    with moved_to(DAY):
        said = phone.post(address, {"slot": slot.ref}) if slot else phone.get(address)
    return said.status_code, said.content.decode()


def present(defence: Defence, cast: Cast, who: Person) -> Slot:
    slot = slot_of(defence, who)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    return slot


def test_the_hall_names_one_favourite_and_no_list(cast: Cast, choosing: Defence, elinas: Slot) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    other = present(choosing, cast, cast.gabija)
    for device, slot in (("a", elinas), ("b", other), ("c", other)):
        favourite.choose_favourite(slot=slot, device=device)
    stage.close_slot(slot=other, by=cast.inga, now=DAY)
    assert names(choosing) == []
    finish(choosing, cast)
    assert names(choosing) == ["Gabija Petrauskaitė"]
    assert Voice.objects.count() == 0


def test_of_a_tie_all_are_named(cast: Cast, choosing: Defence, elinas: Slot) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    other = present(choosing, cast, cast.gabija)
    favourite.choose_favourite(slot=elinas, device="a")
    favourite.choose_favourite(slot=other, device="b")
    stage.close_slot(slot=other, by=cast.inga, now=DAY)
    finish(choosing, cast)
    assert sorted(names(choosing)) == ["Elīna Bērziņa", "Gabija Petrauskaitė"]


def test_without_a_voice_nobody_is_the_favourite(cast: Cast, choosing: Defence, elinas: Slot) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    finish(choosing, cast)
    assert names(choosing) == []


def test_one_phone_has_one_voice_and_may_change_it(cast: Cast, choosing: Defence, elinas: Slot) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    other = present(choosing, cast, cast.gabija)
    for slot in (elinas, other, other):
        favourite.choose_favourite(slot=slot, device="a")
    assert list(Voice.objects.values_list("slot", flat=True)) == [other.pk]


def test_only_a_plan_that_was_seen_is_chosen(cast: Cast, choosing: Defence, elinas: Slot) -> None:
    waiting = slot_of(choosing, cast.gabija)
    with pytest.raises(favourite.NotSeenYet):
        favourite.choose_favourite(slot=waiting, device="a")
    favourite.choose_favourite(slot=elinas, device="a")
    stage.undo_start(slot=elinas, by=cast.inga, now=DAY)
    stage.mark_absent(slot=elinas, by=cast.inga, now=DAY)
    finish(choosing, cast)
    assert names(choosing) == []


def test_the_hall_chooses_while_the_day_goes_on(cast: Cast, ready: Defence) -> None:
    with pytest.raises(favourite.DayIsNotOnYet):
        favourite.open_hall(defence=ready, by=cast.inga, now=DAY)
    days.begin_defence(defence=ready, by=cast.inga, now=DAY)
    slot = present(ready, cast, cast.elina)
    with pytest.raises(favourite.HallIsClosed):
        favourite.choose_favourite(slot=slot, device="a")
    favourite.open_hall(defence=ready, by=cast.inga, now=DAY)
    with pytest.raises(AlreadyMoved):
        favourite.open_hall(defence=ready, by=cast.inga, now=DAY)
    assert Line.objects.filter(verb="defence.open_hall").count() == 1
    stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    finish(ready, cast)
    with pytest.raises(favourite.HallIsClosed):
        favourite.choose_favourite(slot=slot, device="a")


def test_the_favourite_is_apart_from_money_and_protocol(cast: Cast, choosing: Defence, elinas: Slot) -> None:
    say(elinas, juror(choosing, cast.rimantas), 5_00)
    before = canonical(choosing)
    favourite.choose_favourite(slot=elinas, device="a")
    assert canonical(choosing) == before
    assert "favourite" not in before


def test_a_phone_chooses_without_an_account(choosing: Defence, elinas: Slot) -> None:
    phone = scanned(choosing)
    status, page = answer(phone, choosing)
    assert status == 200
    assert "Keramikas darbnīca" in page
    assert "Dviračiai" not in page, "nobody is named whom the screen has not shown"
    assert answer(phone, choosing, elinas)[0] == 302
    assert answer(phone, choosing, elinas)[0] == 302
    assert Voice.objects.count() == 1
    assert "Choose this one instead" in answer(phone, choosing)[1]
    again = scanned(choosing)
    answer(again, choosing, elinas)
    assert Voice.objects.count() == 2, "another phone, or one without its cookie, is another voice"


def test_scanning_again_is_the_same_phone(choosing: Defence, elinas: Slot) -> None:
    phone = scanned(choosing)
    answer(phone, choosing, elinas)
    with moved_to(DAY):
        phone.get(f"/favourite/{choosing.ref}/{token_of(wall_of(choosing), DAY)}/")
    answer(phone, choosing, elinas)
    assert Voice.objects.count() == 1


def test_a_photographed_code_or_a_shared_address_opens_nothing(choosing: Defence, elinas: Slot) -> None:
    friend = scanned(choosing, timedelta(minutes=3))
    assert answer(friend, choosing)[0] == 410
    assert answer(friend, choosing, elinas)[0] == 410
    assert answer(Client(), choosing, elinas)[0] == 410
    forged = Client()
    forged.cookies["favourite"] = "abcdef:123:nonsense"
    assert answer(forged, choosing, elinas)[0] == 410
    with moved_to(DAY):
        assert Client().get(f"/favourite/{choosing.ref}/1-2/").status_code == 410
        assert Client().get(f"/favourite/{choosing.ref}/pulse/").status_code == 404
        assert scanned(choosing).get(f"/favourite/{choosing.ref}/pulse/").status_code == 200
    assert Voice.objects.count() == 0


def test_a_day_where_the_hall_does_not_choose_is_not_there(cast: Cast, running: Defence) -> None:
    with moved_to(DAY):
        assert Client().get(f"/favourite/{running.ref}/").status_code == 404
        assert Client().get(f"/favourite/{running.ref}/{token_of(wall_of(running), DAY)}/").status_code == 404


def test_too_many_choices_of_one_phone_wait(choosing: Defence, elinas: Slot) -> None:
    phone = scanned(choosing)
    found = [answer(phone, choosing, elinas) for _tap in range(21)]
    assert [status for status, _page in found] == [302] * 20 + [429]
    assert "What was chosen before still counts" in found[-1][1]


def test_nobody_sees_who_leads_while_the_hall_chooses(cast: Cast, choosing: Defence, elinas: Slot) -> None:
    for phone in range(3):
        favourite.choose_favourite(slot=elinas, device=str(phone))
    client = Client()
    client.force_login(cast.inga)
    with moved_to(DAY):
        hall = client.get(f"/defences/{choosing.ref}/hall/")
        desk = client.get(f"/defences/{choosing.ref}/").content.decode()
    assert re.search(r"\bsvg\b", hall.content.decode())
    assert hall.headers["Refresh"] == "15"
    assert "Balsojuši 3 tālruņi" in desk
    turn = Defence.objects.get().turn
    favourite.choose_favourite(slot=elinas, device="x")
    assert Defence.objects.get().turn == turn


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Skatītāju simpātija"), ("lt", "Žiūrovų simpatija"), ("en", "The hall’s favourite")],
)
def test_after_the_day_the_favourite_is_named(
    cast: Cast, choosing: Defence, elinas: Slot, language: str, words: str
) -> None:
    phone = scanned(choosing)
    answer(phone, choosing, elinas)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    finish(choosing, cast)
    page = phone.get(f"/favourite/{choosing.ref}/?language={language}").content.decode()
    assert words in page
    assert "Elīna Bērziņa" in page
    assert Client().get(f"/favourite/{choosing.ref}/?language={language}").status_code == 410
    Person.objects.filter(pk=cast.gabija.pk).update(language=language)
    reader = Client()
    reader.force_login(Person.objects.get(pk=cast.gabija.pk))
    assert words in reader.get(f"/defences/{choosing.ref}/").content.decode()


def test_only_the_host_lets_the_hall_choose(cast: Cast, running: Defence) -> None:
    address = f"/defences/{running.ref}/hall/choice/"
    for who, status in ((cast.andris, 403), (cast.elina, 403), (cast.tomas, 404), (cast.inga, 302)):
        client = Client()
        client.force_login(who)
        assert client.post(address).status_code == status
    running.refresh_from_db()
    assert running.hall_opened_at
