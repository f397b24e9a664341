"""The parts of an agenda lie within their event, and move with it."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import Cast
from tests.events.conftest import SOON, STARTS, TITLE, announced, draft, said
from tests.events.test_pages import seen, sent
from tests.programmes.conftest import text
from varpa.events.actions.agenda import add_item, change_item
from varpa.events.actions.agenda_hours import OutsideHours
from varpa.events.actions.planning import change_event
from varpa.events.models import AgendaItem, Event
from varpa.events.papers import agenda_paper
from varpa.kernel.text import TranslatedText

TAXES = TranslatedText("Nodokļi", "Mokesčiai", "Taxes")
DAYS = 2 * 24 * 60 + 300
"""From ten in the morning of one day to three in the afternoon of the second after it."""


def part(event: Event, cast: Cast, begins: time | None, day: int | None = None) -> AgendaItem:
    return add_item(event=event, title=TAXES, begins=begins, day=day, by=cast.inga, now=SOON)


def change(event: Event, cast: Cast, **changes: object) -> None:
    event.refresh_from_db()
    change_event(event=event, revision=event.revision, by=cast.inga, now=SOON, **said(**changes))


def hours(event: Event) -> list[tuple[int | None, time | None]]:
    return list(AgendaItem.objects.filter(event=event).values_list("day", "begins"))


def test_parts_of_an_agenda_move_with_the_event(cast: Cast, event: Event) -> None:
    for begins in (time(10, 15), time(13, 15), None):
        part(event, cast, begins)
    change(event, cast, starts_local=STARTS + timedelta(days=3, hours=4))
    assert hours(event) == [(0, time(14, 15)), (0, time(17, 15)), (None, None)]
    assert set(event.agenda.filter(begins__isnull=False).values_list("revision", flat=True)) == {1}


def test_an_event_moved_into_the_night_takes_its_parts_into_the_next_day(cast: Cast, event: Event) -> None:
    part(event, cast, time(13, 15))
    change(event, cast, starts_local=STARTS + timedelta(hours=12))
    assert hours(event) == [(1, time(1, 15))]


@pytest.mark.parametrize("begins", [time(6), time(9, 59), time(14, 1), time(23)])
def test_a_part_outside_the_hours_of_the_event_is_refused(cast: Cast, event: Event, begins: time) -> None:
    with pytest.raises(OutsideHours):
        part(event, cast, begins)
    inside = part(event, cast, time(10))
    with pytest.raises(OutsideHours):
        change_item(item=inside, revision=0, title=TAXES, begins=begins, by=cast.inga, now=SOON)
    assert hours(event) == [(0, time(10))]


def test_parts_that_no_longer_fit_are_named_and_may_be_worded_all_the_same(
    cast: Cast, event: Event, client: Client
) -> None:
    late = part(event, cast, time(13, 15))
    form = {"title_lv": TITLE.lv, "title_lt": TITLE.lt, "title_en": TITLE.en, "kind": "training"}
    form |= {"starts": STARTS.isoformat(), "zone": "Europe/Riga", "minutes": "2:00", "place": "Jelgava"}
    address = f"/events/{event.ref}/settings/"
    assert "Darba kārtības daļas pārceļas līdzi" in text(seen(client, cast.inga, address))
    assert sent(client, cast.inga, address, **form, roles=["mentor", "mentee"]).status_code == 302
    page = text(seen(client, cast.inga, f"/events/{event.ref}/"))
    assert "ārpus pasākuma laika: plkst.\u00a013.15 Nodokļi" in page
    assert "Šis laiks ir ārpus pasākuma." in page
    assert "Šis laiks ir ārpus pasākuma." not in text(seen(client, cast.elina, f"/events/{event.ref}/"))
    said_so = {"title": TAXES, "begins": time(13, 15), "by": cast.inga, "now": SOON}
    assert change_item(item=late, revision=0, leads="Dace", **said_so)


def test_the_refusal_stands_at_the_hour_in_a_sentence(cast: Cast, event: Event, client: Client) -> None:
    titles = {"title_lv": "Nodokļi", "title_lt": "Mokesčiai", "title_en": "Taxes", "topic": ""}
    answer = sent(
        client, cast.inga, f"/events/{event.ref}/agenda/", **titles, ref="23456789abcd", begins="06:00"
    )
    assert answer.status_code == 200
    assert "ārpus pasākuma" in text(answer)
    assert 'value="06:00"' in answer.content.decode()


def test_an_event_over_several_days_has_parts_with_a_day(cast: Cast, client: Client) -> None:
    event = announced(cast.programme, cast.inga, minutes=DAYS)
    titles = {"title_lv": "Nodokļi", "title_lt": "Mokesčiai", "title_en": "Taxes", "topic": ""}
    address = f"/events/{event.ref}/agenda/"
    assert "ceturtdien, 30.\u00a0oktobrī" in text(seen(client, cast.inga, address))
    given = {**titles, "ref": "23456789abcd", "day": "1", "begins": "09:00"}
    assert sent(client, cast.inga, address, **given).status_code == 302
    part(event, cast, time(15), 2)
    part(event, cast, time(10, 30))
    assert hours(event) == [(0, time(10, 30)), (1, time(9)), (2, time(15))]
    assert "trešdien, 29.\u00a0oktobrī plkst.\u00a09.00 Nodokļi" in text(
        seen(client, cast.elina, f"/events/{event.ref}/")
    )
    for day, begins in ((0, time(9)), (2, time(15, 1)), (3, None), (3, time(9)), (-1, time(12))):
        with pytest.raises(OutsideHours):
            part(event, cast, begins, day)
    change(event, cast, minutes=DAYS, starts_local=STARTS + timedelta(days=7))
    assert hours(event) == [(0, time(10, 30)), (1, time(9)), (2, time(15))]


def test_the_paper_says_the_days(cast: Cast) -> None:
    event = draft(cast.programme, cast.inga, minutes=DAYS)
    part(event, cast, time(9), 1)
    pages = PdfReader(BytesIO(agenda_paper(event, cast.inga))).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "trešdien, 2025. gada 29. oktobrī plkst. 9.00" in words
    assert "ceturtdien, 2025. gada 30. oktobrī plkst. 15.00" in words
