"""What is changed of an event and its agenda: nobody is left out in silence, no word is lost (R13, S14)."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from tests.cast import Cast
from tests.events.conftest import AFTER, SOON, STARTS, announced, answers, draft, said
from tests.events.test_pages import full, seen, sent
from varpa.events.actions import planning
from varpa.events.actions.agenda import add_item, change_item, take_item_away
from varpa.events.actions.duties import invite_and_remind
from varpa.events.models import AgendaItem, Event
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.post.models import Letter

TAXES = TranslatedText("Nodokļi", "Mokesčiai", "Taxes")


def change(event: Event, cast: Cast, **changes: Any) -> bool:
    fresh = Event.objects.get(pk=event.pk)
    return planning.change_event(
        event=fresh, revision=fresh.revision, by=cast.inga, now=SOON, **said(**changes)
    )


@pytest.mark.parametrize("circle", [{"roles": ["mentor"]}, {"countries": ["LT"]}])
def test_who_is_invited_is_left_out_by_no_smaller_circle(
    cast: Cast, event: Event, circle: dict[str, list[str]]
) -> None:
    with pytest.raises(planning.InvitedAlready):
        change(event, cast, **circle)
    assert change(event, cast, roles=["mentor", "mentee", "manager"])


def test_a_role_of_which_nobody_is_invited_is_taken_off(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, roles=["mentor", "lead_partner"])
    assert change(event, cast, roles=["mentor"])


def test_before_the_announcement_the_circle_may_be_any(cast: Cast) -> None:
    assert change(draft(cast.programme, cast.inga), cast, roles=["mentor"], countries=["LT"])


@pytest.mark.parametrize(("starts", "told"), [("2025-10-28T11:00", False), ("2025-10-28T12:00", True)])
def test_the_page_says_that_people_are_told_only_where_they_are(
    cast: Cast, event: Event, client: Client, starts: str, told: bool
) -> None:
    """The event was moved once before; another number of places is told to nobody."""
    Person.objects.filter(pk=cast.inga.pk).update(language="en")
    change(event, cast, starts_local=STARTS + timedelta(hours=1))
    given = {
        "kind": "training",
        "zone": "Europe/Riga",
        "minutes": "4:00",
        "place": "Jelgava, Skolas iela 1",
        "title_lv": "Otrās apmācības",
        "title_lt": "Antrieji mokymai",
        "title_en": "Second training",
        "languages": ["lv", "lt"],
        "roles": ["mentor", "mentee"],
        "places": "25",
        "revision": "1",
    }
    later = SOON + timedelta(minutes=5)
    answer = sent(client, cast.inga, f"/events/{event.ref}/settings/", later, starts=starts, **given)
    words = ["Kept. Whoever is invited is told."] if told else ["Kept."]
    assert [str(each) for each in get_messages(answer.wsgi_request)] == words
    assert Event.objects.get(pk=event.pk).places == 25


def test_who_waits_is_reminded_without_a_date(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, places=1)
    answers(event, cast.elina)
    answers(event, cast.gabija)
    invite_and_remind(event.starts_at - timedelta(days=2))
    assert Letter.objects.get(kind="events.reminder", person=cast.gabija.pk).calendar == ""


@pytest.fixture
def item(cast: Cast, event: Event) -> AgendaItem:
    return add_item(event=event, title=TAXES, by=cast.inga, now=SOON)


def test_a_part_changed_from_two_pages_loses_no_word(cast: Cast, item: AgendaItem) -> None:
    longer = TranslatedText("Nodokļi un nodevas", "Mokesčiai", "Taxes")
    by = {"item": item, "by": cast.inga, "now": SOON}
    assert change_item(**by, revision=0, title=longer)
    with pytest.raises(AlreadyMoved):
        change_item(**by, revision=0, title=TAXES, leads="Dace")
    assert not change_item(**by, revision=0, title=longer)
    assert change_item(**by, revision=1, title=longer, leads="Dace")
    item.refresh_from_db()
    assert (item.title, item.leads, item.revision) == (longer, "Dace", 2)


def test_both_stand_on_the_page_and_saved_once_more_it_is_saved(
    cast: Cast, event: Event, item: AgendaItem, client: Client
) -> None:
    address = f"/events/{event.ref}/agenda/{item.ref}/"
    titles = {"title_lv": "Nodokļi", "title_lt": "Mokesčiai", "title_en": "Taxes", "topic": ""}
    assert 'name="revision"' in seen(client, cast.inga, address).content.decode()
    first = {**titles, "title_lv": "Nodokļi un nodevas", "revision": "0"}
    assert sent(client, cast.inga, address, **first).status_code == 302
    answer = sent(client, cast.inga, address, **titles, leads="Dace", revision="0")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(words in page for words in ("Nodokļi un nodevas", "Dace", 'value="1"'))
    assert sent(client, cast.inga, address, **titles, leads="Dace", revision="1").status_code == 302
    item.refresh_from_db()
    assert (item.title, item.leads) == (TAXES, "Dace")


def test_materials_of_a_part_that_is_taken_off_are_gone_with_it(
    cast: Cast, event: Event, client: Client
) -> None:
    full(cast, event)
    item = event.agenda.get()
    item.event = event
    address = f"/events/{event.ref}/materials/{item.materials.get().ref}/"
    assert seen(client, cast.gabija, address).status_code == 200
    take_item_away(item=item, by=cast.inga, now=SOON)
    for person in (cast.gabija, cast.inga):
        assert seen(client, person, address, AFTER).status_code == 404
